/// What a sweep is asked to find out, and how.
public struct SweepPlan: Sendable, Hashable {
  /// What the points are judged by.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    case p95, mean
  }

  /// What is left out at the start of each replication.
  public enum WarmUp: Sendable, Hashable {
    /// Nothing: the start is part of the question.
    case none
    /// Runs created in the first seconds.
    case seconds(Double)
    /// What MSER-5 finds.
    case automatic

    /// `none`, `auto` or the seconds: part of what a stored sample depends on.
    public var text: String {
      switch self {
      case .none: "none"
      case .seconds(let seconds): "\(seconds)s"
      case .automatic: "auto"
      }
    }
  }

  public var measure: Measure = .p95
  /// Replications of every point, or the first ones where a precision is asked for.
  public var replications = 30
  /// Half the width of the interval that is asked for, as a share of the value; nil for a fixed number.
  public var precision: Double?
  /// No point gets more than these.
  public var mostReplications = 1000
  public var warmUp: WarmUp = .none
  /// The runs in the month that is billed; nil is those that are simulated, once.
  public var monthlyRuns: Double?
  /// The position of the point that the others are compared with.
  public var baseline = 0

  /// Makes a plan of 30 replications.
  public init() {}

  /// Whether one long replication is cut into batches.
  public var usesBatches: Bool { warmUp != .none && replications == 1 && precision == nil }
}
