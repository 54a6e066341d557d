import GantryModel
import GantryStatistics

/// The points that no other beats in both time and money.
///
/// Whatever is said against a point rests on intervals that hold for all pairs of points and both
/// measures at once (Bonferroni), so it does not matter that the data chose which pairs to look at.
struct ParetoFront {
  /// In five of a hundred sweeps one point or more may be called beaten wrongly.
  private static let level = 0.05
  /// A change below this share of the value counts as none: nobody chooses a cluster for it.
  private static let margin = 0.001

  private let points: [SweepPoint]
  private let series: [SampleSeries]
  private let measure: SweepPlan.Measure
  /// Positions of usable points with their time and their cost of a month.
  private let usable: [(index: Int, time: Double, usd: Double)]
  /// The confidence of the interval of one pair in one measure.
  private let confidence: Double

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
    // n (n − 1) ÷ 2 pairs, two measures.
    let count = Double(max(2, usable.count))
    confidence = 1 - Self.level / (count * (count - 1))
  }

  /// The points on the front by estimates alone, the cheapest first and the fastest last.
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

  /// Notes on every point where it stands, and whether it may be the fastest.
  /// - Complexity: O(n² · samples) at worst, O(n · samples) where points are told apart.
  func mark(_ marked: inout [SweepPoint]) {
    let front = front()
    let isOnFront = Set(front)
    for point in usable {
      // The fastest of those that cost no more is the likeliest to beat it.
      let cheaper = front.reversed().filter { usd(of: $0) <= point.usd * (1 + Self.margin) }
      marked[point.index].estimates.standing =
        isOnFront.contains(point.index) ? .pareto : standing(point.index, among: cheaper)
      if let fastest = front.last {
        marked[point.index].estimates.mayBeFastest =
          point.index == fastest ? true : timeChange(point.index, from: fastest).map { $0.low <= 0 }
      }
    }
    for index in points.indices where points[index].estimates.caveats.contains(.noRuns) {
      marked[index].estimates.standing = .unknown
      marked[index].estimates.mayBeFastest = nil
    }
  }

  /// Where a point stands that others undercut by the estimates.
  private func standing(_ index: Int, among rivals: [Int]) -> PointEstimates.Standing {
    var isKnown = true
    for rival in rivals {
      switch isBeaten(index, by: rival) {
      case true?: return .dominated
      case false?: continue
      case nil: isKnown = false
      }
    }
    return isKnown ? .close : .unknown
  }

  private func usd(of index: Int) -> Double { points[index].estimates.monthUSD?.value ?? .infinity }

  /// Whether a point is no better than another in either measure, and worse in one, beyond chance;
  /// nil where there are too few values for an interval.
  private func isBeaten(_ index: Int, by other: Int) -> Bool? {
    guard let time = points[other].estimates.time(measure)?.value,
      let slower = timeChange(index, from: other), let dearer = usdChange(index, from: other)
    else { return nil }
    let timeMargin = Self.margin * time
    let usdMargin = Self.margin * usd(of: other)
    return slower.low >= -timeMargin && dearer.low >= -usdMargin
      && (slower.low > timeMargin || dearer.low > usdMargin)
  }

  /// What is known of a change: it is above `low` as surely as all intervals together are right.
  private struct Change {
    var low: Double
  }

  private func timeChange(_ index: Int, from other: Int) -> Change? {
    change(series[index].changes(from: series[other], of: measure))
  }

  private func usdChange(_ index: Int, from other: Int) -> Change? {
    change(series[index].changes(of: \.monthUSD, from: series[other]))
  }

  private func change(_ values: [Double]) -> Change? {
    guard let found = MeanInterval(values, confidence: confidence), let half = found.halfWidth
    else { return nil }
    return Change(low: found.mean - half)
  }
}
