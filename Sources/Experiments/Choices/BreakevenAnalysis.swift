public import GantryModel

/// What the samples of two choices at one value of an axis say.
public enum BreakevenAnalysis {
  /// Both choices and their difference, with what to keep in mind.
  ///
  /// `samples` and `loads` are by choice, two of each.
  public static func point(
    _ value: Double, samples: [[PointSample]], loads: [[SweepPoint.OfferedLoad]],
    _ judgement: Judgement
  ) -> BreakevenPoint {
    var point = BreakevenPoint(value: value)
    guard samples.count == 2, loads.count == 2 else { return point }
    point.a = JudgedSeries([samples[0]]).estimate(judgement, weights: [1])
    point.b = JudgedSeries([samples[1]]).estimate(judgement, weights: [1])
    point.difference = JudgedSeries(samples).estimate(judgement, weights: [-1, 1])
    point.caveatsA = caveats(samples[0], loads[0])
    point.caveatsB = caveats(samples[1], loads[1])
    return point
  }

  private static func caveats(
    _ samples: [PointSample], _ loads: [SweepPoint.OfferedLoad]
  ) -> [BreakevenPoint.Caveat] {
    var found: [BreakevenPoint.Caveat] = []
    if loads.contains(where: { $0.share >= 1 }) { found.append(.overloaded) }
    if Caveats.isGrowing(samples) { found.append(.growing) }
    if samples.contains(where: { $0.failedRuns > 0 }) { found.append(.failedRuns) }
    if samples.contains(where: { $0.openRuns > 0 }) { found.append(.openRuns) }
    return found
  }
}
