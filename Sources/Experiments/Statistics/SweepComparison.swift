public import GantryModel
import GantryStatistics

/// Points of sweeps against others, pair by pair.
public enum SweepComparison {
  /// The pairs with intervals of their changes; all pairs are tested together.
  ///
  /// How points stand within their own sweeps is left as it was found.
  public static func filled(_ pairs: [PointPair], measure: SweepPlan.Measure) -> [PointPair] {
    var pairs = pairs
    for index in pairs.indices {
      for side in [\PointPair.base, \PointPair.other] {
        let known = pairs[index][keyPath: side]
        var found = PointStatistics(SampleSeries(known.samples)).estimates()
        found.standing = known.estimates.standing
        found.mayBeFastest = known.estimates.mayBeFastest
        found.caveats = known.estimates.caveats
        pairs[index][keyPath: side].estimates = found
      }
    }
    let family = DifferenceFamily(
      pairs: pairs.map { (SampleSeries($0.other.samples), SampleSeries($0.base.samples)) })
    var estimates = pairs.map(\.other.estimates)
    family.fill(&estimates)
    for index in pairs.indices { pairs[index].other.estimates = estimates[index] }
    return pairs
  }

  /// The points of two sweeps that have the same values on the same axes, in the order of the other.
  public static func pairs(_ base: SweepRecord, _ other: SweepRecord) -> [PointPair] {
    func key(_ point: SweepPoint, _ sweep: SweepRecord) -> [String: String] {
      Dictionary(zip(sweep.axes, point.values), uniquingKeysWith: { first, _ in first })
    }
    let known = Dictionary(
      base.points.map { (key($0, base), $0) }, uniquingKeysWith: { first, _ in first })
    return other.points.compactMap { point in
      known[key(point, other)].map {
        PointPair(base: $0, of: base, other: point, of: other)
      }
    }
  }
}
