/// A share of the runs, and how many runs it takes to estimate the time they stay below.
public struct Quantile: Hashable, Sendable {
  /// In whole percent.
  public let percent: Int

  /// Half of the runs take no longer.
  public static let p50 = Quantile(percent: 50)
  /// 95 of 100 runs take no longer.
  public static let p95 = Quantile(percent: 95)
  /// 99 of 100 runs take no longer.
  public static let p99 = Quantile(percent: 99)

  /// The fewest values of which the nearest rank is not the largest one by necessity: 100 ÷ (100 − p).
  public var leastCount: Int { (100 + 99 - percent) / (100 - percent) }

  /// The smallest value that at least the share of the values do not exceed (nearest rank); nil of
  /// nothing.
  public func value(ofSorted values: [Double]) -> Double? {
    if values.isEmpty { return nil }
    return values[max(1, (values.count * percent + 99) / 100) - 1]
  }
}
