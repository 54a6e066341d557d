/// Refuses nodes on which a pod would make its kind spread too unevenly, and ranks by evenness.
enum PodTopologySpread {
  /// A hard constraint with the counts of a state.
  struct HardCounts: Sendable {
    var constraint: CompiledShape.Spread
    /// Matching pods by domain, over the nodes that count.
    var pods: [Int64]
    /// The least count of any domain that counts; zero with fewer domains than demanded.
    var least: Int64
  }

  static func hardCounts(_ attempt: Attempt, in state: ClusterState) -> [HardCounts] {
    let constraints = attempt.shape.hardSpread
    guard !constraints.isEmpty else { return [] }
    return constraints.map { constraint in
      let column = state.columns[constraint.column]
      var pods = [Int64](repeating: 0, count: column.domainCount)
      var isDomain = [Bool](repeating: false, count: column.domainCount)
      for node in state.tree.order.map(\.index)
      where hasAllKeys(constraints, node: node, in: state)
        && isIncluded(constraint, attempt.shape, node: node, in: state)
      {
        let domain = Int(column.domainOfNode[node])
        isDomain[domain] = true
        pods[domain] += Int64(state.spread.matchers[constraint.matcher].count(on: node))
      }
      let counts = pods.indices.filter { isDomain[$0] }.map { pods[$0] }
      // Without any domain the real code's least count is the largest 32-bit number.
      let least = counts.count < constraint.minDomains ? 0 : counts.min() ?? Int64(Int32.max)
      return HardCounts(constraint: constraint, pods: pods, least: least)
    }
  }

  static func refusal(_ counts: [HardCounts], node: Int, in state: ClusterState) -> Refusal? {
    for each in counts {
      let domain = state.columns[each.constraint.column].domainOfNode[node]
      guard domain != TopologyColumn.noDomain else { return .spreadLabelMissing }
      let own: Int64 = each.constraint.matchesItself ? 1 : 0
      if each.pods[Int(domain)] + own - each.least > each.constraint.maxSkew {
        return .spreadSkew
      }
    }
    return nil
  }

  static func hasAllKeys(
    _ constraints: [CompiledShape.Spread], node: Int, in state: ClusterState
  ) -> Bool {
    constraints.allSatisfy {
      state.columns[$0.column].domainOfNode[node] != TopologyColumn.noDomain
    }
  }

  /// Whether the pods of a node count, by the constraint's policies on affinity and taints.
  static func isIncluded(
    _ constraint: CompiledShape.Spread, _ shape: CompiledShape, node: Int,
    in state: ClusterState
  ) -> Bool {
    if constraint.honoursAffinity, !NodeAffinityPlugin.isMatched(shape, node: node, in: state) {
      return false
    }
    guard constraint.honoursTaints else { return true }
    let taints = state.nodes[node].node.taints
    return TaintToleration.untolerated(taints, by: shape.shape.tolerations) == nil
  }
}
