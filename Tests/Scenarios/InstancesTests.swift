import GantryModel
import Testing

/// The answer of `scenarios/instances`.
@Suite("worker types")
struct InstancesTests {
  @Test("the README's winners are the measured ones")
  func winners() throws {
    let readme = try Readme("instances")
    let commands = readme.commandLines
    try #require(commands.count == 2)
    let shell = try Shell()
    defer { shell.remove() }
    try readme.expect("sweep", try shell.output(commands[0]).fenced)
    let sweep = try Swept(try shell.output(commands[0] + " --format json"))
    #expect(sweep.points.count == 25)
    #expect(sweep.points.allSatisfy { $0.standing != "unusable" })
    let base = sweep.points[0]
    let fastest = try #require(
      try sweep.points.min { try $0.value("meanRunSeconds") < $1.value("meanRunSeconds") })
    let thrifty = try #require(
      try sweep.points.filter { try $0.value("monthUSD") <= base.value("monthUSD") }
        .min { try $0.value("meanRunSeconds") < $1.value("meanRunSeconds") })
    // Both differ from the reference case by more than chance, all points considered.
    #expect(fastest.isTold("meanRunChangeSeconds") && thrifty.isTold("meanRunChangeSeconds"))
    let rivals = sweep.points.count { $0.mayBeFastest } - 1
    try readme.expect(
      "answer",
      [
        "**\(name(fastest))** builds soonest: \(try comparison(fastest, base)). \(rivals) other "
          + "pairs are behind it by no more than chance. Of what costs no more than the reference "
          + "case's workers, **\(name(thrifty))** is the fastest: \(try comparison(thrifty, base))."
      ])
    try expectPattern(sweep)

    _ = try shell.output(commands[1])
    let record = try #require(try shell.records().first)
    #expect(record.failedRuns == 0 && record.replicationCount == 20)
    try readme.expect("foundations", record.foundations)
  }

  /// What the README says in words.
  private func expectPattern(_ sweep: Swept) throws {
    func mean(_ amd64: String, _ arm64: String) throws -> Double {
      try sweep.point("\(amd64).2xlarge", "\(arm64).2xlarge").value("meanRunSeconds")
    }
    let base = try mean("m5a", "m6g")
    #expect(try mean("m6a", "m6g") < base)
    #expect(try mean("m8i-flex", "m6g") < base)
    #expect(try mean("m6a", "m7g") < mean("m6a", "m6g"))
    #expect(try mean("m8i-flex", "m8g") < mean("m8i-flex", "m6g"))
    // Half the memory on one side crowds the other side; on both sides it does not.
    #expect(try mean("m5a", "c7g") > mean("m5a", "m7g"))
    #expect(try mean("m5a", "c7g") > base)
    #expect(try mean("c7i-flex", "c7g") < base)
    for amd64 in ["m5a", "m6a", "m7i-flex", "m8i-flex"] {
      #expect(try mean(amd64, "c7g") > mean(amd64, "m6g"), "\(amd64)")
    }
    #expect(try mean("c7i-flex", "c7g") < mean("c7i-flex", "m7g"))
  }

  private func name(_ point: Swept.Point) -> String { point.values.joined(separator: " + ") }

  private func comparison(_ point: Swept.Point, _ base: Swept.Point) throws -> String {
    let change = try point.estimate("meanRunChangeSeconds")
    let share = try point.value("meanRunSeconds").change(from: base.value("meanRunSeconds"))
    let cost = try point.value("monthUSD") - base.value("monthUSD")
    let size = cost.magnitude.formatted(digits: 0)
    return "\(plusMinus(change, signed: true)) s a build (\(share)), "
      + "\(cost < 0 ? "−USD" : "+USD") \(size) a month"
  }
}
