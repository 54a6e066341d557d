internal import GantryModel
internal import GantryStatistics

/// What all replications of a simulation say together, estimated as sweeps estimate it.
struct ReplicationEstimates {
  private let replications: [ReplicationSummary]
  private let series: SampleSeries

  init(_ replications: [ReplicationSummary]) {
    self.replications = replications
    series = SampleSeries(replications)
  }

  var count: Int { replications.count }

  /// The mean over replications of the mean run; those in which no run ended do not count.
  var mean: Estimate? {
    let known = series.means
    // Versions that did not keep run times had their mean.
    return estimate(known.isEmpty ? replications.map(\.meanRunSeconds) : known)
  }
  var makespan: Estimate? { estimate(replications.map(\.makespanSeconds)) }
  var totalUSD: Estimate? { estimate(replications.map(\.totalUSD)) }

  /// A quantile of run times over all replications; nil where versions kept none.
  func time(at quantile: Quantile) -> Estimate? { series.estimate(quantile) }

  /// The runs that quantiles are estimated from.
  var timedRuns: Int { series.samples.filter { $0.times != nil }.reduce(0) { $0 + $1.runCount } }

  var failedRuns: Int { replications.reduce(0) { $0 + $1.failedRuns } }

  private func estimate(_ values: [Double]) -> Estimate? { MeanInterval(values)?.estimate }
}
