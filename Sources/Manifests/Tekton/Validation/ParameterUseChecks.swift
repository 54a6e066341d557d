import GantryModel

/// Checks of references to a pipeline's parameters in one of its tasks.
struct ParameterUseChecks {
  let declared: DeclaredParameters
  let subject: String
  let context: ValidationContext

  init(declared: DeclaredParameters, subject: String, _ context: ValidationContext) {
    self.declared = declared
    self.subject = subject
    self.context = context
  }

  /// A parameter given to the task.
  func check(_ parameter: Parameter) {
    switch parameter.value.value {
    case .array(let texts):
      for text in texts {
        report(declared.complaintAboutElement(text), text, parameter.value.location)
      }
    case .object(let entries):
      for entry in entries {
        report(declared.complaintAboutString(entry.value), entry.value, parameter.value.location)
      }
    case .string(let text):
      if VariableRules.isWholeReference(text, prefix: "params") {
        report(
          VariableRules.unknown(in: text, prefix: "params", known: declared.all), text,
          parameter.value.location)
      } else {
        report(declared.complaintAboutString(text), text, parameter.value.location)
      }
    }
  }

  /// The parameters of a matrix: arrays, and texts in its includes.
  func check(_ matrix: Matrix) {
    for parameter in matrix.include.flatMap(\.params) {
      guard case .string(let text) = parameter.value.value else { continue }
      report(declared.complaintAboutString(text), text, parameter.value.location)
    }
    for parameter in matrix.params {
      guard case .array(let texts) = parameter.value.value else { continue }
      for text in texts {
        report(declared.complaintAboutElement(text), text, parameter.value.location)
      }
    }
  }

  /// A condition.
  func check(_ when: WhenExpression) {
    let input = when.input
    report(declared.complaintAboutString(input.value), input.value, input.location)
    for value in when.values {
      let complaint =
        isWholeArray(value.value)
        ? declared.complaintAboutElement(value.value) : declared.complaintAboutString(value.value)
      report(complaint, value.value, value.location)
    }
  }

  private func isWholeArray(_ text: String) -> Bool {
    guard text.hasPrefix("$(params."), text.hasSuffix("[*])") else { return false }
    return declared.arrays.contains(String(text.dropFirst(9).dropLast(4)))
  }

  private func report(_ complaint: String?, _ text: String, _ location: SourceLocation) {
    guard let complaint else { return }
    let isType = complaint.hasPrefix("variable")
    context.error(
      isType ? "E0121" : "E0120", "\(subject): \(complaint)", at: location,
      suggestion: isType ? nil : declared.suggestion(for: text))
  }
}
