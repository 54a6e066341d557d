/// Refuses pods whose claims do not exist, and those whose claim only one pod may use at a time
/// while another uses it.
enum VolumeRestrictions {
  static func preFilter(_ attempt: Attempt, in state: ClusterState) -> Refusal? {
    for id in attempt.claims where state.claims[id.index].claim == nil {
      let name = state.claims[id.index].key.drop { $0 != "/" }.dropFirst()
      let message = "persistentvolumeclaim \"\(name)\" not found"
      return .pod(.volumeRestrictions, .unresolvable, message)
    }
    return nil
  }

  static func isClaimInUse(_ attempt: Attempt, in state: ClusterState) -> Bool {
    attempt.claims.contains { id in
      let record = state.claims[id.index]
      return record.users > 0
        && record.claim?.accessModes.contains(.readWriteOncePod) == true
    }
  }
}
