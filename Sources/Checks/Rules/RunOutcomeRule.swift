import GantryModel
import GantryUnits

/// A run that does not reach its end on this cluster even when it is alone there.
struct RunOutcomeRule: CheckRule {
  static let cannotSucceed = FindingKind(
    "E0700", "run cannot succeed on this cluster",
    "Played out alone on the cluster, the run fails, or waits for something that never comes.",
    remedy: "mend what the other findings name; 'gantry simulate' and 'gantry explain' show the run"
  )

  static let kinds = [cannotSucceed]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    zip(subject.runs, subject.trial.alone).compactMap { run, outcome in
      guard run.request == .run, !outcome.status.isSuccess else { return nil }
      let end =
        outcome.status == .running
        ? "would never end" : "would end with \(outcome.status.rawValue)"
      return Self.cannotSucceed.finding(
        "run '\(run.name.value)' \(end): \(reason(outcome))", at: run.name.location)
    }
  }

  /// The first task that did not succeed, in its own words; else the run's.
  private func reason(_ outcome: RunOutcome) -> String {
    let failed = outcome.taskRuns.filter { !$0.status.isSuccess && $0.completed != nil }
    guard
      let first = failed.min(by: {
        ($0.completed ?? .zero, $0.task) < ($1.completed ?? .zero, $1.task)
      })
    else { return outcome.message.isEmpty ? outcome.reason : outcome.message }
    let words = first.message.isEmpty ? "" : ": \(first.message)"
    return "task '\(first.pipelineTask)' ends with \(first.reason)\(words)"
  }
}
