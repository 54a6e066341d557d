/// A limit that a configuration has to keep, such as `p95 < 12m` or `month < 900`.
public struct ServiceGoal: Sendable, Hashable {
  /// What is limited.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    case mean, p50, p95, p99, makespan
    case waitShare = "wait"
    /// The share of runs that fail; without such a limit none may.
    case failed
    case runUSD = "run"
    case monthUSD = "month"

    /// What the limit is counted in.
    public var unit: Unit {
      switch self {
      case .mean, .p50, .p95, .p99, .makespan: .seconds
      case .waitShare, .failed: .share
      case .runUSD, .monthUSD: .usd
      }
    }
  }

  /// What a limit is counted in.
  public enum Unit: String, Sendable, Hashable {
    case seconds, share
    case usd = "USD"
  }

  public var measure: Measure
  /// In the measure's unit, above 0.
  public var limit: Double

  /// Joins measure and limit.
  public init(_ measure: Measure, below limit: Double) {
    self.measure = measure
    self.limit = limit
  }
}
