/// Figures of a sample; rules that the store's views share.
enum Statistics {
  /// The smallest value that at least `percent` of the values do not exceed (nearest rank); nil of
  /// nothing.
  static func percentile(_ percent: Int, of sorted: [Double]) -> Double? {
    if sorted.isEmpty { return nil }
    let rank = (sorted.count * percent + 99) / 100
    return sorted[max(1, rank) - 1]
  }

  /// The arithmetic mean; nil of nothing.
  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Half the width of the 95 % confidence interval of the mean (Student's t); nil below two
  /// values.
  static func halfWidth(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let count = Double(values.count)
    return quantile(degrees: values.count - 1) * (squares / (count - 1) / count).squareRoot()
  }

  /// Student's t, two-sided 95 %: by degrees of freedom from 1.
  ///
  /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2, column 0.975.
  private static let quantiles = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
  ]

  private static func quantile(degrees: Int) -> Double {
    if degrees <= quantiles.count { return quantiles[degrees - 1] }
    // The first terms of the Cornish-Fisher expansion around the normal quantile; four digits.
    let normal = 1.959964
    return normal + (normal * normal * normal + normal) / (4 * Double(degrees))
  }
}
