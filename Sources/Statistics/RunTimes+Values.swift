public import GantryModel

extension PointSample.RunTimes {
  /// What is kept of the times of runs, given in order of their creation; nil of none.
  public init?(_ times: [Double]) {
    let sorted = times.sorted()
    guard let p50 = Quantile.p50.value(ofSorted: sorted),
      let p95 = Quantile.p95.value(ofSorted: sorted), let p99 = Quantile.p99.value(ofSorted: sorted)
    else { return nil }
    func mean(_ values: ArraySlice<Double>) -> Double {
      values.reduce(0, +) / Double(values.count)
    }
    let half = max(1, times.count / 2)
    self.init(
      mean: mean(times[...]), p50: p50, p95: p95, p99: p99,
      halves: (mean(times.prefix(half)), mean(times.suffix(half))),
      all: sorted.count < Quantile.p99.leastCount ? sorted : [])
  }
}
