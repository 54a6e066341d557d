public import GantryModel

extension Samples {
  /// A choice among six points: each verdict once, with all that may turn it.
  public static func choice() -> ChoiceRecord {
    var plan = SweepPlan()
    plan.replications = 200
    var choice = ChoiceRecord(
      scenario: "article", programVersion: "0.1.0", catalogVersion: "2026-11", seed: 1,
      axes: ["nodes.arm64.count", "nodes.arm64.type"], plan: plan,
      goals: [
        ServiceGoal(.p95, below: 240), ServiceGoal(.waitShare, below: 0.05),
        ServiceGoal(.monthUSD, below: 2000),
      ], confidence: 0.95)
    let sweep = sweep()
    let verdicts: [(ChoiceCandidate.Verdict, PointEstimates.Caveat?)] = [
      (.misses, nil), (.keeps, nil), (.fails, .failedRuns), (.keeps, nil), (.unsure, nil),
      (.dearer, nil),
    ]
    choice.candidates = verdicts.enumerated().map { index, found in
      var point = sweep.points[index == 0 ? 0 : index == 2 ? 2 : 1]
      point.position = index
      let usd = [1100, 1260.25, 1421, 1580.75, 1210, 1900][index]
      point.estimates.monthUSD = Estimate(value: usd, halfWidth: 0.2)
      var candidate = ChoiceCandidate(point: point, standingUSD: usd - 0.75, verdict: found.0)
      candidate.fault = found.1
      candidate.readings = [
        point.estimates.p95, point.estimates.waitShare, point.estimates.monthUSD,
      ]
      candidate.limits = [
        found.0 == .misses ? .misses : found.0 == .keeps ? .keeps : .unsure, .keeps, .keeps,
      ]
      return candidate
    }
    choice.candidates[5].point.samples = []
    choice.candidates[5].point.estimates = PointEstimates()
    choice.candidates[5].readings = [nil, nil, nil]
    choice.candidates[5].limits = [.unsure, .unsure, .unsure]
    choice.winner = 1
    choice.runnerUp = 3
    choice.runnerUpExtraUSD = Estimate(value: 320.5, halfWidth: 0.3)
    choice.contenders = [4]
    choice.flips = [
      .looser(
        goal: 0, value: Estimate(value: 252.34, halfWidth: 14.2), candidate: 0, savedUSD: 160.25),
      .tighter(goal: 1, value: Estimate(value: 0.0312, halfWidth: 0.0041), candidate: 3),
      .price(candidate: 3, usd: 320.5, share: 0.254),
      .runs(candidate: 3, perMonth: 12_345),
    ]
    choice.simulations = 150
    choice.exhaustiveSimulations = 180
    return choice
  }

  /// The same points where none is shown to keep the limits.
  public static func noChoice() -> ChoiceRecord {
    var choice = choice()
    for index in choice.candidates.indices where choice.candidates[index].verdict == .keeps {
      choice.candidates[index].verdict = .unsure
      choice.candidates[index].limits[0] = .unsure
    }
    choice.winner = nil
    choice.runnerUp = nil
    choice.runnerUpExtraUSD = nil
    choice.contenders = [1, 3, 4]
    choice.nearestMiss = 0
    choice.flips = []
    return choice
  }
}
