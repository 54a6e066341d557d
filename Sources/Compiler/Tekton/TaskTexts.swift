internal import GantryModel

/// The texts of a task in which references are replaced.
enum TaskTexts {
  /// Names of workspaces that steps, sidecars or the step template refer to, in order.
  static func workspacesUsed(in spec: TaskSpec) -> [String] {
    var names: [String] = []
    for step in spec.steps + spec.sidecars + (spec.stepTemplate.map { [$0] } ?? []) {
      for text in texts(of: step) {
        for key in references(in: text) where key.hasPrefix("workspaces.") {
          let name = String(key.dropFirst("workspaces.".count).prefix { $0 != "." })
          if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
      }
    }
    return names
  }

  private static func texts(of step: Step) -> [String] {
    var texts = step.command + step.args + step.environment.compactMap(\.value)
    texts += [step.image?.value, step.script?.value, step.workingDir].compactMap { $0 }
    texts += step.volumeMounts.flatMap { [$0.mountPath, $0.subPath ?? ""] }
    return texts
  }
}
