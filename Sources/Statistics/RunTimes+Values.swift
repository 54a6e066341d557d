public import GantryModel

extension PointSample.RunTimes {
  /// What is kept of the times of runs, given in order of their creation; nil of none.
  public init?(_ times: [Double]) {
    let sorted = times.sorted()
    guard let p50 = Quantile.p50.value(ofSorted: sorted),
      let p95 = Quantile.p95.value(ofSorted: sorted),
      let p99 = Quantile.p99.value(ofSorted: sorted),
      let mean = times.mean
    else { return nil }
    let half = max(1, times.count / 2)
    self.init(
      mean: mean, p50: p50, p95: p95, p99: p99,
      halves: (times.prefix(half).mean ?? mean, times.suffix(half).mean ?? mean),
      all: sorted.count < Quantile.p99.leastCount ? sorted : [])
  }
}
