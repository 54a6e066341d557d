/// Where a series that starts from an empty cluster has forgotten that it did.
public enum MSER5 {
  /// The values that are averaged into one before the truncation point is looked for.
  public static let batch = 5

  /// How many values from the start to leave out, and whether the series is long enough to tell.
  public struct Truncation: Hashable, Sendable {
    public var count: Int
    /// False when the best point lies in the second half: the series is too short.
    public var isSettled: Bool
  }

  /// The truncation point that makes the marginal standard error smallest:
  /// Σ (yⱼ − ȳ)² ÷ (n − d)² over the means of 5 left.
  ///
  /// The last five means do not count as a place to cut: their few values would look steady by luck.
  /// Source: K. P. White, M. J. Cobb, S. C. Spratt, "A comparison of five steady-state truncation
  /// heuristics for simulation", Winter Simulation Conference 2000.
  /// - Complexity: O(n).
  public static func truncation(of values: [Double]) -> Truncation {
    let means = stride(from: 0, to: values.count - values.count % batch, by: batch).map { start in
      values[start..<(start + batch)].reduce(0, +) / Double(batch)
    }
    let candidates = means.count - batch
    guard candidates > 0 else { return Truncation(count: 0, isSettled: false) }
    // From the back, so that each value is added once; shifted, so that squares do not cancel.
    let shift = means[means.count - 1]
    var sum = 0.0
    var squares = 0.0
    var best = (start: 0, score: Double.infinity)
    for start in stride(from: means.count - 1, through: 0, by: -1) {
      let value = means[start] - shift
      sum += value
      squares += value * value
      guard start < candidates else { continue }
      let left = Double(means.count - start)
      let score = max(0, squares - sum * sum / left) / (left * left)
      if score <= best.score { best = (start, score) }
    }
    return Truncation(count: best.start * batch, isSettled: best.start * 2 <= means.count)
  }
}
