import GantryCompiler
import GantryModel

/// Tasks that read or write the same path of a claim with nothing that orders them.
struct FileOrderRule: CheckRule {
  static let unordered = FindingKind(
    "W0701", "tasks share files that nothing orders",
    "Two tasks use the same path of a workspace, at least one of them writes there, and neither "
      + "is always over before the other starts: what is read depends on chance.",
    remedy: "put the writing task into runAfter, or give each its own subPath")

  static let kinds = [unordered]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.runs.indices.flatMap { run -> [Diagnostic] in
      let units = subject.units(of: run)
      return units.indices.flatMap { findings(of: units[$0], among: units, subject) }
    }
  }

  /// One finding per claim: all tasks whose writes the unit may meet.
  private func findings(
    of unit: TaskRunUnit, among units: [TaskRunUnit], _ subject: CheckSubject
  ) -> [Diagnostic] {
    let run = subject.runs[unit.run]
    var byClaim: [Int: [(writer: TaskRunUnit, clash: FileClash)]] = [:]
    for other in units where canOverlap(unit, other, run) {
      guard let clash = FileClash.first(of: unit, with: other) else { continue }
      byClaim[clash.own.claim, default: []].append((other, clash))
    }
    return byClaim.sorted { $0.key < $1.key }.map { claim, clashes in
      finding(unit, claim: claim, clashes.map(\.writer), clashes[0].clash, run, subject)
    }
  }

  private func canOverlap(
    _ a: TaskRunUnit, _ b: TaskRunUnit, _ run: ResolvedPipelineRun
  ) -> Bool {
    a.task == b.task ? a.combination != b.combination : run.canOverlap(a.task, b.task)
  }

  private func finding(
    _ unit: TaskRunUnit, claim: Int, _ writers: [TaskRunUnit], _ clash: FileClash,
    _ run: ResolvedPipelineRun, _ subject: CheckSubject
  ) -> Diagnostic {
    let names = writers.map { "'\($0.name)' (\(FileClash.command(of: $0, for: clash)))" }
    let verb = clash.own.isWrite ? "writes" : "reads"
    return Self.unordered.finding(
      "task '\(unit.name)' \(verb) \(clash.own.shown) of workspace '\(run.claims[claim].workspace)' "
        + "while \(names.joined(separator: " and ")) may still write there: nothing orders them",
      at: unit.pipelineTask.location,
      notes: writers.map { .init("'\($0.name)' is here", at: $0.pipelineTask.location) })
  }
}

/// Two accesses of one path, of which the second is a write.
struct FileClash {
  var own: FileAccess
  var other: FileAccess

  /// The first path that a unit reads (or writes) and another writes; of two units that both only
  /// write, the later one in the pipeline has the clash.
  static func first(of unit: TaskRunUnit, with other: TaskRunUnit) -> FileClash? {
    let mine = unit.accesses.sorted(by: FileAccess.isEarlier)
    let writes = other.accesses.filter { $0.isWrite && $0.changesContent }
      .sorted(by: FileAccess.isEarlier)
    for own in mine where !own.isWrite {
      if let write = writes.first(where: { $0.overlaps(own) }) {
        return FileClash(own: own, other: write)
      }
    }
    guard (unit.task, unit.combination) > (other.task, other.combination) else { return nil }
    for own in mine where own.isWrite && own.changesContent {
      guard let write = writes.first(where: { $0.overlaps(own) }) else { continue }
      return first(of: other, readingWhat: unit) ? nil : FileClash(own: own, other: write)
    }
    return nil
  }

  private static func first(of unit: TaskRunUnit, readingWhat other: TaskRunUnit) -> Bool {
    unit.accesses.contains { own in
      !own.isWrite
        && other.accesses.contains { $0.isWrite && $0.changesContent && $0.overlaps(own) }
    }
  }

  /// The command by which a unit writes where the clash is.
  static func command(of writer: TaskRunUnit, for clash: FileClash) -> String {
    let write = writer.accesses.filter { $0.isWrite && $0.changesContent }
      .sorted(by: FileAccess.isEarlier).first { $0.overlaps(clash.own) }
    return write?.command ?? clash.other.command
  }
}

extension FileAccess {
  /// Whether a write can change what others read; a folder that is made again is the same.
  var changesContent: Bool { !["mkdir", "touch", "chmod", "chown"].contains(command) }

  /// The path in quotes; all of the claim in words.
  var shown: String { path.isEmpty ? "the whole" : "'\(path)'" }

  static func isEarlier(_ a: FileAccess, _ b: FileAccess) -> Bool {
    (a.claim, a.path, a.isWrite ? 1 : 0, a.command, a.world.index)
      < (b.claim, b.path, b.isWrite ? 1 : 0, b.command, b.world.index)
  }
}
