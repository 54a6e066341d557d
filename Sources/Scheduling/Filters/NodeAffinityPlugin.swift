/// Refuses nodes without the labels that the pod selects, and ranks by those it prefers.
enum NodeAffinityPlugin {
  static func refusal(_ shape: CompiledShape, node: Int, in state: ClusterState) -> Refusal? {
    isMatched(shape, node: node, in: state) ? nil : .nodeAffinity
  }

  /// Whether the node has the selected labels and meets a required term.
  static func isMatched(_ shape: CompiledShape, node: Int, in state: ClusterState) -> Bool {
    let record = state.nodes[node]
    for label in shape.nodeSelector where record.labels[label.key] != label.value { return false }
    guard let terms = shape.requiredTerms else { return true }
    return terms.contains {
      $0.matches(name: record.name, labels: record.labels, state.symbols)
    }
  }
}
