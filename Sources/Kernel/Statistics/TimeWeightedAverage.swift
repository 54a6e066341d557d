public import GantryUnits

/// The average over time of a value that changes in steps: queue lengths, slots in use.
@frozen
public struct TimeWeightedAverage: Hashable, Sendable {
  /// The value now.
  public private(set) var value: Double
  private let start: Instant
  private var last: Instant
  private var area = 0.0

  /// Starts at an instant with a value.
  public init(value: Double = 0, at instant: Instant = .zero) {
    self.value = value
    start = instant
    last = instant
  }

  /// Changes the value.
  ///
  /// - Precondition: `instant` is not before the last change.
  public mutating func set(_ newValue: Double, at instant: Instant) {
    precondition(instant >= last, "time goes back from \(last) to \(instant)")
    area += value * (instant - last).seconds
    value = newValue
    last = instant
  }

  /// Adds to the value.
  public mutating func add(_ change: Double, at instant: Instant) {
    set(value + change, at: instant)
  }

  /// The integral of the value over time until `instant`, in value-seconds.
  public func integral(until instant: Instant) -> Double {
    area + value * (instant - last).seconds
  }

  /// The average until `instant`; nil when no time has passed.
  public func average(until instant: Instant) -> Double? {
    instant > start ? integral(until: instant) / (instant - start).seconds : nil
  }
}
