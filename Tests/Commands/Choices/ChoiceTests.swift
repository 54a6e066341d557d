import Foundation
import GRDB
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("gantry sensitivity and breakeven")
struct ChoiceTests {
  private func rig(_ scenario: String = Files.scenario) throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write("scenario.yaml", scenario + "controlPlane: {schedulable: false}\n")
    return gantry
  }

  @Test("a tornado is sorted by swing, and the same with any number of threads")
  func sensitivity() throws {
    let gantry = try rig()
    let arguments = ["sensitivity", ".", "--replications", "4", "--format", "json"]
    let one = try gantry.run(arguments + ["--threads", "1"])
    #expect(one.status == 0 && one.errors.isEmpty, "\(one.errors)")
    let three = try gantry.run(arguments + ["--threads", "3"])
    #expect(three.output == one.output)
    let record = try JSON(one.output)
    #expect(record["measure"].text == "mean" && record["replications"].number == 4)
    let figures = record["figures"]
    #expect(figures.count > 5)
    let swings = (0..<figures.count).map { figures[$0]["swing"].number ?? -1 }
    #expect(swings == swings.sorted(by: >) && (swings.first ?? 0) > 0)
    // Every left out figure says why; every price moves the month and not the time.
    #expect(record["leftOut"].count > 0 && record["leftOut"][0]["reason"].text != nil)
    for index in 0..<figures.count where figures[index]["id"].text?.hasPrefix("prices.") ?? false {
      #expect(figures[index]["atHigh"]["meanRunChangeSeconds"]["value"].number == 0)
      #expect((figures[index]["atHigh"]["monthUSDChange"]["value"].number ?? 0) > 0)
    }
  }

  @Test("a price that a tenth more turns the decision is found; the range is an assumption")
  func flip() throws {
    let gantry = try rig()
    // Two pools of one type each, 4 % apart in price: 10 % more or less turns it.
    let arguments = [
      "sensitivity", ".", "--against", "nodes.arm64.type=m6g.large", "--of", "month",
      "--replications", "2", "--format", "json",
      "--set", "nodes.arm64.type=m7g.large", "--set", "prices.ec2.m6g.large.onDemand=0.096",
      "--set", "prices.ec2.m7g.large.onDemand=0.1",
    ]
    func decisions(_ more: String...) throws -> [String: String] {
      let result = try gantry.run(arguments + more)
      #expect(result.status == 0, "\(result.errors)")
      let figures = try JSON(result.output)["figures"]
      var found: [String: String] = [:]
      for index in 0..<figures.count {
        if let id = figures[index]["id"].text { found[id] = figures[index]["decision"].text }
      }
      return found
    }
    let wide = try decisions()
    #expect(wide["prices.ec2.m6g.large.onDemand"] == "flips")
    #expect(wide["prices.ec2.m7g.large.onDemand"] == "flips")
    #expect(wide["prices.natGateway.hour"] == "holds")
    // With ±1 % nothing turns.
    let narrow = try decisions("--set", "assumptions.sensitivity.published=0.01")
    #expect(Set(narrow.values) == ["holds"])
  }

  @Test("breakeven in money: a node type at 0.2 USD against one that gets dearer")
  func breakeven() throws {
    let gantry = try rig()
    // One node each way: equal where the price is the other's, 0.2 USD; time plays no part.
    let arguments = [
      "breakeven", ".", "--set", "prices.ec2.m7g.large.onDemand=0.2", "--set",
      "nodes.arm64.type=m7g.large", "--b", "nodes.arm64.type=m6g.large", "--over",
      "prices.ec2.m6g.large.onDemand=0.05..0.5", "--of", "month", "--replications", "2", "--format",
      "json",
    ]
    let result = try gantry.run(arguments)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let crossings = try JSON(result.output)["crossings"]
    try #require(crossings.count == 1)
    #expect(abs((crossings[0]["value"].number ?? 0) - 0.2) < 0.001)
    #expect((crossings[0]["low"].number ?? 1) <= 0.2 && (crossings[0]["high"].number ?? 0) >= 0.2)
    #expect(crossings[0]["betterBelow"].text == "b" && crossings[0]["betterAbove"].text == "a")
    #expect(try gantry.run(arguments + ["--threads", "3"]).output == result.output)
  }

  @Test("whole fields take whole numbers; a range without a crossing is said plainly")
  func whole() throws {
    let gantry = try rig()
    let result = try gantry(
      "breakeven", ".", "--b", "nodes.amd64.type=m5a.4xlarge", "--over", "nodes.arm64.count=1..3",
      "--of", "month", "--replications", "2", "--width", "200")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("No crossing: naps beats nodes.amd64.type=m5a.4xlarge all over"))
    #expect(result.output.contains("3 values tried"))
  }

  @Test("a rate that cannot be kept up with is named")
  func overload() throws {
    let gantry = try rig(
      "name: naps\nmanifests: [naps.yaml]\nnodes: {arm64: {count: 0}, amd64: {count: 1}}\n"
        + "profiles: [{task: nap, cpuSeconds: 300}]\n")
    let result = try gantry(
      "breakeven", ".", "--b", "nodes.amd64.count=2", "--over", "workload.rate=1..9000/day",
      "--replications", "3", "--width", "200")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("The queue does not settle"))
  }

  @Test("mistakes have a place, and wrong usage ends with 64")
  func mistakes() throws {
    let gantry = try rig()
    func check(_ arguments: [String], _ status: Int32, _ expected: String) throws {
      let result = try gantry.run(arguments)
      #expect(result.status == status, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(expected), "\(arguments): \(result.errors)")
      #expect(result.output.isEmpty)
    }
    let b = ["breakeven", ".", "--b", "nodes.arm64.count=2", "--over"]
    try check(b + ["workload.rate=1..x/day"], 65, "--over:1:18: error: cannot read")
    try check(b + ["workload.rate=1..9/fortnight"], 65, "expected hour, day, week or month")
    try check(b + ["workload.rate=9..1/day"], 65, "the range is empty")
    try check(b + ["workload.rate"], 65, "expected '=' and a range")
    try check(b + ["nodes.arm64.count=1..3/day"], 65, "only workload.rate is per something")
    try check(b + ["nodes.arm64.cuont=1..3"], 65, "did you mean 'count'?")
    try check(
      ["breakeven", ".", "--b", "nodes.arm64.typ=x", "--over", "workload.rate=1..9"], 65,
      "--b:1:13: error:")
    try check(["breakeven", ".", "--over", "workload.rate=1..9"], 64, "--b")
    try check(b + ["nodes.arm64.count=1..3", "--of", "value"], 64, "--builds 50/day")
    try check(b + ["nodes.arm64.count=1..3", "--minute-worth", "0"], 64, "more than 0 USD")
    try check(b + ["workload.rate=1..9", "--builds", "5/day"], 64, "--builds too")
    try check(["sensitivity", ".", "--replications", "1"], 64, "from 2 to")
    try check(["sensitivity", ".", "--least-share", "2"], 64, "least-share")
    try check(["sensitivity", ".", "--builds", "many"], 64, "builds")
    let none = try gantry("sensitivity", ".", "--against", "nothing")
    #expect(none.status != 0 && !none.errors.isEmpty)
  }

  /// Samples in the rig's store.
  private func samples(_ gantry: Gantry) throws -> Int {
    let path = gantry.folder.appendingPathComponent("s.sqlite").path
    var configuration = Configuration()
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else { return 0 }
    return (try? queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sweep_sample") }) ?? 0
  }

  /// Commands that simulate in several rounds, or many variants.
  private static let long = [
    [
      "breakeven", ".", "--set", "nodes.arm64.type=m7g.large", "--b", "nodes.arm64.type=m6g.large",
      "--over", "workload.rate=1..5000/day", "--store", "s.sqlite", "--format", "json",
    ], ["sensitivity", ".", "--store", "s.sqlite", "--format", "json"],
  ]

  @Test(
    "what the store has is not simulated again, and nothing is kept where that is asked for",
    arguments: long)
  func kept(command: [String]) throws {
    let gantry = try rig()
    let few = command + ["--replications", "3"]
    let none = try gantry.run(few + ["--no-store"])
    #expect(none.status == 0 && none.errors.isEmpty, "\(none.errors)")
    #expect(try samples(gantry) == 0)
    let first = try gantry.run(few)
    #expect(first.output == none.output && first.errors.isEmpty, "\(first.errors)")
    let count = try samples(gantry)
    #expect(count > 30)
    let again = try gantry.run(few + ["--threads", "1"])
    #expect(again.output == first.output)
    #expect(again.errors.contains("note: \(count) of \(count) simulations were in the store"))
    #expect(try samples(gantry) == count)
    // More replications need only what is missing; another seed needs everything.
    let more = try gantry.run(command + ["--replications", "4"])
    #expect(more.errors.contains("simulations were in the store"))
    let other = try gantry.run(few + ["--seed", "9"])
    #expect(other.status == 0 && other.errors.isEmpty && other.output != first.output)
  }

  @Test("a variant of fields alone is the point of a sweep; a price or a rate changes what it is")
  func shared() throws {
    let gantry = try rig()
    let store = ["--store", "s.sqlite"]
    let sweep = try gantry.run(
      ["sweep", ".", "--vary", "nodes.arm64.count=1..3", "--replications", "2"] + store)
    #expect(sweep.status == 0, "\(sweep.errors)")
    #expect(try samples(gantry) == 6)
    let usual = ["breakeven", ".", "--replications", "2", "--of", "month"] + store
    // Of the three points of the second choice, all are in the sweep; the first one has other nodes.
    let same = try gantry.run(
      usual + [
        "--a", "nodes.amd64.type=m5a.4xlarge", "--b", ".", "--over", "nodes.arm64.count=1..3",
      ])
    #expect(same.status == 0, "\(same.errors)")
    #expect(same.errors.contains("note: 6 of 12 simulations were in the store"), "\(same.errors)")
    let rate = try gantry.run(
      usual + ["--b", "nodes.arm64.count=2", "--over", "workload.rate=100..200/day"])
    #expect(rate.status == 0 && !rate.errors.contains("were in the store"), "\(rate.errors)")
  }

  @Test("Ctrl-C finishes the batch, says how to go on, and leaves with 75", arguments: long)
  func interrupted(command: [String]) throws {
    let gantry = try rig()
    let process = try gantry.process(command + ["--replications", "20000"])
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let limit = Date(timeIntervalSinceNow: 60)
    while try samples(gantry) == 0, process.isRunning, Date() < limit { usleep(5000) }
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    let said = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 75, "\(said)")
    let count = try samples(gantry)
    #expect(count > 0)
    #expect(said.contains("interrupted after \(count) simulations, all of which are stored"))
    #expect(said.contains("the same command goes on from there"))
    // What is there is what an undisturbed command begins with.
    let on = try gantry.run(command + ["--replications", "3"])
    let undisturbed = try gantry.run(command + ["--replications", "3", "--no-store"])
    #expect(on.status == 0 && on.output == undisturbed.output)
    #expect(on.errors.contains("were in the store"))
  }

  @Test("a stored result is a choice")
  func stored() throws {
    let gantry = try rig()
    let made = try gantry(
      "simulate", ".", "--set", "nodes.arm64.type=m6g.large", "--label", "small")
    #expect(made.status == 0, "\(made.errors)")
    let result = try gantry(
      "sensitivity", ".", "--against", "small", "--replications", "2", "--of", "month", "--format",
      "json")
    #expect(result.status == 0, "\(result.errors)")
    let record = try JSON(result.output)
    #expect(record["against"].text == "small")
    #expect((record["difference"]["value"].number ?? 0) < 0)
  }
}
