public import GantryModel

extension PlannedRun {
  /// What the PipelineRun controller needs of a resolved run: order, conditions, results,
  /// timeouts and the number of TaskRuns.
  ///
  /// Claims, pods and steps are left for the compiler to fill.
  public init(graphOf run: ResolvedPipelineRun) {
    self.init(
      name: run.name.value, isGenerated: run.isGenerated, pipelineName: run.pipelineName)
    namespace = run.namespace
    pipelineTimeout = run.pipelineTimeout
    tasksTimeout = run.tasksTimeout
    finallyTimeout = run.finallyTimeout
    failure = run.failure
    isPending = run.isPending
    request = run.request
    results = run.results
    tasks = run.tasks.map { PlannedTask(graphOf: $0) }
  }
}

extension PlannedTask {
  /// The task's place in the graph; its TaskRuns have names and refusals only.
  public init(graphOf task: ResolvedPipelineTask) {
    self.init(name: task.name, taskName: task.taskName)
    isFinally = task.isFinally
    dependencies = task.dependencies
    resultDependencies = task.resultDependencies
    whenHolds = task.whenHolds
    retries = task.retries
    timeout = task.timeout
    continuesOnError = task.continuesOnError
    resultReferences = task.resultReferences
    statusConditions = task.statusConditions
    when = task.when
    hasEmptyMatrix = task.hasEmptyMatrix
    taskRuns = task.taskRuns.enumerated().map { index, taskRun in
      var planned = PlannedTaskRun(
        name: task.isMatrix ? "\(task.name)-\(index)" : task.name, pod: PlannedPod())
      planned.initContainerCount = taskRun.initContainers.count
      planned.rejection = taskRun.rejection
      return planned
    }
  }
}
