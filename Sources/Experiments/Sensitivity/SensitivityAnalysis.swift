public import GantryModel
import GantryStatistics

/// What the samples of both ends of every figure's range say.
public enum SensitivityAnalysis {
  /// The samples of the choices under one condition: the only one, or the first and the second.
  public struct Condition: Sendable {
    public var samples: [[PointSample]]

    /// Takes the samples of one or two choices.
    public init(_ samples: [[PointSample]]) { self.samples = samples }
  }

  /// A figure with what was simulated at both ends.
  public struct Ends: Sendable {
    public var factor: Factor
    public var low: Condition
    public var high: Condition

    /// Joins them.
    public init(_ factor: Factor, low: Condition, high: Condition) {
      self.factor = factor
      self.low = low
      self.high = high
    }
  }

  /// The figures of one choice as it is.
  public static func figures(_ samples: [PointSample], _ judgement: Judgement) -> ChoiceFigures {
    let estimates = PointStatistics(SampleSeries(samples)).estimates()
    var figures = ChoiceFigures()
    figures.mean = estimates.mean
    figures.p95 = estimates.p95
    figures.monthUSD = estimates.monthUSD
    figures.judged = JudgedSeries([samples]).estimate(judgement, weights: [1])
    if samples.contains(where: { $0.failedRuns > 0 }) { figures.caveats.append(.failedRuns) }
    if samples.contains(where: { $0.openRuns > 0 }) { figures.caveats.append(.openRuns) }
    return figures
  }

  /// The second choice's measure minus the first's; nil for one choice.
  public static func difference(_ condition: Condition, _ judgement: Judgement) -> Estimate? {
    guard condition.samples.count == 2 else { return nil }
    return JudgedSeries(condition.samples).estimate(judgement, weights: [-1, 1])
  }

  /// The effects of all figures, the heaviest first.
  public static func effects(
    _ ends: [Ends], base: Condition, _ judgement: Judgement
  ) -> [FactorEffect] {
    let effects = ends.map { end in
      FactorEffect(
        end.factor, low: effect(end.low, base, judgement), high: effect(end.high, base, judgement))
    }
    return effects.sorted { ($1.swing, $0.factor.id) < ($0.swing, $1.factor.id) }
  }

  private static func effect(
    _ end: Condition, _ base: Condition, _ judgement: Judgement
  ) -> FactorEffect.End {
    var found = FactorEffect.End()
    guard let own = end.samples.first, let before = base.samples.first else { return found }
    let pair = JudgedSeries([before, own])
    func change(_ measure: Judgement.Measure) -> Estimate? {
      pair.estimate(Judgement(measure), weights: [-1, 1])
    }
    found.mean = change(.mean)
    found.p95 = change(.p95)
    found.monthUSD = change(.month)
    found.fails = zip(end.samples, base.samples).contains { failures($0) > failures($1) }
    guard end.samples.count == 2 else {
      found.answer = pair.estimate(judgement, weights: [-1, 1])
      return found
    }
    found.answer = JudgedSeries(base.samples + end.samples)
      .estimate(judgement, weights: [1, -1, -1, 1])
    found.difference = difference(end, judgement)
    found.decision = decision(difference(base, judgement), found.difference)
    return found
  }

  private static func failures(_ samples: [PointSample]) -> Int {
    samples.reduce(0) { $0 + $1.failedRuns + $1.openRuns }
  }

  /// What becomes of a decision when the difference becomes another one.
  static func decision(_ before: Estimate?, _ after: Estimate?) -> FactorEffect.Decision {
    guard let before, let after else { return .holds }
    if before.value != 0, after.value == before.value { return .holds }
    guard after.excludesZero else { return .open }
    return (after.value < 0) == (before.value < 0) ? .holds : .flips
  }
}
