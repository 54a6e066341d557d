import GantryModel
import GantryUnits

/// TaskRuns that fill their node's disk, or pass a limit on it.
struct EphemeralStorageRule: CheckRule {
  static let overflow = FindingKind(
    "W0712", "a TaskRun overflows its node's ephemeral storage",
    "emptyDir volumes, container layers and images share the node's disk; with the vfs driver every "
      + "layer is a full copy of the image. The kubelet evicts pods when less than 15 % of it is free, "
      + "and those that pass a limit of their own.",
    remedy: "give the nodes larger root volumes, use the overlay driver, or clean up between steps")

  static let kinds = [overflow]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.units.compactMap { unit in
      let nodes = unit.nodes.map { subject.plan.nodes[$0] }
      let peaks = nodes.map { node in
        FootprintPeaks(
          of: unit.planned, architecture: node.architecture,
          nodeMemory: Double(node.memory.count)
        ).disk
      }
      if let limit = limit(of: unit), let most = peaks.max(), most > limit {
        return Self.overflow.finding(
          "task '\(unit.name)' has up to \(ResourceText.gib(most)) on its node's disk at once, more "
            + "than its containers' ephemeral-storage limit of \(ResourceText.gib(limit))",
          at: unit.pipelineTask.location)
      }
      for (node, peak) in zip(nodes, peaks) {
        let beside = node.platformDisk + images(of: unit, on: node, subject.plan)
        let most = Double(node.containerDisk.count) * (1 - subject.plan.kubelet.diskReserve)
        guard peak > 0, beside + peak > most else { continue }
        return Self.overflow.finding(
          "task '\(unit.name)' has up to \(ResourceText.gib(peak)) on the disk of node "
            + "'\(node.name)' at once; with \(ResourceText.gib(beside)) of system and images it "
            + "passes the \(ResourceText.gib(most)) above which the kubelet evicts",
          at: unit.pipelineTask.location)
      }
      return nil
    }
  }

  /// The images of the TaskRun, unpacked.
  private func images(of unit: TaskRunUnit, on node: PlannedNode, _ plan: Plan) -> Double {
    unit.planned.images.reduce(0) { sum, image in
      sum + Double(plan.images[image].sizes[node.architecture.index]?.unpacked.count ?? 0)
    }
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
