import GantryExperiments
import GantryModel
import GantryStatistics
import Testing

@Suite("What samples say of a sweep")
struct SweepAnalysisTests {
  /// Values around a mean that vary by ±1 in turn: standard error √(n ÷ (n − 1)) ÷ √n.
  private func around(_ mean: Double, _ count: Int = 20) -> [Double] {
    (0..<count).map { mean + ($0 % 2 == 0 ? 1 : -1) }
  }

  @Test("the front, points that are beaten, and points that only chance puts behind")
  func standings() {
    var luck = NormalValues(seed: 3)
    let noise = luck.next(20)
    // About 1 s slower with luck of its own, which the interval for all pairs, ±1.6 s, holds.
    let close = zip(around(100), luck.next(20, mean: 1, deviation: 2)).map(+)
    let sweep = SweepAnalysis.filled(
      Make.sweep([
        (around(100), 2000), (zip(around(200), noise).map(+), 1000), (around(250), 2500),
        (close, 2000), (around(100), 2400),
      ]))
    let standing = sweep.points.map(\.estimates.standing)
    // The last one is as fast as the first for more money.
    #expect(standing == [.pareto, .pareto, .dominated, .close, .dominated])
    #expect(sweep.points.map(\.estimates.mayBeFastest) == [true, false, false, true, true])
  }

  @Test("without an interval nothing is known of chance, however far a point is behind")
  func unknown() {
    // One run a replication: 20 make one section of a p95, 15 not even that.
    var plan = SweepPlan()
    plan.measure = .p95
    let far = SweepAnalysis.filled(
      Make.sweep([(around(100, 15), 2000), (around(900, 15), 2500)], plan: plan))
    #expect(far.points.map(\.estimates.standing) == [.pareto, .unknown])
    #expect(far.points.map(\.estimates.mayBeFastest) == [true, nil])
    #expect(far.points[1].estimates.p95Difference?.isKnown == false)
    #expect(far.points[1].estimates.meanDifference?.isTold == true)
    plan.measure = .mean
    let single = SweepAnalysis.filled(Make.sweep([([100], 2000), ([900], 2500)], plan: plan))
    #expect(single.points.map(\.estimates.standing) == [.pareto, .unknown])
    let known = SweepAnalysis.filled(
      Make.sweep([(around(100, 15), 2000), (around(900, 15), 2500)], plan: plan))
    #expect(known.points.map(\.estimates.standing) == [.pareto, .dominated])
    #expect(known.points.map(\.estimates.mayBeFastest) == [true, false])
  }

  @Test("runs that all end during the warm-up do not fail: there are none to count")
  func emptied() {
    var plan = SweepPlan()
    plan.warmUp = .seconds(30)
    var sweep = Make.sweep([(around(10), 100), (around(100), 1000)], plan: plan)
    for index in sweep.points[0].samples.indices {
      sweep.points[0].samples[index].times = nil
      sweep.points[0].samples[index].runCount = 0
      sweep.points[0].samples[index].warmUpRuns = 3
    }
    let found = SweepAnalysis.filled(sweep).points[0].estimates
    #expect(found.caveats == [.noRuns] && found.standing == .unknown)
    #expect(found.mayBeFastest == nil)
    // With runs that never end it is these that matter.
    sweep.points[0].samples[0].openRuns = 1
    let open = SweepAnalysis.filled(sweep).points[0].estimates
    #expect(open.caveats.contains(.openRuns) && open.standing == .unusable)
  }

  @Test("a point with failed runs is no choice")
  func failures() {
    var sweep = Make.sweep([(around(10), 100), (around(100), 1000)])
    sweep.points[0].samples[3] = Make.sample(3, [9], usd: 100, failed: 1)
    sweep = SweepAnalysis.filled(sweep)
    #expect(sweep.points.map(\.estimates.standing) == [.unusable, .pareto])
    #expect(sweep.points[0].estimates.caveats == [.failedRuns])
  }

