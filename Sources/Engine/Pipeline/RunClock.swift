internal import GantryModel
internal import GantryUnits

/// Which of a run's timeouts have passed at a moment.
struct RunClock {
  /// `timeouts.pipeline` is used up: the run ends.
  var isPipelineOver = false
  /// `timeouts.pipeline` is exceeded: tasks are skipped. (Tekton compares with ≥ and with >.)
  var isPipelineExceeded = false
  /// `timeouts.tasks` is exceeded.
  var areTasksOver = false
  /// `timeouts.finally` is exceeded.
  var isFinallyOver = false

  init(plan: PlannedRun, start: Instant, finallyStart: Instant?, now: Instant) {
    if let limit = plan.pipelineTimeout {
      let end = start + Span.seconds(limit)
      isPipelineOver = now >= end
      isPipelineExceeded = now > end
    }
    if let limit = plan.tasksTimeout {
      areTasksOver = now >= start + Span.seconds(limit)
    }
    if let limit = plan.finallyTimeout, let finallyStart {
      isFinallyOver = now >= finallyStart + Span.seconds(limit)
    }
  }
}
