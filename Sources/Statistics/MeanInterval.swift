public import GantryModel

/// A mean of independent values with its confidence interval.
public struct MeanInterval: Hashable, Sendable {
  public var mean: Double
  /// Half the width of the two-sided interval; nil below two values.
  public var halfWidth: Double?
  public var count: Int
  /// The mean divided by its standard error; nil below two values or without any spread.
  public var t: Double?

  /// The confidence of every interval that is shown.
  public static let confidence = 0.95

  /// The interval after Student; nil of nothing.
  public init?(_ values: [Double], confidence: Double = MeanInterval.confidence) {
    guard !values.isEmpty else { return nil }
    count = values.count
    mean = values.reduce(0, +) / Double(count)
    guard count > 1 else { return }
    let center = mean
    let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    let error = (squares / Double(count - 1) / Double(count)).squareRoot()
    halfWidth = StudentT.quantile(confidence: confidence, degrees: count - 1) * error
    t = error > 0 ? center / error : nil
  }

  /// Mean and half width alone.
  public var estimate: Estimate { Estimate(value: mean, halfWidth: halfWidth) }

  /// The probability of a mean this far from 0 if the true one were 0; nil when it cannot be said.
  ///
  /// Values without any spread leave no doubt: 0, or 1 when all are 0.
  public var pValue: Double? {
    guard count > 1 else { return nil }
    if let t { return StudentT.twoSidedP(t, degrees: count - 1) }
    return mean == 0 ? 1 : 0
  }
}
