import Foundation
import Testing

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
