import GantryModel

/// Checks of the steps of a task.
struct StepChecks {
  let spec: TaskSpec
  let subject: String
  let context: ValidationContext

  init(_ spec: TaskSpec, subject: String, _ context: ValidationContext) {
    self.spec = spec
    self.subject = subject
    self.context = context
  }

  /// All steps, with what the template gives them.
  func check() {
    var names: [Located<String>] = []
    for (index, step) in spec.steps.enumerated() {
      let label = "\(subject): \(step.label(index))"
      if step.ref != nil {
        checkReference(step, label)
      } else {
        checkContainer(step, label)
      }
      if let name = step.name {
        let place = step.places["name"] ?? step.location
        names.append(Located(name, at: place))
        if !NameRules.isLabel(name) {
          context.error(
            "E0110", "\(subject): invalid value '\(name)': a step's name must be a valid DNS label",
            at: place)
        }
      }
      checkSettings(step, label)
      checkOwnResults(step, label)
    }
    context.unique(names) { "\(subject): two steps are called '\($0)'" }
  }

  private func checkContainer(_ step: Step, _ label: String) {
    if let place = step.places["params"], !step.params.isEmpty {
      context.error("E0133", "\(label): params cannot be used without Ref", at: place)
    }
    if step.image == nil, spec.stepTemplate?.image == nil {
      context.error("E0113", "\(label): missing field(s): image", at: step.location)
    }
    let hasCommand = !step.command.isEmpty || !(spec.stepTemplate?.command ?? []).isEmpty
    if let script = step.script, hasCommand {
      context.error("E0130", "\(label): script cannot be used with command", at: script.location)
    }
    if !step.results.isEmpty, needsStepActionFlag {
      context.error(
        "E0116",
        "\(label): feature flag enable-step-actions should be set to true in order to use Results"
          + " in Steps",
        at: step.places["results"])
    }
  }

  /// Whether step actions are still behind their flag, which is off by default before v1.0.
  private var needsStepActionFlag: Bool {
    context.version < .v1_15 && context.level < .alpha && !context.features.allowsStepActions
  }

  private func checkReference(_ step: Step, _ label: String) {
    if needsStepActionFlag {
      context.error(
        "E0116",
        "\(label): feature flag enable-step-actions should be set to true to reference StepActions"
          + " in Steps",
        at: step.places["ref"])
    }
    step.ref.map { ReferenceChecks(subject: label, context).check($0) }
    let given: [(field: String, isGiven: Bool)] = [
      ("image", step.image != nil), ("command", !step.command.isEmpty),
      ("args", !step.args.isEmpty), ("script", step.script != nil),
      ("env", step.places["env"] != nil), ("volumeMounts", !step.volumeMounts.isEmpty),
      ("results", !step.results.isEmpty),
    ]
    for (field, isGiven) in given where isGiven {
      context.error(
        "E0133", "\(label): \(field) cannot be used with Ref", at: step.places[field])
    }
  }

  private func checkSettings(_ step: Step, _ label: String) {
    if let timeout = step.timeout, let duration = GoDuration(timeout.value),
      duration.nanoseconds < 0
    {
      context.error(
        "E0128", "\(label): negative timeout \(duration)", at: timeout.location)
    }
    if let onError = step.onError, !onError.hasPrefix("$(params"),
      !["continue", "stopAndFail"].contains(onError)
    {
      context.error(
        "E0127",
        "\(label): invalid value: '\(onError)'; onError must be either \"continue\" or"
          + " \"stopAndFail\"",
        at: step.places["onError"] ?? step.location)
    }
    checkMounts(step, label)
    if let script = step.script, script.value.drop(while: \.isWhitespace).hasPrefix("#!win") {
      context.require(.alpha, for: "windows script support", at: script.location)
    }
    if let place = step.places["stdoutConfig"] {
      context.require(.alpha, for: "step stdout stream support", at: place)
    }
    if let place = step.places["stderrConfig"] {
      context.require(.alpha, for: "step stderr stream support", at: place)
    }
  }

  private func checkMounts(_ step: Step, _ label: String) {
    for (index, mount) in step.volumeMounts.enumerated() {
      if mount.mountPath.hasPrefix("/tekton/"), !mount.mountPath.hasPrefix("/tekton/home") {
        context.error(
          "E0131",
          "\(label): volumeMount cannot be mounted under /tekton/ (volumeMount '\(mount.name)'"
            + " mounted at '\(mount.mountPath)')",
          at: step.places["volumeMounts[\(index)].mountPath"])
      }
      if mount.name.hasPrefix("tekton-internal-") {
        context.error(
          "E0131",
          "\(label): volumeMount name '\(mount.name)' cannot start with \"tekton-internal-\"",
          at: step.places["volumeMounts[\(index)].name"])
      }
    }
  }

  private func checkOwnResults(_ step: Step, _ label: String) {
    guard step.places["results"] != nil else { return }
    let checks = ResultChecks(subject: label, context)
    step.results.forEach(checks.check)
    guard let script = step.script else { return }
    let names = Set(step.results.map(\.name.value))
    for prefix in ["step.results", "results"] {
      if let complaint = VariableRules.unknown(in: script.value, prefix: prefix, known: names) {
        context.error("E0120", "\(label): \(complaint)", at: script.location)
      }
    }
  }
}
