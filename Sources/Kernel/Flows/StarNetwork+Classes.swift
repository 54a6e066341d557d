public import GantryUnits

extension StarNetwork {
  /// Brings the clocks of all classes to `instant`.
  @inlinable @inline(__always)
  mutating func move(to instant: Instant) {
    let elapsed = instant.nanoseconds &- clock
    guard elapsed != 0 else { return }
    precondition(elapsed > 0, "time goes back to \(instant.nanoseconds) ns")
    if isDirty { resolve() }
    if let next { precondition(instant.nanoseconds <= next, "the end at \(next) ns passed over") }
    let span = Double(elapsed)
    for index in 0..<classes.count {
      classes.base[index].clock += classes.base[index].rate * span
    }
    clock = instant.nanoseconds
  }

  /// Takes a node out of its class.
  ///
  /// - Returns: The node's own clock, which starts anew when it has no flow.
  @inlinable @inline(__always)
  mutating func leaveClass(_ node: Int) -> Double {
    isDirty = true
    let state = nodes.base + node
    guard state.pointee.count > 0 else { return 0 }
    let old = classes.base + (state.pointee.firstClass &+ state.pointee.count &- 1)
    remove(at: state.pointee.position, from: old)
    return old.pointee.clock + state.pointee.offset
  }

  /// Puts a node into the class that its number of flows calls for.
  @inlinable @inline(__always)
  func enterClass(_ node: Int, work: Double) {
    let state = nodes.base + node
    guard state.pointee.count > 0 else { return }
    let new = classes.base + (state.pointee.firstClass &+ state.pointee.count &- 1)
    let offset = work - new.pointee.clock
    state.pointee.offset = offset
    let entry = StarEntry(key: state.pointee.firstMark - offset, node: node)
    new.pointee.heap.count &+= 1
    siftUp(entry, from: new.pointee.heap.count &- 1, in: new.pointee.heap.base)
  }

  /// Finds the flow of a node that ends first.
  @inlinable @inline(__always)
  func findFirst(_ node: Int) {
    let state = nodes.base + node
    let own = marks + node &* slotsPerNode
    var rest = state.pointee.slots
    guard rest != 0 else { return }
    var first = rest.trailingZeroBitCount
    rest &= rest &- 1
    while rest != 0 {
      let slot = rest.trailingZeroBitCount
      rest &= rest &- 1
      if own[slot] < own[first] { first = slot }
    }
    state.pointee.firstSlot = first
    state.pointee.firstMark = own[first]
  }

  /// Computes the rates of all classes and the next end.
  @inlinable
  mutating func resolve() {
    isDirty = false
    guard runningFlows > 0 else {
      next = nil
      return
    }
    // The tightest classes get their nodes' limits while those are below an equal share.
    var left = hubCapacity
    var flows = Double(runningFlows)
    var bound = 0
    while bound < order.count {
      let state = classes.base + order.base[bound]
      let count = Double(state.pointee.heap.count)
      if count > 0 {
        if state.pointee.limit * flows >= left { break }
        left -= state.pointee.nodeCapacity * count
        flows -= state.pointee.flowsPerNode * count
      }
      state.pointee.rate = state.pointee.limit
      bound &+= 1
    }
    var soonest = Double.infinity
    for place in 0..<bound {
      let index = order.base[place]
      let state = classes.base + index
      guard state.pointee.heap.count > 0 else { continue }
      let wait = (state.pointee.heap.base[0].key - state.pointee.clock) / state.pointee.rate
      if wait < soonest {
        soonest = wait
        nextClass = index
      }
    }
    if bound < order.count { shareHub(from: bound, level: left / flows, soonest: &soonest) }
    setNext(after: soonest)
  }

  /// Gives the classes from `bound` on the same rate, and looks for an end sooner than `soonest`.
  @inlinable @inline(__always)
  mutating func shareHub(from bound: Int, level: Double, soonest: inout Double) {
    var least = Double.infinity
    var leastClass = 0
    for place in bound..<order.count {
      let index = order.base[place]
      let state = classes.base + index
      state.pointee.rate = level
      guard state.pointee.heap.count > 0 else { continue }
      let work = state.pointee.heap.base[0].key - state.pointee.clock
      if work < least {
        least = work
        leastClass = index
      }
    }
    if least / level < soonest {
      soonest = least / level
      nextClass = leastClass
    }
  }

  @inlinable @inline(__always)
  mutating func setNext(after wait: Double) {
    guard wait > 0 else {
      next = clock
      return
    }
    guard let span = ceilingNanoseconds(wait) else {
      next = nil
      return
    }
    let (end, overflow) = clock.addingReportingOverflow(span)
    next = overflow ? nil : end
  }

  @inlinable @inline(__always)
  func place(_ entry: StarEntry, at hole: Int, in base: UnsafeMutablePointer<StarEntry>) {
    base[hole] = entry
    nodes.base[entry.node].position = hole
  }

  @inlinable @inline(__always)
  func siftUp(_ entry: StarEntry, from start: Int, in base: UnsafeMutablePointer<StarEntry>) {
    var hole = start
    while hole > 0 {
      let parent = (hole &- 1) &>> 1
      if !(entry.key < base[parent].key) { break }
      place(base[parent], at: hole, in: base)
      hole = parent
    }
    place(entry, at: hole, in: base)
  }

  @inlinable @inline(__always)
  func siftDown(
    _ entry: StarEntry, from start: Int, in base: UnsafeMutablePointer<StarEntry>, count: Int
  ) {
    var hole = start
    while true {
      var child = 2 &* hole &+ 1
      if child >= count { break }
      if child &+ 1 < count, base[child &+ 1].key < base[child].key { child &+= 1 }
      if !(base[child].key < entry.key) { break }
      place(base[child], at: hole, in: base)
      hole = child
    }
    place(entry, at: hole, in: base)
  }

  @inlinable @inline(__always)
  func remove(at hole: Int, from state: UnsafeMutablePointer<StarClass>) {
    let base = state.pointee.heap.base
    let count = state.pointee.heap.count &- 1
    state.pointee.heap.count = count
    guard hole < count else { return }
    let last = base[count]
    if hole > 0, last.key < base[(hole &- 1) &>> 1].key {
      siftUp(last, from: hole, in: base)
    } else {
      siftDown(last, from: hole, in: base, count: count)
    }
  }
}