  @Test("differences are of pairs: common luck cancels")
  func pairs() throws {
    var luck = NormalValues(seed: 1)
    let common = luck.next(30, mean: 100, deviation: 30)
    let sweep = SweepAnalysis.filled(
      Make.sweep([(common, 10), (common.map { $0 + 1 }, 12), (common, 10)]))
    let found = sweep.points.map(\.estimates.meanDifference)
    #expect(found[0] == nil)
    let slower = try #require(found[1])
    #expect(abs(slower.change.value - 1) < 1e-9 && slower.isTold)
    #expect((slower.change.halfWidth ?? 1) < 1e-9)
    #expect(found[2]?.isTold == false)
    // The interval of the mean itself is wide: t(29) = 2.045 times 30 ÷ √30, about 11.
    #expect((sweep.points[1].estimates.mean?.halfWidth ?? 0) > 7)
    #expect(
      sweep.points[1].estimates.monthUSDDifference?.change == Estimate(value: 2, halfWidth: 0))
  }

  /// Twenty replications of a hundred runs at two points.
  ///
  /// The other one takes 3 s more, give or take 5 s that all runs of a replication share. So every
  /// quantile changes by 3 s on average, as do the other figures.
  private func pair(seed: UInt64) -> PointPair {
    var luck = NormalValues(seed: seed &* 7919)
    var base = SweepPoint(position: 0, values: ["a"], designHash: "a", region: "r")
    var other = SweepPoint(position: 1, values: ["b"], designHash: "b", region: "r")
    for replication in 0..<20 {
      let times = luck.next(100, mean: 100, deviation: 20)
      let change = 3 + 5 * luck.next()
      var before = Make.sample(replication, times)
      var after = Make.sample(replication, times.map { $0 + change })
      before.makespanSeconds = 500 + 50 * luck.next()
      after.makespanSeconds = before.makespanSeconds + change
      before.waitShare = 0.2
      after.waitShare = 0.2 + change / 100
      base.samples.append(before)
      other.samples.append(after)
    }
    let sweep = Make.sweep([])
    return PointPair(base: base, of: sweep, other: other, of: sweep)
  }

  @Test("intervals of changes hold the true change 95 times of 100, whatever is changed")
  func coverage() throws {
    let rounds = 400
    var held = [0, 0, 0, 0]
    for seed in 1...rounds {
      let found = SweepComparison.filled([pair(seed: UInt64(seed))], measure: .mean)[0].other
        .estimates
      let changes = [
        (found.p50Difference, 3.0), (found.p99Difference, 3), (found.makespanDifference, 3),
        (found.waitShareDifference, 0.03),
      ]
      for (index, (difference, truth)) in changes.enumerated() {
        let change = try #require(difference?.change)
        let half = try #require(change.halfWidth)
        if abs(change.value - truth) <= half { held[index] += 1 }
      }
    }
    // 380 of 400 with a standard deviation of 4.4: within three of them.
    for count in held { #expect((366...394).contains(count), "\(held)") }
  }

  @Test("points that are compared stand as they do in their sweeps")
  func standingsOfPairs() {
    let sweep = SweepAnalysis.filled(
      Make.sweep([(around(100), 2000), (around(200), 2500), (around(99), 3000)]))
    let pairs = SweepComparison.filled(
      sweep.points.dropFirst().map {
        PointPair(base: sweep.points[0], of: sweep, other: $0, of: sweep)
      }, measure: .mean)
    #expect(pairs.map(\.base.estimates.standing) == [.pareto, .pareto])
    #expect(pairs.map(\.other.estimates.standing) == [.dominated, .pareto])
    #expect(pairs.map(\.other.estimates.mayBeFastest) == [false, true])
    #expect(pairs[0].other.estimates.meanDifference?.change.value == 100)
  }

  @Test("the makespan is estimated from whole replications")
  func makespan() throws {
    // 10, 20, 30: mean 20, t(2) = 4.303 times 10 ÷ √3.
    let samples = [10.0, 20, 30].enumerated().map { index, end in
      var sample = Make.sample(index, [1])
      sample.makespanSeconds = end
      return sample
    }
    var sweep = Make.sweep([([1], 1)])
    sweep.points[0].samples = samples
    let found = try #require(SweepAnalysis.filled(sweep).points[0].estimates.makespan)
    #expect(found.value == 20 && abs((found.halfWidth ?? 0) - 24.843) < 0.01)
  }

  @Test("how many replications a precision takes")
  func precision() {
    var plan = SweepPlan()
    plan.measure = .mean
    plan.precision = 0.05
    plan.replications = 4
    plan.mostReplications = 50
    let rule = ReplicationRule(plan)
    #expect(rule.start == 10)
    func samples(_ means: [Double]) -> [PointSample] {
      means.enumerated().map { Make.sample($0, [$1]) }
    }
    // 9, 11 in turn: deviation √(10/9), half width 2.262 × 1.054 ÷ √10 = 0.754, 7.5 % of 10.
    let ten = samples((0..<10).map { $0 % 2 == 0 ? 9 : 11 })
    #expect(!rule.isPrecise(ten))
    // 10 × (7.54 ÷ 5)² = 22.7, at most twice as many.
    #expect(rule.next(after: ten, count: 10) == 20)
    plan.precision = 0.07
    // 10 × (7.54 ÷ 7)² = 11.6.
    #expect(ReplicationRule(plan).next(after: ten, count: 10) == 12)
    plan.precision = 0.08
    #expect(ReplicationRule(plan).next(after: ten, count: 10) == nil)
    plan.precision = 0.001
    #expect(ReplicationRule(plan).next(after: ten, count: 40) == 50)
    #expect(ReplicationRule(plan).next(after: ten, count: 50) == nil)
    #expect(ReplicationRule(plan).next(after: samples([]), count: 10) == nil)
  }

  @Test("growing times, batches that hang together, and a precision that was not reached")
  func caveats() {
    var plan = SweepPlan()
    plan.measure = .mean
    plan.warmUp = .automatic
    var sweep = Make.sweep([(around(100), 1), (around(100), 1)], plan: plan)
    // Later halves take twice as long, with some luck.
    var luck = NormalValues(seed: 9)
    sweep.points[1].samples = (0..<10).map {
      Make.sample($0, luck.next(10, mean: 50) + luck.next(10, mean: 100))
    }
    #expect(SweepAnalysis.filled(sweep).points.map(\.estimates.caveats) == [[], [.growing]])
    plan.replications = 1
    let ramp = (0..<20).map { Double($0) }
    var batches = Make.sweep([(ramp, 1)], plan: plan)
    for index in batches.points[0].samples.indices {
      batches.points[0].samples[index].replication = 0
      batches.points[0].samples[index].batch = index
    }
    #expect(SweepAnalysis.filled(batches).points[0].estimates.caveats == [.growing, .tooShort])
    plan = SweepPlan()
    plan.measure = .mean
    plan.precision = 0.0001
    let rough = SweepAnalysis.filled(Make.sweep([(around(100), 1)], plan: plan))
    #expect(rough.points[0].estimates.caveats == [.imprecise])
  }

  @Test("two sweeps are compared where they have the same values")
  func comparison() throws {
    let base = Make.sweep([(around(100), 10), (around(50), 20), (around(70), 30)])
    var other = Make.sweep([(around(50), 10), (around(80), 20)])
    other.points[0].values = ["1"]
    other.points[1].values = ["7"]
    let pairs = SweepComparison.filled(SweepComparison.pairs(base, other), measure: .mean)
    #expect(pairs.map(\.name) == ["made#1 (axis=1)"])
    let found = try #require(pairs.first)
    #expect(found.base.position == 1)
    #expect(found.other.estimates.meanDifference?.change == Estimate(value: 0, halfWidth: 0))
    #expect(found.other.estimates.monthUSDDifference?.change.value == -10)
  }
}

