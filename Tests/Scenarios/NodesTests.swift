import GantryModel
import Testing

/// The answer of `scenarios/nodes`.
@Suite("number of workers")
struct NodesTests {
  @Test("the README's winner is the cheapest that meets the goal, in the plan and in the sweep")
  func winner() throws {
    let readme = try Readme("nodes")
    let commands = readme.commandLines
    try #require(commands.count == 3)
    let shell = try Shell()
    defer { shell.remove() }
    try readme.expect("sweep", try shell.output(commands[0]).fenced)
    try readme.expect("plan", try shell.output(commands[1]).fenced)
    let sweep = try Swept(try shell.output(commands[0] + " --format json"))
    let plan = try Swept(try shell.output(commands[1] + " --format json"))
    try readme.expect("answer", [try sentence(plan, sweep)])
    try expectChoice(plan, sweep)
    try expectShape(sweep)

    _ = try shell.output(commands[2])
    let record = try #require(try shell.records().first)
    #expect(record.failedRuns == 0 && record.runs.count == 24)
    try readme.expect("foundations", record.foundations)
  }

  private func sentence(_ plan: Swept, _ sweep: Swept) throws -> String {
    let winner = try plan.named("winner")
    let next = try plan.named("runnerUp")
    let equal = try sweep.point("3", "3")
    let makespan = try reading(winner)
    let extra = try next.value("monthUSD") - winner.value("monthUSD")
    let other = try sweep.point(winner.values[0], winner.values[1])
    #expect(try equal.value("monthUSD") > winner.value("monthUSD"))
    let slower = try equal.value("makespanSeconds") - other.value("makespanSeconds")
    return "**\(workers(winner))** (amd64 + arm64) is the cheapest that is done in five minutes: "
      + "\(plusMinus(makespan)) s for USD \(try winner.value("monthUSD").formatted(digits: 0)) a "
      + "month. Next is \(workers(next)), \(plusMinus(try reading(next))) s for USD "
      + "\(extra.formatted(digits: 0)) a month more; \(workers(equal)) takes "
      + "\(slower.formatted(digits: 0)) s longer than the winner and costs more."
  }

  private func workers(_ point: Swept.Point) -> String { point.values.joined(separator: "+") }

  private func reading(_ point: Swept.Point) throws -> (value: Double, half: Double) {
    let found = try #require(point.readings["makespan"])
    return found
  }

  /// The goal that the README names, judged anew by the estimates of the sweep.
  private func expectChoice(_ plan: Swept, _ sweep: Swept) throws {
    let goal = 300.0
    let winner = try plan.named("winner")
    for point in sweep.points {
      let (value, half) = try point.estimate("makespanSeconds")
      let isCheaper = try point.value("monthUSD") < winner.value("monthUSD")
      if point.values == winner.values { #expect(value + half < goal) }
      // Nothing that costs less is done in time.
      if isCheaper { #expect(value - half > goal, "\(point.values)") }
    }
  }

  /// More of both never takes longer, and each doubling gains less.
  private func expectShape(_ sweep: Swept) throws {
    func end(_ amd64: String, _ arm64: String) throws -> Double {
      try sweep.point(amd64, arm64).value("makespanSeconds")
    }
    let ends = try ["1", "2", "3", "4", "5"].map { try end($0, $0) }
    #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 > $1 }, "\(ends)")
    #expect(ends[0] - ends[1] > 2 * (ends[1] - ends[3]))
    // The first further worker of amd64 gains more than the first of arm64.
    #expect(try end("2", "1") < end("1", "2"))
    #expect(try end("1", "2") < end("1", "1"))
    // One amd64 worker is in the way however many arm64 ones there are.
    #expect(try end("1", "5") > 1.5 * end("2", "4"))
    #expect(sweep.points.allSatisfy { $0.standing != "unusable" })
  }
}
