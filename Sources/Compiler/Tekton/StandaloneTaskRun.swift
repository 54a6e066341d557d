public import GantryModel

extension PipelineRunResolver {
  /// A TaskRun of its own, as a run with one task.
  public func resolve(_ run: TaskRun) -> ResolvedPipelineRun {
    let name = run.taskRef?.name?.value ?? run.name.value
    var resolved = ResolvedPipelineRun(
      name: run.name, isGenerated: run.isGenerated, pipelineName: name,
      namespace: run.namespace ?? "default", location: run.location)
    resolved.serviceAccountName =
      run.serviceAccountName ?? input.configuration.defaultServiceAccount
    if run.requestedStatus == "TaskRunCancelled" { resolved.request = .cancelled }
    var task = ResolvedPipelineTask(name: name, taskName: name, location: run.location)
    task.retries = max(0, run.retries)
    task.timeout = RunTimeouts.limit(
      run.timeout.flatMap { DurationText.seconds($0.value) }
        ?? input.configuration.defaultTimeout ?? 0)
    guard let (spec, isBuiltIn) = taskSpec(of: run, resolved: &resolved, task: &task) else {
      task.assumedDuration = input.assumedDurations[name]
      task.taskRuns = [ResolvedTaskRun()]
      resolved.tasks = [task]
      return resolved
    }
    task.isBuiltIn = isBuiltIn
    task.assumedDuration = input.assumedDurations[name]
    var request = TaskRunRequest(spec: spec, isEmbedded: run.taskSpec != nil)
    request.name = run.name.value
    request.taskName = name
    request.isAssumed = task.assumedDuration != nil
    request.namespace = resolved.namespace
    request.uid = input.uid
    request.params = run.params.map { .init(name: $0.name.value, value: $0.value.value) }
    request.podTemplate = (run.podTemplate ?? PodTemplate()).over(
      input.defaultPodTemplate)
    request.serviceAccountName = resolved.serviceAccountName
    request.stepSpecs = run.stepSpecs
    request.sidecarSpecs = run.sidecarSpecs
    request.computeResources = run.computeResources
    request.workspaces = (run.workspaces + defaultWorkspaces(of: run, spec))
      .map { workspace(of: $0, claims: &resolved.claims) }
    let taskRun = TaskRunBuilder(
      request: request, configuration: input.configuration, tasks: tasks,
      limitRange: VirtualLimitRange(
        input.manifests.limitRanges, namespace: resolved.namespace),
      sink: sink
    ).build()
    report(taskRun, of: run)
    task.taskRuns = [taskRun]
    resolved.tasks = [task]
    return resolved
  }

  /// What the cluster gives for required workspaces that the run gives nothing for.
  private func defaultWorkspaces(of run: TaskRun, _ spec: TaskSpec) -> [WorkspaceBinding] {
    guard let usual = input.defaultWorkspace else { return [] }
    let given = Set(run.workspaces.map(\.name.value))
    return spec.workspaces.filter { !$0.optional && !given.contains($0.name.value) }.map {
      var binding = usual
      binding.name = $0.name
      return binding
    }
  }

  /// The run is played out all the same, and fails.
  private func report(_ taskRun: ResolvedTaskRun, of run: TaskRun) {
    guard let rejection = taskRun.rejection else { return }
    sink.warning(
      "W0425", "the TaskRun will fail with \(rejection.reason): \(rejection.message)",
      at: run.location, suggestion: remedy(of: rejection))
  }

  private func taskSpec(
    of run: TaskRun, resolved: inout ResolvedPipelineRun, task: inout ResolvedPipelineTask
  ) -> (TaskSpec, Bool)? {
    if let spec = run.taskSpec { return (spec, false) }
    guard let reference = run.taskRef else {
      task.unsupported = "names no task"
      sink.error("E0413", "the TaskRun names no task", at: run.location)
      return nil
    }
    let name = reference.name?.value ?? ""
    if let found = localTask(of: reference) { return (found.spec, found.isBuiltIn) }
    let referred = TaskKind(reference, version: version)
    switch referred {
    case .task, .nameless:
      let kind = referred.kindInTaskRun
      if let found = tasks.task(name, kind: kind) { return (found.spec, found.isBuiltIn) }
      if input.assumedDurations[name] == nil {
        resolved.failure = .init(
          reason: "TaskRunResolutionFailed",
          message: "failed to get task: tasks.tekton.dev \"\(name)\" not found")
        sink.error(
          "E0413", "couldn't find \(kind) '\(name)'",
          at: reference.name?.location ?? reference.location,
          suggestion: nearestName(to: name, in: tasks.taskNames(kind: kind))
            .map { "did you mean '\($0)'?" })
      }
      task.unsupported = "refers to \(kind) '\(name)', which is not there"
    case .remote(let remote):
      task.unsupported = "is fetched by the remote resolver '\(remote)', which is not simulated"
    case .custom(let kind): task.unsupported = "is a custom task (\(kind))"
    }
    if let what = task.unsupported, resolved.failure == nil,
      input.assumedDurations[task.name] == nil
    {
      sink.error(
        "E0414", "the TaskRun's task \(what)", at: reference.location,
        suggestion: "give its duration with --assume \(task.name)=10m, or add the Task")
    }
    return nil
  }

  /// A workspace with what a run gives for it; a claim is added to those of the run.
  func workspace(
    of given: WorkspaceBinding, claims: inout [ResolvedClaim]
  ) -> TaskRunRequest.Workspace {
    var result = TaskRunRequest.Workspace(
      name: given.name.value, binding: .unbound, claim: nil, subPath: given.subPath)
    switch given.source {
    case .persistentVolumeClaim(let name):
      let position =
        claims.firstIndex { $0.claimName == name && $0.template == nil } ?? claims.count
      if position == claims.count {
        claims.append(
          ResolvedClaim(workspace: given.name.value, claimName: name, template: nil))
      }
      result.binding = .claim(position)
      result.claim = "claim \(name)"
    case .volumeClaimTemplate(let name, let spec):
      result.binding = .claim(claims.count)
      result.claim = "template \(given.name.value)"
      claims.append(
        ResolvedClaim(workspace: given.name.value, claimName: name ?? "pvc", template: spec))
    case .emptyDir(let inMemory, _): result.binding = .emptyDir(inMemory: inMemory)
    case .secret: result.binding = .secret
    case .configMap: result.binding = .configMap
    case .projected: result.binding = .projected
    case .csi(let driver): result.binding = .csi(driver: driver)
    }
    return result
  }
}
