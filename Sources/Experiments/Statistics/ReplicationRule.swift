public import GantryModel
import GantryStatistics

/// How many replications a point gets: a pure function of the samples it has, so that it does not
/// matter when or where they were made.
public struct ReplicationRule: Sendable {
  /// Fewer values make an interval whose own width is mostly luck.
  public static let first = 10

  private let plan: SweepPlan

  /// Takes number or precision from the plan.
  public init(_ plan: SweepPlan) { self.plan = plan }

  /// The replications that every point gets at first.
  public var start: Int {
    plan.precision == nil
      ? plan.replications : min(plan.mostReplications, max(plan.replications, Self.first))
  }

  /// Whether the interval of the measure is as narrow as was asked for.
  public func isPrecise(_ samples: [PointSample]) -> Bool {
    guard let precision = plan.precision else { return true }
    guard let found = interval(samples), let half = found.halfWidth else { return false }
    return half <= precision * found.mean.magnitude
  }

  /// The replications wanted once those in `samples` are there; nil when they are enough.
  ///
  /// The half width shrinks with the root of the number; the next number aims at it, but is at most
  /// twice the last, because the variance is itself an estimate.
  public func next(after samples: [PointSample], count: Int) -> Int? {
    guard let precision = plan.precision, count < plan.mostReplications, !isPrecise(samples) else {
      return nil
    }
    // Without any run that ends, more of the same tell nothing.
    guard let found = interval(samples) else { return nil }
    var wanted = 2 * count
    if let half = found.halfWidth, found.mean != 0 {
      let ratio = half / (precision * found.mean.magnitude)
      wanted = min(wanted, Int((Double(count) * ratio * ratio).rounded(.up)))
    }
    return min(plan.mostReplications, max(count + 1, wanted))
  }

  private func interval(_ samples: [PointSample]) -> MeanInterval? {
    MeanInterval(SampleSeries(samples).values(of: plan.measure))
  }
}
