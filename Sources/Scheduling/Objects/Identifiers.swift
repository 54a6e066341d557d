/// A node of a cluster state: its slot, which is not used again after the node is removed.
public struct NodeID: Hashable, Sendable, Comparable {
  /// The position in the state's table of nodes.
  public let index: Int

  /// Makes an id from a slot.
  @inlinable public init(index: Int) { self.index = index }

  @inlinable public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
}

/// A registered pod shape: everything that placement depends on but the claims.
public struct PodShapeID: Hashable, Sendable {
  /// The position in the state's table of shapes.
  public let index: Int

  /// Makes an id from a slot.
  @inlinable public init(index: Int) { self.index = index }
}

/// A pod that was placed on a node; the id is free for another pod after its removal.
public struct PlacedPodID: Hashable, Sendable {
  /// The position in the state's table of pods.
  public let index: Int

  /// Makes an id from a slot.
  @inlinable public init(index: Int) { self.index = index }
}

/// A PersistentVolumeClaim by namespace and name, whether or not it exists yet.
public struct ClaimID: Hashable, Sendable {
  /// The position in the state's table of claims.
  public let index: Int

  /// Makes an id from a slot.
  @inlinable public init(index: Int) { self.index = index }
}

/// A pod that waits for the victims on the node it was promised.
public struct NominationID: Hashable, Sendable {
  /// A serial number that is never given twice in a state.
  public let number: Int

  /// Makes an id from a serial number.
  @inlinable public init(number: Int) { self.number = number }
}
