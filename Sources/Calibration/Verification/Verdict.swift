/// Whether a fit predicts runs that it has not seen.
public struct FitVerdict: Sendable, Hashable {
  /// Why it does not; nothing when it does.
  public var reasons: [String]

  /// Whether the fit can be trusted.
  public var isGood: Bool { reasons.isEmpty }

  /// The most that the median error of held-out runs may be.
  public static let mostMedianError = 0.25
  /// The most that the error of nine in ten held-out runs may be.
  public static let mostWideError = 0.75
  /// The fewest complete runs in the fit, and held out.
  public static let fewestFitted = 5
  public static let fewestHeldOut = 2

  /// Judges the errors of held-out runs.
  init(fitted: Int, errors: [RunError]) {
    reasons = []
    if fitted < Self.fewestFitted {
      reasons.append("\(fitted) complete runs in the fit; at least \(Self.fewestFitted) are needed")
    }
    if errors.count < Self.fewestHeldOut {
      reasons.append(
        "\(errors.count) runs held out to compare with; at least \(Self.fewestHeldOut) are needed")
    }
    let unpredicted = errors.count { $0.predicted == nil }
    if unpredicted > 0 {
      reasons.append("\(unpredicted) of \(errors.count) held-out runs have steps never seen before")
    }
    let sizes = Sample(errors.compactMap { $0.error?.magnitude })
    if let median = sizes.median, median > Self.mostMedianError {
      reasons.append(
        "the median error of a held-out run is \(Self.percent(median)), more than "
          + Self.percent(Self.mostMedianError))
    }
    if let wide = sizes.quantile(0.9), wide > Self.mostWideError {
      reasons.append(
        "one in ten held-out runs is off by \(Self.percent(wide)) or more; the most is "
          + Self.percent(Self.mostWideError))
    }
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

/// Predicted against actual duration of a held-out run.
public struct RunError: Sendable, Hashable {
  public var run: String
  public var pipeline: String?
  public var actual: Double
  /// The median and the range of nine in ten draws; nil when a step of it was never fitted.
  public var predicted: Double?
  public var low: Double?
  public var high: Double?

  /// Predicted less actual, by actual (at least the clock's second).
  public var error: Double? { predicted.map { ($0 - actual) / max(actual, 1) } }
}

/// Predicted against actual durations of a task's held-out TaskRuns.
public struct TaskError: Sendable, Hashable {
  public var task: TaskKey
  public var architecture: String?
  public var count: Int
  /// Medians over the TaskRuns, in seconds.
  public var actual: Double
  public var predicted: Double?
  /// The median size of the error of a TaskRun.
  public var error: Double?
}
