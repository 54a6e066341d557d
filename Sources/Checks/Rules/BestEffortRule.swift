import GantryModel
import GantryUnits

/// Runs none of whose pods request anything.
struct BestEffortRule: CheckRule {
  static let noRequests = FindingKind(
    "N0729", "no pod of the run requests anything",
    "Pods without requests are BestEffort: the scheduler packs up to 250 of them on a node without "
      + "looking at what they use, and the node evicts them first when memory or disk run short.",
    remedy: "give the steps requests near what they use")

  static let kinds = [noRequests]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.runs.indices.compactMap { run in
      let units = subject.units(of: run)
      guard !units.isEmpty,
        units.allSatisfy({ unit in
          unit.planned.pod.requests.values.allSatisfy { $0.milli == 0 }
        })
      else { return nil }
      return Self.noRequests.finding(
        "no step of run '\(subject.runs[run].name.value)' requests cpu or memory",
        at: subject.runs[run].location)
    }
  }
}
