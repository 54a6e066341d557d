public import GantryUnits

/// One entry of the event queue: when, in which order among equals, and what.
///
/// 24 bytes, no references. What `kind` and `payload` mean is the caller's: usually a case number
/// of the caller's event enum and an index into the caller's state.
@frozen
public struct Event: BitwiseCopyable, Sendable {
  /// Nanoseconds since the start of the simulation.
  @usableFromInline var time: Int64
  /// The phase in the upper 8 bits, the insertion number in the lower 56.
  @usableFromInline var order: UInt64
  /// The caller's number for the kind of event.
  public var kind: UInt32
  /// The caller's value, usually an index.
  public var payload: UInt32

  @inlinable init(time: Int64, order: UInt64, kind: UInt32, payload: UInt32) {
    self.time = time
    self.order = order
    self.kind = kind
    self.payload = payload
  }

  /// When the event happens.
  @inlinable public var instant: Instant { Instant(nanoseconds: time) }

  /// The event's rank among the events of its instant.
  @inlinable public var phase: EventPhase {
    guard let phase = EventPhase(rawValue: UInt8(truncatingIfNeeded: order &>> 56)) else {
      preconditionFailure("an event was made outside the queue, order \(order)")
    }
    return phase
  }

  /// The event's number in the order of insertion.
  @inlinable public var sequence: UInt64 { order & 0x00FF_FFFF_FFFF_FFFF }

  /// Whether this event runs before `other`: by instant, then phase, then insertion.
  @inlinable @inline(__always)
  func precedes(_ other: Event) -> Bool {
    time < other.time || (time == other.time && order < other.order)
  }
}
