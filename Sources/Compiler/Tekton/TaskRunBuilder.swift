internal import GantryModel

/// Builds a TaskRun's steps and pod, or finds why Tekton refuses it when it is reached.
struct TaskRunBuilder {
  let request: TaskRunRequest
  let configuration: TektonConfiguration
  let tasks: TaskLookup
  let limitRange: VirtualLimitRange?
  let sink: DiagnosticSink

  private var isV1: Bool { configuration.version >= .v1_15 }

  /// The TaskRun.
  func build() -> ResolvedTaskRun {
    var taskRun = ResolvedTaskRun()
    taskRun.parameters = request.params
    taskRun.serviceAccountName = request.serviceAccountName
    taskRun.workspaces = workspaces()
    let values = replacements(taskRun.workspaces)
    taskRun.podTemplate = isV1 ? substituted(request.podTemplate) : request.podTemplate
    taskRun.volumes = (request.spec.volumes + taskRun.podTemplate.volumes).map {
      substituted($0, values)
    }
    let template = request.spec.stepTemplate
    for (index, written) in request.spec.steps.enumerated() {
      let (step, stepValues) = stepAction(of: written, values: values)
      let merged = template.map { StepMerge.step(step, over: $0) } ?? step
      taskRun.steps.append(resolve(merged, named: stepName(step, index), values: stepValues))
    }
    for (index, sidecar) in request.spec.sidecars.enumerated() {
      taskRun.sidecars.append(
        resolve(sidecar, named: sidecar.name ?? "sidecar-\(index)", values: values))
    }
    PodShape(request: request, configuration: configuration, limitRange: limitRange)
      .apply(to: &taskRun)
    taskRun.waitsForReady =
      configuration.awaitsSidecars
      && (configuration.waitsForReadyAnnotation || !taskRun.sidecars.isEmpty)
    taskRun.rejection = rejection()
    return taskRun
  }

  private func stepName(_ step: Step, _ index: Int) -> String {
    step.name.flatMap { $0.isEmpty ? nil : $0 } ?? "unnamed-\(index)"
  }

  // MARK: Values

  /// What references in the task stand for: parameters over defaults over inherited values, then
  /// context, workspaces, results and other paths.
  private func replacements(_ workspaces: [ResolvedWorkspace]) -> Replacements {
    var values = request.inherited
    values.merge(parameterValues(clearing: &values))
    values.strings.merge(
      [
        "context.taskRun.name": request.name,
        "context.taskRun.namespace": request.namespace,
        "context.taskRun.uid": request.uid,
        "context.task.name": request.taskName,
        "context.task.retry-count": "0",
      ]) { $1 }
    for workspace in workspaces {
      let prefix = "workspaces.\(workspace.name)"
      let isBound = workspace.binding != .unbound
      values.strings["\(prefix).path"] = isBound ? workspace.mountPath : ""
      values.strings["\(prefix).bound"] = isBound ? "true" : "false"
      values.strings["\(prefix).volume"] = isBound ? "ws-\(workspace.name)" : ""
      values.strings["\(prefix).claim"] = ""
    }
    for result in request.spec.results {
      for key in Replacements.notations(prefix: "results", name: result.name.value) {
        values.strings["\(key).path"] = "/tekton/results/\(result.name.value)"
      }
    }
    for (index, step) in request.spec.steps.enumerated() {
      let name = stepName(step, index)
      values.strings["steps.step-\(name).exitCode.path"] = "/tekton/steps/step-\(name)/exitCode"
      values.strings["steps.\(name).exitCode.path"] = "/tekton/steps/step-\(name)/exitCode"
    }
    values.strings["credentials.path"] = "/tekton/creds"
    return values
  }

  /// The values of the task's own parameters; names declared or given here hide inherited ones.
  private func parameterValues(clearing inherited: inout Replacements) -> Replacements {
    var values = Replacements()
    for spec in request.spec.params {
      inherited.remove(prefix: "params", name: spec.name.value)
      guard let value = spec.defaultValue else { continue }
      values.add(value, prefix: "params", name: spec.name.value)
    }
    let declared = Set(request.spec.params.map(\.name.value))
    for parameter in request.params {
      // Of an object that the task does not declare, keys not given here come from outside.
      if parameter.value.type != .object || declared.contains(parameter.name) {
        inherited.remove(prefix: "params", name: parameter.name)
      }
      if parameter.value.type != .object { values.remove(prefix: "params", name: parameter.name) }
      values.add(parameter.value, prefix: "params", name: parameter.name)
    }
    // A default may refer to other parameters of the task.
    for spec in request.spec.params
    where !request.params.contains(where: { $0.name == spec.name.value }) {
      guard let value = spec.defaultValue else { continue }
      values.add(values.apply(value), prefix: "params", name: spec.name.value)
    }
    return values
  }

