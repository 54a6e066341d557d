import GantryModel

/// Checks of resources that a run sets for steps, sidecars or the whole task.
struct OverrideChecks {
  let subject: String
  let context: ValidationContext

  init(subject: String, _ context: ValidationContext) {
    self.subject = subject
    self.context = context
  }

  /// Maturity, names, and resources given at both levels.
  func check(
    steps: [TaskRunSpecOverride.ComputeOverride], sidecars: [TaskRunSpecOverride.ComputeOverride],
    places: FieldPlaces
  ) {
    let needed: TektonAPILevel = context.version < .v1_15 ? .alpha : .beta
    if let place = places["stepSpecs"] ?? places["stepOverrides"] {
      context.require(needed, for: "stepSpecs", at: place)
    }
    if let place = places["sidecarSpecs"] ?? places["sidecarOverrides"] {
      context.require(needed, for: "sidecarSpecs", at: place)
    }
    for (kind, list) in [("stepSpecs", steps), ("sidecarSpecs", sidecars)] {
      for override in list where override.name.value.isEmpty {
        context.error(
          "E0113", "\(subject): missing field(s): \(kind).name", at: override.name.location)
      }
      context.unique(list.map(\.name).filter { !$0.value.isEmpty }, ignoringCase: true) {
        "\(subject): expected exactly one, got both: \(kind) of '\($0)'"
      }
    }
    guard let place = places["computeResources"] else { return }
    context.require(.beta, for: "computeResources", at: place)
    if steps.contains(where: { $0.resources != ResourceRequirements() }) {
      context.error(
        "E0138",
        "\(subject): expected exactly one, got both: computeResources, stepSpecs.computeResources",
        at: place)
    }
  }
}
