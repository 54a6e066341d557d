/// Several tests at once, with the probability of any false finding kept below a level.
public enum MultipleTests {
  /// Holm's adjusted p values, in the order given: findings at or below the level hold together.
  ///
  /// The k-th smallest of n is multiplied by n − k + 1, and none is below a smaller one.
  /// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal
  /// of Statistics 6 (1979).
  /// - Complexity: O(n log n).
  public static func holm(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = values
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, values[index] * Double(values.count - rank)))
      adjusted[index] = largest
    }
    return adjusted
  }
}
