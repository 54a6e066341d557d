import Foundation

/// Student's t distribution for whole degrees of freedom.
///
/// Up to 1,000 degrees by the finite series, above by the normal approximation. Source: Abramowitz
/// and Stegun, Handbook of Mathematical Functions (1964), 26.7.3, 26.7.4 and 26.7.8.
public enum StudentT {
  private static let seriesLimit = 1000

  /// The probability that a value is at least this far from 0, on either side.
  ///
  /// - Precondition: `degrees` is at least 1.
  /// - Complexity: O(degrees), at most 1,000 terms.
  public static func twoSidedP(_ t: Double, degrees: Int) -> Double {
    precondition(degrees >= 1, "a t distribution has at least one degree of freedom")
    let size = t.magnitude
    guard size.isFinite else { return 0 }
    if degrees > seriesLimit {
      let count = Double(degrees)
      let normal = size * (1 - 1 / (4 * count)) / (1 + size * size / (2 * count)).squareRoot()
      return erfc(normal / 2.0.squareRoot())
    }
    let angle = atan2(size, Double(degrees).squareRoot())
    return max(0, 1 - within(angle, degrees))
  }

  /// The probability of being no further from 0 than the angle says.
  private static func within(_ angle: Double, _ degrees: Int) -> Double {
    if degrees == 1 { return 2 * angle / .pi }
    let isOdd = degrees % 2 == 1
    let square = cos(angle) * cos(angle)
    var term = isOdd ? cos(angle) : 1
    var sum = term
    for step in stride(from: isOdd ? 3 : 2, to: degrees, by: 2) {
      term *= square * Double(step - 1) / Double(step)
      sum += term
    }
    return isOdd ? 2 / .pi * (angle + sin(angle) * sum) : sin(angle) * sum
  }

  /// The value that is exceeded in size with probability `1 - confidence`.
  ///
  /// - Precondition: `confidence` is between 0 and 1, `degrees` at least 1.
  public static func quantile(confidence: Double, degrees: Int) -> Double {
    precondition(confidence > 0 && confidence < 1, "confidence \(confidence) is not in (0, 1)")
    let outside = 1 - confidence
    var low = 0.0
    var high = 1.0
    while twoSidedP(high, degrees: degrees) > outside, high < 1e12 { high *= 2 }
    // Halving ends when the bounds are neighbours, whatever the size.
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return high }
      if twoSidedP(middle, degrees: degrees) > outside { low = middle } else { high = middle }
    }
  }
}
