#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// Every distribution is the inverse of its distribution function at one uniform draw, so a draw
// takes one index and grows with the uniform draw: common random numbers stay coupled when a
// parameter changes.
extension RandomStream {
  /// The draw number `index` of an exponential distribution.
  ///
  /// - Precondition: `mean` is not negative.
  public func exponential(_ index: UInt64, mean: Double) -> Double {
    precondition(mean >= 0, "mean \(mean) is negative")
    return -mean * log1p(-uniform(index))
  }

  /// The draw number `index` of a normal distribution.
  ///
  /// - Precondition: `standardDeviation` is not negative.
  public func normal(_ index: UInt64, mean: Double = 0, standardDeviation: Double = 1) -> Double {
    precondition(standardDeviation >= 0, "standard deviation \(standardDeviation) is negative")
    return mean + standardDeviation * InverseNormal.quantile(openUniform(index))
  }

  /// The draw number `index` of a lognormal distribution: `median`·e^(`sigma`·Z), Z standard normal.
  ///
  /// - Precondition: `median` and `sigma` are not negative.
  public func lognormal(_ index: UInt64, median: Double, sigma: Double) -> Double {
    precondition(median >= 0 && sigma >= 0, "median \(median) or sigma \(sigma) is negative")
    return median * exp(sigma * InverseNormal.quantile(openUniform(index)))
  }

  /// The draw number `index` of the lognormal distribution with this mean and coefficient of
  /// variation (standard deviation ÷ mean).
  ///
  /// - Precondition: `mean` and `variation` are not negative.
  public func lognormal(_ index: UInt64, mean: Double, variation: Double) -> Double {
    precondition(mean >= 0 && variation >= 0, "mean \(mean) or \(variation) is negative")
    let variance = log1p(variation * variation)
    return lognormal(index, median: mean * exp(-variance / 2), sigma: variance.squareRoot())
  }

  /// The draw number `index` of a triangular distribution.
  ///
  /// - Precondition: `low` ≤ `mode` ≤ `high`.
  public func triangular(_ index: UInt64, low: Double, mode: Double, high: Double) -> Double {
    precondition(low <= mode && mode <= high, "\(low), \(mode), \(high) are not in order")
    guard high > low else { return low }
    let draw = uniform(index)
    let width = high - low
    if draw * width < mode - low { return low + (draw * width * (mode - low)).squareRoot() }
    return high - ((1 - draw) * width * (high - mode)).squareRoot()
  }

  /// The draw number `index` from observed values, joined by straight lines in between.
  ///
  /// - Precondition: `sorted` is not empty and rises.
  public func empirical(_ index: UInt64, sorted: [Double]) -> Double {
    precondition(!sorted.isEmpty, "there are no values to draw from")
    let place = uniform(index) * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[below] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  /// The draw number `index` of a place among weights: place `i` with probability `w(i)` ÷ sum.
  ///
  /// - Precondition: No weight is negative and their sum is above 0.
  /// - Complexity: O(number of weights).
  public func choice(_ index: UInt64, weights: [Double]) -> Int {
    let sum = weights.reduce(0, +)
    precondition(sum > 0, "the weights \(weights) have no positive sum")
    var rest = uniform(index) * sum
    var last = 0
    for (place, weight) in weights.enumerated() where weight > 0 {
      if rest < weight { return place }
      rest -= weight
      last = place
    }
    // Rounding can leave a rest after the last weight.
    return last
  }
}
