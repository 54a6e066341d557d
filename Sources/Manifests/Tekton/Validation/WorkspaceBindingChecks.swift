import GantryModel

/// Checks of what a run gives for workspaces.
struct WorkspaceBindingChecks {
  let subject: String
  let context: ValidationContext

  init(subject: String, _ context: ValidationContext) {
    self.subject = subject
    self.context = context
  }

  private static let sources = [
    "persistentVolumeClaim", "volumeClaimTemplate", "emptyDir", "configMap", "secret", "projected",
    "csi",
  ]

  /// Each binding has exactly one source with its name, and no name occurs twice.
  func check(_ bindings: [WorkspaceBinding], ignoringCase: Bool) {
    for binding in bindings { check(binding) }
    context.unique(bindings.map(\.name), ignoringCase: ignoringCase) {
      "\(subject): workspace '\($0)' is provided more than once"
    }
  }

  private func check(_ binding: WorkspaceBinding) {
    let label = "\(subject): workspace '\(binding.name.value)'"
    let written = Self.sources.filter { binding.places[$0] != nil }
    if written.count > 1 {
      context.error(
        "E0124", "\(label): expected exactly one, got both: \(written.joined(separator: ", "))",
        at: binding.places[written[1]])
    } else if written.isEmpty {
      context.error(
        "E0124",
        "\(label): expected exactly one, got neither: \(Self.sources.joined(separator: ", "))",
        at: binding.location)
    } else if let missing = missingField(binding) {
      context.error(
        "E0124", "\(label): missing field(s): \(missing)",
        at: binding.places[written[0]] ?? binding.location)
    }
  }

  private func missingField(_ binding: WorkspaceBinding) -> String? {
    switch binding.source {
    case .persistentVolumeClaim(let name): name.isEmpty ? "persistentVolumeClaim.claimName" : nil
    case .configMap(let name): name.isEmpty ? "configMap.name" : nil
    case .secret(let name): name.isEmpty ? "secret.secretName" : nil
    case .projected: binding.places["projected.sources"] == nil ? "projected.sources" : nil
    case .csi(let driver): driver.isEmpty ? "csi.driver" : nil
    case .emptyDir, .volumeClaimTemplate: nil
    }
  }
}
