import GantryModel

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
      let why = outcome.message.isEmpty ? outcome.reason : outcome.message
      let end =
        outcome.status == .running
        ? "would never end" : "would end with \(outcome.status.rawValue)"
      return Self.cannotSucceed.finding(
        "run '\(outcome.name)' \(end): \(why)", at: run.location)
    }
  }
}
