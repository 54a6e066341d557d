import GantryModel

/// Refuses cordoned nodes to pods that do not tolerate it.
enum NodeUnschedulable {
  static let taint = Taint(key: "node.kubernetes.io/unschedulable", effect: .noSchedule)

  static func refusal(_ shape: CompiledShape, node: Int, in state: ClusterState) -> Refusal? {
    guard state.nodes[node].node.isUnschedulable else { return nil }
    let isTolerated = shape.shape.tolerations.contains { $0.tolerates(taint) }
    return isTolerated ? nil : .nodeUnschedulable
  }
}
