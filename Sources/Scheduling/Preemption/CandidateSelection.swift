import GantryUnits

/// Chooses among the nodes that evictions would free: each rule keeps the best of the one before.
struct CandidateSelection {
  var state: ClusterState

  /// All candidates that no rule tells apart, in the order of their names.
  func best(of candidates: [PreemptionCandidate]) -> [PreemptionCandidate] {
    guard !candidates.isEmpty else { return [] }
    var left = Self.least(candidates) { $0.budgetViolations }
    // The first victim, though one that violates a budget may stand before a more important one.
    left = Self.least(left) { $0.victims.first.map(priority) ?? 0 }
    left = Self.least(left) { candidate in
      candidate.victims.reduce(0) { $0 + priority($1) + Self.priorityOffset }
    }
    left = Self.least(left) { $0.victims.count }
    left = latestStart(left)
    return left.sorted { state.name(of: $0.node) < state.name(of: $1.node) }
  }

  /// Added to every priority so that a sum grows with the number of victims (2^31).
  ///
  /// Source: Kubernetes 1.28, pickOneNodeForPreemption, read 2026-11-23.
  private static let priorityOffset = 2_147_483_648

  private func priority(_ pod: PlacedPodID) -> Int {
    state.shapes[state.pods[pod.index].shape].shape.priority
  }

  private static func least(
    _ candidates: [PreemptionCandidate], by measure: (PreemptionCandidate) -> Int
  ) -> [PreemptionCandidate] {
    let measures = candidates.map(measure)
    let least = measures.min()
    return zip(candidates, measures).filter { $0.1 == least }.map(\.0)
  }

  /// Keeps those whose longest-running victim of the highest priority started last; a pod that
  /// did not start yet counts as starting now, later than all others.
  private func latestStart(_ candidates: [PreemptionCandidate]) -> [PreemptionCandidate] {
    let starts = candidates.map { candidate -> Instant? in
      let top = candidate.victims.map(priority).max()
      let starts = candidate.victims.filter { priority($0) == top }
        .map { state.pods[$0.index].start }
      return starts.compactMap { $0 }.min()
    }
    if starts.contains(nil) {
      return zip(candidates, starts).filter { $0.1 == nil }.map(\.0)
    }
    let latest = starts.compactMap { $0 }.max()
    return zip(candidates, starts).filter { $0.1 == latest }.map(\.0)
  }
}
