import GantryModel

extension TaintToleration {
  /// The number of taints that the pod would rather avoid.
  static func aversion(_ shape: CompiledShape, node: Int, in state: ClusterState) -> Int64 {
    Int64(
      state.nodes[node].node.taints.count { taint in
        taint.effect == .preferNoSchedule
          && !shape.preferenceTolerations.contains { $0.tolerates(taint) }
      })
  }

  /// The fewest such taints first.
  static func scores(
    _ shape: CompiledShape, _ nodes: [Int], in state: ClusterState
  ) -> [Int64] {
    let raw = nodes.map { aversion(shape, node: $0, in: state) }
    let most = raw.max() ?? 0
    return raw.map { normalised($0, most: most) }
  }

  @inline(__always)
  static func normalised(_ raw: Int64, most: Int64) -> Int64 {
    most == 0 ? ScoreChain.best : ScoreChain.best - ScoreChain.best * raw / most
  }
}
