/// The rank of an event among the events of one instant.
///
/// Events of one instant run in the order of these cases; within one case, in the order in which
/// they were pushed. What gives comes before what takes: a slot freed at an instant can be
/// requested at the same instant.
@frozen
public enum EventPhase: UInt8, CaseIterable, Comparable, Hashable, Sendable {
  /// A capacity changes: a node appears or goes, a limit moves, credits run out.
  case capacity
  /// Work ends.
  case completion
  /// What was held is given back.
  case release
  /// New work appears from outside.
  case arrival
  /// A controller or scheduler looks at the state and decides.
  case control
  /// Work asks for what it needs.
  case request
  /// A sampler looks at the state after everything else has happened.
  case observation

  /// Whether `a` runs before `b` at the same instant.
  @inlinable public static func < (a: EventPhase, b: EventPhase) -> Bool { a.rawValue < b.rawValue }
}
