import GantryModel
import GantryStatistics

/// Changes of several points against their bases, tested together.
///
/// Each measure is a family of its own: of all changes of it that are told, none is chance with a
/// probability of 95 % (Holm).
struct DifferenceFamily {
  /// What is compared with what.
  var pairs: [(own: SampleSeries, base: SampleSeries)]

  /// The estimates with the differences of every pair put in.
  func fill(_ estimates: inout [PointEstimates]) {
    let mean = differences { $0.changes(from: $1, of: .mean) }
    let p50 = differences { $0.changes(from: $1, at: .p50) }
    let p95 = differences { $0.changes(from: $1, at: .p95) }
    let p99 = differences { $0.changes(from: $1, at: .p99) }
    let makespan = differences { $0.changes(of: \.makespanSeconds, from: $1) }
    let wait = differences { $0.changes(of: \.waitShare, from: $1) }
    let run = differences { $0.changes(of: \.runUSD, from: $1) }
    let month = differences { $0.changes(of: \.monthUSD, from: $1) }
    for index in pairs.indices {
      estimates[index].meanDifference = mean[index]
      estimates[index].p50Difference = p50[index]
      estimates[index].p95Difference = p95[index]
      estimates[index].p99Difference = p99[index]
      estimates[index].makespanDifference = makespan[index]
      estimates[index].waitShareDifference = wait[index]
      estimates[index].runUSDDifference = run[index]
      estimates[index].monthUSDDifference = month[index]
    }
  }

  private func differences(
    _ changes: (_ own: SampleSeries, _ base: SampleSeries) -> [Double]
  ) -> [PairedDifference?] {
    let intervals = pairs.map { MeanInterval(changes($0.own, $0.base)) }
    let tested = intervals.enumerated().compactMap { index, found in
      found?.pValue.map { (index, $0) }
    }
    let adjusted = Dictionary(
      uniqueKeysWithValues: zip(tested.map(\.0), MultipleTests.holm(tested.map(\.1))))
    return intervals.enumerated().map { index, found in
      found.map {
        PairedDifference(
          change: Estimate(value: $0.mean, halfWidth: $0.halfWidth), adjustedP: adjusted[index])
      }
    }
  }
}
