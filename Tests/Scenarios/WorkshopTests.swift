import GantryModel
import Testing

/// The answer of `scenarios/workshop`.
@Suite("a workshop")
struct WorkshopTests {
  /// The goal that the README names.
  private let limit = 25.0 * 60
  private let builds = 90

  @Test("the README's choice is the one that the plan makes")
  func answer() throws {
    let readme = try Readme("workshop")
    let commands = readme.commandLines
    try #require(commands.count == 3)
    let shell = try Shell()
    defer { shell.remove() }
    let plan = try shell.run(commands[0])
    #expect(plan.status == 0, "\(plan.errors)")
    #expect(plan.errors.contains("offered more work than can be done"))
    try readme.expect("plan", plan.output.fenced)
    let found = try Swept(try shell.run(commands[0] + " --format json").output)
    #expect(found.points.allSatisfy { $0.object["isOverloaded"] as? Bool == true })
    let (winner, next) = (try found.named("winner"), try found.named("runnerUp"))
    try readme.expect("answer", [try sentence(winner, next)])
    #expect(winner.values == ["2", "2"], "the scenario's nodes are those of the answer")
    try expectCheapest(winner, next, shell)
    try readme.expect("disks", try disks(commands[2], shell))
  }

  private func sentence(_ winner: Swept.Point, _ next: Swept.Point) throws -> String {
    func p95(_ point: Swept.Point) throws -> String {
      let found = try #require(point.readings["p95"])
      return plusMinus((found.value / 60, found.half / 60), digits: 1)
    }
    func workers(_ point: Swept.Point) -> String { point.values.joined(separator: " + ") }
    let month = try winner.value("monthUSD")
    let extra = try next.value("monthUSD") - month
    return "**\(workers(winner)) workers** (amd64 + arm64): 95 of 100 builds take at most "
      + "\(try p95(winner)) minutes, for USD \((month / 730).formatted(digits: 2)) an hour or "
      + "\(month.formatted(digits: 0)) a month. Next is \(workers(next)): \(try p95(next)) minutes for "
      + "USD \(extra.formatted(digits: 0)) a month more."
  }

  /// The choice anew, from ten simulations of each cluster that costs no more than the next one.
  private func expectCheapest(_ winner: Swept.Point, _ next: Swept.Point, _ shell: Shell) throws {
    let sweep = try shell.run(
      "gantry sweep scenarios/workshop --vary nodes.amd64.count=1..3 --vary nodes.arm64.count=1..3 "
        + "--exclude nodes.amd64.count=3,nodes.arm64.count=3 --replications 10 --format json")
    #expect(sweep.status == 0, "\(sweep.errors)")
    let points = try Swept(sweep.output).points
    let keeping = try points.filter { point in
      try point.standing != "unusable" && point.value("p95RunSeconds") < limit
    }.sorted { try $0.value("monthUSD") < $1.value("monthUSD") }
    try #require(keeping.count > 1 && keeping.count < points.count)
    #expect(keeping[0].values == winner.values)
    #expect(keeping[1].values == next.values)
    // One worker of each is too slow by far, and has not memory enough.
    let failing = points.filter { $0.standing == "unusable" }.map(\.values)
    #expect(failing == [["1", "1"], ["2", "1"]])
    #expect(try points[0].value("p95RunSeconds") > 1.3 * limit)
  }

  private func disks(_ command: String, _ shell: Shell) throws -> [String] {
    let sweep = try shell.run(command + " --format json")
    #expect(sweep.status == 0, "\(sweep.errors)")
    let points = try Swept(sweep.output).points
    try #require(points.count == 2)
    #expect(points[1].isTold("p95RunChangeSeconds"))
    #expect(try points[1].value("p95RunChangeSeconds") < -60)
    return try ["| root volumes of arm64 | p95 | USD a month |", "|---|---:|---:|"]
      + points.map { point in
        let p95 = try point.estimate("p95RunSeconds")
        return "| \(point.values.last ?? "") MiB/s "
          + "| \(plusMinus((p95.value / 60, p95.half / 60), digits: 1)) min "
          + "| \(try point.value("monthUSD").formatted(digits: 0)) |"
      }
  }

  @Test("the README says where the time goes and what does not limit")
  func time() throws {
    let readme = try Readme("workshop")
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.output(readme.commandLines[1])
    let record = try #require(try shell.records().first)
    #expect(record.runs.count == builds && record.allSucceeded)
    try readme.expect("time", paths(record))
    try readme.expect("limits", try limits(record))
    try readme.expect("foundations", record.foundations)
    // What the README says of disks: loading archives is what most time is spent on.
    #expect(paths(record)[2].contains("load an archive"))
    // Nobody waits for a node.
    let tasks = record.runs.flatMap(\.taskRuns)
    let waited = tasks.reduce(0) { $0 + $1.waitSeconds }
    let lived = tasks.reduce(0) { $0 + ($1.completionSeconds ?? 0) - $1.readySeconds }
    #expect(waited < 0.02 * lived)
  }

  /// The kinds of work with the largest shares of all critical paths.
  private func paths(_ record: SimulationRecord) -> [String] {
    var sums: [String: Double] = [:]
    for path in record.runs.flatMap(\.criticalPath) {
      sums[path.segment.label, default: 0] += path.segment.seconds
    }
    let all = sums.values.reduce(0, +)
    let largest = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8)
    return ["| share | what |", "|---:|---|"]
      + largest.map { "| \(($0.value / all * 100).formatted(digits: 0)) % | \($0.key) |" }
  }

  private func limits(_ record: SimulationRecord) throws -> [String] {
    let workers = record.nodes.filter { !$0.isControlPlane }
    let memory = try workers.map {
      try #require($0.peakMemoryBytes) / ($0.memoryGiB * 1_073_741_824)
    }
    let files = try #require(try Simulated.outcome("workshop").fileSystems.first)
    let load = try #require(
      try Simulated.loads("workshop").first { $0.resource.hasPrefix("controller") })
    // Two claims a run on EFS, which are kept.
    #expect(files.accessPointsPeak == 2 * builds)
    #expect(load.share < 1)
    let percent = { (share: Double) in "\((share * 100).formatted(digits: 0)) %" }
    return [
      "| what | the most at once |", "|---|---:|",
      "| pods on a worker | \(workers.map(\.peakPods).max() ?? 0) |",
      "| memory of a worker | \(percent(memory.max() ?? 0)) |",
      "| access points of the EFS file system | \(files.accessPointsPeak) |",
      "| requests of Tekton's controllers, of what they may send | \(percent(load.share)) |",
    ]
  }

  @Test("with one worker of each architecture memory runs out and builds fail")
  func tooFew() async throws {
    let record = try await Simulated.record(
      "workshop", ["nodes.amd64.count=1", "nodes.arm64.count=1"])
    #expect(!record.allSucceeded)
    #expect(record.nodeEvents.contains { $0.kind == .outOfMemory })
  }
}
