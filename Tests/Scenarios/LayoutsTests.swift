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
    let commands = readme.commandLines
    try #require(commands.count == 3)
    let shell = try Shell()
    defer { shell.remove() }
    let alone = try Swept(try shell.output(commands[0] + " --format json"))
    let burst = try Swept(try shell.output(commands[1] + " --format json"))
    #expect(alone.points.map(name) == Self.names && burst.points.map(name) == Self.names)
    try readme.expect("answer", [try sentence(alone, "alone"), "", try sentence(burst, "at once")])
    try readme.expect("alone", try table(alone))
    try readme.expect("burst", try table(burst))
    // What was found out once is not simulated again.
    _ = try shell.run(commands[2])
    let records = try shell.records()
    let layouts = try Self.names.map { name in try find("layouts/\(name)", records) }
    #expect(layouts.allSatisfy { $0.runs.count == 3 })
    try readme.expect("foundations", layouts[0].foundations)
    try readme.expect(
      file: "layouts.svg", from: "gantry compare --format svg scenarios/layouts/*")
    try expectShape(layouts)
    try expectToldApart(alone, burst)
  }

  private func find(_ name: String, _ records: [SimulationRecord]) throws -> SimulationRecord {
    try #require(records.first { $0.scenario == name }, "\(name)")
  }

  private func name(_ point: Swept.Point) -> String {
    let path = point.values.first ?? ""
    return path.replacing("scenarios/layouts/", with: "").replacing(
      "/scenario-burst.yaml", with: "")
  }

  /// Who wins and by how much, among all layouts and among those of one node.
  private func sentence(_ sweep: Swept, _ when: String) throws -> String {
    let usable = sweep.points.filter { $0.standing != "unusable" }
    let fastest = try #require(
      try usable.min { try $0.value("meanRunSeconds") < $1.value("meanRunSeconds") })
    let cheapest = try #require(
      try usable.min { try $0.value("monthUSD") < $1.value("monthUSD") })
    let base = sweep.points[0]
    func change(_ point: Swept.Point) throws -> String {
      let share = try point.value("meanRunSeconds").change(from: base.value("meanRunSeconds"))
      return
        "\(plusMinus(try point.estimate("meanRunChangeSeconds"), signed: true)) s a build (\(share))"
    }
    let saved = try base.value("monthUSD") - cheapest.value("monthUSD")
    return
      "**\(name(fastest)) wins \(when)**: \(try change(fastest)) against article. The cheapest is "
      + "\(name(cheapest)): \(try change(cheapest)), −USD \(saved.formatted(digits: 0)) a month."
  }

  private func table(_ sweep: Swept) throws -> [String] {
    let head = [
      "| layout | mean build, s | change, s | p95, s | a build costs, USD | USD a month | |",
      "|---|---:|---:|---:|---:|---:|---|",
    ]
    return try head
      + sweep.points.map { point in
        guard point.standing != "unusable" else {
          return "| \(name(point)) | fails | – | – | – | – | |"
        }
        let told = point.isTold("meanRunChangeSeconds")
        let change =
          point.number == 1
          ? "base" : plusMinus(try point.estimate("meanRunChangeSeconds"), signed: true)
        return "| \(name(point)) | \(plusMinus(try point.estimate("meanRunSeconds"))) "
          + "| \(told || point.number == 1 ? change : "(\(change))") "
          + "| \(try point.value("p95RunSeconds").formatted(digits: 0)) "
          + "| \(try point.value("runUSD").formatted(digits: 3)) "
          + "| \(try point.value("monthUSD").formatted(digits: 0)) "
          + "| \(point.standing == "pareto" ? "✓" : "") |"
      }
  }

  /// The winner's lead is no luck, alone and at once, and only the assistant's layout fails.
  private func expectToldApart(_ sweeps: Swept...) throws {
    for sweep in sweeps {
      let registry = try #require(sweep.points.first { name($0) == "registry" })
      #expect(registry.isTold("meanRunChangeSeconds"))
      #expect(try registry.value("meanRunChangeSeconds") < 0)
      #expect(sweep.points.filter(\.mayBeFastest).map(name) == ["registry"])
      #expect(sweep.points.filter { $0.standing == "unusable" }.map(name) == ["assistant"])
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
