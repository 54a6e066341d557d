import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite("Recommendations")
struct RecommendationTests {
  /// The sample run takes 162.25 s at pace 1, its month 557.72 × scale + 874.4 USD.
  private func candidate(
    _ label: String, pace: Double = 1, scale: Double = 1, fails: Bool = false
  ) -> Candidate {
    var record = Samples.record(
      label: label, runs: [Samples.run("htop-run", pace: pace)], scale: scale,
      inputs: Samples.inputs(armType: "m6g.2xlarge"))
    if fails { record.runs[0].status = .failed }
    return Candidate(name: label, record: record, pipelines: ["htop"])
  }

  @Test("the fastest that succeeds is taken; of those as fast, the cheapest")
  func choice() {
    let fast = candidate("fast", pace: 0.6)
    let slow = candidate("slow")
    #expect(Recommendation([slow, fast], minuteWorth: 1)?.chosen.name == "fast")
    let failing = candidate("failing", pace: 0.1, fails: true)
    #expect(Recommendation([slow, failing], minuteWorth: 1)?.chosen.name == "slow")
    let close = candidate("close", pace: 0.61, scale: 0.9)
    #expect(Recommendation([fast, close], minuteWorth: 1)?.chosen.name == "close")
    #expect(Recommendation([failing], minuteWorth: 1) == nil)
  }

  @Test("a cheaper one is better below a number of runs that follows from cost and time")
  func breakEven() throws {
    // 0.5 × 557.72 = 278.86 USD saved a month; (0.6 − 1) × 118 + (0.6 − 1) × 3.5 = −48.6 s a run.
    // 278.86 / (48.6 / 60 × 1) = 344.3 runs, 340 in two digits; at 2 USD a minute half of it, 170.
    let fast = candidate("fast", pace: 0.6)
    let cheap = candidate("cheap", scale: 0.5)
    let one = try #require(Recommendation([fast, cheap], minuteWorth: 1))
    #expect(one.flips.count == 1)
    #expect(one.flips[0].contains("below 340 runs a month"))
    #expect(one.flips[0].plainSpaces.contains("saves USD 279 a month"))
    let two = try #require(Recommendation([fast, cheap], minuteWorth: 2))
    #expect(two.flips[0].contains("below 170 runs a month"))
  }

  @Test("a cheaper one that another beats in cost and time is not named")
  func dominated() throws {
    let fast = candidate("fast", pace: 0.6)
    let worse = candidate("worse", pace: 1.2, scale: 0.8)
    let cheap = candidate("cheap", scale: 0.5)
    let found = try #require(Recommendation([fast, worse, cheap], minuteWorth: 1))
    #expect(found.flips.count == 1)
    #expect(found.flips[0].hasPrefix("cheap"))
  }

  @Test("one that costs the same is told with the time that keeps it back")
  func kindOfTime() throws {
    let fast = candidate("fast")
    let slow = candidate("slow", pace: 1.2)
    let found = try #require(Recommendation([fast, slow], minuteWorth: 1))
    #expect(found.flips.count == 1)
    #expect(found.flips[0].contains("most of it cpu"))
  }
}
