/// Ranks the nodes that already have the pod's larger images first.
enum ImageLocality {
  /// Images of less than this in all do not count (23 MiB).
  ///
  /// Source: Kubernetes 1.28, ImageLocality minThreshold, read 2026-11-23.
  private static let least: Int64 = 23 * 1024 * 1024
  /// More than this a container does not count (1,000 MiB).
  ///
  /// Source: Kubernetes 1.28, ImageLocality maxContainerThreshold, read 2026-11-23.
  private static let mostPerContainer: Int64 = 1000 * 1024 * 1024

  static func score(_ attempt: Attempt, node: Int, in state: ClusterState) -> Int64 {
    let countsInit = attempt.minor >= 30
    return score(
      attempt.shape, countsInit: countsInit, id: NodeID(index: node), in: state)
  }

  static func score(
    _ shape: CompiledShape, countsInit: Bool, id: NodeID, in state: ClusterState
  ) -> Int64 {
    var sum: Int64 = 0
    var count = shape.images.count
    for name in shape.images { sum += presence(of: name, on: id, in: state) }
    if countsInit {
      count += shape.initImages.count
      for name in shape.initImages { sum += presence(of: name, on: id, in: state) }
    }
    let most = mostPerContainer * Int64(count)
    guard most > least else { return 0 }
    return ScoreChain.best * (min(max(sum, least), most) - least) / (most - least)
  }

  /// The size of an image on the node, scaled down the fewer nodes have it.
  ///
  /// The real scheduler counts the nodes when it last heard of this one, up to 5 minutes ago (kubelet's
  /// nodeStatusReportFrequency), so that it may be behind after pulls elsewhere; here the count is true.
  private static func presence(of name: String, on id: NodeID, in state: ClusterState) -> Int64 {
    guard let entry = state.images.entries[name], entry.nodes.contains(id) else { return 0 }
    let share = Double(entry.nodes.count) / Double(state.nodeCount)
    return Int64(Double(entry.size) * share)
  }
}
