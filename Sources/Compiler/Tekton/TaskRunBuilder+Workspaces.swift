internal import GantryModel

extension TaskRunBuilder {
  /// The task's workspaces with what is given for them, declared ones first.
  func workspaces() -> [ResolvedWorkspace] {
    var result: [ResolvedWorkspace] = []
    for declared in request.spec.workspaces {
      let given = request.workspaces.first { $0.name == declared.name.value }
      var workspace = ResolvedWorkspace(
        name: declared.name.value,
        mountPath: declared.mountPath.map { parameterText($0) }
          ?? "/workspace/\(declared.name.value)",
        binding: given?.binding ?? .unbound, subPath: given?.subPath)
      workspace.readOnly = declared.readOnly
      result.append(workspace)
    }
    guard request.isEmbedded else { return result }
    for given in request.workspaces where !result.contains(where: { $0.name == given.name }) {
      result.append(
        ResolvedWorkspace(
          name: given.name, mountPath: "/workspace/\(given.name)", binding: given.binding,
          subPath: given.subPath))
    }
    return result
  }

  private func parameterText(_ text: String) -> String {
    var values = request.inherited
    for spec in request.spec.params {
      if let value = spec.defaultValue {
        values.add(value, prefix: "params", name: spec.name.value)
      }
    }
    for parameter in request.params {
      values.add(parameter.value, prefix: "params", name: parameter.name)
    }
    return values.apply(text)
  }

  /// Why Tekton fails the TaskRun as soon as it looks at it; nil when it does not.
  func rejection() -> ResolvedPipelineRun.RunFailure? {
    guard let what = refusal() else { return nil }
    return .init(reason: "TaskRunValidationFailed", message: "[User error] \(what)")
  }

  private func refusal() -> String? {
    let given = Set(request.params.map(\.name))
    let missing = request.spec.params.filter {
      $0.defaultValue == nil && !given.contains($0.name.value)
    }
    if !missing.isEmpty {
      return "invalid input params for task \(request.taskName): missing values for these params "
        + "which have no default values: [\(missing.map(\.name.value).joined(separator: " "))]"
    }
    if let what = valueRefusal() {
      return "invalid input params for task \(request.taskName): \(what)"
    }
    let names = request.spec.steps.enumerated().map { $1.name ?? "unnamed-\($0)" }
    for entry in request.stepSpecs where !names.contains(entry.name.value) {
      return "invalid StepOverride: No Step named \(entry.name.value)"
    }
    let sidecars = request.spec.sidecars.map { $0.name ?? "" }
    for entry in request.sidecarSpecs where !sidecars.contains(entry.name.value) {
      return "invalid SidecarOverride: No Sidecar named \(entry.name.value)"
    }
    return workspaceRefusal()
  }

  /// Values of another type, and objects without all keys.
  private func valueRefusal() -> String? {
    let given = request.params.map { (name: $0.name, value: $0.value) }
    let wrong = WrongTypes.names(request.spec.params, given: given)
    if !wrong.isEmpty {
      return "param types don't match the user-specified type: [\(wrong.joined(separator: " "))]"
    }
    return MissingKeys(request.spec.params, given: given).map {
      "missing keys for these params which are required in ParamSpec's properties \($0.text)"
    }
  }

  private func workspaceRefusal() -> String? {
    let bound = Set(request.workspaces.map(\.name))
    for declared in request.spec.workspaces
    where !declared.optional && !bound.contains(declared.name.value) {
      return "declared workspace \"\(declared.name.value)\" is required but has not been bound"
    }
    let declared = Set(request.spec.workspaces.map(\.name.value))
    if !request.isEmbedded {
      for workspace in request.workspaces where !declared.contains(workspace.name) {
        return "workspace binding \"\(workspace.name)\" does not match any declared workspace"
      }
    }
    guard configuration.coschedule == .workspaces else { return nil }
    let claims = Set(request.workspaces.compactMap(\.claim))
    return claims.count > 1 ? Self.twoClaims : nil
  }

  /// Tekton's words for a TaskRun with several claims while each claim has its affinity assistant.
  static let twoClaims = "more than one PersistentVolumeClaim is bound"
}

extension PipelineRunResolver {
  /// What to do about a refusal; nil where its message says it.
  func remedy(of rejection: ResolvedPipelineRun.RunFailure) -> String? {
    guard rejection.message.hasSuffix(TaskRunBuilder.twoClaims) else { return nil }
    let flag =
      version == .v0_59
      ? "disable-affinity-assistant: \"true\""
      : "coschedule: disabled, or pipelineruns for one node"
    return "bind one claim to all of its workspaces, each with a subPath of its own; or do without "
      + "the affinity assistant for each claim (feature-flags: \(flag))"
  }
}
