/// A pod that is promised a node on which its victims still end.
struct Nomination: Sendable {
  var id: NominationID
  var shape: PodShapeID
  var claims: [ClaimID]
  var node: NodeID
}

extension ClusterState {
  /// Promises a node to a waiting pod, so that pods of lower priority leave it room.
  public mutating func nominate(
    _ shape: PodShapeID, claims: [ClaimID] = [], to node: NodeID
  ) -> NominationID {
    nominationCount += 1
    let id = NominationID(number: nominationCount)
    nominations.append(.init(id: id, shape: shape, claims: claims, node: node))
    return id
  }

  /// Takes a promise back: the pod was placed, deleted or promised another node.
  public mutating func removeNomination(_ id: NominationID) {
    nominations.removeAll { $0.id == id }
  }

  /// The node of a promise, if it still holds.
  public func node(of nomination: NominationID) -> NodeID? {
    nominations.first { $0.id == nomination }?.node
  }

  /// Takes back the promises of a node to pods of a lower priority, and names them.
  public mutating func removeNominations(on node: NodeID, below priority: Int) -> [NominationID] {
    let isLower = { (each: Nomination, state: ClusterState) in
      each.node == node && state.shapes[each.shape.index].shape.priority < priority
    }
    let lower = nominations.filter { isLower($0, self) }.map(\.id)
    nominations.removeAll { lower.contains($0.id) }
    return lower
  }
}
