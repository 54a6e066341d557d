import GantryModel

/// Checks of the conditions of a pipeline task.
struct WhenChecks {
  let task: PipelineTask
  let subject: String
  let context: ValidationContext

  init(_ task: PipelineTask, subject: String, _ context: ValidationContext) {
    self.task = task
    self.subject = subject
    self.context = context
  }

  /// Each condition by itself.
  func check() {
    for when in task.when {
      if let expression = when.cel {
        checkExpression(expression, of: when)
      } else {
        checkFields(of: when)
      }
    }
  }

  private func checkExpression(_ expression: Located<String>, of when: WhenExpression) {
    if !context.features.allowsCEL {
      context.error(
        "E0116",
        "\(subject): feature flag enable-cel-in-whenexpression should be set to true to use CEL",
        at: expression.location)
    } else if !when.input.value.isEmpty || !when.operator.value.isEmpty || !when.values.isEmpty {
      context.error(
        "E0125",
        "\(subject): cel and input+operator+values cannot be set in one WhenExpression",
        at: when.location)
    }
  }

  private func checkFields(of when: WhenExpression) {
    if when.input.value.isEmpty, when.operator.value.isEmpty, when.values.isEmpty {
      context.error("E0125", "\(subject): a when expression is empty", at: when.location)
    } else if !["in", "notin"].contains(when.operator.value) {
      context.error(
        "E0125",
        "\(subject): operator \"\(when.operator.value)\" is not recognized. valid operators:"
          + " in,notin",
        at: when.operator.location,
        suggestion: nearestName(to: when.operator.value, in: ["in", "notin"])
          .map { "did you mean '\($0)'?" })
    } else if when.values.isEmpty {
      context.error("E0125", "\(subject): expecting non-empty values field", at: when.location)
    }
  }
}
