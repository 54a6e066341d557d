import GantryModel
import GantryUnits

/// From resolved PipelineRuns to the runs of a plan: claims, pods and the work of every step.
struct RunCompiler {
  var storage: StorageCompiler
  var reader: WorkReader
  let sink: DiagnosticSink
  /// By run planned, task and TaskRun: what its steps read and change on claims.
  private(set) var accesses: [[[Set<FileAccess>]]] = []

  /// A run ready to be played out.
  mutating func plan(_ run: ResolvedPipelineRun) -> PlannedRun {
    var planned = PlannedRun(graphOf: run)
    planned.claims = run.claims.map { storage.claim($0, in: run) }
    planned.assistant = PodCompiler.assistant(of: run)
    // Pods on different nodes see the same files of a claim, but not each other's node.
    var context = RunContext(
      localClaims: Set(
        planned.claims.indices.filter { index in
          if case .block = planned.claims[index].backing { return true }
          return false
        }))
    var touched = run.tasks.map { $0.taskRuns.map { _ in Set<FileAccess>() } }
    defer { accesses.append(touched) }
    for index in Self.parentsFirst(run.tasks) {
      if let seconds = run.tasks[index].assumedDuration {
        planned.tasks[index].taskRuns = [assumed(seconds, task: run.tasks[index])]
        context.noteUnknownWork()
        continue
      }
      planned.tasks[index].taskRuns = run.tasks[index].taskRuns.indices.map { combination in
        context.accesses = []
        defer { touched[index][combination] = context.accesses }
        return taskRun(combination, of: run.tasks[index], in: run, context: &context)
      }
    }
    return planned
  }

  /// A TaskRun of which only the duration is known, because the user gave it.
  private mutating func assumed(_ seconds: Double, task: ResolvedPipelineTask) -> PlannedTaskRun {
    let assumption = reader.tables.assumptions.index(
      of: Assumption(
        id: "assumed.\(task.name)", text: "the task '\(task.name)' takes this long",
        value: seconds, unit: "s", confidence: .guess, source: "--assume"))
    if task.isCustom {
      var planned = PlannedTaskRun(name: task.name, pod: PlannedPod())
      planned.customRun = CustomRun(
        seconds: seconds, label: "\(task.name): assumed duration", assumptions: [assumption])
      return planned
    }
    let phase = Phase(
      label: "\(task.name): assumed duration", demands: [.fixed(seconds: seconds)],
      assumptions: [assumption])
    var planned = PlannedTaskRun(
      name: task.name, pod: task.taskRuns.first.map(PodCompiler.pod) ?? PlannedPod())
    planned.steps = [PlannedStep(name: "assumed", phases: [[phase], [phase]])]
    return planned
  }

  /// The positions of tasks with every parent before its children, finally tasks last.
  private static func parentsFirst(_ tasks: [ResolvedPipelineTask]) -> [Int] {
    var order: [Int] = []
    var placed = Set<Int>()
    func place(_ index: Int) {
      guard placed.insert(index).inserted else { return }
      for parent in tasks[index].dependencies { place(parent) }
      order.append(index)
    }
    for index in tasks.indices where !tasks[index].isFinally { place(index) }
    for index in tasks.indices where tasks[index].isFinally { place(index) }
    return order
  }

  private mutating func taskRun(
    _ index: Int, of task: ResolvedPipelineTask, in run: ResolvedPipelineRun,
    context: inout RunContext
  ) -> PlannedTaskRun {
    let resolved = task.taskRuns[index]
    var planned = PlannedTaskRun(
      name: task.isMatrix ? "\(task.name)-\(index)" : task.name, pod: PodCompiler.pod(of: resolved))
    planned.initContainerCount = resolved.initContainers.count
    planned.waitsForReady = resolved.waitsForReady
    planned.rejection = resolved.rejection
    for step in resolved.steps.indices {
      planned.steps.append(
        reader.plan(
          step: resolved.steps[step], stepIndex: step, taskRun: resolved, task: task, run: run,
          context: &context, sink: sink))
      planned.steps[step].limits = PodProtection.limits(of: resolved.steps[step])
    }
    planned.volumeLimits = PodProtection.volumeLimits(of: resolved)
    planned.idleMemory = PodProtection.idleMemory(of: resolved, &reader.tables.assumptions)
    for container in resolved.steps + resolved.sidecars {
      let image = reader.tables.image(container.image)
      if !planned.images.contains(image) { planned.images.append(image) }
    }
    planned.claims = claims(of: resolved, in: run)
    return planned
  }

  /// The claims a pod mounts: through workspaces, and through volumes of the task.
  private func claims(of taskRun: ResolvedTaskRun, in run: ResolvedPipelineRun) -> [Int] {
    var found: [Int] = []
    for workspace in taskRun.workspaces {
      if case .claim(let index) = workspace.binding, !found.contains(index) { found.append(index) }
    }
    for volume in taskRun.volumes {
      guard case .persistentVolumeClaim(let name) = volume.source,
        let index = run.claims.firstIndex(where: { $0.claimName == name }), !found.contains(index)
      else { continue }
      found.append(index)
    }
    return found
  }
}