  // MARK: Steps

  /// A step with its StepAction's fields, and the values its own parameters add.
  private func stepAction(of step: Step, values: Replacements) -> (Step, Replacements) {
    guard let reference = step.ref else { return (step, values) }
    let name = reference.name.map { values.apply($0.value) } ?? ""
    guard let action = tasks.stepAction(name), let body = action.spec.steps.first else {
      report(reference, name: name)
      return (step, values)
    }
    var own = values
    for spec in action.spec.params {
      own.remove(prefix: "params", name: spec.name.value)
      if let value = spec.defaultValue {
        own.add(values.apply(value), prefix: "params", name: spec.name.value)
      }
    }
    for parameter in step.params {
      own.add(
        values.apply(parameter.value.value), prefix: "params", name: parameter.name.value)
    }
    var result = step
    result.image = body.image
    result.script = body.script
    result.command = body.command
    result.args = body.args
    result.environment = body.environment + step.environment
    result.workingDir = body.workingDir ?? step.workingDir
    result.volumeMounts = body.volumeMounts + step.volumeMounts
    return (result, own)
  }

  private func report(_ reference: Reference, name: String) {
    guard !request.isAssumed else { return }
    if let remote = reference.resolver {
      sink.error(
        "E0418",
        "a step of '\(request.taskName)' is fetched by the remote resolver '\(remote)', which is not "
          + "simulated", at: reference.location,
        suggestion: "add the StepAction to the manifests, or give the task's duration (--assume)")
      return
    }
    sink.error(
      "E0418", "couldn't find StepAction '\(name)'",
      at: reference.name?.location ?? reference.location,
      suggestion: nearestName(to: name, in: tasks.stepActionNames)
        .map { "did you mean '\($0)'?" })
  }

  private func resolve(_ step: Step, named name: String, values: Replacements) -> ResolvedStep {
    var result = ResolvedStep(
      name: values.apply(name), image: values.apply(step.image?.value ?? ""),
      location: step.location)
    result.script = step.script.map { values.apply($0.value) }
    result.command = values.apply(step.command)
    result.args = values.apply(step.args)
    result.environment = (step.environment).map {
      EnvironmentVariable(name: values.apply($0.name), value: $0.value.map { values.apply($0) })
    }
    result.workingDir = step.workingDir.map { values.apply($0) }
    result.resources = step.resources
    result.timeout = step.timeout
      .flatMap { DurationText.seconds(values.apply($0.value)) }.flatMap { RunTimeouts.limit($0) }
    result.continuesOnError = step.onError.map { values.apply($0) } == "continue"
    result.volumeMounts = step.volumeMounts.map {
      var mount = VolumeMount(
        name: values.apply($0.name), mountPath: values.apply($0.mountPath),
        subPath: $0.subPath.map { values.apply($0) })
      mount.readOnly = $0.readOnly
      return mount
    }
    return result
  }

  private func substituted(_ volume: Volume, _ values: Replacements) -> Volume {
    var result = volume
    result.name = values.apply(volume.name)
    if case .persistentVolumeClaim(let name) = volume.source {
      result.source = .persistentVolumeClaim(name: values.apply(name))
    }
    return result
  }

  /// Since v1.3 a pod template may use the TaskRun's own parameters; what has no value stays.
  private func substituted(_ template: PodTemplate) -> PodTemplate {
    var none = Replacements()
    let values = parameterValues(clearing: &none)
    guard !values.isEmpty else { return template }
    var result = template
    for index in result.nodeSelector.indices {
      result.nodeSelector[index].value = values.apply(template.nodeSelector[index].value)
    }
    for index in result.tolerations.indices {
      result.tolerations[index].key = values.apply(template.tolerations[index].key)
      result.tolerations[index].value = values.apply(template.tolerations[index].value)
    }
    result.schedulerName = template.schedulerName.map { values.apply($0) }
    result.priorityClassName = template.priorityClassName.map { values.apply($0) }
    result.runtimeClassName = template.runtimeClassName.map { values.apply($0) }
    result.environment = template.environment.map {
      EnvironmentVariable(name: $0.name, value: $0.value.map { values.apply($0) })
    }
    result.affinity?.nodeAffinity = template.affinity?.nodeAffinity
      .map { AffinityValues.substituted($0, values) }
    return result
  }
}
