import GantryModel

/// Steps whose image does not exist for the nodes that their pod can get.
struct ImageArchitectureRule: CheckRule {
  static let missing = FindingKind(
    "E0719", "a step's image does not exist for the pod's architecture",
    "The node pulls the image for its own architecture; where the manifest has none, the pull fails "
      + "and the TaskRun with it.",
    remedy: "use a multi-architecture image, or bind the task to the image's architecture")
  static let partly = FindingKind(
    "W0720", "a step's image exists for some of the pod's nodes only",
    "Nothing keeps the scheduler from a node whose architecture the image lacks.",
    remedy: "add a nodeSelector kubernetes.io/arch, or use a multi-architecture image")

  static let kinds = [missing, partly]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return subject.units.flatMap { unit in
      (unit.resolved.steps + unit.resolved.sidecars).compactMap { finding($0, unit, subject) }
    }.filter { seen.insert($0).inserted }
  }

  private func finding(
    _ step: ResolvedStep, _ unit: TaskRunUnit, _ subject: CheckSubject
  ) -> Diagnostic? {
    let possible = Set(unit.nodes.map { subject.plan.nodes[$0].architecture })
    guard
      let image = unit.planned.images.lazy.map({ subject.plan.images[$0] })
        .first(where: { $0.name == step.image })
    else { return nil }
    let lacking = possible.filter { image.sizes[$0.index] == nil }
    guard !lacking.isEmpty else { return nil }
    let names = lacking.map(\.rawValue).sorted().joined(separator: ", ")
    let kind = lacking == possible ? Self.missing : Self.partly
    return kind.finding(
      "step '\(step.name)' of task '\(unit.name)' may run on \(names), for which its image "
        + "'\(image.name)' does not exist", at: step.location)
  }
}
