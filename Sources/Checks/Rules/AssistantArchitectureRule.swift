import GantryModel

/// Tasks that the affinity assistant wants on one node and their selectors on different ones.
struct AssistantArchitectureRule: CheckRule {
  static let oneNode = FindingKind(
    "E0707", "the affinity assistant keeps tasks on one node that no single node can run",
    "Tekton places all pods that share a claim (or all of a run) on the node of one small pod, the "
      + "affinity assistant; a task bound to another architecture or pool then stays Pending.",
    remedy:
      "set coschedule: disabled (in Tekton 0.59 disable-affinity-assistant: \"true\") and use "
      + "ReadWriteMany claims")

  static let kinds = [oneNode]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    guard subject.plan.tekton.coschedule != .disabled else { return [] }
    return subject.runs.indices.flatMap { run -> [Diagnostic] in
      let units = subject.units(of: run).filter { $0.planned.rejection == nil && !$0.nodes.isEmpty }
      guard subject.plan.tekton.coschedule == .workspaces else {
        return finding(units, what: "run '\(subject.runs[run].name.value)'", subject).map { [$0] }
          ?? []
      }
      return subject.runs[run].claims.indices.compactMap { claim in
        finding(
          units.filter { $0.planned.claims.contains(claim) },
          what: "the claim of workspace '\(subject.runs[run].claims[claim].workspace)'", subject)
      }
    }
  }

  /// The first unit that shares no node with those before it.
  private func finding(
    _ units: [TaskRunUnit], what: String, _ subject: CheckSubject
  ) -> Diagnostic? {
    guard let first = units.first else { return nil }
    var common = Set(first.nodes)
    for unit in units.dropFirst() {
      let left = common.intersection(unit.nodes)
      if left.isEmpty {
        return Self.oneNode.finding(
          "\(what) is kept on one node (coschedule: "
            + "\(subject.plan.tekton.coschedule.rawValue)), but tasks '\(first.name)'"
            + "\(text(first)) and '\(unit.name)'\(text(unit)) have no node in common",
          at: unit.resolved.podTemplate.nodeSelector.first?.location ?? unit.pipelineTask.location,
          notes: [.init("'\(first.name)' is here", at: first.pipelineTask.location)])
      }
      common = left
    }
    return nil
  }

  private func text(_ unit: TaskRunUnit) -> String {
    unit.architecture.map { " (\($0.rawValue))" } ?? ""
  }
}
