import Foundation
import GantryModel

/// Samples and sweeps with figures that a test chooses.
enum Make {
  /// A replication of `times` that costs so much a month.
  static func sample(
    _ replication: Int, _ times: [Double], usd: Double = 1000, failed: Int = 0
  ) -> PointSample {
    var sample = PointSample(replication: replication)
    sample.runCount = times.count
    sample.failedRuns = failed
    sample.monthUSD = usd
    sample.runUSD = usd / 10_000
    let sorted = times.sorted()
    func rank(_ percent: Int) -> Double {
      sorted[max(1, (sorted.count * percent + 99) / 100) - 1]
    }
    func mean(_ values: ArraySlice<Double>) -> Double {
      values.reduce(0, +) / Double(values.count)
    }
    let half = max(1, times.count / 2)
    sample.times = .init(
      mean: mean(times[...]), p50: rank(50), p95: rank(95), p99: rank(99),
      halves: (mean(times.prefix(half)), mean(times.suffix(half))),
      all: sorted.count < 100 ? sorted : [])
    return sample
  }

  /// A sweep judged by the mean whose points have a sample a replication, of one run each.
  static func sweep(
    _ points: [(means: [Double], usd: Double)], plan: SweepPlan? = nil
  ) -> SweepRecord {
    var own = plan ?? SweepPlan()
    if plan == nil { own.measure = .mean }
    var sweep = SweepRecord(
      scenario: "made", label: nil, programVersion: "test", catalogVersion: "test", seed: 1,
      plan: own, axes: ["axis"])
    sweep.points = points.enumerated().map { position, given in
      var point = SweepPoint(
        position: position, values: ["\(position)"], designHash: "\(position)", region: "r")
      point.samples = given.means.enumerated().map { sample($0, [$1], usd: given.usd) }
      return point
    }
    return sweep
  }
}

/// Normal values that are the same in every test run.
struct NormalValues {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  ///
  /// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
  /// generators", OOPSLA 2014.
  private mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((value ^ (value >> 31)) >> 11) + 0.5) / Double(1 << 53)
  }

  /// After Box and Muller.
  mutating func next() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  mutating func next(_ count: Int, mean: Double = 0, deviation: Double = 1) -> [Double] {
    (0..<count).map { _ in mean + deviation * next() }
  }
}
