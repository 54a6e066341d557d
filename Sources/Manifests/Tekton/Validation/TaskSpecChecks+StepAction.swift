import GantryModel

extension TaskSpecChecks {
  /// What holds for a step action, whose one step is the specification.
  func checkStepAction() {
    guard let step = spec.steps.first else { return }
    if step.image == nil {
      context.error("E0113", "\(subject): missing field(s): image", at: step.location)
    }
    if let script = step.script {
      if !step.command.isEmpty {
        context.error(
          "E0130", "\(subject): script cannot be used with command", at: script.location)
      }
      if script.value.drop(while: \.isWhitespace).hasPrefix("#!win") {
        context.require(.alpha, for: "windows script support", at: script.location)
      }
      if !VariableReferences(in: script.value, prefix: "params").all.isEmpty {
        context.error(
          "E0121", "\(subject): param substitution in scripts is not allowed",
          at: script.location, suggestion: "pass the parameter through env")
      }
    }
    ParameterChecks(subject: subject, context).checkTypes(spec.params)
    checkUse(of: spec.params)
    checkDeclaredParametersOnly()
    checkStepActionResults(step)
    checkStepActionMounts(step)
  }

  private func checkStepActionResults(_ step: Step) {
    let checks = ResultChecks(subject: subject, context)
    step.results.forEach(checks.check)
    guard let script = step.script else { return }
    let names = Set(step.results.map(\.name.value))
    for prefix in ["step.results", "results"] {
      if let complaint = VariableRules.unknown(in: script.value, prefix: prefix, known: names) {
        context.error("E0120", "\(subject): \(complaint)", at: script.location)
      }
    }
  }

  private func checkStepActionMounts(_ step: Step) {
    for (index, mount) in step.volumeMounts.enumerated() {
      let references = VariableReferences(in: mount.name, prefix: "params").all
      guard references.count == 1, references[0].length == mount.name.utf8.count else {
        context.error(
          "E0131",
          "\(subject): invalid value: '\(mount.name)'; expect the name of a volumeMount to be a"
            + " single param reference",
          at: step.places["volumeMounts[\(index)].name"] ?? step.location)
        return
      }
    }
  }
}
