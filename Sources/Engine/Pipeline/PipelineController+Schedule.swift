internal import GantryModel
internal import GantryUnits

extension PipelineController {
  /// Starts every task that may start, and the finally tasks once the graph is done.
  func schedule(
    plan: PlannedRun, state: inout PipelineState, clock: RunClock, now: Instant,
    decision: inout PipelineDecision
  ) {
    let rules = SkipRules(plan: plan, clock: clock)
    for task in state.isInvalid.indices { state.isInvalid[task] = false }
    rules.apply(to: &state)
    var invalidity: String?
    if state.request != .cancelledRunFinally {
      guard markSchedulable(rules, state: &state) else {
        decision.isStale = true
        decision.reason = "Started"
        return
      }
      if !rules.isStopping(state), state.request != .stoppedRunFinally {
        invalidity = refuseMissingResults(rules, state: &state, decision: &decision)
        if decision.isFinished { return }
        if invalidity == nil {
          for task in plan.tasks.indices where state.marks[task] { decision.create.append(task) }
        }
      }
    }
    if let invalidity {
      decision.detail = .invalid(invalidity)
      rules.apply(to: &state)
    }
    if rules.isGraphDone(state) {
      rules.applyToFinally(state: &state)
      letFinallyGo(plan: plan, state: &state, now: now, decision: &decision)
    }
    for task in decision.create {
      state.started(task: task, taskRuns: plan.tasks[task].taskRuns.count)
    }
  }

  private func letFinallyGo(
    plan: PlannedRun, state: inout PipelineState, now: Instant,
    decision: inout PipelineDecision
  ) {
    for task in plan.tasks.indices
    where plan.tasks[task].isFinally && state.phases[task] == .notStarted {
      if state.finallyStart == nil {
        state.finallyStart = now
        decision.startsFinally = true
      }
      if state.skips[task] == .none { decision.create.append(task) }
    }
  }

  /// Marks the tasks that may start: walks from the roots over done tasks, as Tekton does.
  ///
  /// Returns false when a done task lies behind one that is not done (after a failure, a task
  /// counts as skipped although its parent still runs): Tekton gives the reconcile up then.
  private func markSchedulable(_ rules: SkipRules, state: inout PipelineState) -> Bool {
    let tasks = rules.tasks
    var isReachable = true
    for entry in state.order {
      let task = Int(entry)
      let parents = tasks[task].dependencies
      let isVisited = parents.isEmpty || parents.contains { state.marks[$0] }
      let isDone = rules.isDone(task, state)
      // While walking, a mark means: reached, and done; children may be looked at.
      state.marks[task] = isVisited && isDone
      if isDone && !isVisited { isReachable = false }
    }
    guard isReachable else { return false }
    for entry in state.order.reversed() {
      let task = Int(entry)
      state.marks[task] =
        state.phases[task] == .notStarted && !rules.isDone(task, state)
        && tasks[task].dependencies.allSatisfy { rules.isDone($0, state) }
    }
    return true
  }

  /// Looks for tasks about to start whose parent did not return a result they need.
  private func refuseMissingResults(
    _ rules: SkipRules, state: inout PipelineState, decision: inout PipelineDecision
  ) -> String? {
    var reasons: [String] = []
    for task in rules.tasks.indices where state.marks[task] {
      guard let missing = rules.firstMissingResult(of: task, state: state) else { continue }
      let parent = rules.tasks[missing.task].name
      if version == .v0_59 {
        decision.isFinished = true
        decision.status = .failed
        decision.reason = "InvalidTaskResultReference"
        decision.detail = .text(
          "Invalid task result reference: Could not find result with name \(missing.result) "
            + "for task \(parent)")
        return nil
      }
      state.isInvalid[task] = true
      reasons.append(
        state.phases[missing.task] == .succeeded
          ? "task \"\(parent)\" completed successfully but did not emit the result "
            + "\"\(missing.result)\", which is referenced by task \"\(rules.tasks[task].name)\""
          : "Invalid task result reference: Could not find result with name "
            + "\(missing.result) for pipeline task \(parent)")
    }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }

  /// Counts the tasks and sets the condition.
  func conclude(
    plan: PlannedRun, state: inout PipelineState, clock: RunClock,
    decision: inout PipelineDecision
  ) {
    let rules = SkipRules(plan: plan, clock: clock)
    rules.apply(to: &state)
    if rules.isGraphDone(state) { rules.applyToFinally(state: &state) }
    decision.counts = count(plan: plan, state: state)
    let counts = decision.counts
    guard counts.incomplete == 0 else {
      setRunningReason(plan: plan, state: state, decision: &decision)
      return
    }
    decision.isFinished = true
    let ending = ending(counts, request: state.request)
    decision.status = ending.status
    decision.reason = ending.reason
    if ending.isByRequest { decision.detail = .run("was cancelled") }
    if version >= .v1_15, ending.status == .failed, state.finallyStart == nil,
      clock.areTasksOver, let limit = plan.tasksTimeout
    {
      decision.status = .pipelineRunTimeout
      decision.reason = "PipelineRunTimeout"
      decision.detail = .run(
        "failed due to tasks failed to finish within \"\(DurationText.text(limit))\"")
    }
  }

  private func ending(
    _ counts: TaskCounts, request: RunRequest
  ) -> (status: RunStatus, reason: String, isByRequest: Bool) {
    if counts.invalid > 0 { return (.failed, "PipelineValidationFailed", false) }
    if counts.failed > 0 || counts.skippedByTimeout > 0 { return (.failed, "Failed", false) }
    if request == .cancelledRunFinally || request == .stoppedRunFinally {
      return (.cancelled, "Cancelled", true)
    }
    if counts.cancelled > 0 { return (.cancelled, "Cancelled", false) }
    if counts.skipped > 0 { return (.completed, "Completed", false) }
    return (.succeeded, "Succeeded", false)
  }

  private func setRunningReason(
    plan: PlannedRun, state: PipelineState, decision: inout PipelineDecision
  ) {
    decision.detail = .counts
    switch state.request {
    case .cancelledRunFinally: decision.reason = "CancelledRunningFinally"
    case .stoppedRunFinally: decision.reason = "StoppedRunningFinally"
    case .run, .pending, .cancelled:
      let areFinallyDone = plan.tasks.indices.allSatisfy {
        !plan.tasks[$0].isFinally || state.phases[$0].hasEnded
      }
      if decision.counts.cancelled > 0 || (decision.counts.failed > 0 && areFinallyDone) {
        decision.reason = "Stopping"
      }
    }
  }

  private func count(plan: PlannedRun, state: PipelineState) -> TaskCounts {
    var counts = TaskCounts()
    for task in plan.tasks.indices {
      switch state.phases[task] {
      case .succeeded: counts.succeeded += 1
      case .timedOut: counts.failed += 1
      case .cancelled: counts.cancelled += 1
      case .failed where plan.tasks[task].continuesOnError: counts.ignoredFailed += 1
      case .failed: counts.failed += 1
      case .running: counts.incomplete += 1
      case .notStarted:
        if state.isInvalid[task] {
          counts.invalid += 1
          continue
        }
        switch state.skips[task] {
        case .none: counts.incomplete += 1
        case .tasksTimeout, .finallyTimeout:
          counts.skipped += 1
          counts.skippedByTimeout += 1
        case .pipelineTimeout:
          counts.skipped += 1
          // Tekton does not count a finally task here.
          if !plan.tasks[task].isFinally { counts.skippedByTimeout += 1 }
        default: counts.skipped += 1
        }
      }
    }
    return counts
  }
}