/// Properties that hold in the long run, on random values with known parameters.
@Suite("Errors of the statistics")
struct StatisticalErrorTests {
  private static let trials = 2000

  @Test("95 of 100 intervals hold the true mean", arguments: [2, 5, 30])
  func coverage(count: Int) {
    var luck = NormalValues(seed: UInt64(count))
    let hits = (0..<Self.trials).count { _ in
      guard let found = MeanInterval(luck.next(count, mean: 10, deviation: 3)),
        let half = found.halfWidth
      else { return false }
      return abs(found.mean - 10) <= half
    }
    // Binomial: deviation √(0.95 × 0.05 ÷ 2000) = 0.0049; three of them.
    #expect(abs(Double(hits) / Double(Self.trials) - 0.95) < 0.0147)
  }

  @Test("of ten points that differ from the base by luck only, any is told in 5 of 100 sweeps")
  func familyWise() {
    var luck = NormalValues(seed: 77)
    let trials = 400
    let wrong = (0..<trials).count { _ in
      let points = (0..<11).map { _ in (means: luck.next(8, mean: 100), usd: 1.0) }
      return SweepAnalysis.filled(Make.sweep(points)).points.contains {
        $0.estimates.meanDifference?.isTold == true
      }
    }
    // At most 5 %, and 4 deviations of √(0.05 × 0.95 ÷ 400) = 0.011 above it.
    #expect(Double(wrong) / Double(trials) < 0.094, "\(wrong)")
  }

  @Test("of ten points that are all alike, any is called beaten in 5 of 100 sweeps at most")
  func ranking() {
    var luck = NormalValues(seed: 78)
    let trials = 400
    let wrong = (0..<trials).count { _ in
      let points = (0..<10).map { _ in (means: luck.next(8, mean: 100), usd: 1.0) }
      let found = SweepAnalysis.filled(Make.sweep(points)).points
      return found.contains {
        $0.estimates.standing == .dominated || $0.estimates.mayBeFastest == false
      }
    }
    #expect(Double(wrong) / Double(trials) < 0.094, "\(wrong)")
  }

  @Test(
    "the p value of the t distribution, far out",
    // The density integrated from t on by the midpoint rule with 200,000 steps in t ÷ x.
    arguments: [(3.0, 4, 0.0399420), (5.0, 29, 2.53663e-5), (10.0, 9, 3.57824e-6)])
  func farOut(t: Double, degrees: Int, expected: Double) {
    let found = StudentT.twoSidedP(t, degrees: degrees)
    #expect(abs(found / expected - 1) < 1e-3, "\(found)")
  }
}
