import GantryModel
import GantryUnits

/// Timeouts that the simulated durations pass, written ones and Tekton's own.
struct TimeoutRule: CheckRule {
  static let tooShort = FindingKind(
    "W0716", "a timeout is shorter than the simulated duration",
    "A timeout counts from the first look of the controller and includes waiting for a node, volumes "
      + "and images; Tekton's own limit of an hour holds where none is written.",
    remedy: "raise the timeout, or speed the task up")
  static let close = FindingKind(
    "N0717", "a simulated duration comes close to its timeout",
    "The simulation takes more than four fifths of the time allowed; a slower day passes it.",
    remedy: "raise the timeout, or speed the task up")

  static let kinds = [tooShort, close]

  /// The share of a timeout from which a duration is close to it.
  private static let margin = 0.8

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.runs.indices.flatMap { run in taskFindings(run, subject) + runFindings(run, subject) }
  }

  private func taskFindings(_ run: Int, _ subject: CheckSubject) -> [Diagnostic] {
    subject.runs[run].tasks.enumerated().compactMap { index, task in
      guard let limit = task.timeout,
        let longest = subject.trial.longest(template: run, task: index)
      else { return nil }
      let written = subject.written(task)?.timeout?.location
      let whose = written == nil ? "the default limit" : "its timeout"
      return finding(
        longest, limit, "task '\(task.name)' takes \(ResourceText.duration(longest))", whose,
        at: written ?? task.location)
    }
  }

  private func runFindings(_ run: Int, _ subject: CheckSubject) -> [Diagnostic] {
    let resolved = subject.runs[run]
    let written = subject.written(resolved)
    let outcomes = (subject.trial.unlimited ?? subject.trial.alone).filter { $0.template == run }
    let whole = outcomes.compactMap { outcome in
      outcome.completed.map { ($0 - outcome.created).seconds }
    }.max()
    let name = "run '\(resolved.name.value)'"
    var found: [Diagnostic] = []
    if let limit = resolved.pipelineTimeout, let whole {
      let place = written?.pipelineTimeout?.location
      found += [
        finding(
          whole, limit, "\(name) takes \(ResourceText.duration(whole))",
          place == nil ? "the default limit" : "its timeout", at: place ?? resolved.location)
      ].compactMap(\.self)
    }
    let parts: [(limit: Double?, isFinally: Bool, place: SourceLocation?)] = [
      (resolved.tasksTimeout, false, written?.tasksTimeout?.location),
      (resolved.finallyTimeout, true, written?.finallyTimeout?.location),
    ]
    for part in parts {
      guard let limit = part.limit, let place = part.place,
        let span = outcomes.compactMap({ span(of: $0, resolved, isFinally: part.isFinally) }).max()
      else { continue }
      let what = part.isFinally ? "finally tasks" : "tasks"
      found += [
        finding(
          span, limit, "the \(what) of \(name) take \(ResourceText.duration(span))",
          "their timeout", at: place)
      ].compactMap(\.self)
    }
    return found
  }

  /// From the start of the graph's (or finally) tasks to their end.
  private func span(
    of outcome: RunOutcome, _ run: ResolvedPipelineRun, isFinally: Bool
  ) -> Double? {
    let own = outcome.taskRuns.filter { run.tasks[$0.task].isFinally == isFinally }
    guard let start = own.map(\.ready).min(), let end = own.compactMap(\.completed).max() else {
      return nil
    }
    return (end - (isFinally ? start : min(start, outcome.created))).seconds
  }

  private func finding(
    _ seconds: Double, _ limit: Double, _ what: String, _ whose: String,
    at place: SourceLocation
  ) -> Diagnostic? {
    let tail = " of \(ResourceText.duration(limit))"
    if seconds > limit {
      return Self.tooShort.finding(
        "\(what) in the simulation, longer than \(whose)\(tail)", at: place)
    }
    guard seconds > Self.margin * limit else { return nil }
    return Self.close.finding("\(what) in the simulation, close to \(whose)\(tail)", at: place)
  }
}
