import GantryKernel
import Testing

@Suite("distributions")
struct DistributionTests {
  static let count = 40_000

  /// Mean and standard deviation of many draws.
  static func moments(_ draw: (RandomStream, UInt64) -> Double) -> (mean: Double, deviation: Double)
  {
    let stream = RandomStream(seed: 2).stream(entity: 1, purpose: 1)
    var statistics = RunningStatistics()
    for index in 0..<UInt64(count) { statistics.add(draw(stream, index)) }
    return (statistics.mean ?? .nan, statistics.standardDeviation ?? .nan)
  }

  @Test(
    "normal quantiles",
    arguments: [
      (0.5, 0.0), (0.975, 1.9599639845400536), (0.1, -1.2815515655446008),
      (0.001, -3.090232306167813), (1e-10, -6.361340902404056), (1e-20, -9.262340089798405),
      (0.925, 1.439531470938456), (1e-300, -37.0470962993612),
    ])
  func quantiles(probability: Double, quantile: Double) {
    // Values from Python's statistics.NormalDist, which tables of the distribution agree with.
    #expect(abs(InverseNormal.quantile(probability) - quantile) <= 1e-14 * max(1, abs(quantile)))
  }

  @Test("exponential")
  func exponential() {
    // The mean of n draws has standard deviation 5 ÷ √40 000 = 0.025.
    let (mean, deviation) = Self.moments { $0.exponential($1, mean: 5) }
    #expect(abs(mean - 5) < 0.1 && abs(deviation - 5) < 0.2)
    #expect(RandomStream(seed: 1).exponential(0, mean: 0) == 0)
  }

  @Test("normal")
  func normal() {
    let (mean, deviation) = Self.moments { $0.normal($1, mean: 10, standardDeviation: 2) }
    #expect(abs(mean - 10) < 0.04 && abs(deviation - 2) < 0.03)
  }

  @Test("lognormal, by median and by mean")
  func lognormal() {
    let byMean = Self.moments { $0.lognormal($1, mean: 30, variation: 0.5) }
    // Standard deviation 15, so the mean of n has 0.075.
    #expect(abs(byMean.mean - 30) < 0.3 && abs(byMean.deviation - 15) < 0.6)
    let stream = RandomStream(seed: 3)
    let below = (0..<10_000 as Range<UInt64>).count {
      stream.lognormal($0, median: 7, sigma: 1.5) < 7
    }
    // Half of 10 000, standard deviation 50.
    #expect(abs(below - 5000) < 200)
    #expect(abs(stream.lognormal(0, median: 7, sigma: 0) - 7) < 1e-12)
  }

  @Test("triangular")
  func triangular() {
    let (mean, deviation) = Self.moments { $0.triangular($1, low: 2, mode: 3, high: 10) }
    // Mean (2 + 3 + 10) ÷ 3 = 5; variance (4 + 9 + 100 − 6 − 20 − 30) ÷ 18 = 57 ÷ 18 = 3.1667.
    #expect(abs(mean - 5) < 0.04 && abs(deviation - 1.77951) < 0.03)
    #expect(RandomStream(seed: 1).triangular(0, low: 4, mode: 4, high: 4) == 4)
  }

  @Test("empirical")
  func empirical() {
    // Straight lines from 0 to 10 and from 10 to 100: means 5 and 55, each half of the draws.
    let (mean, _) = Self.moments { $0.empirical($1, sorted: [0, 10, 100]) }
    #expect(abs(mean - 30) < 0.7)
    #expect(RandomStream(seed: 1).empirical(0, sorted: [6]) == 6)
  }

  @Test("choice by weight")
  func choice() {
    var counts = [0, 0, 0]
    let stream = RandomStream(seed: 4)
    for index in 0..<40_000 as Range<UInt64> {
      counts[stream.choice(index, weights: [1, 0, 3])] += 1
    }
    // 10 000 and 30 000, standard deviation 87.
    #expect(counts[1] == 0 && abs(counts[0] - 10_000) < 350)
  }

  @Test("a larger uniform draw gives a larger value: streams stay coupled")
  func monotone() {
    let stream = RandomStream(seed: 8)
    let order = (0..<500 as Range<UInt64>).sorted {
      stream.openUniform($0) < stream.openUniform($1)
    }
    let values = [
      order.map { stream.exponential($0, mean: 1) }, order.map { stream.normal($0) },
      order.map { stream.triangular($0, low: 0, mode: 1, high: 5) },
    ]
    for list in values { #expect(list == list.sorted()) }
  }

  @Test("impossible parameters are refused")
  func refusal() async {
    await #expect(processExitsWith: .failure) {
      _ = RandomStream(seed: 1).exponential(0, mean: -1)
    }
    await #expect(processExitsWith: .failure) { _ = InverseNormal.quantile(0) }
    await #expect(processExitsWith: .failure) {
      _ = RandomStream(seed: 1).choice(0, weights: [0])
    }
  }
}
