import GantryModel

/// Block volumes between tasks: one node at a time, one zone for ever, one pod for ReadWriteOncePod.
struct BlockVolumeRule: CheckRule {
  static let waits = FindingKind(
    "W0708", "parallel tasks on different nodes share a block volume",
    "An EBS volume is attached to one node at a time: the second task's pod waits until the first "
      + "one's is gone, and for the volume to move.",
    remedy: "order the tasks, keep them on one node, or use a class of efs.csi.aws.com")
  static let zones = FindingKind(
    "E0709", "tasks that share a block volume have no zone in common",
    "An EBS volume stays in the zone in which it was made; pods that can only run in another zone "
      + "never get it.",
    remedy: "put the pools into one zone, or use a class of efs.csi.aws.com")
  static let onePod = FindingKind(
    "W0710", "parallel tasks share a ReadWriteOncePod claim",
    "One pod of the whole cluster may use such a claim at a time; the others stay Pending.",
    remedy: "order the tasks, or use ReadWriteOnce or ReadWriteMany")
  static let assistant = FindingKind(
    "E0711", "the affinity assistant itself holds a ReadWriteOncePod claim",
    "The assistant's pod mounts the claim as long as the run lasts, so that no task can.",
    remedy: "set coschedule: disabled, or use ReadWriteOnce")

  static let kinds = [waits, zones, onePod, assistant]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.runs.indices.flatMap { run in
      subject.plan.templates[run].claims.indices.flatMap { claim in
        findings(claim, of: run, subject)
      }
    }
  }

  private func findings(_ claim: Int, of run: Int, _ subject: CheckSubject) -> [Diagnostic] {
    let planned = subject.plan.templates[run].claims[claim]
    let place = subject.location(of: claim, in: subject.runs[run])
    let users = subject.units(of: run).filter {
      $0.planned.claims.contains(claim) && $0.planned.rejection == nil && !$0.nodes.isEmpty
    }
    let name = "claim '\(planned.name)' of workspace '\(subject.runs[run].claims[claim].workspace)'"
    if planned.accessModes.contains("ReadWriteOncePod") {
      return onePodFindings(users, name, at: place, subject)
    }
    guard case .block = planned.backing else { return [] }
    var common = Set(subject.plan.nodes.map(\.zone))
    for user in users { common.formIntersection(user.nodes.map { subject.plan.nodes[$0].zone }) }
    if !users.isEmpty, common.isEmpty {
      let zones = users.map { "'\($0.name)' in \(Self.zones(of: $0, subject))" }
      return [
        Self.zones.finding(
          "\(name) is a block volume, and its tasks run in zones that do not meet: "
            + zones.joined(separator: ", "), at: place, notes: Self.notes(users))
      ]
    }
    guard
      let pair = Self.parallel(
        users, in: subject.runs[run],
        where: {
          Set($0.nodes).isDisjoint(with: $1.nodes)
        })
    else { return [] }
    return [
      Self.waits.finding(
        "\(name) is a block volume that tasks '\(pair.0.name)' and '\(pair.1.name)' use at the same "
          + "time on different nodes", at: place, notes: Self.notes([pair.0, pair.1]))
    ]
  }

  private func onePodFindings(
    _ users: [TaskRunUnit], _ name: String, at place: SourceLocation, _ subject: CheckSubject
  ) -> [Diagnostic] {
    if subject.plan.tekton.coschedule != .disabled, let first = users.first {
      return [
        Self.assistant.finding(
          "\(name) is ReadWriteOncePod, and the affinity assistant's pod takes it before task "
            + "'\(first.name)' can", at: place, notes: Self.notes([first]))
      ]
    }
    guard let run = users.first?.run,
      let pair = Self.parallel(users, in: subject.runs[run], where: { _, _ in true })
    else { return [] }
    return [
      Self.onePod.finding(
        "\(name) is ReadWriteOncePod, but tasks '\(pair.0.name)' and '\(pair.1.name)' may run at the "
          + "same time", at: place, notes: Self.notes([pair.0, pair.1]))
    ]
  }

  /// The first two units that can run at the same time and meet a condition.
  private static func parallel(
    _ units: [TaskRunUnit], in run: ResolvedPipelineRun,
    where holds: (TaskRunUnit, TaskRunUnit) -> Bool
  ) -> (TaskRunUnit, TaskRunUnit)? {
    for (index, first) in units.enumerated() {
      for second in units.dropFirst(index + 1) where holds(first, second) {
        if first.task == second.task || run.canOverlap(first.task, second.task) {
          return (first, second)
        }
      }
    }
    return nil
  }

  private static func zones(of unit: TaskRunUnit, _ subject: CheckSubject) -> String {
    Set(unit.nodes.map { subject.plan.nodes[$0].zone }).sorted().joined(separator: " or ")
  }

  private static func notes(_ units: [TaskRunUnit]) -> [Diagnostic.Note] {
    units.map { .init("'\($0.name)' is here", at: $0.pipelineTask.location) }
  }
}
