import GantryCloud
import GantryCompiler
import GantryExperiments
import GantryModel
import Testing

@Suite("Figures and their ranges")
struct FactorTests {
  private func assumption(_ value: Double, _ text: String, _ source: String = "") -> Assumption {
    Assumption(
      id: "x", text: text, value: value, unit: "s", confidence: .guess, source: source)
  }

  @Test(
    "ranges are read where the text states them",
    arguments: [
      (5.0, "CPU of it (2 to 6)", "", 2.0...6.0),
      (2.5, "", "nothing known; range 1.5 to 4", 1.5...4),
      (1.2e8, "what it downloads (50 to 250 MB)", "", 5e7...2.5e8),
      (700, "jars (Quarkus; 300 to 2000)", "", 300...2000),
    ])
  func stated(value: Double, text: String, source: String, range: ClosedRange<Double>) {
    #expect(RangeFigure.stated(assumption(value, text, source)) == range)
  }

  @Test(
    "and not where numbers mean something else, or do not hold the value",
    arguments: [
      (5.0, "CPU of it (7 to 9)"), (5, "from 2 to 6 builds"), (5, "(a to b)"), (5, ""),
      (5, "(5 to 5)"),
    ])
  func notStated(value: Double, text: String) {
    #expect(RangeFigure.stated(assumption(value, text)) == nil)
  }

  @Test("every basis has a default range, which the scenario's assumptions replace")
  func defaults() {
    var scenario = ScenarioFile(location: SourceLocation(file: "t", line: 1, column: 1))
    let plain = FactorRanges(scenario)
    #expect(plain.factors(.measured) == (0.9, 1.1) && plain.factors(.published) == (0.9, 1.1))
    #expect(plain.factors(.estimate) == (0.7, 1.3) && plain.factors(.guess) == (0.5, 2))
    scenario.assumptions = [
      .init(id: Located("sensitivity.guess", at: scenario.location), value: 4),
      .init(id: Located("sensitivity.estimate", at: scenario.location), value: 0.5),
    ]
    let own = FactorRanges(scenario)
    #expect(own.factors(.guess) == (0.25, 4) && own.factors(.estimate) == (0.5, 1.5))
    #expect(own.assumptions.first { $0.id == "sensitivity.guess" }?.source == "set in the scenario")
  }

  @Test("a scenario may set the ranges, and a wrong name is refused")
  func known() throws {
    _ = try compilation(["assumptions.sensitivity.guess=3"])
    #expect(throws: NotCompiled.self) { try compilation(["assumptions.sensitivity.gues=3"]) }
  }

  @Test("figures of a scenario: assumptions, prices by pool, speeds and profiles, with shares")
  func found() throws {
    let made = try compilation([
      "nodes.amd64.type=m5a.2xlarge", "nodes.amd64.count=2", "controlPlane.type=m5a.2xlarge",
      "profiles=[{task: nap, step: first, duration: 60s}]",
    ])
    let finder = try FactorFinder(
      made.compilation, catalog: made.catalog, ranges: FactorRanges(made.compilation.scenario),
      monthlyRuns: nil)
    let found = Dictionary(
      uniqueKeysWithValues: finder.found().map { ($0.factor.id, $0.factor) })
    let price = try #require(found["prices.ec2.m5a.2xlarge.onDemand"])
    #expect(price.text.contains("controlPlane") && price.text.contains("amd64"))
    #expect(price.billShare > 0.3 && price.pathShare == 0)
    #expect(abs(price.low - price.value * 0.9) < 1e-12)
    // Two tasks of a 60 s and a 5 s step: most of the path, but not all.
    let profile = try #require(found["profiles.nap.first.duration"])
    #expect(profile.value == 60 && profile.pathShare > 0.6 && profile.pathShare < 0.95)
    #expect(found["cpu.m5a.2xlarge"]?.value == 1)
    #expect((found["timing.sandbox"]?.pathShare ?? 0) > 0)
    let bill = found.values.reduce(0) { $0 + ($1.id.hasPrefix("prices.") ? $1.billShare : 0) }
    #expect(abs(bill - 1) < 1e-9)
  }
}
