public import GantryModel
public import GantryUnits

/// Tekton's PipelineRun controller as a pure decision: from what is known of the tasks, which
/// TaskRuns to create or cancel, which tasks are skipped and why, and the run's condition.
///
/// Rules of Tekton Pipelines v0.59.0 and v1.15.0 (pipelinerun reconciler), read 2026-11-23.
public struct PipelineController: Sendable {
  /// The release whose rules apply.
  public var version: TektonVersion

  /// Makes a controller.
  public init(version: TektonVersion) { self.version = version }

  /// One reconcile at the moment `now`; notes in `state` what it decides.
  ///
  /// Call it when the run is created, after each end of a TaskRun, and at `nextDeadline`.
  /// - Complexity: O(tasks + dependencies).
  public func decide(
    plan: PlannedRun, state: inout PipelineState, now: Instant
  ) -> PipelineDecision {
    var decision = PipelineDecision()
    if state.isFinished {
      decision.isFinished = true
      return decision
    }
    if let failure = plan.failure { return refuse(failure, state: &state) }
    let clock = RunClock(
      plan: plan, start: state.start, finallyStart: state.finallyStart, now: now)
    switch state.request {
    case .pending:
      decision.status = .pending
      decision.reason = "PipelineRunPending"
      decision.detail = .run("is pending")
      return decision
    case .cancelled:
      return stopEverything(
        plan: plan, state: &state, clock: clock, status: .cancelled, reason: "Cancelled",
        words: "was cancelled", end: .cancelled)
    case .run, .cancelledRunFinally, .stoppedRunFinally: break
    }
    if clock.isPipelineOver, let limit = plan.pipelineTimeout {
      var decision = stopEverything(
        plan: plan, state: &state, clock: clock, status: .pipelineRunTimeout,
        reason: "PipelineRunTimeout",
        words: "failed to finish within \"\(DurationText.text(limit))\"", end: .cancelledByTimeout)
      giveResults(plan: plan, state: state, decision: &decision)
      return decision
    }
    cancelOverdue(plan: plan, state: state, clock: clock, decision: &decision)
    schedule(plan: plan, state: &state, clock: clock, now: now, decision: &decision)
    if !decision.isFinished, !decision.isStale {
      conclude(plan: plan, state: &state, clock: clock, decision: &decision)
      giveResults(plan: plan, state: state, decision: &decision)
    }
    state.isFinished = decision.isFinished
    return decision
  }

  /// The next moment at which time alone changes the decision; nil when none.
  public func nextDeadline(plan: PlannedRun, state: PipelineState, now: Instant) -> Instant? {
    guard state.isActive else { return nil }
    let limits = [
      plan.pipelineTimeout.map { state.start + Span.seconds($0) },
      state.finallyStart == nil
        ? plan.tasksTimeout.map { state.start + Span.seconds($0) } : nil,
      state.finallyStart.flatMap { start in
        plan.finallyTimeout.map { start + Span.seconds($0) }
      },
    ]
    return limits.compactMap { $0 }.filter { $0 > now }.min()
  }

  private func refuse(
    _ failure: ResolvedPipelineRun.RunFailure, state: inout PipelineState
  ) -> PipelineDecision {
    var decision = PipelineDecision()
    decision.isFinished = true
    decision.status = .failed
    decision.reason = failure.reason
    decision.detail = .text(failure.message)
    state.isFinished = true
    return decision
  }

  /// The whole run is cancelled or out of time: running TaskRuns are cancelled, the run is over.
  private func stopEverything(
    plan: PlannedRun, state: inout PipelineState, clock: RunClock, status: RunStatus,
    reason: String, words: String, end: TaskRunEnd
  ) -> PipelineDecision {
    var decision = PipelineDecision()
    SkipRules(plan: plan, clock: clock).apply(to: &state)
    for task in plan.tasks.indices where state.phases[task] == .running {
      decision.cancel.append(task)
    }
    decision.cancelEnd = end
    decision.isFinished = true
    decision.status = status
    decision.reason = reason
    decision.detail = .run(words)
    state.isFinished = true
    return decision
  }

  /// Cancels the graph's or the finally tasks' TaskRuns whose part of the time is up, and the
  /// graph's after a graceful cancellation.
  private func cancelOverdue(
    plan: PlannedRun, state: PipelineState, clock: RunClock, decision: inout PipelineDecision
  ) {
    let finallyPhase = state.finallyStart != nil
    if state.request == .cancelledRunFinally {
      for task in plan.tasks.indices
      where state.phases[task] == .running && !plan.tasks[task].isFinally {
        decision.cancel.append(task)
      }
      if !decision.cancel.isEmpty { return }
    }
    guard finallyPhase ? clock.isFinallyOver : clock.areTasksOver else { return }
    decision.cancelEnd = .cancelledByTimeout
    for task in plan.tasks.indices
    where state.phases[task] == .running && plan.tasks[task].isFinally == finallyPhase {
      decision.cancel.append(task)
    }
  }
}
