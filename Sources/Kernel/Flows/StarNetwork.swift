public import GantryUnits

/// Nodes with limits of their own around one shared hub: the special case of ``FlowNetwork`` in
/// which each flow crosses one node and the hub, without weights or caps.
///
/// All flows of a node have the same rate, `min(λ, limit ÷ flows)`, and only the kind of the node
/// and its number of flows decide it. So nodes of one kind with the same number of flows form a
/// class with one clock; `λ` is found by filling the classes, the tightest first. A start or an
/// end moves one node from a class to the next: O(classes + log nodes), whatever the number of
/// flows.
///
/// Ends are rounded up to the next whole nanosecond and rates are computed once per round of
/// changes, as in ``FlowNetwork``. Flows that end at one instant come in an order that depends
/// only on the calls made before.
@frozen
public struct StarNetwork: ~Copyable {
  @usableFromInline let hubCapacity: Double
  @usableFromInline let slotsPerNode: Int
  @usableFromInline var nodes: RawBuffer<StarNode>
  @usableFromInline var classes: RawBuffer<StarClass>
  /// The classes in rising order of `limit`.
  @usableFromInline var order: RawBuffer<Int>
  /// Per slot, the mark at which its flow ends, on the node's own clock.
  @usableFromInline var marks: UnsafeMutablePointer<Double>
  @usableFromInline var payloads: UnsafeMutablePointer<UInt32>
  @usableFromInline var clock: Int64
  @usableFromInline var runningFlows: Int
  @usableFromInline var isDirty: Bool
  @usableFromInline var next: Int64?
  @usableFromInline var nextClass: Int

  /// Makes a network without flows.
  ///
  /// - Parameters:
  ///   - hubCapacity: What all flows together can have, in units per second; above 0.
  ///   - nodeCapacities: What the flows of each node can have; each above 0.
  ///   - flowsPerNode: The most flows that a node has at one time, 1 to 64.
  public init(hubCapacity: Double, nodeCapacities: [Double], flowsPerNode: Int) {
    precondition(hubCapacity > 0 && hubCapacity.isFinite, "hub capacity \(hubCapacity)")
    precondition((1...64).contains(flowsPerNode), "\(flowsPerNode) flows are outside 1...64")
    precondition(
      !nodeCapacities.isEmpty && nodeCapacities.allSatisfy { $0 > 0 && $0.isFinite },
      "node capacities must be above 0")
    self.hubCapacity = hubCapacity
    slotsPerNode = flowsPerNode
    nodes = RawBuffer(capacity: nodeCapacities.count)
    let kinds = Array(Set(nodeCapacities)).sorted()
    classes = RawBuffer(capacity: kinds.count * flowsPerNode)
    order = RawBuffer(capacity: kinds.count * flowsPerNode)
    marks = .allocate(capacity: nodeCapacities.count * flowsPerNode)
    payloads = .allocate(capacity: nodeCapacities.count * flowsPerNode)
    clock = 0
    runningFlows = 0
    isDirty = false
    next = nil
    nextClass = 0
    for kind in kinds {
      let members = nodeCapacities.count { $0 == kind }
      for count in 1...flowsPerNode {
        classes.append(StarClass(flowsPerNode: count, nodeCapacity: kind, nodes: members))
      }
    }
    for capacity in nodeCapacities {
      let kind = kinds.firstIndex(of: capacity) ?? 0
      nodes.append(StarNode(firstClass: kind * flowsPerNode))
    }
    let limits = (0..<classes.count).map { classes.base[$0].limit }
    for index in limits.indices.sorted(by: { (limits[$0], $0) < (limits[$1], $1) }) {
      order.append(index)
    }
  }

  deinit {
    for index in 0..<classes.count { classes.base[index].heap.deallocate() }
    nodes.deallocate()
    classes.deallocate()
    order.deallocate()
    marks.deallocate()
    payloads.deallocate()
  }

  /// Forgets all flows and goes back to the start of time; memory is kept.
  public mutating func reset() {
    for index in 0..<classes.count {
      classes.base[index].heap.removeAll()
      classes.base[index].clock = 0
      classes.base[index].rate = 0
    }
    for index in 0..<nodes.count {
      nodes.base[index] = StarNode(firstClass: nodes.base[index].firstClass)
    }
    clock = 0
    runningFlows = 0
    isDirty = false
    next = nil
    nextClass = 0
  }

  /// The number of flows that run.
  @inlinable public var runningCount: Int { runningFlows }

  /// Starts a flow.
  ///
  /// - Parameters:
  ///   - node: The node it crosses, which must have fewer flows than it may have.
  ///   - volume: What to transfer, in units; finite and not negative.
  ///   - payload: The caller's value, given back at the end.
  ///   - instant: Not before the last instant the network has seen, nor after its next event.
  /// - Complexity: O(classes + log nodes).
  @inlinable public mutating func start(
    node: Int, volume: Double, payload: UInt32, at instant: Instant
  ) {
    precondition(node >= 0 && node < nodes.count, "there is no node \(node)")
    precondition(volume >= 0 && volume < .infinity, "volume \(volume) is no volume")
    move(to: instant)
    let state = nodes.base + node
    precondition(state.pointee.count < slotsPerNode, "node \(node) has no free slot")
    let work = leaveClass(node)
    let slot = (~state.pointee.slots).trailingZeroBitCount
    let mark = work + volume * 1e9
    marks[node &* slotsPerNode &+ slot] = mark
    payloads[node &* slotsPerNode &+ slot] = payload
    if state.pointee.count == 0 || mark < state.pointee.firstMark {
      state.pointee.firstSlot = slot
      state.pointee.firstMark = mark
    }
    state.pointee.slots |= 1 &<< UInt64(slot)
    state.pointee.count &+= 1
    runningFlows &+= 1
    enterClass(node, work: work)
  }

  /// The next instant at which a flow ends; nil when none runs.
  @inlinable public mutating func nextEvent() -> Instant? {
    if isDirty { resolve() }
    return next.map { Instant(nanoseconds: $0) }
  }

  /// Takes out the next flow that has ended at `instant` and gives its payload; nil when there is
  /// none left.
  @inlinable public mutating func popCompletion(at instant: Instant) -> UInt32? {
    if isDirty { resolve() }
    guard let next, next <= instant.nanoseconds else { return nil }
    precondition(next == instant.nanoseconds, "the end at \(next) ns was passed over")
    let node = classes.base[nextClass].heap.base[0].node
    move(to: instant)
    let state = nodes.base + node
    let work = leaveClass(node)
    let slot = state.pointee.firstSlot
    state.pointee.slots &= ~(1 &<< UInt64(slot))
    state.pointee.count &-= 1
    runningFlows &-= 1
    findFirst(node)
    enterClass(node, work: work)
    return payloads[node &* slotsPerNode &+ slot]
  }

  /// The rate of each flow of a node, in units per second; 0 when it has none.
  public mutating func rate(ofNode node: Int) -> Double {
    if isDirty { resolve() }
    let state = nodes.base[node]
    return state.count == 0 ? 0 : classes.base[state.firstClass + state.count - 1].rate
  }
}
