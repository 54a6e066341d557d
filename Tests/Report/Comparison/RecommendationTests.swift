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
    // cpu 0.2 × 197.2 = 39.4 s more, read 0.2 × 14.9 = 3.0 s, write less than that of the build.
    let text = found.flips[0].plainSpaces
    #expect(text.contains("longer a run; its tasks spend more above all on cpu ("), "\(text)")
    let share = try #require(text.firstMatch(of: /more than fast: ([0-9]+) % of all that they/)?.1)
    #expect((50...99).contains(Int(share) ?? 0), "\(text)")
  }

  @Test("of replications: the time lost with its interval, its parts of the first one")
  func replications() throws {
    func candidate(_ label: String, _ pace: Double, _ times: [Double]) -> Candidate {
      var record = Samples.record(label: label, runs: [Samples.run("htop-run", pace: pace)])
      record.replications = times.enumerated().map { Samples.replication($0.offset, [$0.element]) }
      return Candidate(name: label, record: record, pipelines: ["htop"])
    }
    // 28, 30, 32 s longer: ± 4.303 · 2 ÷ √3 = 5.0.
    let found = try #require(
      Recommendation(
        [candidate("fast", 1, [160, 162, 164]), candidate("slow", 1.2, [188, 192, 196])],
        minuteWorth: 1))
    let text = found.flips[0].plainSpaces
    #expect(text.hasPrefix("slow takes 30s ± 5s longer a run"), "\(text)")
    #expect(text.contains("; in the first replication its tasks"))
  }

  @Test("what 95 of 100 runs take is said only of runs enough to tell")
  func support() throws {
    func text(_ times: [[Double]]) throws -> String {
      let one = Candidate(
        name: "a", record: Samples.replicated("a", times), pipelines: ["htop"])
      return try #require(Recommendation([one], minuteWorth: 1)).text.plainSpaces
    }
    #expect(try text([[100], [120], [110]]).hasPrefix("a: the longest of 3 runs takes 2m00s,"))
    // Twenty runs are one section, without an interval: 119 s is the 19th.
    let twenty = (0..<20).map { [Double(101 + $0)] }
    #expect(try text(twenty).hasPrefix("a: 95 of 100 runs take at most ≈2m00s,"))
    // Two sections of 20: 119 and 129 s, 124 ± 12.706 · 5.
    let forty = twenty + twenty.map { [$0[0] + 10] }
    #expect(try text(forty).hasPrefix("a: 95 of 100 runs take at most 2m00s ± 1m00s,"))
    #expect(candidate("one").timedRuns == 1)
    #expect(
      Recommendation([candidate("one")], minuteWorth: 1)?.text.plainSpaces
        .hasPrefix("one: the run takes 2m42s,") == true)
  }
}
