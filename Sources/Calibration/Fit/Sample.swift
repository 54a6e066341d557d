/// Robust figures of a sample.
public struct Sample: Hashable, Sendable {
  /// The values in rising order.
  public let sorted: [Double]

  /// Sorts values.
  public init(_ values: [Double]) { sorted = values.sorted() }

  public var count: Int { sorted.count }

  /// The median; nil of nothing.
  public var median: Double? { quantile(0.5) }

  /// The median distance from the median; nil of nothing.
  public var deviation: Double? {
    median.flatMap { middle in Sample(sorted.map { ($0 - middle).magnitude }).median }
  }

  /// The value below which a share of the sample lies, joined by straight lines; nil of nothing.
  public func quantile(_ share: Double) -> Double? {
    guard let last = sorted.last else { return nil }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  /// The arithmetic mean; nil of nothing.
  public var mean: Double? {
    sorted.isEmpty ? nil : sorted.reduce(0, +) / Double(sorted.count)
  }
}
