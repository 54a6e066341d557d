internal import GantryModel

extension RunResolution {
  /// Makes the TaskRuns of a task: one, or one per combination of its matrix.
  mutating func addTaskRuns(
    of task: PipelineTask, found: FoundTask, results: Replacements,
    to resolved: inout ResolvedPipelineTask
  ) {
    resolved.isMatrix = task.matrix != nil
    resolved.assumedDuration = input.assumedDurations[task.name.value]
    guard let spec = found.spec else {
      resolved.taskRuns = [ResolvedTaskRun()]
      return
    }
    var request = TaskRunRequest(spec: spec, isEmbedded: found.isEmbedded)
    request.name = "\(run.name.value)-\(task.name.value)"
    request.taskName = found.name
    request.isAssumed = resolved.assumedDuration != nil
    request.namespace = self.resolved.namespace
    request.uid = input.uid
    request.params = task.params.map { .init(name: $0.name.value, value: $0.value.value) }
    if found.isEmbedded {
      request.inherited = values
      request.inherited.merge(results)
    }
    addSettings(of: task, to: &request)
    addWorkspaces(of: task, spec: spec, isEmbedded: found.isEmbedded, to: &request)
    guard let matrix = task.matrix else {
      resolved.taskRuns = [build(request)]
      return
    }
    resolved.hasEmptyMatrix = matrix.params.contains {
      $0.value.value.type == .array && $0.value.value.texts.isEmpty
    }
    noteOpenMatrix(matrix, of: task)
    let limit = input.configuration.maxMatrixCombinations
    guard MatrixExpansion.count(of: matrix, limit: limit) <= limit else {
      resolver.sink.error(
        "E0422",
        "the matrix of task '\(task.name.value)' has more than \(limit) combinations",
        at: matrix.location)
      return
    }
    for (index, combination) in MatrixExpansion.combinations(of: matrix).enumerated() {
      var each = request
      each.name += "-\(index)"
      each.params += combination.map { .init(name: $0.name, value: .string($0.value)) }
      resolved.taskRuns.append(build(each))
    }
  }

  /// A list that another task returns is not known before the run.
  private func noteOpenMatrix(_ matrix: Matrix, of task: PipelineTask) {
    for parameter in matrix.params
    where parameter.value.value.texts.contains(where: WhenEvaluation.hasResult) {
      resolver.sink.note(
        "N0423",
        "matrix parameter '\(parameter.name.value)' of task '\(task.name.value)' comes from a "
          + "result, which is not known before the run: one combination is assumed (give the list "
          + "under results: to decide)", at: parameter.value.location)
    }
  }

  private func build(_ request: TaskRunRequest) -> ResolvedTaskRun {
    TaskRunBuilder(
      request: request, configuration: input.configuration, tasks: resolver.tasks,
      limitRange: VirtualLimitRange(
        input.manifests.limitRanges, namespace: resolved.namespace),
      sink: resolver.sink
    ).build()
  }

  /// The run's settings for pods, with those for this task on top.
  private func addSettings(of task: PipelineTask, to request: inout TaskRunRequest) {
    request.podTemplate = resolved.podTemplate
    request.serviceAccountName = resolved.serviceAccountName
    for entry in run.taskRunSpecs where entry.pipelineTaskName.value == task.name.value {
      if let template = entry.podTemplate {
        request.podTemplate = template.over(resolved.podTemplate)
      }
      if let account = entry.serviceAccountName { request.serviceAccountName = account }
      request.stepSpecs = entry.stepSpecs
      request.sidecarSpecs = entry.sidecarSpecs
      request.computeResources = entry.computeResources
    }
  }

