import Foundation

@testable import GantryCompiler

/// A row of measurements: a configuration, an operation and what it took.
struct GroundTruthRow {
  private let fields: [String: String]

  var family: String { self["family"] }
  var id: String { self["id"] }
  var operation: String { self["op"] }
  var fileSystem: String { self["fs"] }
  var isVfs: Bool { self["driver"] == "vfs" }
  var isForeign: Bool { self["arch"] == "arm64" }

  // MARK: Configuration

  var files: Double { number("F") }
  var directories: Double { number("dirs") }
  var layers: Int { max(1, Int(number("base_layers"))) }
  var instructions: Int { Int(number("instr")) }
  var deltaBytes: Double { number("delta_mb") * 1_048_576 }
  var deltaFiles: Double { number("delta_files") }
  var commitsEach: Bool { self["layers_flag"] == "1" }
  /// Length of the base image's layers, of a pack or of a tar archive.
  var compressed: Double { number("base_gz_bytes") }
  var fileSize: Double { number("file_size") }
  var size: Double { number("S_mb") * 1_048_576 }

  /// The class of the content; nil where the model knows none of that name.
  var content: ContentClass? {
    switch self["cls"] {
    case "mid", "": .mixed
    case "text": .text
    case "elf": .programs
    case "rand": .packed
    case "deb": .system
    default: nil
    }
  }

  /// The base image holds a shell besides the files that were made for it: 2.05 MB.
  ///
  /// Source: the storage folder after a pull is that much larger than the base image's size.
  var shellBytes: Double { self["cls"] == "deb" ? 0 : 2_050_000 }

  // MARK: Measured

  var load: Double? { optional("load1") }
  var cpu: Double? { optional("cpu_s") }
  var wall: Double? { optional("wall_s") }
  var read: Double? { optional("bytes_read") }
  var written: Double? { optional("bytes_written") }
  var filesStored: Double? { optional("store_files") }
  var calls: Double? { family == "nfs" ? optional("ops_total") : nil }
  /// Length of the archive that was written, or copied, where it is known.
  var wireBytes: Double { number("net_bytes") }

  /// The row's CPU as a quiet machine would have it.
  ///
  /// The machine was shared. User time hardly moves with load, system time does: by 45 % as soon as
  /// another process competes (buildah bud, which is mostly system time, took 1.35 times the CPU at
  /// a load of 1.4 and more that it took below 1; a push, which is mostly user time, 1.05 times).
  /// A row measured below a load of 1 is taken as it is, and so is one of less than a tenth of a
  /// second, whose split into user and system time is chance. `share` is the share of system time
  /// of the same operation, for rows that were measured on the busy machine without it.
  func quietCPU(systemShare share: Double?) -> Double? {
    guard let cpu, cpu >= 0.1 else { return cpu }
    guard let load, let share = systemShare ?? share else {
      return share.map { cpu * (1 - $0 + $0 / (1 + Self.growth)) } ?? cpu
    }
    return cpu * (1 - share + share / (1 + Self.growth * min(1, max(0, (load - 1) / 0.4))))
  }

  private static let growth = 0.45

  /// The share of system time in the row's CPU.
  var systemShare: Double? {
    guard let cpu, cpu > 0, let system = optional("sys_s") else { return nil }
    return system / cpu
  }

  init(_ fields: [String: String]) { self.fields = fields }

  private subscript(name: String) -> String { fields[name] ?? "" }
  private func number(_ name: String) -> Double { Double(self[name]) ?? 0 }
  private func optional(_ name: String) -> Double? { Double(self[name]) }
}

extension GroundTruthRow {
  /// The rows of the file that `GANTRY_GROUND_TRUTH` names, else of our own fixture.
  static func all() throws -> [GroundTruthRow] {
    let named = ProcessInfo.processInfo.environment["GANTRY_GROUND_TRUTH"]
    let file =
      named.map { URL(fileURLWithPath: $0) }
      ?? Bundle.module.bundleURL.appendingPathComponent("Fixtures/ground-truth.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    let names = (lines.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
    return lines.dropFirst().map { line in
      let values = line.split(separator: ",", omittingEmptySubsequences: false)
      return GroundTruthRow(
        Dictionary(
          zip(names.map(String.init), values.map(String.init)), uniquingKeysWith: { $1 }))
    }
  }
}
