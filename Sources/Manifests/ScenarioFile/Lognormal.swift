#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
import GantryModel

/// The parameters of lognormal distributions from other figures of theirs.
enum Lognormal {
  /// The deviation of the logarithm; nil when no such distribution exists.
  ///
  /// With Q the normal 95 % quantile: ln(p95 ÷ median) = Q·sigma, and ln(p95 ÷ mean) = Q·sigma − sigma² ÷ 2,
  /// whose smaller root is meant: spreads beyond Q lower the quantile again.
  static func sigma(center: Double, isMean: Bool, p95: Double) -> Double? {
    guard p95 >= center else { return nil }
    let ratio = log(p95 / center)
    let quantile = ProbabilityDistribution.normalQuantile95
    guard isMean else { return ratio / quantile }
    let root = quantile * quantile - 2 * ratio
    return root < 0 ? nil : quantile - root.squareRoot()
  }

  /// The median of a distribution by its mean.
  static func median(mean: Double, sigma: Double) -> Double { mean * exp(-sigma * sigma / 2) }
}
