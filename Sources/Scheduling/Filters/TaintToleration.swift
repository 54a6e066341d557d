import GantryModel

extension Toleration {
  /// Whether this puts up with a taint.
  func tolerates(_ taint: Taint) -> Bool {
    if let effect, effect != taint.effect { return false }
    if !key.isEmpty, key != taint.key { return false }
    return `operator` == .exists || value == taint.value
  }
}

/// Refuses nodes with taints that the pod does not tolerate, and ranks by those it would rather
/// not have.
enum TaintToleration {
  static func refusal(_ shape: CompiledShape, node: Int, in state: ClusterState) -> Refusal? {
    untolerated(state.nodes[node].node.taints, by: shape.shape.tolerations)
      .map(Refusal.untoleratedTaint)
  }

  /// The first taint that keeps pods away and that none of the tolerations covers.
  static func untolerated(_ taints: [Taint], by tolerations: [Toleration]) -> Taint? {
    taints.first { taint in
      taint.effect != .preferNoSchedule && !tolerations.contains { $0.tolerates(taint) }
    }
  }
}
