import GantryModel

/// Checks of final tasks and of references to how tasks ended.
struct FinallyChecks {
  let spec: PipelineSpec
  let subject: String
  let context: ValidationContext

  init(_ spec: PipelineSpec, subject: String, _ context: ValidationContext) {
    self.spec = spec
    self.subject = subject
    self.context = context
  }

  /// All rules.
  func check() {
    if spec.tasks.isEmpty, !spec.finally.isEmpty {
      context.error(
        "E0117",
        "\(subject): spec.tasks is empty but spec.finally has \(spec.finally.count) tasks",
        at: spec.places["finally"] ?? spec.location)
    }
    for task in spec.tasks { checkNoStatus(task) }
    let names = Set(spec.tasks.map(\.name.value))
    let finalNames = Set(spec.finally.map(\.name.value))
    for task in spec.finally {
      if let first = task.runAfter.first {
        context.error(
          "E0117",
          "\(subject): no runAfter allowed under spec.finally, final task '\(task.name.value)' has"
            + " runAfter specified",
          at: first.location)
      }
      checkStatus(task, names: names)
      checkResults(task, names: names, finalNames: finalNames)
    }
  }

  /// The expressions of each parameter and condition with its place.
  private func expressions(_ task: PipelineTask) -> [Located<[String]>] {
    task.params.map { parameter in
      Located(
        parameter.value.value.texts.flatMap(VariableReferences.expressions),
        at: parameter.value.location)
    }
      + task.when.map { when in
        Located(when.texts.flatMap(VariableReferences.expressions), at: when.location)
      }
  }

  private func isStatus(_ expression: String) -> Bool {
    expression.hasPrefix("tasks.")
      && (expression.hasSuffix(".status") || expression.hasSuffix(".reason"))
      || expression == "tasks.status"
  }

  private func checkNoStatus(_ task: PipelineTask) {
    for found in expressions(task) {
      guard !found.value.contains(where: ResultReference.looksLikeOne),
        found.value.contains(where: isStatus)
      else { continue }
      context.error(
        "E0136",
        "\(subject): task '\(task.name.value)': pipeline tasks can not refer to execution status of"
          + " any other pipeline task or aggregate status of tasks",
        at: found.location)
    }
  }

  private func checkStatus(_ task: PipelineTask, names: Set<String>) {
    for found in expressions(task)
    where !found.value.contains(where: ResultReference.looksLikeOne) {
      for expression in found.value where isStatus(expression) && expression != "tasks.status" {
        let name = String(expression.dropFirst("tasks.".count).dropLast(".status".count))
        guard !names.contains(name) else { continue }
        context.error(
          "E0136",
          "\(subject): task '\(task.name.value)': pipeline task '\(name)' is not defined in the"
            + " pipeline",
          at: found.location,
          suggestion: nearestName(to: name, in: names.sorted()).map { "did you mean '\($0)'?" })
      }
    }
  }

  private func checkResults(_ task: PipelineTask, names: Set<String>, finalNames: Set<String>) {
    for found in expressions(task) {
      for reference in found.value.compactMap({ ResultReference($0) }) {
        let start =
          "\(subject): invalid task result reference, final task '\(task.name.value)' has task"
          + " result reference from a"
        if finalNames.contains(reference.task) {
          context.error("E0129", "\(start) final task \(reference.task)", at: found.location)
        } else if !names.contains(reference.task) {
          context.error(
            "E0129",
            "\(start) task \(reference.task) which is not defined in the pipeline",
            at: found.location,
            suggestion: nearestName(to: reference.task, in: names.sorted())
              .map { "did you mean '\($0)'?" })
        }
      }
    }
  }
}
