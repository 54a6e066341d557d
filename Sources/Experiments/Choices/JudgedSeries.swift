import GantryModel
import GantryStatistics

/// Samples of choices that had the same luck, as values of one measure that can be subtracted.
struct JudgedSeries {
  private let series: [SampleSeries]

  /// Takes the samples of each choice; only replications that have ended runs in all of them count.
  init(_ samples: [[PointSample]]) {
    var common: Set<Int>?
    for own in samples {
      let ended = Set(own.filter { $0.times != nil }.map(\.replication))
      common = common?.intersection(ended) ?? ended
    }
    let shared = common ?? []
    series = samples.map { own in SampleSeries(own.filter { shared.contains($0.replication) }) }
  }

  /// By choice: independent values, of which those at the same position belong together.
  func values(_ judgement: Judgement) -> [[Double]] {
    switch judgement.measure {
    case .mean: return series.map(\.means)
    case .month: return series.map { $0.values(\.monthUSD) }
    case .run: return series.map { $0.values(\.runUSD) }
    case .p95:
      let sizes = series.map { $0.sectionSize(for: .p95) }
      guard let size = sizes.compactMap({ $0 }).max() else { return series.map { _ in [] } }
      return series.map { $0.values(.p95, sectionSize: size) }
    case .value:
      let minutes = (judgement.monthlyRuns ?? 0) / 60 * judgement.minuteWorth
      return series.map { own in
        own.samples.compactMap { sample in
          sample.times.map { sample.monthUSD + $0.mean * minutes }
        }
      }
    }
  }

  /// The mean of a combination of the choices' values with its interval: weights 1 and −1 give a
  /// difference.
  func estimate(_ judgement: Judgement, weights: [Double]) -> Estimate? {
    let all = values(judgement)
    let count = all.map(\.count).min() ?? 0
    let combined = (0..<count).map { index in
      zip(weights, all).reduce(0.0) { $0 + $1.0 * $1.1[index] }
    }
    return MeanInterval(combined).map { Estimate(value: $0.mean, halfWidth: $0.halfWidth) }
  }
}
