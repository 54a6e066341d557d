/// Count, mean, variance and range of values that come one by one.
///
/// Welford's method: B. P. Welford, "Note on a method for calculating corrected sums of squares
/// and products", Technometrics 4 (1962), 419–420.
@frozen
public struct RunningStatistics: BitwiseCopyable, Hashable, Sendable {
  /// The number of values.
  public private(set) var count = 0
  /// The smallest value, nil without values.
  public private(set) var minimum: Double?
  /// The largest value, nil without values.
  public private(set) var maximum: Double?
  private var average = 0.0
  private var squares = 0.0

  /// Makes statistics of no values.
  public init() {}

  /// Takes a value into account.
  public mutating func add(_ value: Double) {
    count += 1
    let change = value - average
    average += change / Double(count)
    squares += change * (value - average)
    minimum = minimum.map { Swift.min($0, value) } ?? value
    maximum = maximum.map { Swift.max($0, value) } ?? value
  }

  /// The mean, nil without values.
  public var mean: Double? { count > 0 ? average : nil }

  /// The sample variance (divided by count − 1), nil with fewer than two values.
  public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

  /// The sample standard deviation, nil with fewer than two values.
  public var standardDeviation: Double? { variance?.squareRoot() }

  /// The standard error of the mean, nil with fewer than two values.
  public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }

  /// Takes the values of other statistics into account.
  public mutating func merge(_ other: RunningStatistics) {
    guard other.count > 0 else { return }
    let total = count + other.count
    let change = other.average - average
    average += change * Double(other.count) / Double(total)
    squares +=
      other.squares + change * change * Double(count) * Double(other.count) / Double(total)
    if let low = other.minimum { minimum = minimum.map { Swift.min($0, low) } ?? low }
    if let high = other.maximum { maximum = maximum.map { Swift.max($0, high) } ?? high }
    count = total
  }
}
