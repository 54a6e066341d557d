import GantryModel

/// Secrets and ServiceAccounts that runs name and the manifests lack, although they bring others.
struct MissingObjectRule: CheckRule {
  static let missing = FindingKind(
    "W0723", "a Secret or ServiceAccount is not among the manifests",
    "The manifests bring objects of this kind, so that one that is named and not there looks "
      + "forgotten; a pod that names a missing one is not created or never starts.",
    remedy: "add the object, or name one that is there")

  static let kinds = [missing]

  /// ServiceAccounts that are in every namespace.
  ///
  /// Source: Kubernetes ('default'); OpenShift Pipelines documentation ('pipeline') and OpenShift
  /// ('builder', 'deployer'), read 2026-11-25.
  private static let everywhere: Set<String> = ["default", "pipeline", "builder", "deployer"]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    accounts(subject) + secrets(subject)
  }

  private func names(of kind: String, _ subject: CheckSubject) -> Set<String> {
    Set(
      (subject.manifests.skipped + subject.cluster.skipped).filter { $0.kind == kind }
        .map(\.name))
  }

  private func accounts(_ subject: CheckSubject) -> [Diagnostic] {
    let known = names(of: "ServiceAccount", subject)
    guard !known.isEmpty else { return [] }
    var seen: Set<Diagnostic> = []
    return subject.units.compactMap { unit in
      let name = unit.resolved.serviceAccountName
      guard !known.contains(name), !Self.everywhere.contains(name) else { return nil }
      return finding(
        "ServiceAccount", name, known, "run '\(subject.runs[unit.run].name.value)'",
        at: subject.runs[unit.run].location)
    }.filter { seen.insert($0).inserted }
  }

  private func secrets(_ subject: CheckSubject) -> [Diagnostic] {
    let known = names(of: "Secret", subject)
    guard !known.isEmpty else { return [] }
    return subject.manifests.pipelineRuns.flatMap { run in
      run.workspaces.compactMap { workspace in
        guard case .secret(let name) = workspace.source, !known.contains(name) else { return nil }
        return finding(
          "Secret", name, known, "workspace '\(workspace.name.value)' of run '\(run.name.value)'",
          at: workspace.location)
      }
    }
  }

  private func finding(
    _ kind: String, _ name: String, _ known: Set<String>, _ user: String,
    at place: SourceLocation
  ) -> Diagnostic {
    Self.missing.finding(
      "\(user) names the \(kind) '\(name)', which is not among the manifests", at: place,
      suggestion: nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
        ?? "the manifests have \(known.sorted().joined(separator: ", "))")
  }
}
