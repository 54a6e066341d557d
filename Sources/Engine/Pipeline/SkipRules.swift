internal import GantryModel

/// Which tasks are skipped and why, derived from what is known of all tasks.
///
/// The first rule that applies gives the reason; the order is Tekton's.
struct SkipRules {
  let tasks: [PlannedTask]
  let clock: RunClock

  init(plan: PlannedRun, clock: RunClock) {
    tasks = plan.tasks
    self.clock = clock
  }

  /// Sets the reason of every task of the graph; finally tasks get theirs once the graph is done.
  func apply(to state: inout PipelineState) {
    let isStopping = isStopping(state)
    for entry in state.order {
      let task = Int(entry)
      state.skips[task] = graphReason(task, state: state, isStopping: isStopping)
    }
  }

  /// Sets the reasons of the finally tasks; only after the graph is done.
  func applyToFinally(state: inout PipelineState) {
    let aggregate = aggregateStatus(state)
    for task in tasks.indices where tasks[task].isFinally {
      state.skips[task] = finallyReason(task, state: state, aggregate: aggregate)
    }
  }

  /// Whether a failure keeps new tasks from being started.
  func isStopping(_ state: PipelineState) -> Bool {
    for task in tasks.indices where !tasks[task].isFinally {
      if state.phases[task].hasFailed || state.isInvalid[task],
        !tasks[task].continuesOnError
      {
        return true
      }
    }
    return false
  }

  /// Whether a task of the graph needs nothing more: skipped, ended or not to be started.
  func isDone(_ task: Int, _ state: PipelineState) -> Bool {
    state.skips[task] != .none || state.phases[task].hasEnded || state.isInvalid[task]
  }

  /// Whether every task of the graph is done.
  func isGraphDone(_ state: PipelineState) -> Bool {
    for task in tasks.indices where !tasks[task].isFinally {
      if !isDone(task, state) { return false }
    }
    return true
  }

  private func graphReason(_ task: Int, state: PipelineState, isStopping: Bool) -> SkipReason {
    if state.phases[task] != .notStarted || state.isInvalid[task] { return .none }
    if isStopping { return .stopping }
    if state.request == .cancelledRunFinally { return .gracefullyCancelled }
    if state.request == .stoppedRunFinally { return .gracefullyStopped }
    var areParentsDone = true
    for parent in tasks[task].dependencies {
      let reason = state.skips[parent]
      if reason != .none, reason != .whenExpressions { return .parentTasks }
      if !isDone(parent, state) { areParentsDone = false }
    }
    guard areParentsDone else { return .none }
    if let missing = firstMissingResult(of: task, state: state),
      tasks[task].continuesOnError || state.skips[missing.task] == .whenExpressions
    {
      return .missingResults
    }
    if !conditionsHold(task, state: state) { return .whenExpressions }
    if clock.isPipelineExceeded { return .pipelineTimeout }
    if clock.areTasksOver { return .tasksTimeout }
    return tasks[task].hasEmptyMatrix ? .emptyMatrix : .none
  }

  private func finallyReason(
    _ task: Int, state: PipelineState, aggregate: String
  ) -> SkipReason {
    if state.phases[task] != .notStarted { return .none }
    if firstMissingResult(of: task, state: state) != nil { return .missingResults }
    if !conditionsHold(task, state: state) { return .whenExpressions }
    for condition in tasks[task].statusConditions
    where !holds(condition, state: state, aggregate: aggregate) {
      return .whenExpressions
    }
    if clock.isPipelineExceeded { return .pipelineTimeout }
    if clock.isFinallyOver { return .finallyTimeout }
    return tasks[task].hasEmptyMatrix ? .emptyMatrix : .none
  }

  /// The first result a task needs that is not there, in the order Tekton looks.
  func firstMissingResult(of task: Int, state: PipelineState) -> ResultUse? {
    for reference in tasks[task].resultReferences where isMissing(reference, state) {
      return reference
    }
    return nil
  }

  private func isMissing(_ reference: ResultUse, _ state: PipelineState) -> Bool {
    state.phases[reference.task] != .succeeded || !reference.isReturned
  }

  /// The `when` expressions known before the run, and those whose result never came.
  private func conditionsHold(_ task: Int, state: PipelineState) -> Bool {
    guard tasks[task].whenHolds else { return false }
    for reference in tasks[task].resultReferences {
      if case .condition(isNegated: false) = reference.use, isMissing(reference, state) {
        return false
      }
    }
    return true
  }

  func holds(
    _ condition: StatusCondition, state: PipelineState, aggregate: String
  ) -> Bool {
    let input = text(condition.input, state: state, aggregate: aggregate)
    let isAmong = condition.values.contains {
      text($0, state: state, aggregate: aggregate) == input
    }
    return isAmong != condition.isNegated
  }

  func text(
    _ pieces: [StatusCondition.Piece], state: PipelineState, aggregate: String
  ) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .aggregate: result += aggregate
      case .status(let task): result += status(of: state.phases[task])
      case .reason(let task): result += reason(of: state.phases[task])
      }
    }
    return result
  }

  private func status(of phase: TaskPhase) -> String {
    switch phase {
    case .succeeded: "Succeeded"
    case .failed, .cancelled, .timedOut: "Failed"
    case .notStarted, .running: "None"
    }
  }

  private func reason(of phase: TaskPhase) -> String {
    switch phase {
    case .succeeded: "Succeeded"
    case .failed: "Failed"
    case .cancelled, .timedOut: "TaskRunCancelled"
    case .notStarted, .running: ""
    }
  }

  /// The value of `$(tasks.status)` once the graph is done.
  func aggregateStatus(_ state: PipelineState) -> String {
    var result = "Succeeded"
    for task in tasks.indices where !tasks[task].isFinally {
      if state.phases[task].hasFailed { return "Failed" }
      if state.skips[task] != .none { result = "Completed" }
    }
    return result
  }
}
