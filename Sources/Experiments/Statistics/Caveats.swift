import GantryModel
import GantryStatistics

/// What to keep in mind about the figures of a point.
struct Caveats {
  /// Growth below this share of the run time is of no consequence, even if it is no chance.
  private static let leastGrowth = 0.1
  /// The level of the test for growth.
  private static let growthLevel = 0.01

  private let point: SweepPoint
  private let plan: SweepPlan

  init(_ point: SweepPoint, _ plan: SweepPlan) {
    self.point = point
    self.plan = plan
  }

  func found() -> [PointEstimates.Caveat] {
    let samples = point.samples
    guard !samples.isEmpty else { return [] }
    var all: [PointEstimates.Caveat] = []
    if point.isOverloaded { all.append(.overloaded) }
    if Self.hasNoRuns(samples) { return all + [.noRuns] }
    if plan.warmUp != .none {
      if isGrowing { all.append(.growing) }
      if !samples.allSatisfy(\.isSettled) || hangTogether { all.append(.tooShort) }
    }
    if !ReplicationRule(plan).isPrecise(samples) { all.append(.imprecise) }
    if samples.contains(where: { $0.failedRuns > 0 }) { all.append(.failedRuns) }
    if samples.contains(where: { $0.openRuns > 0 }) { all.append(.openRuns) }
    if point.estimates.time(plan.measure)?.halfWidth == nil { all.append(.noInterval) }
    return all
  }

  /// Whether all runs ended and the warm-up left none of them to count.
  static func hasNoRuns(_ samples: [PointSample]) -> Bool {
    !samples.isEmpty
      && samples.allSatisfy { $0.runCount == 0 && $0.openRuns == 0 && $0.warmUpRuns > 0 }
  }

  private var hangTogether: Bool {
    plan.usesBatches && !BatchMeans.areIndependent(SampleSeries(point.samples).means)
  }

  private var isGrowing: Bool {
    guard plan.usesBatches else { return Self.isGrowing(point.samples) }
    let means = SampleSeries(point.samples).means
    return Self.isGrowing(
      zip(means.prefix(means.count / 2), means.suffix(means.count / 2)).map { ($0, $1) })
  }

  /// Whether runs of the later half of replications take longer than those of the earlier: a queue
  /// that does not settle.
  static func isGrowing(_ samples: [PointSample]) -> Bool {
    isGrowing(
      samples.compactMap { sample in sample.times.map { ($0.earlyMean, $0.lateMean) } })
  }

  private static func isGrowing(_ pairs: [(early: Double, late: Double)]) -> Bool {
    let early = pairs.reduce(0) { $0 + $1.early } / Double(max(1, pairs.count))
    guard let growth = MeanInterval(pairs.map { $0.late - $0.early }), let p = growth.pValue else {
      return false
    }
    // Half of the two-sided probability: only growth is looked for.
    return growth.mean > leastGrowth * early && p / 2 < growthLevel
  }
}
