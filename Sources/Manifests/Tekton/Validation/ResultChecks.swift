import GantryModel

/// Checks of results that tasks and steps declare.
struct ResultChecks {
  let subject: String
  let context: ValidationContext

  init(subject: String, _ context: ValidationContext) {
    self.subject = subject
    self.context = context
  }

  /// Name, type and properties.
  func check(_ result: ResultSpec) {
    let name = result.name
    if !NameRules.isResultName(name.value) {
      context.error(
        "E0110",
        "\(subject): invalid key name '\(name.value)' of a result: letters, digits, '-', '_' and"
          + " '.', beginning and ending with a letter or digit",
        at: name.location)
    } else if let unknown = result.unknownType {
      context.error(
        "E0135",
        "\(subject): result '\(name.value)' has the type '\(unknown.value)'; it must be string,"
          + " array or object",
        at: unknown.location)
    } else if result.type == .object {
      checkProperties(result)
    }
  }

  private func checkProperties(_ result: ResultSpec) {
    if result.places["properties"] == nil {
      context.error(
        "E0135", "\(subject): missing field(s): \(result.name.value).properties",
        at: result.name.location)
    } else if !result.invalidProperties.isEmpty {
      context.error(
        "E0135",
        "\(subject): result '\(result.name.value)': the properties"
          + " \(result.invalidProperties.joined(separator: ", ")) must be of type string",
        at: result.places["properties"] ?? result.name.location)
    }
  }

  /// A value must be one reference to a result of a step.
  func checkValue(_ result: ResultSpec, steps: Set<String>) {
    guard let value = result.value else { return }
    guard case .string(let text) = value.value else {
      context.error(
        "E0135",
        "\(subject): result '\(result.name.value)': the value must be a reference to a step's result",
        at: value.location)
      return
    }
    let inner = text.hasPrefix("$(") && text.hasSuffix(")") ? text.dropFirst(2).dropLast() : ""
    let parts = inner.split(separator: ".", omittingEmptySubsequences: false)
    guard (4...5).contains(parts.count), parts[0] == "steps", parts[2] == "results" else {
      context.error(
        "E0135",
        "\(subject): result '\(result.name.value)': could not extract step name and result name;"
          + " write $(steps.<stepName>.results.<resultName>)",
        at: value.location)
      return
    }
    if !NameRules.isLabel(String(parts[1])) {
      context.error(
        "E0135",
        "\(subject): result '\(result.name.value)': '\(parts[1])' is not a name of a step",
        at: value.location)
    }
  }
}
