/// The filters in the order of the default profile, up to the first refusal.
enum FilterChain {
  /// The outcome of the filters that look at the pod before any node.
  enum PreFilterResult {
    /// All nodes, or only those of the given names.
    case nodes(Set<String>?)
    case refused(Refusal)
    /// A required node does not exist, which ends the cycle with an error.
    case fault(String)
  }

  /// Looks at the pod alone and notes which filters have nothing to do.
  static func preFilter(_ attempt: inout Attempt, in state: ClusterState) -> PreFilterResult {
    var names: Set<String>?
    switch attempt.shape.namedNodes {
    case .all: break
    case .only(let list): names = list
    case .conflict:
      return .refused(.pod(.nodeAffinity, .unresolvable, "pod affinity terms conflict"))
    }
    if let refusal = VolumeRestrictions.preFilter(attempt, in: state) { return .refused(refusal) }
    if let refusal = VolumeBinding.preFilter(attempt, in: state) { return .refused(refusal) }
    let isNarrowed = names != nil
    if let local = VolumeBinding.eligibleNodes(attempt, in: state) {
      names = names?.intersection(local) ?? local
      if names?.isEmpty == true {
        let text =
          isNarrowed
          ? "node(s) didn't satisfy plugin(s) [NodeAffinity VolumeBinding] simultaneously"
          : "node(s) didn't satisfy plugin VolumeBinding"
        return .refused(.pod(.volumeBinding, .unschedulable, text))
      }
    }
    if let refusal = VolumeZone.preFilter(attempt, in: state) { return .refused(refusal) }
    attempt.skipsVolumeRestrictions = VolumeRestrictions.conflicts(attempt, in: state) == 0
    attempt.skipsInterPodAffinity = InterPodAffinity.hasNothingToDo(attempt, in: state)
    return resolve(names, attempt, in: state)
  }

  /// Up to 1.28 a name without a node is an error; later it is left out.
  private static func resolve(
    _ names: Set<String>?, _ attempt: Attempt, in state: ClusterState
  ) -> PreFilterResult {
    guard attempt.minor <= 28, let names else { return .nodes(names) }
    let unknown = names.sorted().first { state.nodeIDs[$0] == nil }
    if let unknown { return .fault("nodeinfo not found for node name \"\(unknown)\"") }
    return .nodes(names)
  }

  /// Computes what the node filters need of the whole state.
  static func prepare(_ attempt: Attempt, in state: ClusterState) -> Prepared {
    var prepared = Prepared()
    prepared.hardSpread = PodTopologySpread.hardCounts(attempt, in: state)
    if !attempt.skipsVolumeRestrictions {
      prepared.claimConflicts = VolumeRestrictions.conflicts(attempt, in: state)
    }
    return prepared
  }

  /// The filters that only nodes themselves decide, in order.
  static func staticRefusal(
    _ shape: CompiledShape, node: Int, in state: ClusterState
  ) -> Refusal? {
    if let refusal = NodeUnschedulable.refusal(shape, node: node, in: state) { return refusal }
    if let refusal = NodeName.refusal(shape, node: node, in: state) { return refusal }
    if let refusal = TaintToleration.refusal(shape, node: node, in: state) { return refusal }
    return NodeAffinityPlugin.refusal(shape, node: node, in: state)
  }

  /// The first refusal of a node, without regard to nominated pods.
  static func refusal(
    _ attempt: Attempt, _ prepared: Prepared, node: Int, in state: ClusterState
  ) -> Refusal? {
    if let refusal = staticRefusal(attempt.shape, node: node, in: state) { return refusal }
    return dynamicRefusal(attempt, prepared, node: node, in: state)
  }

  /// The filters that pods and volumes decide, in order.
  static func dynamicRefusal(
    _ attempt: Attempt, _ prepared: Prepared, node: Int, in state: ClusterState
  ) -> Refusal? {
    let shape = attempt.shape
    if !shape.hostPorts.isEmpty,
      let refusal = NodePorts.refusal(shape, node: node, in: state)
    {
      return refusal
    }
    if let refusal = NodeResourcesFit.refusal(attempt, node: node, in: state) { return refusal }
    if prepared.isClaimInUse { return .claimInUse }
    if !attempt.claims.isEmpty {
      if NodeVolumeLimits.isExceeded(attempt, node: node, in: state) { return .tooManyVolumes }
      if let fault = VolumeBinding.fault(attempt, node: node, in: state) {
        return .volumeBinding(fault)
      }
      if VolumeZone.isElsewhere(attempt, node: node, in: state) { return .volumeZone }
    }
    if let refusal = PodTopologySpread.refusal(prepared.hardSpread, node: node, in: state) {
      return refusal
    }
    return InterPodAffinity.refusal(attempt, node: node, in: state)
  }
}
