import ArgumentParser
import GantryExperiments
import GantryModel
import GantryStore

/// Finds the points of sweeps that a user wants to compare.
struct SweepPointFinder {
  let store: Store

  /// What is compared with what.
  struct Found {
    var title: String
    var pairs: [PointPair]
    var measure: SweepPlan.Measure
    /// What limits the comparison.
    var notes: [String] = []
  }

  /// A reference to a sweep or some of its points, read.
  private struct Choice {
    var sweep: SweepRecord
    /// Nil means the whole sweep.
    var point: SweepPoint?
  }

  /// The pairs; nil when no reference is one of a sweep.
  ///
  /// A name that both a sweep and a result of `simulate` have means the result, unless it ends with
  /// `#` and a number or `*`.
  func find(_ references: [String]) throws -> Found? {
    let isSweep = try references.map { reference in
      if Self.split(reference) != nil { return true }
      return try !isSimulation(reference) && self.isSweep(reference)
    }
    guard isSweep.contains(true) else { return nil }
    if let other = zip(references, isSweep).first(where: { !$0.1 })?.0 {
      let why =
        try isSimulation(other)
        ? "is a result of simulate: points of sweeps are compared with such points only"
        : "is neither a sweep nor a result\nhelp: `gantry runs list` and `gantry runs sweeps` name them"
      Console().note("error: '\(other)' \(why)")
      throw ExitCode.badInput
    }
    let choices = try references.map(choice)
    let sweeps = choices.map(\.sweep)
    var found = pairs(choices)
    if Set(sweeps.map(\.seed)).count > 1 {
      found.notes.append("the seeds differ, so that some of the difference is luck")
    }
    if Set(sweeps.map(\.plan.warmUp)).count > 1 {
      found.notes.append("the warm-ups differ, so that different runs count")
    }
    for sweep in sweeps where !sweep.isComplete {
      found.notes.append("sweep '\(sweep.name)' is not complete")
    }
    return found
  }

  private func pairs(_ choices: [Choice]) -> Found {
    let first = choices[0]
    var found = Found(title: "", pairs: [], measure: first.sweep.plan.measure)
    if choices.allSatisfy({ $0.point == nil }) {
      if choices.count == 1 {
        let sweep = first.sweep
        guard let base = sweep.points.first(where: { $0.position == sweep.plan.baseline }) else {
          return found
        }
        found.title = "Points of \(sweep.name) against point \(base.position + 1) (\(name(base)))"
        found.pairs = sweep.points.filter { $0.position != base.position }.map {
          PointPair(base: base, of: sweep, other: $0, of: sweep)
        }
        return found
      }
      let others = choices.dropFirst().map(\.sweep)
      found.title =
        "\(others.map(title).joined(separator: ", ")) against \(title(first.sweep))"
      found.pairs = others.flatMap { SweepComparison.pairs(first.sweep, $0) }
      return found
    }
    let points = choices.flatMap { choice in
      (choice.point.map { [$0] } ?? choice.sweep.points).map { (choice.sweep, $0) }
    }
    guard let (baseSweep, base) = points.first else { return found }
    found.title = "Points against \(title(baseSweep))#\(base.position + 1) (\(name(base)))"
    found.pairs = points.dropFirst().map { sweep, point in
      PointPair(base: base, of: baseSweep, other: point, of: sweep)
    }
    return found
  }

  private func title(_ sweep: SweepRecord) -> String { sweep.name }

  private func name(_ point: SweepPoint) -> String { point.values.joined(separator: ", ") }

  // MARK: References

  /// Says which of several sweeps with the same label is taken.
  private func noteNamesakes(_ label: String, _ taken: SweepRecord) {
    guard taken.label == label, let sweeps = try? store.sweeps() else { return }
    let others = sweeps.filter { $0.label == label && $0.id != taken.id }.map { "\($0.id)" }
    guard let id = taken.id, !others.isEmpty else { return }
    Console().note(
      "note: '\(label)' is sweep \(id), the newest of that label; others are "
        + others.joined(separator: ", "))
  }

  /// The sweep's name and what follows the last `#`, a number or `*`; nil for any other text.
  private static func split(_ reference: String) -> (sweep: String, point: Int?)? {
    guard let mark = reference.lastIndex(of: "#") else { return nil }
    let after = String(reference[reference.index(after: mark)...])
    let number = Int(after)
    guard number != nil || after == "*", mark > reference.startIndex else { return nil }
    return (String(reference[..<mark]), number)
  }

  private func isSimulation(_ reference: String) throws -> Bool {
    do {
      _ = try store.position(of: reference)
      return true
    } catch let error where error.isReferenceError {
      return error.code == .ambiguous
    }
  }

  private func isSweep(_ reference: String) throws -> Bool {
    do {
      _ = try store.sweepPosition(of: reference)
      return true
    } catch let error where error.isReferenceError {
      return false
    }
  }

  private func choice(_ reference: String) throws -> Choice {
    let parts = Self.split(reference)
    let name = parts?.sweep ?? reference
    // Samples are stored; how points stand follows from all of them.
    let sweep = SweepAnalysis.filled(try StoreAccess().attempt { try store.loadSweep(name) })
    noteNamesakes(name, sweep)
    guard let number = parts?.point else { return Choice(sweep: sweep) }
    guard let point = sweep.points.first(where: { $0.position == number - 1 }) else {
      Console().note(
        "error: '\(sweep.name)' has no point \(number); points are 1 to \(sweep.pointCount)")
      throw ExitCode.badInput
    }
    return Choice(sweep: sweep, point: point)
  }
}
