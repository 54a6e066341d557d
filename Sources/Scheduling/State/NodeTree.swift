/// The order in which nodes are examined: round-robin over zones in order of first appearance,
/// in a zone by insertion.
struct NodeTree: Sendable {
  private var zones: [(key: String?, nodes: [NodeID])] = []
  /// All nodes in order, as of the last `refresh`.
  private(set) var order: [NodeID] = []
  private var isStale = false

  mutating func add(_ node: NodeID, zone: String?) {
    if let index = zones.firstIndex(where: { $0.key == zone }) {
      zones[index].nodes.append(node)
    } else {
      zones.append((zone, [node]))
    }
    isStale = true
  }

  mutating func remove(_ node: NodeID, zone: String?) {
    guard let index = zones.firstIndex(where: { $0.key == zone }) else { return }
    zones[index].nodes.removeAll { $0 == node }
    if zones[index].nodes.isEmpty { zones.remove(at: index) }
    isStale = true
  }

  /// Brings `order` up to date.
  mutating func refresh() {
    guard isStale else { return }
    isStale = false
    order.removeAll(keepingCapacity: true)
    let longest = zones.map(\.nodes.count).max() ?? 0
    for position in 0..<longest {
      for zone in zones where position < zone.nodes.count { order.append(zone.nodes[position]) }
    }
  }
}
