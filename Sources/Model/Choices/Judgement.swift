/// What tells the better of two choices.
public struct Judgement: Sendable, Hashable {
  /// The figure that is to be small.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// The bill of a month and the minutes waited for its builds, each worth something.
    case value
    /// The bill of a month.
    case month
    /// The bill of the simulated time, for each run.
    case run
    /// Run times.
    case mean, p95

    /// Whether it is a time in seconds; else it is money.
    public var isTime: Bool { self == .mean || self == .p95 }
  }

  public var measure: Measure
  /// What a minute of waiting for a build is worth, in USD.
  public var minuteWorth: Double
  /// Builds in a month of 730 hours; nil when nobody said, and what is simulated happens once.
  public var monthlyRuns: Double?

  /// Joins measure, the worth of a minute and the builds.
  public init(_ measure: Measure, minuteWorth: Double = 1, monthlyRuns: Double? = nil) {
    self.measure = measure
    self.minuteWorth = minuteWorth
    self.monthlyRuns = monthlyRuns
  }

  /// Days in a month of 730 hours.
  public static let daysPerMonth = 730.0 / 24
}
