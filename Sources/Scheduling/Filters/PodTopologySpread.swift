/// Refuses nodes on which a pod would make its kind spread too unevenly, and ranks by evenness.
enum PodTopologySpread {
  /// A hard constraint with the counts of a state.
  struct HardCounts: Sendable {
    var constraint: CompiledShape.Spread
    /// Matching pods by domain, over the nodes that count.
    var pods: [Int64]
    /// The domains that count.
    var domains: [Int]
    /// Whether there are fewer domains than demanded.
    var isShort: Bool
    /// The least count of any domain that counts; zero with fewer domains than demanded.
    var least: Int64

    /// Takes the least count anew; without any domain it is the largest 32-bit number.
    mutating func refresh() {
      least = isShort ? 0 : domains.map { pods[$0] }.min() ?? Int64(Int32.max)
    }

    /// Notes that a pod was added or removed on trial on a node that passes the other filters.
    mutating func note(
      _ pod: ClusterState.PlacedPod, times sign: Int64, for attempt: Attempt,
      in state: ClusterState
    ) {
      let shape = state.shapes[pod.shape]
      guard shape.namespace == attempt.shape.namespace,
        hasAllKeys(attempt.shape.hardSpread, node: pod.node, in: state),
        state.spread.matchers[constraint.matcher].selector.matches(shape.labels)
      else { return }
      pods[Int(state.columns[constraint.column].domainOfNode[pod.node])] += sign
      refresh()
    }
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
      let domains = pods.indices.filter { isDomain[$0] }
      var counts = HardCounts(
        constraint: constraint, pods: pods, domains: domains,
        isShort: domains.count < constraint.minDomains, least: 0)
      counts.refresh()
      return counts
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