  /// What the run gives for each workspace of the task.
  private mutating func addWorkspaces(
    of task: PipelineTask, spec: TaskSpec, isEmbedded: Bool, to request: inout TaskRunRequest
  ) {
    var bindings = task.workspaces
    if isEmbedded {
      let bound = Set(bindings.map(\.name.value))
      for name in TaskTexts.workspacesUsed(in: spec) where !bound.contains(name) {
        bindings.append(
          WorkspacePipelineTaskBinding(name: Located(name, at: task.location)))
      }
    }
    for binding in bindings {
      let source = binding.workspace?.value ?? binding.name.value
      guard let given = run.workspaces.last(where: { $0.name.value == source }) else { continue }
      request.workspaces.append(
        TaskRunRequest.Workspace(
          name: binding.name.value, binding: self.binding(of: given),
          claim: claimIdentity(of: given),
          subPath: joined(given.subPath.map { values.apply($0) }, binding.subPath)))
    }
    addDefaultWorkspaces(spec, to: &request)
  }

  /// What the cluster gives for required workspaces that the run gives nothing for.
  private mutating func addDefaultWorkspaces(
    _ spec: TaskSpec, to request: inout TaskRunRequest
  ) {
    guard let usual = input.defaultWorkspace else { return }
    let given = Set(request.workspaces.map(\.name))
    for declared in spec.workspaces
    where !declared.optional && !given.contains(declared.name.value) {
      var binding = usual
      binding.name = declared.name
      request.workspaces.append(resolver.workspace(of: binding, claims: &resolved.claims))
    }
  }

  /// The run's subPath and the task's, one below the other.
  private func joined(_ run: String?, _ task: String?) -> String? {
    let parts = [run, task].compactMap { $0 }.filter { !$0.isEmpty }
    return parts.isEmpty ? nil : PathText.clean(parts.joined(separator: "/"))
  }

  private func binding(of workspace: WorkspaceBinding) -> ResolvedWorkspace.Binding {
    switch workspace.source {
    case .persistentVolumeClaim, .volumeClaimTemplate:
      claimPositions[workspace.name.value].map { .claim($0) } ?? .unbound
    case .emptyDir(let inMemory, _): .emptyDir(inMemory: inMemory)
    case .secret: .secret
    case .configMap: .configMap
    case .projected: .projected
    case .csi(let driver): .csi(driver: driver)
    }
  }

  /// What tells one claim from another under the affinity assistant's rule.
  private func claimIdentity(of workspace: WorkspaceBinding) -> String? {
    switch workspace.source {
    case .persistentVolumeClaim(let name): "claim \(name)"
    case .volumeClaimTemplate: "template \(workspace.name.value)"
    case .emptyDir, .secret, .configMap, .projected, .csi: nil
    }
  }
}

extension PodTemplate {
  /// These settings, with another's where a field is not set here.
  func over(_ base: PodTemplate?) -> PodTemplate {
    guard let base else { return self }
    var result = self
    if nodeSelector.isEmpty { result.nodeSelector = base.nodeSelector }
    if tolerations.isEmpty { result.tolerations = base.tolerations }
    if affinity == nil { result.affinity = base.affinity }
    if topologySpreadConstraints.isEmpty {
      result.topologySpreadConstraints = base.topologySpreadConstraints
    }
    result.runAsUser = runAsUser ?? base.runAsUser
    result.fsGroup = fsGroup ?? base.fsGroup
    result.schedulerName = schedulerName ?? base.schedulerName
    result.priorityClassName = priorityClassName ?? base.priorityClassName
    result.runtimeClassName = runtimeClassName ?? base.runtimeClassName
    result.hostNetwork = hostNetwork || base.hostNetwork
    result.volumes += base.volumes.filter { other in
      !volumes.contains { $0.name.value == other.name.value }
    }
    result.environment += base.environment.filter { other in
      !environment.contains { $0.name == other.name }
    }
    return result
  }
}

/// Paths as Go's `path` package treats them.
enum PathText {
  /// The shortest equal path: no doubled slashes, no `.` and no `..` that can be resolved.
  static func clean(_ path: String) -> String {
    let isRooted = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isRooted {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if isRooted { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }
}
