/// The lognormal distribution under which whole-second spans are most likely.
struct CensoredLognormal {
  let median: Double
  let sigma: Double
  private let mu: Double

  /// The smallest spread: below it a sample of whole seconds says nothing.
  private static let smallestSigma = 0.005

  /// Fits a sample whose mean is at least 1.
  init(_ sample: Sample) {
    var counts: [(value: Double, count: Double)] = []
    for value in sample.sorted {
      if let last = counts.last, last.value == value {
        counts[counts.count - 1].count += 1
      } else {
        counts.append((value, 1))
      }
    }
    let start = max(sample.median ?? 1, 0.5)
    let logs = Sample(sample.sorted.map { Elementary.log(max($0, 0.5)) })
    let spread = max(1.4826 * (logs.deviation ?? 0), 0.5 / start, Self.smallestSigma)
    let fitted = Self.climbed(
      from: (Elementary.log(start), Elementary.log(min(spread, 2))), counts)
    self.init(mu: fitted.mu, sigma: fitted.sigma)
  }

  /// A search by axes with halving steps, from a robust start; the likelihood has one summit.
  private static func climbed(
    from start: (Double, Double), _ counts: [(value: Double, count: Double)]
  ) -> (mu: Double, sigma: Double) {
    var point = start
    var best = likelihood(point, counts)
    var step = 0.25
    while step > 1e-5 {
      var moved = false
      for (along, across) in [(step, 0.0), (-step, 0), (0, step), (0, -step)] {
        let next = (point.0 + along, point.1 + across)
        guard next.1 >= Elementary.log(smallestSigma) else { continue }
        let value = likelihood(next, counts)
        if value > best { (point, best, moved) = (next, value, true) }
      }
      if !moved { step /= 2 }
    }
    return (point.0, Elementary.exp(point.1))
  }

  private static func likelihood(
    _ point: (Double, Double), _ counts: [(value: Double, count: Double)]
  ) -> Double {
    let candidate = CensoredLognormal(mu: point.0, sigma: Elementary.exp(point.1))
    return counts.reduce(0) { sum, entry in
      sum + entry.count * Elementary.log(max(candidate.probability(of: entry.value), 1e-300))
    }
  }

  private init(mu: Double, sigma: Double) {
    self.mu = mu
    self.sigma = sigma
    median = Elementary.exp(mu)
  }

  /// The probability that a span shows as a whole number of seconds: the second difference of the
  /// integrated distribution function.
  private func probability(of shown: Double) -> Double {
    // Far from zero the second is short against the spread or against the span.
    guard shown < 200 else { return below(shown + 0.5) - below(shown - 0.5) }
    return integral(shown + 1) - 2 * integral(shown) + integral(shown - 1)
  }

  private func below(_ x: Double) -> Double {
    x <= 0 ? 0 : Elementary.normal((Elementary.log(x) - mu) / sigma)
  }

  /// The integral of the distribution function from 0: x·F(x) less the partial expectation.
  private func integral(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    let score = (Elementary.log(x) - mu) / sigma
    let mean = Elementary.exp(mu + sigma * sigma / 2)
    return x * Elementary.normal(score) - mean * Elementary.normal(score - sigma)
  }

  /// The largest difference between the shares of a sample and of this distribution at or below a shown
  /// second.
  func distance(to sample: Sample) -> Double {
    var largest = 0.0
    for (index, value) in sample.sorted.enumerated()
    where index + 1 == sample.count || sample.sorted[index + 1] > value {
      let share = Double(index + 1) / Double(sample.count)
      // Shown as at most `value`: the mean of F over the second that follows.
      let model = value < 200 ? integral(value + 1) - integral(value) : below(value + 0.5)
      largest = max(largest, (share - model).magnitude)
    }
    return largest
  }
}
