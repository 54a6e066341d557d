import Foundation
import GantryModel
import Testing

@testable import GantryCompiler

/// The model of what commands do against what they did.
///
/// The fixture holds our measurements without the columns that nothing is compared with;
/// `GANTRY_GROUND_TRUTH` names another file with the same columns.
@Suite("ground truth")
struct GroundTruthTests {
  /// Compares all rows; the file system keeps what earlier rows of the same run did to it.
  private func errors(_ rows: [GroundTruthRow]) -> GroundTruthErrors {
    var errors = GroundTruthErrors()
    var disk = MeasuredDisk()
    let shares = systemShares(rows)
    for row in rows where row.family != "qemu" && row.family != "syscalls" {
      disk.begin(row)
      let outcome = GroundTruthScene(row, removedFiles: disk.removed).play()
      disk.end(row, outcome)
      let quiet = row.quietCPU(
        systemShare: row.family == "parallel" ? shares[row.operation] : nil)
      errors.compare(row, .cpu, measured: quiet, model: outcome?.cpu)
      errors.compare(row, .busyCPU, measured: row.cpu, model: outcome?.cpu)
      guard row.family != "parallel" else { continue }
      errors.compare(row, .read, measured: row.read, model: outcome?.tally.read)
      errors.compare(row, .written, measured: row.written, model: outcome?.tally.written)
      errors.compare(row, .files, measured: row.filesStored, model: outcome?.tally.filesStored)
      errors.compare(row, .calls, measured: row.calls, model: outcome?.calls)
      if let wall = row.wall, let load = row.load, load < 3, let cpu = row.cpu, let quiet {
        let model = outcome.flatMap { GroundTruthWall.seconds($0, speed: quiet / cpu) }
        errors.compare(row, .wall, measured: wall, model: model)
      }
    }
    compareEmulation(rows, &errors)
    return errors
  }

  /// The median share of system time by operation; `from` and `commit` are what bud consists of.
  private func systemShares(_ rows: [GroundTruthRow]) -> [String: Double] {
    var shares: [String: [Double]] = [:]
    for row in rows where row.family == "buildah" {
      guard let share = row.systemShare else { continue }
      shares[row.operation, default: []].append(share)
      if row.operation == "bud", row.isVfs {
        shares["from", default: []].append(share)
        shares["commit", default: []].append(share)
      }
    }
    return shares.mapValues { $0.sorted()[$0.count / 2] }
  }

  private func compareEmulation(_ rows: [GroundTruthRow], _ errors: inout GroundTruthErrors) {
    let qemu = rows.filter { $0.family == "qemu" }
    for row in qemu {
      if row.isForeign {
        let native = qemu.filter { $0.operation == row.operation && !$0.isForeign }
          .compactMap(\.cpu).sorted()
        let kind = GroundTruthEmulation.kind(of: row.operation)
        let model = kind.flatMap { kind in
          native.isEmpty
            ? nil : GroundTruthEmulation.cpu(native: native[native.count / 2], kind: kind)
        }
        errors.compare(row, .cpu, measured: row.cpu, model: model)
      } else if let model = GroundTruthEmulation.native(row.operation) {
        errors.compare(row, .cpu, measured: row.quietCPU(systemShare: nil), model: model)
      }
    }
  }

  @Test("CPU, bytes, files, NFS calls and wall time are near the measured rows")
  func nearMeasured() throws {
    let rows = try GroundTruthRow.all()
    #expect(!rows.isEmpty)
    let errors = errors(rows)
    print(errors.table)
    // The strace rows hold counts of system calls only, none of which the model gives.
    print(
      "rows without a quantity that is compared:", rows.filter { $0.family == "syscalls" }.count)
    if ProcessInfo.processInfo.environment["GANTRY_GROUND_TRUTH_MISSES"] != nil {
      print(errors.misses.joined(separator: "\n"))
    }
    for line in errors.lines {
      guard let bound = line.quantity.bound else { continue }
      #expect(line.median <= bound, "\(line.text)")
    }
    for quantity in GroundTruthErrors.Quantity.allCases where quantity.bound != nil {
      let total = errors.total(quantity)
      if total.count > 0 { #expect(total.within >= 0.9, "\(total.text)") }
    }
  }
}

/// What the measured disk went through: rows of one configuration follow each other on it.
///
/// Between two drivers, and before a configuration is measured again, the storage folder is removed.
private struct MeasuredDisk {
  private(set) var removed = 0.0
  private var stored = 0.0
  private var current = ""

  mutating func begin(_ row: GroundTruthRow) {
    // One configuration followed another on the same disk.
    let key = row.fileSystem
    if key != current { (removed, stored, current) = (0, 0, key) }
    if row.operation == "pull" {
      removed += stored
      stored = 0
    }
  }

  mutating func end(_ row: GroundTruthRow, _ outcome: GroundTruthOutcome?) {
    guard let outcome else { return }
    removed = outcome.removedFiles
    stored = max(0, stored + outcome.tally.filesStored)
  }
}
