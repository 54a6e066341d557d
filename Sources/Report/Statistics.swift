/// Figures of a sample that need no interval.
enum Statistics {
  /// The arithmetic mean; nil of nothing.
  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
