public import GantryModel
import GantryStatistics

/// What the samples of a sweep say: intervals, differences from the baseline, the Pareto set.
public enum SweepAnalysis {
  /// The sweep with the estimates of every point put in.
  /// - Complexity: O(samples + points × points on the Pareto front).
  public static func filled(_ sweep: SweepRecord) -> SweepRecord {
    var sweep = sweep
    let plan = sweep.plan
    let series = sweep.points.map { SampleSeries($0.samples) }
    for index in sweep.points.indices {
      sweep.points[index].estimates = PointStatistics(series[index]).estimates()
      sweep.points[index].estimates.caveats = Caveats(sweep.points[index], plan).found()
    }
    addDifferences(to: &sweep, series)
    ParetoFront(sweep.points, series, plan.measure).mark(&sweep.points)
    return sweep
  }

  /// Whether all runs ended and the warm-up left none of them to count.
  public static func hasNoRuns(_ samples: [PointSample]) -> Bool { Caveats.hasNoRuns(samples) }

  private static func addDifferences(to sweep: inout SweepRecord, _ series: [SampleSeries]) {
    guard let base = sweep.points.firstIndex(where: { $0.position == sweep.plan.baseline }) else {
      return
    }
    let others = sweep.points.indices.filter { $0 != base }
    let family = DifferenceFamily(pairs: others.map { (series[$0], series[base]) })
    var estimates = others.map { sweep.points[$0].estimates }
    family.fill(&estimates)
    for (index, filled) in zip(others, estimates) { sweep.points[index].estimates = filled }
  }
}

/// The estimates that need one point only.
struct PointStatistics {
  private let series: SampleSeries

  init(_ series: SampleSeries) { self.series = series }

  func estimates() -> PointEstimates {
    var all = PointEstimates()
    all.mean = estimate(series.means)
    all.p50 = series.estimate(.p50)
    all.p95 = series.estimate(.p95)
    all.p99 = series.estimate(.p99)
    all.makespan = estimate(series.values(\.makespanSeconds))
    all.waitShare = estimate(series.values(\.waitShare))
    all.runUSD = estimate(series.values(\.runUSD))
    all.monthUSD = estimate(series.values(\.monthUSD))
    let whole = series.samples.filter { $0.batch == 0 }
    all.utilisation = (whole.first?.pools ?? []).enumerated().compactMap { index, use in
      let shares = whole.compactMap { sample in
        sample.pools.indices.contains(index) ? sample.pools[index].cpuUtilisation : nil
      }
      return estimate(shares).map { .init(pool: use.pool, share: $0) }
    }
    return all
  }

  private func estimate(_ values: [Double]) -> Estimate? { MeanInterval(values)?.estimate }
}
