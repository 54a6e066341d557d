/// The scorers of the default profile over the feasible nodes.
enum ScoreChain {
  /// The top of every scorer's scale.
  static let best: Int64 = 100

  /// One scorer's weighted scores, one for each feasible node.
  struct Column {
    var plugin: ScorePlugin
    var scores: [Int64]
  }

  /// The weighted scores of all scorers that have something to say.
  static func columns(
    _ attempt: Attempt, _ nodes: [Int], in state: ClusterState
  ) -> [Column] {
    ScorePlugin.allCases.compactMap { plugin in
      normalised(plugin, attempt, nodes, in: state).map { scores in
        Column(plugin: plugin, scores: scores.map { $0 * plugin.weight })
      }
    }
  }

  private static func normalised(
    _ plugin: ScorePlugin, _ attempt: Attempt, _ nodes: [Int], in state: ClusterState
  ) -> [Int64]? {
    switch plugin {
    case .taintToleration: TaintToleration.scores(attempt.shape, nodes, in: state)
    case .nodeAffinity: NodeAffinityPlugin.scores(attempt, nodes, in: state)
    case .nodeResourcesFit:
      nodes.map { LeastAllocated.score(attempt.shape.requests, state.usage[$0]) }
    // Scores of bound volumes came with a feature gate that is off.
    case .volumeBinding: nodes.map { _ in 0 }
    case .podTopologySpread: PodTopologySpread.scores(attempt, nodes, in: state)
    case .interPodAffinity: InterPodAffinity.scores(attempt, nodes, in: state)
    case .nodeResourcesBalancedAllocation:
      BalancedAllocation.isSkipped(attempt)
        ? nil
        : nodes.map { BalancedAllocation.score(attempt.shape.requests, state.usage[$0]) }
    case .imageLocality: nodes.map { ImageLocality.score(attempt, node: $0, in: state) }
    }
  }
}
