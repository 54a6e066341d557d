public import GantryUnits

/// The pending events of one simulation: a four-way heap ordered by instant, phase and insertion.
///
/// The queue owns its memory and keeps it across `reset()`. Nothing is ever taken out of the
/// middle: to cancel, let the caller keep a generation number per target and ignore events that
/// carry an old one.
@frozen
public struct EventQueue: ~Copyable {
  @usableFromInline var heap: RawBuffer<Event>
  @usableFromInline var nextSequence: UInt64
  @usableFromInline var lastTime: Int64

  /// Makes an empty queue with room for `capacity` events; it grows when needed.
  @inlinable public init(minimumCapacity capacity: Int = 256) {
    heap = RawBuffer(capacity: max(capacity, 1))
    nextSequence = 0
    lastTime = 0
  }

  deinit { heap.deallocate() }

  /// The number of pending events.
  @inlinable public var count: Int { heap.count }

  /// Whether nothing is pending.
  @inlinable public var isEmpty: Bool { heap.count == 0 }

  /// The instant of the next event, nil when nothing is pending.
  @inlinable public var minTime: Instant? {
    heap.count == 0 ? nil : Instant(nanoseconds: heap.base[0].time)
  }

  /// The next event, left in the queue; nil when nothing is pending.
  @inlinable public var min: Event? { heap.count == 0 ? nil : heap.base[0] }

  /// The instant of the last event taken out; nothing can be added before it.
  @inlinable public var now: Instant { Instant(nanoseconds: lastTime) }

  /// The number of events pushed since the last reset.
  @inlinable public var pushed: UInt64 { nextSequence }

  /// Forgets all events and starts numbering anew; the memory is kept.
  @inlinable public mutating func reset() {
    heap.removeAll()
    nextSequence = 0
    lastTime = 0
  }

  /// Adds an event.
  ///
  /// An event at the present instant runs in its turn, even in a phase that has passed.
  ///
  /// - Precondition: `instant` is not before ``now``.
  /// - Complexity: O(log n), usually O(1) for an event later than most.
  @inlinable public mutating func push(
    at instant: Instant, phase: EventPhase, kind: UInt32 = 0, payload: UInt32
  ) {
    let event = makeEvent(at: instant, phase: phase, kind: kind, payload: payload)
    if heap.count == heap.capacity { heap.grow() }
    heap.count &+= 1
    siftUp(event, from: heap.count &- 1)
  }

  /// Takes out the next event, nil when nothing is pending.
  ///
  /// - Complexity: O(log n).
  @inlinable public mutating func popMin() -> Event? {
    guard heap.count > 0 else { return nil }
    let first = heap.base[0]
    lastTime = first.time
    heap.count &-= 1
    if heap.count > 0 { siftDown(heap.base[heap.count]) }
    return first
  }

  /// Takes out the next event and adds another in one pass; cheaper than `popMin` and `push`.
  ///
  /// - Precondition: An event is pending, and `instant` is not before it.
  @inlinable public mutating func replaceMin(
    at instant: Instant, phase: EventPhase, kind: UInt32 = 0, payload: UInt32
  ) {
    precondition(heap.count > 0, "there is no event to replace")
    lastTime = heap.base[0].time
    siftDown(makeEvent(at: instant, phase: phase, kind: kind, payload: payload))
  }

  @inlinable @inline(__always)
  mutating func makeEvent(
    at instant: Instant, phase: EventPhase, kind: UInt32, payload: UInt32
  ) -> Event {
    precondition(
      instant.nanoseconds >= lastTime,
      "an event at \(instant.nanoseconds) ns would lie before now, \(lastTime) ns")
    let order = UInt64(phase.rawValue) &<< 56 | nextSequence
    nextSequence &+= 1
    return Event(time: instant.nanoseconds, order: order, kind: kind, payload: payload)
  }

  @inlinable @inline(__always)
  func siftUp(_ event: Event, from start: Int) {
    let base = heap.base
    var hole = start
    while hole > 0 {
      let parent = (hole &- 1) &>> 2
      if !event.precedes(base[parent]) { break }
      base[hole] = base[parent]
      hole = parent
    }
    base[hole] = event
  }

  /// Puts `event` where the root was and moves it down to its place.
  @inlinable @inline(__always)
  func siftDown(_ event: Event) {
    let base = heap.base
    let count = heap.count
    var hole = 0
    while true {
      let first = 4 &* hole &+ 1
      if first >= count { break }
      var least = first
      let end = first &+ 4 < count ? first &+ 4 : count
      var child = first &+ 1
      while child < end {
        if base[child].precedes(base[least]) { least = child }
        child &+= 1
      }
      if !base[least].precedes(event) { break }
      base[hole] = base[least]
      hole = least
    }
    base[hole] = event
  }
}
