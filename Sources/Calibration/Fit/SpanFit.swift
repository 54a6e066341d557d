public import GantryModel

/// A distribution fitted to spans of time whose ends are known to the second.
///
/// # Timestamps of whole seconds
/// Both ends are cut to the second, so a span of `t` seconds shows as a whole number `d` within one second
/// of `t`: with probability 1 − |t − d|. The mean of `d` is unbiased, and the likelihood of a lognormal
/// distribution is that of the intervals (`CensoredLognormal`). Steps that mostly show as 0 are below
/// the clock's resolution; their time is (Σd + 1) ÷ (n + 2), which is never 0.
///
/// # Robustness
/// Values further than 3.5 robust deviations from the median, in logarithms, are left out, if they are
/// at most a tenth of the sample: more than that is a second kind of run, not a straggler.
public struct SpanFit: Hashable, Sendable {
  /// The values given, and of these left out.
  public var count: Int
  public var trimmed: Int
  public var distribution: ProbabilityDistribution
  /// Median and median distance from it, of what was kept.
  public var median: Double
  public var deviation: Double

  /// From so many values on the form of the distribution is tested.
  static let testable = 8
  /// From so many values on a spread is fitted.
  static let spreadable = 3
  /// The most points of an empirical distribution.
  static let mostPoints = 41

  /// Fits seconds; nil of nothing.
  public init?(_ seconds: [Double]) {
    guard !seconds.isEmpty else { return nil }
    let kept = Sample(Self.trimmed(seconds))
    count = seconds.count
    trimmed = seconds.count - kept.count
    median = kept.median ?? 0
    deviation = kept.deviation ?? 0
    distribution = Self.distribution(kept)
  }

  private static func trimmed(_ seconds: [Double]) -> [Double] {
    let logs = seconds.map { Elementary.log(max($0, 0.5)) }
    let sample = Sample(logs)
    guard seconds.count >= spreadable, let middle = sample.median, let spread = sample.deviation
    else { return seconds }
    // The clock's second is a spread of its own.
    let resolution = 1 / max(Elementary.exp(middle), 1)
    // 1.4826 makes the median distance a standard deviation where the sample is normal.
    let limit = 3.5 * max(1.4826 * spread, resolution)
    let kept = zip(seconds, logs).filter { ($0.1 - middle).magnitude <= limit }.map(\.0)
    return (seconds.count - kept.count) * 10 > seconds.count ? seconds : kept
  }

  private static func distribution(_ kept: Sample) -> ProbabilityDistribution {
    let count = Double(kept.count)
    let mean = kept.mean ?? 0
    guard mean >= 1 else { return .fixed(rounded((mean * count + 1) / (count + 2), 1000)) }
    guard kept.count >= spreadable else { return .fixed(rounded(mean, 1000)) }
    let fit = CensoredLognormal(kept)
    // Kolmogorov and Smirnov's distance at 1 % (for known parameters, so a mild test here).
    let limit = 1.63 / count.squareRoot()
    if kept.count >= testable, fit.distance(to: kept) > limit { return empirical(kept) }
    return .lognormal(median: rounded(fit.median, 1000), sigma: rounded(fit.sigma, 10_000))
  }

  /// The quantiles of the sample; what shows as 0 is a third of a second, the mean of such spans when all
  /// below a second are as likely.
  private static func empirical(_ kept: Sample) -> ProbabilityDistribution {
    let points = min(kept.count, mostPoints)
    return .empirical(
      (0..<points).map { point in
        let value = kept.quantile(Double(point) / Double(max(points - 1, 1))) ?? 0
        return rounded(max(value, 1.0 / 3), 1000)
      })
  }

  private static func rounded(_ value: Double, _ steps: Double) -> Double {
    (value * steps).rounded() / steps
  }
}
