/// A moment of simulated time: whole nanoseconds since the start of the simulation.
///
/// `Int64` nanoseconds reach 292 years; ties are true ties and no epsilon exists.
public struct Instant: Comparable, Hashable, Sendable, Codable {
  /// Nanoseconds since the start of the simulation.
  public var nanoseconds: Int64

  /// Makes a moment from whole nanoseconds since the start.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the simulation.
  public static let zero = Instant(nanoseconds: 0)

  /// Seconds since the start of the simulation.
  @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Makes a moment from seconds since the start, rounded up to a whole nanosecond.
  ///
  /// Moments more than 146 years off count as that far off.
  @inlinable public static func seconds(_ value: Double) -> Instant {
    Instant(nanoseconds: Span.seconds(value).nanoseconds)
  }

  @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }

  /// The span from `b` to `a`.
  @inlinable public static func - (a: Instant, b: Instant) -> Span {
    Span(nanoseconds: a.nanoseconds &- b.nanoseconds)
  }

  @inlinable public static func + (a: Instant, b: Span) -> Instant {
    Instant(nanoseconds: a.nanoseconds &+ b.nanoseconds)
  }
}

/// A length of simulated time in whole nanoseconds.
public struct Span: Comparable, Hashable, Sendable, Codable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// Makes a span from whole nanoseconds.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// No time at all.
  public static let zero = Span(nanoseconds: 0)

  /// The length in seconds.
  @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Makes a span from seconds, rounded up to a whole nanosecond.
  ///
  /// Spans beyond 146 years are cut there, so that a moment and a span always have a sum.
  @inlinable public static func seconds(_ value: Double) -> Span {
    Span(nanoseconds: Int64(min(max(value * 1e9, -0x1p62), 0x1p62).rounded(.up)))
  }

  @inlinable public static func < (a: Span, b: Span) -> Bool { a.nanoseconds < b.nanoseconds }

  @inlinable public static func + (a: Span, b: Span) -> Span {
    Span(nanoseconds: a.nanoseconds &+ b.nanoseconds)
  }

  @inlinable public static func - (a: Span, b: Span) -> Span {
    Span(nanoseconds: a.nanoseconds &- b.nanoseconds)
  }

  @inlinable public static func += (a: inout Span, b: Span) { a = a + b }
}
