import Foundation
import GantryModel
import Testing

/// The answers of `scenarios/layouts`.
@Suite("layouts")
struct LayoutsTests {
  private static let names = [
    "article", "assistant", "cross", "ebs", "internal-registry", "matrix", "overlay", "qemu",
    "registry", "s3", "storage-on-efs",
  ]

  @Test("the README's tables and picture are what its commands measure")
  func readme() throws {
    let readme = try Readme("layouts")
    let records = try readme.measure()
    let alone = try Self.names.map { name in try find("layouts/\(name)", records) }
    let burst = try Self.names.map { name in try find("layouts/\(name)-burst", records) }
    #expect(alone.allSatisfy { $0.runs.count == 3 } && burst.allSatisfy { $0.runs.count == 12 })
    try readme.expect("alone", table(alone))
    try readme.expect("burst", table(burst))
    try readme.expect("foundations", alone[0].foundations)
    try readme.expect(
      file: "layouts.svg", from: "gantry compare --format svg scenarios/layouts/*")
    try expectShape(alone)
  }

  private func find(_ name: String, _ records: [SimulationRecord]) throws -> SimulationRecord {
    try #require(records.first { $0.scenario == name }, "\(name)")
  }

  private func table(_ records: [SimulationRecord]) -> [String] {
    let head = [
      "| layout | mean build | last build ends | a build costs | USD a month |",
      "|---|---:|---:|---:|---:|",
    ]
    return head
      + records.map { record in
        let name = record.scenario.replacing("layouts/", with: "").replacing("-burst", with: "")
        guard record.allSucceeded else { return "| \(name) | fails | – | – | – |" }
        let cost = record.cost.totalUSD / Double(record.runs.count)
        return "| \(name) | \(record.meanRunSeconds.formatted(digits: 0)) s "
          + "| \(record.meanMakespanSeconds.formatted(digits: 0)) s "
          + "| \(cost.formatted(digits: 3)) "
          + "| \(record.cost.monthlyUSD.formatted(digits: 0)) |"
      }
  }

  /// What the README says in words.
  private func expectShape(_ records: [SimulationRecord]) throws {
    func seconds(_ name: String) throws -> Double {
      try find("layouts/\(name)", records).meanRunSeconds
    }
    let assistant = try find("layouts/assistant", records)
    #expect(!assistant.allSucceeded)
    #expect(records.filter { !$0.allSucceeded }.count == 1)
    let others = Self.names.filter { !["assistant", "registry"].contains($0) }
    #expect(try others.allSatisfy { try seconds("registry") < seconds($0) })
    #expect(try seconds("storage-on-efs") > 5 * seconds("article"))
    #expect(try abs(seconds("overlay") / seconds("article") - 1) < 0.05)
    #expect(try seconds("s3") > seconds("registry"))
    #expect(try seconds("qemu") > 1.8 * seconds("article"))
    #expect(try seconds("cross") < seconds("qemu") - (seconds("qemu") - seconds("article")) / 2)
    // Each chain's first task makes and attaches its volume.
    let ebs = try #require(try find("layouts/ebs", records).run(of: "htop")?.task("clone-amd64"))
    #expect(ebs.segments.filter { $0.kind == .volume }.reduce(0) { $0 + $1.seconds } > 10)
    let stuck = try #require(assistant.run(of: "nodejs"))
    #expect(stuck.status == .pipelineRunTimeout)
  }
}
