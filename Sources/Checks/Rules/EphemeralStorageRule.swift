import GantryModel
import GantryUnits

/// TaskRuns that write more to their node's disk than it has, or than their limit allows.
struct EphemeralStorageRule: CheckRule {
  static let overflow = FindingKind(
    "W0712", "a TaskRun overflows its node's ephemeral storage",
    "emptyDir volumes, container layers and images share the node's disk; with the vfs driver every "
      + "layer is a full copy of the image. The kubelet evicts pods when the disk is nearly full.",
    remedy: "give the nodes larger root volumes, use the overlay driver, or clean up between steps")

  static let kinds = [overflow]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.units.compactMap { unit in
      let nodes = unit.nodes.map { subject.plan.nodes[$0] }
      let written = nodes.map { bytes(of: unit, on: $0, subject.plan) }
      if let limit = limit(of: unit), let most = written.max(), most > limit {
        return Self.overflow.finding(
          "task '\(unit.name)' writes up to \(ResourceText.gib(most)) to the node's disk, more than "
            + "its containers' ephemeral-storage limit of \(ResourceText.gib(limit))",
          at: unit.pipelineTask.location)
      }
      let full = zip(nodes, written).first { node, bytes in
        node.allocatable["ephemeral-storage"].map { bytes > Double($0.value) } ?? false
      }
      guard let (node, bytes) = full, let room = node.allocatable["ephemeral-storage"] else {
        return nil
      }
      return Self.overflow.finding(
        "task '\(unit.name)' writes up to \(ResourceText.gib(bytes)) to the disk of node "
          + "'\(node.name)', which has \(ResourceText.gib(Double(room.value))) for pods",
        at: unit.pipelineTask.location)
    }
  }

  /// What the TaskRun's steps write to the node's disk, and its images unpacked: an upper bound, since
  /// what steps remove again is counted too.
  private func bytes(of unit: TaskRunUnit, on node: PlannedNode, _ plan: Plan) -> Double {
    let architecture = node.architecture.index
    var total = 0.0
    for phase in unit.planned.steps.flatMap({ $0.phases[architecture] }) {
      for case .transfer(let transfer) in phase.demands
      where transfer.target == .nodeDisk && transfer.direction == .write {
        total += transfer.bytes
      }
    }
    for image in unit.planned.images {
      total += Double(plan.images[image].sizes[architecture]?.unpacked.count ?? 0)
    }
    return total
  }

  /// The limits of all containers together; nil when one has none.
  private func limit(of unit: TaskRunUnit) -> Double? {
    var sum = 0.0
    for step in unit.resolved.steps + unit.resolved.sidecars {
      guard let limit = step.resources.limits["ephemeral-storage"] else { return nil }
      sum += Double(limit.value)
    }
    return sum
  }
}
