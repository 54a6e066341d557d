/// A node of a star network.
@frozen @usableFromInline
struct StarNode: BitwiseCopyable {
  /// The class of the node's kind with one flow; the class with `j` flows is `j − 1` further on.
  @usableFromInline let firstClass: Int
  /// Slots that have a flow, one bit each.
  @usableFromInline var slots: UInt64 = 0
  /// The number of flows.
  @usableFromInline var count = 0
  /// What to add to the clock of the node's class to get the node's own.
  @usableFromInline var offset = 0.0
  /// The slot that finishes first.
  @usableFromInline var firstSlot = 0
  /// The mark at which it does, on the node's own clock.
  @usableFromInline var firstMark = 0.0
  /// The node's place in the heap of its class.
  @usableFromInline var position = 0

  @inlinable init(firstClass: Int) { self.firstClass = firstClass }
}

/// The nodes of one kind that have the same number of flows.
@frozen @usableFromInline
struct StarClass: BitwiseCopyable {
  /// The number of flows of each node.
  @usableFromInline let flowsPerNode: Double
  /// The limit of a node.
  @usableFromInline let nodeCapacity: Double
  /// The rate of a flow when the node's limit binds.
  @usableFromInline let limit: Double
  /// Work per flow, in billionths of a unit.
  @usableFromInline var clock = 0.0
  /// The rate of each flow, in units per second.
  @usableFromInline var rate = 0.0
  /// The nodes by the clock value at which their next flow ends, a heap.
  @usableFromInline var heap: RawBuffer<StarEntry>

  @inlinable init(flowsPerNode: Int, nodeCapacity: Double, nodes: Int) {
    self.flowsPerNode = Double(flowsPerNode)
    self.nodeCapacity = nodeCapacity
    limit = nodeCapacity / Double(flowsPerNode)
    heap = RawBuffer(capacity: nodes)
  }
}

/// An entry in the heap of a class.
@frozen @usableFromInline
struct StarEntry: BitwiseCopyable {
  /// The clock value of the class at which the node's next flow ends.
  @usableFromInline var key: Double
  @usableFromInline var node: Int

  @inlinable init(key: Double, node: Int) {
    self.key = key
    self.node = node
  }
}
