import GantryModel

/// Pods with a priority class, whose priority the simulation does not follow.
struct PriorityClassRule: CheckRule {
  static let ignored = FindingKind(
    "N0731", "a pod's priority class is not simulated",
    "On the cluster a pod of higher priority goes first in the scheduler's queue and may evict others; "
      + "here all pods have the same priority.",
    remedy: "read the waits of such pods as upper bounds, and those of the others as lower ones")

  static let kinds = [ignored]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return subject.units.compactMap { unit in
      unit.resolved.podTemplate.priorityClassName.map { name in
        Self.ignored.finding(
          "task '\(unit.name)' has the priority class '\(name)', which the simulation does not follow",
          at: unit.pipelineTask.location)
      }
    }.filter { seen.insert($0).inserted }
  }
}
