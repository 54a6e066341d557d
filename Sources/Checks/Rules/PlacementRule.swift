import GantryCompiler
import GantryEngine
import GantryModel
import GantryUnits

/// Pods that no node of the cluster would take, even when it is empty.
struct PlacementRule: CheckRule {
  static let selector = FindingKind(
    "E0703", "no node matches the pod's selector or affinity",
    "The scheduler places a pod only on nodes that have all labels it asks for; this one stays "
      + "Pending until its TaskRun times out.",
    remedy: "ask for labels that nodes have, or add a pool that has them")
  static let architecture = FindingKind(
    "E0704", "no node has the architecture",
    "The pod is bound to an architecture that no node of the cluster has.",
    remedy: "add a pool of that architecture, or build under emulation on the nodes there are")
  static let requests = FindingKind(
    "E0705", "the pod's requests fit no node",
    "The requests of all steps are summed for the scheduler, although steps run one after another; "
      + "no node has that much to give.",
    remedy: "lower the steps' requests, or choose a larger instance type")
  static let taint = FindingKind(
    "E0706", "every matching node has a taint that the pod does not tolerate",
    "Nodes that match the pod's selector repel it by a taint.",
    remedy: "add a toleration to the podTemplate, or take the taint away")

  static let kinds = [selector, architecture, requests, taint]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return subject.units.filter(\.nodes.isEmpty).compactMap { finding($0, subject) }
      .filter { seen.insert($0).inserted }
  }

  private func finding(_ unit: TaskRunUnit, _ subject: CheckSubject) -> Diagnostic? {
    let nodes = subject.plan.nodes
    let place = subject.runs[unit.run]
    let task = "task '\(unit.name)' of run '\(place.name.value)'"
    if let wanted = unit.resolved.boundArchitecture,
      !nodes.contains(where: { $0.architecture == wanted })
    {
      let entry = unit.resolved.podTemplate.nodeSelector.first {
        Architecture(spelling: $0.value) == wanted
      }
      return Self.architecture.finding(
        "\(task) runs on \(wanted.rawValue) only, and the cluster has no such node",
        at: entry?.location ?? unit.pipelineTask.location)
    }
    let matching = nodes.indices.filter { matches($0, nodes[$0], unit) }
    if let short = matching.compactMap({ unit.refusals[$0] }).first(where: {
      $0.filter == "NodeResourcesFit"
    }) {
      return Self.requests.finding(
        "\(task) requests \(text(unit.planned.pod.requests)): \(short.reasons.joined(separator: ", "))"
          + " on every node", at: unit.pipelineTask.location,
        suggestion: "the largest matching node offers \(largest(matching.map { nodes[$0] }))")
    }
    if let tainted = matching.compactMap({ unit.refusals[$0] }).first {
      return Self.taint.finding(
        "no node takes \(task): \(tainted.reasons.joined(separator: ", "))",
        at: unit.pipelineTask.location)
    }
    return selectorFinding(task, unit, nodes)
  }

  private func selectorFinding(
    _ task: String, _ unit: TaskRunUnit, _ nodes: [PlannedNode]
  ) -> Diagnostic {
    let entries = unit.resolved.podTemplate.nodeSelector
    let bad = entries.first { entry in !nodes.contains { $0.labels[entry.key] == entry.value } }
    guard let entry = bad ?? entries.first else {
      let reasons = Set(unit.refusals.compactMap { $0?.reasons }.flatMap(\.self)).sorted()
      return Self.selector.finding(
        "no node takes \(task): \(reasons.joined(separator: ", "))",
        at: unit.pipelineTask.location)
    }
    let values = Set(nodes.compactMap { $0.labels[entry.key] }).sorted()
    let keys = Set(nodes.flatMap(\.labels.keys)).sorted()
    let help =
      values.isEmpty
      ? nearestName(to: entry.key, in: keys).map { "did you mean '\($0)'?" }
      : "nodes have \(entry.key): \(values.joined(separator: ", "))"
    return Self.selector.finding(
      "no node has the label \(entry.key)=\(entry.value)"
        + (bad == nil ? " together with the others" : "") + ", which \(task) asks for",
      at: entry.location, suggestion: help)
  }

  /// Whether a node has the labels that the pod asks for, whatever else keeps the pod away.
  private func matches(_ index: Int, _ node: PlannedNode, _ unit: TaskRunUnit) -> Bool {
    unit.refusals[index]?.filter != "NodeAffinity"
      && unit.resolved.podTemplate.nodeSelector.allSatisfy { node.labels[$0.key] == $0.value }
  }

  private func text(_ amounts: ResourceList) -> String {
    amounts.sorted { $0.key < $1.key }.map { "\($0.key) \(ResourceText.text($0.key, $0.value))" }
      .joined(separator: ", ")
  }

  private func largest(_ nodes: [PlannedNode]) -> String {
    text(
      ["cpu", "memory"].reduce(into: ResourceList()) { list, name in
        list[name] = nodes.compactMap { $0.allocatable[name] }.max()
      })
  }
}
