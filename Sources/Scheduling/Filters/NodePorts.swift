/// Refuses nodes on which a host port of the pod is in use.
enum NodePorts {
  static func refusal(_ shape: CompiledShape, node: Int, in state: ClusterState) -> Refusal? {
    let used = state.nodes[node].ports
    for wanted in shape.hostPorts {
      let isTaken = used.contains {
        $0.port == wanted.port && $0.transport == wanted.transport
          && ($0.address == wanted.address || $0.address == nil || wanted.address == nil)
      }
      if isTaken { return .portInUse }
    }
    return nil
  }
}
