/// A pod on its way through one scheduling cycle.
struct Attempt: Sendable {
  var id: PodShapeID
  var shape: CompiledShape
  var claims: [ClaimID]
  /// The minor release of Kubernetes whose rules hold.
  var minor: Int
  /// The nominated promise of this very pod, which does not stand in its own way.
  var nomination: NominationID?
  /// Filters that had nothing to do when the cycle began; they stay out of it when pods are
  /// added or removed on trial.
  var skipsInterPodAffinity = false
  var skipsVolumeRestrictions = false
}

/// What filters compute once for all nodes of a state.
struct Prepared: Sendable {
  var hardSpread: [PodTopologySpread.HardCounts] = []
  /// How many of the pod's exclusive claims others use; less or more on trial.
  var claimConflicts = 0

  var isClaimInUse: Bool { claimConflicts > 0 }

  /// Notes that a pod was added to a node (+1) or removed from it (−1) on trial.
  ///
  /// Counts change as in the real scheduler, which does not take them anew: a pod counts for
  /// spreading though it is ending, and for an exclusive claim by the claim's name alone.
  mutating func note(
    _ pod: ClusterState.PlacedPod, times sign: Int, for attempt: Attempt, in state: ClusterState
  ) {
    for index in hardSpread.indices {
      hardSpread[index].note(pod, times: Int64(sign), for: attempt, in: state)
    }
    guard !attempt.skipsVolumeRestrictions else { return }
    claimConflicts +=
      sign * VolumeRestrictions.conflicts(of: pod.claims, with: attempt, in: state)
  }
}
