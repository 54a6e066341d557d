import GantryModel

/// The points that no other beats in both time and money.
struct ParetoFront {
  /// Five in a hundred sweeps may take a point for dominated that is not.
  private static let level = 0.05

  private let points: [SweepPoint]
  private let series: [SampleSeries]
  private let measure: SweepPlan.Measure
  /// Positions of usable points with their time and their cost of a month.
  private let usable: [(index: Int, time: Double, usd: Double)]

  init(_ points: [SweepPoint], _ series: [SampleSeries], _ measure: SweepPlan.Measure) {
    self.points = points
    self.series = series
    self.measure = measure
    usable = points.indices.compactMap { index in
      let found = points[index].estimates
      let fails = found.caveats.contains(.failedRuns) || found.caveats.contains(.openRuns)
      guard !fails, let time = found.time(measure), let usd = found.monthUSD else { return nil }
      return (index, time.value, usd.value)
    }
  }

  /// Positions of the points on the front, by estimates alone.
  /// - Complexity: O(n log n).
  func front() -> [Int] {
    var front: [Int] = []
    var best = (time: Double.infinity, usd: -Double.infinity)
    for point in usable.sorted(by: { ($0.usd, $0.time, $0.index) < ($1.usd, $1.time, $1.index) }) {
      if point.time < best.time || (point.time == best.time && point.usd == best.usd) {
        best = (point.time, point.usd)
        front.append(point.index)
      }
    }
    return front
  }

  /// Notes on every point where it stands.
  func mark(_ marked: inout [SweepPoint]) {
    let front = front()
    let isOnFront = Set(front)
    for point in usable {
      marked[point.index].estimates.standing =
        isOnFront.contains(point.index) ? .pareto : isBeaten(point, by: front) ? .dominated : .close
    }
  }

  /// Whether a point of the front that costs no more is faster beyond chance, with the level divided
  /// by the number of other points (Bonferroni).
  private func isBeaten(_ point: (index: Int, time: Double, usd: Double), by front: [Int]) -> Bool {
    let level = Self.level / Double(max(1, usable.count - 1))
    return front.contains { other in
      guard let usd = points[other].estimates.monthUSD, usd.value <= point.usd,
        let change = MeanInterval(series[point.index].changes(from: series[other], of: measure)),
        let p = change.pValue
      else { return false }
      return change.mean >= 0 && (p <= level || (change.mean == 0 && usd.value < point.usd))
    }
  }
}
