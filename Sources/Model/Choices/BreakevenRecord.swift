/// From where on one of two choices is better than the other.
public struct BreakevenRecord: Sendable, Hashable {
  public var scenario: String
  /// The names of the choices.
  public var a: String
  public var b: String
  public var programVersion: String
  public var catalogVersion: String
  public var seed: UInt64
  public var replications: Int
  public var judgement: Judgement
  public var axis: BreakevenAxis
  /// The values that were simulated, rising.
  public var points: [BreakevenPoint] = []
  public var crossings: [BreakevenCrossing] = []

  /// Joins what was asked.
  public init(
    scenario: String, a: String, b: String, programVersion: String, catalogVersion: String,
    seed: UInt64, replications: Int, judgement: Judgement, axis: BreakevenAxis
  ) {
    self.scenario = scenario
    self.a = a
    self.b = b
    self.programVersion = programVersion
    self.catalogVersion = catalogVersion
    self.seed = seed
    self.replications = replications
    self.judgement = judgement
    self.axis = axis
  }
}

/// The figure along which two choices are compared.
public struct BreakevenAxis: Sendable, Hashable {
  /// The field, as `--over` names it.
  public var path: String
  public var low: Double
  public var high: Double
  /// `day` for builds a day, and so on; nil for a plain number.
  public var unit: String?
  /// Whether there is nothing between whole numbers.
  public var isWhole: Bool

  /// Joins field, range and unit.
  public init(path: String, low: Double, high: Double, unit: String?, isWhole: Bool) {
    self.path = path
    self.low = low
    self.high = high
    self.unit = unit
    self.isWhole = isWhole
  }
}

/// Both choices at one value of the axis.
public struct BreakevenPoint: Sendable, Hashable {
  /// Why a choice's figures there need care.
  public enum Caveat: String, Sendable, Hashable, CaseIterable {
    /// More work is offered than can be done.
    case overloaded
    /// Run times grow as long as runs come in.
    case growing
    case failedRuns = "failed runs"
    case openRuns = "open runs"
  }

  public var value: Double
  public var a: Estimate?
  public var b: Estimate?
  /// The measure of the second choice minus that of the first.
  public var difference: Estimate?
  public var caveatsA: [Caveat] = []
  public var caveatsB: [Caveat] = []

  /// Makes a point without figures.
  public init(value: Double) { self.value = value }

  /// Which choice is better by the estimates; 0 when they are the same, or one has none.
  public var sign: Int {
    guard let value = difference?.value, value != 0 else { return 0 }
    return value < 0 ? -1 : 1
  }
}

/// A place on the axis where the better choice changes.
public struct BreakevenCrossing: Sendable, Hashable {
  public var value: Double
  /// From here to `high` no more than chance tells the choices apart; nil where that reaches beyond
  /// the range, or to the next crossing.
  public var low: Double?
  public var high: Double?
  /// Whether the second choice is the better one above.
  public var isSecondBetterAbove: Bool

  /// Joins place, interval and direction.
  public init(value: Double, low: Double?, high: Double?, isSecondBetterAbove: Bool) {
    self.value = value
    self.low = low
    self.high = high
    self.isSecondBetterAbove = isSecondBetterAbove
  }
}
