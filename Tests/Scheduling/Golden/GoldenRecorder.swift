import GantryScheduling

/// Puts decisions in the form of the reference files.
struct GoldenRecorder {
  let state: ClusterState

  func result(_ decision: Decision, of pod: String, nextStart: Int) -> GoldenResult {
    let explanation = decision.explanation ?? Explanation()
    var result = GoldenResult(
      pod: pod, feasibleCount: decision.feasibleCount,
      best: decision.best.map { state.name(of: $0) }.sorted(),
      chosen: decision.chosen.map { state.name(of: $0) } ?? "")
    result.unfit = Dictionary(grouping: explanation.rejected, by: \.rejection).map {
      rejection, nodes in
      GoldenResult.Unfit(
        plugin: rejection.plugin.name, code: rejection.code.rawValue, reasons: rejection.reasons,
        nodes: nodes.map { state.name(of: $0.node) })
    }
    result.preFilterMessage = decision.fault ?? explanation.preFilterMessage
    result.scorePlugins = explanation.plugins.map(\.name)
    result.scores = [:]
    for each in explanation.scored {
      result.scores?[state.name(of: each.node)] = each.scores + [each.total]
    }
    let totals = explanation.scored.map(\.total)
    result.bestTotal = totals.max()
    result.sumOfTotals = totals.reduce(0, +)
    result.nextStartNodeIndex = nextStart
    result.feasibleOrder = explanation.scored.map { state.name(of: $0.node) }
    return result
  }

  func preemption(
    _ decision: PreemptionDecision, names: [PlacedPodID: String]
  ) -> GoldenResult.Preemption {
    GoldenResult.Preemption(
      eligible: decision.isEligible, message: decision.ineligibility,
      candidates: decision.candidates.map { each in
        GoldenResult.Candidate(
          node: state.name(of: each.node), victims: each.victims.map { names[$0] ?? "?" },
          pdbViolations: each.budgetViolations)
      },
      best: decision.best.map { state.name(of: $0.node) },
      chosen: decision.chosen.map { state.name(of: $0.node) })
  }
}
