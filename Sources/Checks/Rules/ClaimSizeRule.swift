import GantryModel
import GantryUnits

/// Claims that get more files than they ask room for.
struct ClaimSizeRule: CheckRule {
  static let overflow = FindingKind(
    "W0433", "a claim gets more files than its volume holds",
    "An EBS volume is as large as the claim requests. A step that writes more gets \"No space left on "
      + "device\" and fails.",
    remedy: "request more storage, or remove files between tasks")
  static let unlimited = FindingKind(
    "N0736", "a claim on EFS gets more files than it requests",
    "A file system has no limit per claim: what the claim requests is ignored, and what is stored is "
      + "billed.",
    remedy: "nothing is needed, unless the claim may move to block volumes")

  static let kinds = [overflow, unlimited]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.runs.indices.flatMap { run in
      let units = Self.inOrder(subject.units(of: run), of: subject.runs[run])
      return subject.plan.templates[run].claims.indices.compactMap { claim in
        finding(claim, of: run, units, subject)
      }
    }
  }

  private func finding(
    _ claim: Int, of run: Int, _ units: [TaskRunUnit], _ subject: CheckSubject
  ) -> Diagnostic? {
    let planned = subject.plan.templates[run].claims[claim]
    let place = subject.location(of: claim, in: subject.runs[run])
    switch planned.backing {
    case .unprovisionable: return nil
    case .block(let spec, _):
      let size = Double(spec.size.count)
      guard let full = Self.peak(of: claim, units, above: size) else { return nil }
      return Self.overflow.finding(
        "claim '\(planned.name)' gets up to \(ResourceText.gib(full.bytes)) of files, more than the "
          + "\(ResourceText.gib(size)) of its volume: task '\(full.task)' finds no space left",
        at: place)
    case .fileSystem:
      let written = units.reduce(0) { $0 + Self.written(to: claim, $1) }
      guard planned.requested > .zero, written > Double(planned.requested.count) else { return nil }
      return Self.unlimited.finding(
        "up to \(ResourceText.gib(written)) is written to claim '\(planned.name)', which requests "
          + "\(ResourceText.gib(Double(planned.requested.count))): EFS has no limit per claim and bills "
          + "what is stored", at: place)
    }
  }

  /// The most that lies on a claim at once, and the first task that passes the limit; nil when none does.
  private static func peak(
    of claim: Int, _ units: [TaskRunUnit], above limit: Double
  ) -> (bytes: Double, task: String)? {
    var used = 0.0
    var most = 0.0
    var task: String?
    for unit in units {
      for change in phases(of: unit).flatMap(\.footprint.changes)
      where change.volume == .claim(claim) {
        most = max(most, used + max(change.kept, 0) + change.scratch)
        used = max(0, used + change.kept)
        if most > limit { task = task ?? unit.name }
      }
    }
    return task.map { (most, $0) }
  }

  private static func written(to claim: Int, _ unit: TaskRunUnit) -> Double {
    phases(of: unit).flatMap(\.demands).reduce(0) { sum, demand in
      guard case .transfer(let transfer) = demand, transfer.direction == .write,
        transfer.target == .claim(claim)
      else { return sum }
      return sum + transfer.bytes
    }
  }

  private static func phases(of unit: TaskRunUnit) -> [Phase] {
    let architecture = unit.architecture ?? .amd64
    return unit.planned.steps.flatMap { $0.phases[architecture.index] }
  }

  /// TaskRuns with every task behind those that it waits for.
  private static func inOrder(
    _ units: [TaskRunUnit], of run: ResolvedPipelineRun
  ) -> [TaskRunUnit] {
    let ranks = run.tasks.indices.map { task in
      run.tasks.indices.count { run.isOrdered($0, before: task) }
    }
    return units.enumerated().sorted {
      (ranks[$0.element.task], $0.offset) < (ranks[$1.element.task], $1.offset)
    }.map(\.element)
  }
}
