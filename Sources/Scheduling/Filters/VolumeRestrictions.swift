/// Refuses pods whose claims do not exist, and those whose claim only one pod may use at a time
/// while another uses it.
enum VolumeRestrictions {
  static func preFilter(_ attempt: Attempt, in state: ClusterState) -> Refusal? {
    for id in attempt.claims where state.claims[id.index].claim == nil {
      let message = "persistentvolumeclaim \"\(state.name(of: id))\" not found"
      return .pod(.volumeRestrictions, .unresolvable, message)
    }
    return nil
  }

  /// How many of the pod's exclusive claims placed pods use.
  static func conflicts(_ attempt: Attempt, in state: ClusterState) -> Int {
    exclusiveClaims(of: attempt, in: state).count { state.claims[$0.index].users > 0 }
  }

  /// How many of a placed pod's claims have the name of an exclusive claim of the pod: the real
  /// scheduler compares no namespaces here.
  static func conflicts(
    of claims: [ClaimID], with attempt: Attempt, in state: ClusterState
  ) -> Int {
    let exclusive = Set(exclusiveClaims(of: attempt, in: state).map { state.name(of: $0) })
    guard !exclusive.isEmpty else { return 0 }
    return claims.count { exclusive.contains(state.name(of: $0)) }
  }

  private static func exclusiveClaims(
    of attempt: Attempt, in state: ClusterState
  ) -> Set<ClaimID> {
    Set(
      attempt.claims.filter {
        state.claims[$0.index].claim?.accessModes.contains(.readWriteOncePod) == true
      })
  }
}
