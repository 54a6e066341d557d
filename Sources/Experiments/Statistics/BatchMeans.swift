/// One long series cut into batches whose means are nearly independent.
public enum BatchMeans {
  /// Twenty batches lose little of the interval and leave each as long as can be.
  ///
  /// Source: B. Schmeiser, "Batch size effects in the analysis of simulation output", Operations
  /// Research 30 (1982): between 10 and 30.
  public static let count = 20
  /// A batch of fewer values says nothing about how its values hang together.
  public static let leastSize = 5

  /// Equal stretches of `total` positions in order; nil when there are too few.
  ///
  /// What does not fill a batch is left out at the start.
  public static func ranges(total: Int, count: Int = count) -> [Range<Int>]? {
    let size = total / count
    guard size >= leastSize else { return nil }
    let first = total - size * count
    return (0..<count).map { (first + $0 * size)..<(first + ($0 + 1) * size) }
  }

  /// How much each value resembles the one before: the lag-1 autocorrelation; nil below three values
  /// or without any spread.
  public static func lagOne(_ values: [Double]) -> Double? {
    guard values.count > 2 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard spread > 0 else { return nil }
    let products = zip(values, values.dropFirst()).reduce(0) {
      $0 + ($1.0 - mean) * ($1.1 - mean)
    }
    return products / spread
  }

  /// Whether batches may count as independent: the lag-1 autocorrelation is below what chance gives
  /// in 95 of 100 cases, 1.645 ÷ √n.
  ///
  /// Source: G. S. Fishman, "Grouping observations in digital simulation", Management Science 24
  /// (1978): von Neumann's ratio, whose large-sample form this is.
  public static func areIndependent(_ means: [Double]) -> Bool {
    guard let lag = lagOne(means) else { return true }
    return lag <= 1.645 / Double(means.count).squareRoot()
  }
}
