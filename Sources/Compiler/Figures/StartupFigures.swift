public import GantryModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The assumptions that decide how long pods take to start, together.
///
/// They are of a start without waits for Tekton's controllers: the worker's time is part of `ready`, but
/// waits for busy workers and for their client come on top. Times of a cluster on which TaskRuns waited for
/// these have the waits in them, which a simulation would count a second time.
public enum StartupFigures {
  /// The parts of a start: the field of the timing, how often a TaskRun of one step with a script has it,
  /// and whether a spread belongs to it.
  private static let parts: [(field: String, count: Double, varies: Bool)] = [
    ("scheduler", 1, false), ("startWork", 1 / value("startThreads"), true), ("sandbox", 1, true),
    ("initContainer", 2, true), ("containerStart", 1, true), ("ready", 1, false),
    ("readyJitter", 0.5, false),
  ]

  private static func value(_ field: String) -> Double {
    ControlFigure.timings.first { $0.field == field }?.assumption.value ?? 0
  }

  /// Seconds from start to first step of a TaskRun of one step on a quiet reference node, on average.
  public static var mean: Double {
    parts.reduce(0) { sum, part in
      let spread = part.varies ? value(part.field + "Spread") : 0
      return sum + part.count * value(part.field) * exp(spread * spread / 2)
    }
  }

  /// Values of the assumptions with which the mean is this many seconds, all parts in proportion.
  public static func scaled(toMean seconds: Double, at place: SourceLocation)
    -> [ScenarioFile.Override]
  {
    let ratio = seconds / mean
    return parts.map { part in
      .init(
        id: Located("timing.\(part.field)", at: place),
        value: (value(part.field) * ratio * 1000).rounded() / 1000)
    }
  }
}
