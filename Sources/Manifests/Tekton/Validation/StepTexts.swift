import GantryModel

/// A text of a step that may hold references.
struct StepText {
  /// What may stand in it.
  enum Role {
    /// One value.
    case single
    /// An element of a list, which an array may replace.
    case element
    /// Names of the step's error handling.
    case setting
  }

  var field: String
  var text: String
  var role: Role
  var location: SourceLocation
}

extension Step {
  /// The texts that Tekton searches for references, only those that have any.
  var referringTexts: [StepText] {
    var texts: [StepText] = []
    func add(_ field: String, _ text: String?, _ role: StepText.Role) {
      guard let text, text.contains("$(") else { return }
      texts.append(
        StepText(field: field, text: text, role: role, location: places[field] ?? location))
    }
    add("name", name, .single)
    add("image", image?.value, .single)
    add("workingDir", workingDir, .single)
    add("script", script?.value, .single)
    for (index, text) in command.enumerated() { add("command[\(index)]", text, .element) }
    for (index, text) in args.enumerated() { add("args[\(index)]", text, .element) }
    for (index, variable) in environment.enumerated() {
      add("env[\(index)].value", variable.value, .single)
    }
    for (index, mount) in volumeMounts.enumerated() {
      add("volumeMounts[\(index)].name", mount.name, .single)
      add("volumeMounts[\(index)].mountPath", mount.mountPath, .single)
      add("volumeMounts[\(index)].subPath", mount.subPath, .single)
    }
    add("onError", onError, .setting)
    return texts
  }

  /// How the step is called in messages.
  func label(_ index: Int) -> String { name.map { "step '\($0)'" } ?? "step \(index + 1)" }
}
