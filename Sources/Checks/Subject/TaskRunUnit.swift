import GantryCompiler
import GantryEngine
import GantryModel

/// A TaskRun of a run's template, with everything that is known of it before the run.
struct TaskRunUnit: Sendable {
  /// Positions: the run's template, the pipeline task, the combination of its matrix.
  var run: Int
  var task: Int
  var combination: Int
  var resolved: ResolvedTaskRun
  var pipelineTask: ResolvedPipelineTask
  var planned: PlannedTaskRun
  /// By node of the plan: why the scheduler refuses the pod there, on an empty cluster.
  var refusals: [PlacementProbe.Refusal?]
  /// What its steps read and change on claims.
  var accesses: Set<FileAccess>
  /// The one architecture that the pod can run on; nil when there are several, or none.
  var architecture: Architecture?

  /// The TaskRun as messages name it: the task, with the combination of a matrix.
  var name: String { planned.name }
  /// Positions of the nodes that the pod fits on.
  var nodes: [Int] { refusals.indices.filter { refusals[$0] == nil } }

  /// All TaskRuns of runs that Tekton starts, but for tasks whose conditions cannot hold.
  static func all(of compilation: Compilation) -> [TaskRunUnit] {
    let probe = PlacementProbe(compilation.plan)
    var known: [PlannedPod: [PlacementProbe.Refusal?]] = [:]
    var units: [TaskRunUnit] = []
    for (run, resolved) in compilation.runs.enumerated() where resolved.failure == nil {
      let template = compilation.plan.templates[run]
      for (task, pipelineTask) in resolved.tasks.enumerated() where pipelineTask.whenHolds {
        for (combination, planned) in template.tasks[task].taskRuns.enumerated()
        where combination < pipelineTask.taskRuns.count {
          let refusals =
            known[planned.pod] ?? probe.refusals(of: planned.pod, namespace: template.namespace)
          known[planned.pod] = refusals
          let possible = refusals.indices.filter { refusals[$0] == nil }
            .map { compilation.plan.nodes[$0].architecture }
          let own = pipelineTask.taskRuns[combination]
          units.append(
            TaskRunUnit(
              run: run, task: task, combination: combination, resolved: own,
              pipelineTask: pipelineTask, planned: planned, refusals: refusals,
              accesses: compilation.accesses[run][task][combination],
              architecture: own.boundArchitecture
                ?? (Set(possible).count == 1 ? possible.first : nil)))
        }
      }
    }
    return units
  }
}

extension ResolvedPipelineRun {
  /// Whether one task is always over before another starts.
  func isOrdered(_ first: Int, before second: Int) -> Bool {
    if tasks[second].isFinally { return !tasks[first].isFinally }
    var seen: Set<Int> = []
    var open = [second]
    while let next = open.popLast() {
      for parent in tasks[next].dependencies where seen.insert(parent).inserted {
        if parent == first { return true }
        open.append(parent)
      }
    }
    return false
  }

  /// Whether two tasks can be under way at the same time.
  func canOverlap(_ first: Int, _ second: Int) -> Bool {
    first != second && !isOrdered(first, before: second) && !isOrdered(second, before: first)
  }
}
