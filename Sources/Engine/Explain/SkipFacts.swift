import GantryModel

extension SkipRules {
  /// What is behind the reason for which a task is skipped.
  func facts(
    of task: Int, in plan: PlannedRun, state: PipelineState
  ) -> [SkipStory.Fact] {
    switch state.skips[task] {
    case .none: []
    case .stopping: failures(state).map { .failedTask(tasks[$0].name) }
    case .gracefullyCancelled: [.request("CancelledRunFinally")]
    case .gracefullyStopped: [.request("StoppedRunFinally")]
    case .parentTasks:
      tasks[task].dependencies
        .filter { state.skips[$0] != .none && state.skips[$0] != .whenExpressions }
        .map { .parent(tasks[$0].name) }
    case .missingResults:
      firstMissingResult(of: task, state: state).map {
        [.missingResult(task: tasks[$0.task].name, result: $0.result)]
      } ?? []
    case .whenExpressions: conditions(of: task, state: state)
    case .pipelineTimeout: limit("timeouts.pipeline", plan.pipelineTimeout)
    case .tasksTimeout: limit("timeouts.tasks", plan.tasksTimeout)
    case .finallyTimeout: limit("timeouts.finally", plan.finallyTimeout)
    case .emptyMatrix: []
    }
  }

  private func limit(_ field: String, _ seconds: Double?) -> [SkipStory.Fact] {
    seconds.map { [.limit(field, seconds: $0)] } ?? []
  }

  private func failures(_ state: PipelineState) -> [Int] {
    tasks.indices.filter {
      !tasks[$0].isFinally && !tasks[$0].continuesOnError
        && (state.phases[$0].hasFailed || state.isInvalid[$0])
    }
  }

  /// The expressions that do not hold, those over the ends of other tasks with these put in.
  private func conditions(of task: Int, state: PipelineState) -> [SkipStory.Fact] {
    var facts: [SkipStory.Fact] = []
    var statuses = tasks[task].statusConditions[...]
    let aggregate = aggregateStatus(state)
    for when in tasks[task].when {
      if when.holds == false {
        facts.append(.condition(text(when), when.location))
      } else if when.holds == nil, when.cel == nil, let status = statuses.first,
        when.isOver(status)
      {
        statuses.removeFirst()
        guard !holds(status, state: state, aggregate: aggregate) else { continue }
        var filled = when
        filled.input = text(status.input, state: state, aggregate: aggregate)
        filled.values = status.values.map { text($0, state: state, aggregate: aggregate) }
        facts.append(.condition(text(filled) + ", from " + text(when), when.location))
      }
    }
    if facts.isEmpty, let missing = firstMissingResult(of: task, state: state) {
      facts.append(.missingResult(task: tasks[missing.task].name, result: missing.result))
    }
    return facts
  }

  private func text(_ when: ResolvedWhen) -> String {
    if let cel = when.cel { return cel }
    let values = when.values.map { "\"\($0)\"" }.joined(separator: ", ")
    return "\"\(when.input)\" \(when.isNegated ? "notin" : "in") [\(values)]"
  }
}

extension ResolvedWhen {
  /// Whether a condition over the ends of tasks came from this expression: these keep its order.
  fileprivate func isOver(_ status: StatusCondition) -> Bool {
    isNegated == status.isNegated && values.count == status.values.count
      && ([input] + values).contains { $0.contains("$(tasks.") }
      && !([input] + values).contains { $0.contains(".results.") }
  }
}
