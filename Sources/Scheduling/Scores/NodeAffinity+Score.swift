extension NodeAffinityPlugin {
  /// The weight of the preferred terms that a node meets.
  static func preference(_ shape: CompiledShape, node: Int, in state: ClusterState) -> Int64 {
    let record = state.nodes[node]
    return shape.preferredTerms.reduce(0) { sum, each in
      each.term.matches(name: record.name, labels: record.labels, state.symbols)
        ? sum + each.weight : sum
    }
  }

  /// The highest weight first; nil when it is skipped, which 1.30 and later do without terms.
  static func scores(_ attempt: Attempt, _ nodes: [Int], in state: ClusterState) -> [Int64]? {
    if attempt.minor >= 30, attempt.shape.preferredTerms.isEmpty { return nil }
    let raw = nodes.map { preference(attempt.shape, node: $0, in: state) }
    let most = raw.max() ?? 0
    return raw.map { normalised($0, most: most) }
  }

  @inline(__always)
  static func normalised(_ raw: Int64, most: Int64) -> Int64 {
    most == 0 ? 0 : ScoreChain.best * raw / most
  }
}
