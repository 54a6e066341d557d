import Foundation
import GantryModel
import GantryStatistics

/// Tells from samples whether goals are kept, with bounds that err rarely.
struct GoalJudge: Sendable {
  let goals: [ServiceGoal]
  /// The probability that one bound is wrong.
  let level: Double
  let plan: SweepPlan

  /// What is limited, and between which values it is.
  struct Reading {
    var value: Double
    /// Nil where there are too few values for bounds.
    var bounds: (low: Double, high: Double)?
  }

  /// What samples say.
  enum Judgement: Equatable {
    case keeps, misses, open
    case fails(PointEstimates.Caveat)
  }

  /// Whether the samples of whole replications keep all goals.
  func judge(_ samples: [PointSample], of point: SweepPoint) -> Judgement {
    if let fault = fault(samples, of: point) { return .fails(fault) }
    let limits = limits(samples, of: point)
    if limits.contains(.misses) { return .misses }
    return limits.allSatisfy { $0 == .keeps } ? .keeps : .open
  }

  /// By goal: whether the samples of whole replications keep its limit.
  func limits(
    _ samples: [PointSample], of point: SweepPoint
  ) -> [ChoiceCandidate.LimitVerdict] {
    // Missing a goal is told early; keeping one deserves a spread that is no luck itself.
    let mayKeep =
      samples.count >= ReplicationRule.first
      && !caveats(samples, of: point).contains(.tooShort)
    return goals.map { goal in
      guard let bounds = reading(goal, samples)?.bounds else { return .unsure }
      if bounds.low > goal.limit { return .misses }
      return mayKeep && bounds.high < goal.limit ? .keeps : .unsure
    }
  }

  /// Whether a steady state is asked for that a point cannot have: more work is offered than it can
  /// do.
  ///
  /// Without a warm-up the question is one of the runs that are simulated, however fast they come.
  func isHopeless(_ point: SweepPoint) -> Bool { plan.warmUp != .none && point.isOverloaded }

  private func fault(_ samples: [PointSample], of point: SweepPoint) -> PointEstimates.Caveat? {
    if isHopeless(point) { return .overloaded }
    if samples.contains(where: { $0.openRuns > 0 }) { return .openRuns }
    if Caveats.hasNoRuns(samples) { return .noRuns }
    let mayFail = goals.contains { $0.measure == .failed }
    if !mayFail, samples.contains(where: { $0.failedRuns > 0 }) { return .failedRuns }
    let isEnough = samples.count >= ReplicationRule.first
    return isEnough && caveats(samples, of: point).contains(.growing) ? .growing : nil
  }

  private func caveats(
    _ samples: [PointSample], of point: SweepPoint
  ) -> [PointEstimates.Caveat] {
    guard plan.warmUp != .none else { return [] }
    var point = point
    point.samples = samples
    return Caveats(point, plan).found()
  }

  /// What a goal's measure comes to; nil where there is nothing to estimate.
  func reading(_ goal: ServiceGoal, _ samples: [PointSample]) -> Reading? {
    // One-sided bounds are those of a two-sided interval of twice the error.
    let values = Self.values(goal.measure, samples)
    guard let found = MeanInterval(values, confidence: 1 - 2 * level) else { return nil }
    guard let half = found.halfWidth else { return Reading(value: found.mean) }
    var high = found.mean + half
    if goal.measure == .failed {
      // Without any failure in n runs a share of 1 − level^(1 ÷ n) is still possible.
      let runs = samples.reduce(0) { $0 + $1.runCount }
      high = max(high, 1 - pow(level, 1 / Double(max(1, runs))))
    }
    return Reading(value: found.mean, bounds: (found.mean - half, high))
  }

  /// The estimate of a goal's measure with its 95 % interval.
  static func estimate(_ goal: ServiceGoal, _ samples: [PointSample]) -> Estimate? {
    MeanInterval(values(goal.measure, samples)).map {
      Estimate(value: $0.mean, halfWidth: $0.halfWidth)
    }
  }

  /// Independent values of a measure.
  private static func values(
    _ measure: ServiceGoal.Measure, _ samples: [PointSample]
  ) -> [Double] {
    let series = SampleSeries(samples)
    func quantile(_ quantile: Quantile) -> [Double] {
      series.sectionSize(for: quantile).map { series.values(quantile, sectionSize: $0) } ?? []
    }
    switch measure {
    case .mean: return series.means
    case .p50: return quantile(.p50)
    case .p95: return quantile(.p95)
    case .p99: return quantile(.p99)
    case .makespan: return series.values(\.makespanSeconds)
    case .waitShare: return series.values(\.waitShare)
    case .runUSD: return series.values(\.runUSD)
    case .monthUSD: return series.values(\.monthUSD)
    case .failed:
      return samples.filter { $0.runCount > 0 }.map {
        Double($0.failedRuns) / Double($0.runCount)
      }
    }
  }
}
