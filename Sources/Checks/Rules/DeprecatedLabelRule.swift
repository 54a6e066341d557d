import GantryModel

/// Node labels that Kubernetes has replaced.
struct DeprecatedLabelRule: CheckRule {
  static let deprecated = FindingKind(
    "W0713", "a node selector uses a deprecated label",
    "Kubernetes keeps the old label beside the new one for now and may stop to.",
    remedy: "use the label's successor")

  static let kinds = [deprecated]

  /// Source: Kubernetes reference, well-known labels, annotations and taints, read 2026-11-25.
  private static let successors = [
    "beta.kubernetes.io/arch": "kubernetes.io/arch",
    "beta.kubernetes.io/os": "kubernetes.io/os",
    "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
    "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
    "node-role.kubernetes.io/master": "node-role.kubernetes.io/control-plane",
  ]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    let runs = subject.manifests.pipelineRuns
    let templates =
      runs.flatMap { [$0.podTemplate] + $0.taskRunSpecs.map(\.podTemplate) }
      + subject.manifests.taskRuns.map(\.podTemplate)
    let entries = templates.compactMap(\.self).flatMap(\.nodeSelector)
    let written = entries.compactMap { entry in
      Self.successors[entry.key].map { finding(entry.key, successor: $0, at: entry.location) }
    }
    return written + affinities(subject)
  }

  /// Labels inside affinities, whose places are not kept: the task is named instead.
  private func affinities(_ subject: CheckSubject) -> [Diagnostic] {
    subject.units.flatMap { unit -> [Diagnostic] in
      let affinity = unit.resolved.podTemplate.affinity?.nodeAffinity
      let terms = (affinity?.required ?? []) + (affinity?.preferred.map(\.preference) ?? [])
      return Set(terms.flatMap(\.matchExpressions).map(\.key)).sorted().compactMap { key in
        Self.successors[key].map {
          finding(key, successor: $0, at: unit.pipelineTask.location)
        }
      }
    }
  }

  private func finding(_ key: String, successor: String, at place: SourceLocation) -> Diagnostic {
    Self.deprecated.finding(
      "the node label '\(key)' is deprecated", at: place, suggestion: "write '\(successor)'")
  }
}
