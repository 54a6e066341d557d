internal import GantryModel

extension PipelineController {
  /// The results that a run gives at its end; it fails when a task succeeded without one of them.
  ///
  /// Rules of `ApplyTaskResultsToPipelineResults`: results of tasks that did not succeed are left out
  /// silently. Called for runs that end as the graph does or by their timeout; one that is cancelled, or
  /// refused, gives none.
  func giveResults(
    plan: PlannedRun, state: PipelineState, decision: inout PipelineDecision
  ) {
    guard decision.isFinished else { return }
    var absent: [String] = []
    for (index, result) in plan.results.enumerated() {
      let lacking = result.uses.filter { state.phases[$0.task] != .succeeded || !$0.isReturned }
      if lacking.isEmpty { decision.results.append(index) }
      absent += lacking.filter { state.phases[$0.task] == .succeeded }.map { _ in result.name }
    }
    guard !absent.isEmpty else { return }
    decision.status = .failed
    decision.reason = "CouldntGetPipelineResult"
    decision.detail = .results(
      "invalid pipelineresults [\(absent.joined(separator: " "))], the "
        + (version == .v0_59 ? "referred" : "referenced") + " results don't exist")
  }

  /// What became of all results of a run that a decision has ended.
  func results(
    plan: PlannedRun, state: PipelineState, decision: PipelineDecision
  ) -> [RunResult] {
    // A run that was refused never came to them.
    guard plan.failure == nil else { return [] }
    return plan.results.enumerated().map { index, result in
      let lacking = result.uses.first { state.phases[$0.task] != .succeeded || !$0.isReturned }
      if decision.results.contains(index) {
        return RunResult(name: result.name, state: .given(result.value))
      }
      return RunResult(
        name: result.name,
        state: lacking.map { .lacking(task: plan.tasks[$0.task].name) } ?? .cancelled)
    }
  }
}
