#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A figure that is the same each time, or drawn anew each time.
public enum ProbabilityDistribution: Hashable, Sendable {
  case fixed(Double)
  /// `median`·e^(`sigma`·Z), Z standard normal.
  case lognormal(median: Double, sigma: Double)
  case triangular(low: Double, mode: Double, high: Double)
  /// Observed values in rising order, joined by straight lines in between.
  case empirical([Double])

  /// The standard normal quantile of 95 %.
  public static let normalQuantile95 = 1.644_853_626_951_472_2

  /// The mean.
  public var mean: Double {
    switch self {
    case .fixed(let value): return value
    case .lognormal(let median, let sigma): return median * exp(sigma * sigma / 2)
    case .triangular(let low, let mode, let high): return (low + mode + high) / 3
    case .empirical(let values):
      guard let first = values.first, let last = values.last else { return 0 }
      guard values.count > 1 else { return first }
      // Trapezoids below the quantile function.
      return (values.reduce(0, +) - (first + last) / 2) / Double(values.count - 1)
    }
  }

  /// The median.
  public var median: Double {
    switch self {
    case .fixed(let value): return value
    case .lognormal(let median, _): return median
    case .triangular(let low, let mode, let high):
      let width = high - low
      guard width > 0 else { return low }
      return mode - low >= width / 2
        ? low + (width * (mode - low) / 2).squareRoot()
        : high - (width * (high - mode) / 2).squareRoot()
    case .empirical(let values):
      guard !values.isEmpty else { return 0 }
      let place = Double(values.count - 1) / 2
      return (values[Int(place)] + values[Int(place.rounded(.up))]) / 2
    }
  }

  /// Whether it always gives the same value.
  public var isFixed: Bool {
    switch self {
    case .fixed: true
    case .lognormal(let median, let sigma): median == 0 || sigma == 0
    case .triangular(let low, _, let high): low == high
    case .empirical(let values): values.first == values.last
    }
  }

  /// The smallest and the largest parameter in the figure's own unit.
  public var extremes: (least: Double, most: Double) {
    switch self {
    case .fixed(let value): (value, value)
    case .lognormal(let median, _): (median, max(median, mean))
    case .triangular(let low, _, let high): (low, high)
    case .empirical(let values): (values.first ?? 0, values.last ?? 0)
    }
  }

  /// Whether a number can be drawn from it: all parameters are numbers, none is negative, and they are
  /// in order.
  public var isUsable: Bool {
    switch self {
    case .fixed(let value): value >= 0 && value.isFinite
    case .lognormal(let median, let sigma):
      median >= 0 && sigma >= 0 && mean.isFinite && sigma.isFinite
    case .triangular(let low, let mode, let high):
      low >= 0 && low <= mode && mode <= high && high.isFinite
    case .empirical(let values):
      !values.isEmpty && values.allSatisfy { $0 >= 0 && $0.isFinite }
        && zip(values, values.dropFirst()).allSatisfy(<=)
    }
  }

  /// The same distribution in another unit.
  public func scaled(by factor: Double) -> ProbabilityDistribution {
    switch self {
    case .fixed(let value): .fixed(value * factor)
    case .lognormal(let median, let sigma): .lognormal(median: median * factor, sigma: sigma)
    case .triangular(let low, let mode, let high):
      .triangular(low: low * factor, mode: mode * factor, high: high * factor)
    case .empirical(let values): .empirical(values.map { $0 * factor })
    }
  }
}

extension ProbabilityDistribution: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A figure that is the same each time.
  public init(floatLiteral value: Double) { self = .fixed(value) }

  /// A figure that is the same each time.
  public init(integerLiteral value: Int) { self = .fixed(Double(value)) }
}

/// What the amount of a demand is multiplied by: a number of mean 1, drawn anew for each step that
/// runs.
public struct RandomFactor: Hashable, Sendable {
  /// The figure of a step that it varies: figures of one step are drawn apart.
  public enum Figure: UInt8, Hashable, Sendable, CaseIterable {
    case duration, cpu, read, write, download, upload, operations
  }

  public var figure: Figure
  public var distribution: ProbabilityDistribution

  /// Joins figure and distribution.
  public init(_ figure: Figure, _ distribution: ProbabilityDistribution) {
    self.figure = figure
    self.distribution = distribution
  }
}
