/// How much the answer moves when what it rests on does.
public struct SensitivityRecord: Sendable, Hashable {
  public var scenario: String
  /// The second choice; nil when there is one only.
  public var against: String?
  public var programVersion: String
  public var catalogVersion: String
  public var seed: UInt64
  public var replications: Int
  public var judgement: Judgement
  /// Figures are varied that at least this share of critical paths or of the bill rests on.
  public var leastShare: Double
  /// How far a figure without a range of its own is varied, by what it rests on.
  public var ranges: [Assumption]
  public var base: ChoiceFigures
  /// The second choice's figures.
  public var other: ChoiceFigures?
  /// The second choice's measure minus the first's, nothing varied.
  public var difference: Estimate?
  /// The heaviest first.
  public var effects: [FactorEffect] = []
  /// Figures that were not varied.
  public var leftOut: [LeftOutFactor] = []

  /// Joins what was asked and the choices as they are.
  public init(
    scenario: String, against: String?, programVersion: String, catalogVersion: String,
    seed: UInt64, replications: Int, judgement: Judgement, leastShare: Double,
    ranges: [Assumption], base: ChoiceFigures, other: ChoiceFigures?, difference: Estimate?
  ) {
    self.scenario = scenario
    self.against = against
    self.programVersion = programVersion
    self.catalogVersion = catalogVersion
    self.seed = seed
    self.replications = replications
    self.judgement = judgement
    self.leastShare = leastShare
    self.ranges = ranges
    self.base = base
    self.other = other
    self.difference = difference
  }

  /// Whether chance is ruled out as the reason why one choice is better.
  public var isDecided: Bool { difference?.excludesZero ?? false }
}

/// What a choice comes to.
public struct ChoiceFigures: Sendable, Hashable {
  public var mean: Estimate?
  public var p95: Estimate?
  public var monthUSD: Estimate?
  /// The measure that choices are judged by.
  public var judged: Estimate?
  public var caveats: [PointEstimates.Caveat] = []

  /// Makes figures of nothing.
  public init() {}
}

/// A figure that results rest on, with the range in which it may be.
public struct Factor: Sendable, Hashable {
  /// What stands behind a range.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    case measured, published, estimate, guess
  }

  /// The assumption's id, or `prices.…`, `cpu.…`, `profiles.…`.
  public var id: String
  public var text: String
  public var value: Double
  public var unit: String
  public var basis: Basis
  public var source: String
  public var low: Double
  public var high: Double
  /// Whether the figure's own text gives the range; else it is the one of its basis.
  public var isRangeStated: Bool
  /// The share of critical paths that rests on it.
  public var pathShare: Double
  /// The share of a month's bill that is paid with it.
  public var billShare: Double

  /// Joins a figure with its range.
  public init(
    id: String, text: String, value: Double, unit: String, basis: Basis, source: String,
    low: Double, high: Double, isRangeStated: Bool, pathShare: Double, billShare: Double
  ) {
    self.id = id
    self.text = text
    self.value = value
    self.unit = unit
    self.basis = basis
    self.source = source
    self.low = low
    self.high = high
    self.isRangeStated = isRangeStated
    self.pathShare = pathShare
    self.billShare = billShare
  }

  /// The larger of both shares.
  public var share: Double { max(pathShare, billShare) }
}

/// What comes of the low and of the high end of a figure's range.
public struct FactorEffect: Sendable, Hashable {
  /// What one end makes of the decision.
  public enum Decision: String, Sendable, Hashable, CaseIterable {
    /// The same choice is better, or there is one only.
    case holds
    /// No more than chance tells the choices apart.
    case open
    /// The other choice is better, by more than chance.
    case flips
  }

  /// Changes against the figure's own value, from pairs with the same luck.
  public struct End: Sendable, Hashable {
    public var mean: Estimate?
    public var p95: Estimate?
    public var monthUSD: Estimate?
    /// The change of the answer: the measure of the only choice, or the difference of both.
    public var answer: Estimate?
    /// The difference of both choices here.
    public var difference: Estimate?
    public var decision = Decision.holds
    /// Runs fail here that else do not.
    public var fails = false

    /// Makes an end without any change.
    public init() {}
  }

  public var factor: Factor
  public var low: End
  public var high: End

  /// Joins a figure and its ends.
  public init(_ factor: Factor, low: End, high: End) {
    self.factor = factor
    self.low = low
    self.high = high
  }

  /// How far the answer moves from one end of the range to the other, its own value included.
  public var swing: Double {
    let ends = [low.answer?.value ?? 0, high.answer?.value ?? 0, 0]
    return (ends.max() ?? 0) - (ends.min() ?? 0)
  }

  /// The worse of both ends for the decision.
  public var decision: Decision {
    let ends = [low.decision, high.decision]
    return ends.contains(.flips) ? .flips : ends.contains(.open) ? .open : .holds
  }
}

/// A figure that was not varied.
public struct LeftOutFactor: Sendable, Hashable {
  /// Why not.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Too little of critical paths and bill rests on it.
    case share
    /// It is 0, of which no share can be taken.
    case zero
    /// An end of its range makes the scenario impossible.
    case impossible
  }

  public var id: String
  public var reason: Reason

  /// Joins id and reason.
  public init(_ id: String, _ reason: Reason) {
    self.id = id
    self.reason = reason
  }
}

extension Estimate {
  /// Whether the interval leaves no room for 0; never without an interval.
  public var excludesZero: Bool {
    halfWidth.map { value.magnitude > $0 } ?? false
  }
}
