/// Refuses all nodes but the one that the pod names.
enum NodeName {
  static func refusal(_ shape: CompiledShape, node: Int, in state: ClusterState) -> Refusal? {
    guard let name = shape.nodeName, name != state.nodes[node].name else { return nil }
    return .otherNodeNamed
  }
}
