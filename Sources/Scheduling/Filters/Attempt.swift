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
  var isClaimInUse = false
}
