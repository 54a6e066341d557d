/// A figure with its 95 % confidence interval.
public struct Estimate: Sendable, Hashable {
  public var value: Double
  /// Half the width of the interval; nil when there are too few values for one.
  public var halfWidth: Double?

  /// Joins value and half width.
  public init(value: Double, halfWidth: Double? = nil) {
    self.value = value
    self.halfWidth = halfWidth
  }
}

/// A point's change against the baseline, from pairs that had the same luck.
public struct PairedDifference: Sendable, Hashable {
  /// The point's value minus the baseline's.
  public var change: Estimate
  /// The probability of such a change by chance, adjusted for all points tested (Holm); nil when
  /// there are too few pairs.
  public var adjustedP: Double?

  /// Joins change and probability.
  public init(change: Estimate, adjustedP: Double? = nil) {
    self.change = change
    self.adjustedP = adjustedP
  }

  /// Whether there are pairs enough to say anything about chance.
  public var isKnown: Bool { adjustedP != nil }

  /// Whether chance is ruled out at the level of 5 % for the whole sweep.
  public var isTold: Bool { (adjustedP ?? 1) <= 0.05 && change.value != 0 }
}

/// Everything that the samples of a point say about it.
public struct PointEstimates: Sendable, Hashable {
  /// Where a point stands between time and money.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// No point is as fast for less, or faster for no more.
    case pareto
    /// One is, but by no more than chance explains.
    case close
    /// One is by the estimates, which have no intervals: chance cannot be told. Or the warm-up left no
    /// runs to estimate anything from.
    case unknown
    case dominated
    /// No run ended, or some failed or were still open: no choice.
    case unusable
  }

  /// What to keep in mind about a point's figures.
  public enum Caveat: String, Sendable, Hashable, CaseIterable {
    /// More work is offered than can be done.
    case overloaded
    /// Run times still grow from the first half to the second.
    case growing
    /// The start cannot be told from the steady state, or batches still hang together.
    case tooShort = "too short"
    /// The most replications were used before the precision was reached.
    case imprecise
    case failedRuns = "failed runs"
    case openRuns = "open runs"
    /// Too few replications for the measure to have an interval.
    case noInterval = "no interval"
    /// All runs ended, but the warm-up left none of them to count.
    case noRuns = "no runs"
  }

  public var mean: Estimate?
  public var p50: Estimate?
  public var p95: Estimate?
  public var p99: Estimate?
  /// The time until the last run ends.
  public var makespan: Estimate?
  public var waitShare: Estimate?
  public var runUSD: Estimate?
  public var monthUSD: Estimate?
  /// By pool, in the plan's order.
  public var utilisation: [Utilisation] = []
  public var meanDifference: PairedDifference?
  public var p50Difference: PairedDifference?
  public var p95Difference: PairedDifference?
  public var p99Difference: PairedDifference?
  public var makespanDifference: PairedDifference?
  public var waitShareDifference: PairedDifference?
  public var runUSDDifference: PairedDifference?
  public var monthUSDDifference: PairedDifference?
  public var standing: Standing = .unusable
  /// Whether no more than chance says that another point is faster, all points considered; nil where
  /// there is no interval to tell chance by.
  public var mayBeFastest: Bool? = false
  public var caveats: [Caveat] = []

  /// How busy a pool was.
  public struct Utilisation: Sendable, Hashable {
    public var pool: String
    public var share: Estimate

    /// Joins pool and share.
    public init(pool: String, share: Estimate) {
      self.pool = pool
      self.share = share
    }
  }

  /// Makes estimates of nothing.
  public init() {}

  /// The measure that points are judged by.
  public func time(_ measure: SweepPlan.Measure) -> Estimate? { measure == .p95 ? p95 : mean }

  /// The change of the measure that points are judged by.
  public func difference(_ measure: SweepPlan.Measure) -> PairedDifference? {
    measure == .p95 ? p95Difference : meanDifference
  }
}
