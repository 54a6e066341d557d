import GantryModel

/// Checks of a task's specification, alone or embedded.
struct TaskSpecChecks {
  let spec: TaskSpec
  let subject: String
  let context: ValidationContext

  init(_ spec: TaskSpec, subject: String, _ context: ValidationContext) {
    self.spec = spec
    self.subject = subject
    self.context = context
  }

  /// What holds everywhere.
  func check() {
    if let place = spec.places["resources"] {
      context.error(
        "E0132",
        "\(subject): must not set the field(s): resources (PipelineResources were removed)",
        at: place)
    }
    if spec.steps.isEmpty {
      context.error("E0113", "\(subject): missing field(s): steps", at: spec.location)
    }
    context.unique(spec.volumes.map(\.name)) {
      "\(subject): multiple volumes with same name '\($0)'"
    }
    checkWorkspaces()
    StepChecks(spec, subject: subject, context).check()
    checkSidecars()
    let parameters = ParameterChecks(subject: subject, context)
    parameters.checkTypes(spec.params)
    checkUse(of: spec.params)
    checkContextVariables()
    checkResults()
  }

  /// Declarations as such and the use of arrays among them.
  func checkUse(of specs: [ParameterSpec]) {
    let parameters = ParameterChecks(subject: subject, context)
    parameters.checkNamesAndEnums(specs)
    parameters.checkNameForms(specs)
    let arrays = DeclaredParameters(specs).arrays
    guard !arrays.isEmpty else { return }
    report("E0121") { text in
      switch text.role {
      case .single: VariableRules.prohibited(in: text.text, prefix: "params", names: arrays)
      case .element: VariableRules.notIsolated(in: text.text, prefix: "params", names: arrays)
      case .setting: nil
      }
    }
  }

  /// What only a task that is declared by itself must keep: it uses no parameters of others.
  func checkDeclaredParametersOnly(_ specs: [ParameterSpec]? = nil) {
    let specs = specs ?? spec.params
    let declared = DeclaredParameters(specs)
    report(
      "E0120", suggestion: { declared.suggestion(for: $0.text) },
      { VariableRules.unknown(in: $0.text, prefix: "params", known: declared.all) })
    for object in declared.objects {
      report("E0120") {
        VariableRules.unknown(
          in: $0.text, prefix: "params.\(object.name)", known: object.keys)
      }
    }
    let objects = declared.objectNames
    if !objects.isEmpty {
      report("E0121") { text in
        guard text.role != .setting else { return nil }
        return VariableRules.prohibitedWhole(in: text.text, prefix: "params", names: objects)
      }
    }
    ParameterChecks(subject: subject, context).checkProperties(specs)
  }

  /// Applies a rule to all texts of all steps.
  func report(
    _ code: String, suggestion: (StepText) -> String? = { _ in nil },
    _ rule: (StepText) -> String?
  ) {
    for (index, step) in spec.steps.enumerated() {
      for text in step.referringTexts {
        guard let complaint = rule(text) else { continue }
        context.error(
          code, "\(subject): \(step.label(index)): \(complaint)", at: text.location,
          suggestion: suggestion(text))
      }
    }
  }

  private func checkContextVariables() {
    let known: [(prefix: String, names: Set<String>)] = [
      ("context.taskRun", ["name", "namespace", "uid"]), ("context.task", ["name", "retry-count"]),
    ]
    for (prefix, names) in known {
      report("E0120") { VariableRules.unknown(in: $0.text, prefix: prefix, known: names) }
    }
  }

  private func checkWorkspaces() {
    context.unique(spec.workspaces.map(\.name)) {
      "\(subject): workspace name '\($0)' must be unique"
    }
    let mounts = (spec.steps + [spec.stepTemplate].compactMap { $0 }).flatMap(\.volumeMounts)
    var paths = Set(mounts.map { Self.clean($0.mountPath) })
    for (index, workspace) in spec.workspaces.enumerated() {
      let path = Self.clean(workspace.mountPath ?? "/workspace/\(workspace.name.value)")
      if !paths.insert(path).inserted {
        context.error(
          "E0131", "\(subject): workspace mount path '\(path)' must be unique",
          at: spec.places["workspaces[\(index)].mountPath"] ?? workspace.name.location)
      }
    }
    let known = Set(spec.workspaces.map(\.name.value))
    for (kind, list) in [("step", spec.steps), ("sidecar", spec.sidecars)] {
      for container in list {
        if let place = container.places["workspaces"], !container.workspaceUses.isEmpty {
          context.require(.beta, for: "\(kind) workspaces", at: place)
        }
        for use in container.workspaceUses where !known.contains(use.value) {
          context.error(
            "E0123", "\(subject): undefined workspace '\(use.value)'", at: use.location,
            suggestion: nearestName(to: use.value, in: known.sorted())
              .map { "did you mean '\($0)'?" })
        }
      }
    }
  }

  /// A path without doubled and trailing slashes and `.` and `..` parts.
  static func clean(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }

  private func checkSidecars() {
    // The name that Tekton gives to its own sidecar for results.
    for sidecar in spec.sidecars where sidecar.name == "tekton-log-results" {
      context.error(
        "E0110", "\(subject): cannot use reserved sidecar name 'tekton-log-results'",
        at: sidecar.places["name"] ?? sidecar.location)
    }
  }

  private func checkResults() {
    let names = Set(spec.results.map(\.name.value))
    for (index, step) in spec.steps.enumerated() {
      guard let script = step.script,
        let complaint = VariableRules.unknown(in: script.value, prefix: "results", known: names)
      else { continue }
      context.error(
        "E0120", "\(subject): \(step.label(index)): \(complaint)", at: script.location)
    }
    let checks = ResultChecks(subject: subject, context)
    for result in spec.results {
      checks.check(result)
      checks.checkValue(result, steps: Set(spec.steps.compactMap(\.name)))
    }
  }
}
