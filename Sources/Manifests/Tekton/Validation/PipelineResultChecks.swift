import GantryModel

/// Checks of the results that a pipeline makes from its tasks' results.
struct PipelineResultChecks {
  let spec: PipelineSpec
  let subject: String
  let context: ValidationContext

  init(_ spec: PipelineSpec, subject: String, _ context: ValidationContext) {
    self.spec = spec
    self.subject = subject
    self.context = context
  }

  /// Each result must refer to results of tasks that exist.
  func check() {
    for result in spec.results {
      guard let complaint = complaint(about: result.value.value) else { continue }
      context.error(
        "E0129", "\(subject): result '\(result.name.value)': \(complaint)",
        at: result.value.location)
    }
  }

  private func complaint(about value: ParameterValue) -> String? {
    let expressions = value.texts.flatMap(VariableReferences.expressions)
    if expressions.isEmpty {
      return "expected pipeline results to be task result expressions but no expressions were found"
    }
    let candidates = expressions.filter(ResultReference.looksLikeOne)
    if candidates.isEmpty {
      return
        "expected pipeline results to be task result expressions but an invalid expressions was"
        + " found"
    }
    if let bad = candidates.first(where: { ResultReference($0) == nil }) {
      return "expected all of the expressions to be result expressions but '\(bad)' is none"
    }
    if case .string(let text) = value, !namesExistingTasks(text) {
      return "referencing a nonexistent task"
    }
    return nil
  }

  /// Whether a text consists of references to results of existing tasks; text before the first
  /// reference is refused too.
  private func namesExistingTasks(_ text: String) -> Bool {
    let names = Set(spec.tasks.map(\.name.value))
    let finalNames = Set(spec.finally.map(\.name.value))
    return text.split(separator: "$").allSatisfy { piece in
      let expression = piece.hasPrefix("(") ? String(piece.dropFirst()) : "$" + piece
      guard
        let reference = ResultReference(
          expression.hasSuffix(")") ? String(expression.dropLast()) : expression)
      else { return false }
      return reference.section == "tasks"
        ? names.contains(reference.task) : finalNames.contains(reference.task)
    }
  }
}
