import GantryModel

/// What keeps a pod's volumes from a node.
struct VolumeFault: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let otherNode = VolumeFault(rawValue: 1)
  static let noneToBind = VolumeFault(rawValue: 2)
  static let volumeMissing = VolumeFault(rawValue: 4)

  var reasons: [String] {
    var reasons: [String] = []
    if contains(.otherNode) { reasons.append("node(s) had volume node affinity conflict") }
    if contains(.noneToBind) {
      reasons.append("node(s) didn't find available persistent volumes to bind")
    }
    if contains(.volumeMissing) {
      reasons.append(
        "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)")
    }
    return reasons
  }
}

/// Refuses nodes that the pod's volumes cannot reach or be made for.
enum VolumeBinding {
  /// The provisioner of classes whose volumes are made by hand.
  private static let noProvisioner = "kubernetes.io/no-provisioner"

  static func preFilter(_ attempt: Attempt, in state: ClusterState) -> Refusal? {
    for id in attempt.claims {
      guard let claim = state.claims[id.index].claim, claim.volumeName == nil else { continue }
      let known = claim.storageClass.flatMap { state.classes[$0] }
      if known?.waitsForFirstConsumer != true {
        return .pod(
          .volumeBinding, .unresolvable, "pod has unbound immediate PersistentVolumeClaims")
      }
    }
    return nil
  }

  /// The names that bound local volumes give as host names; nil when there are none.
  static func eligibleNodes(_ attempt: Attempt, in state: ClusterState) -> Set<String>? {
    var eligible: Set<String>?
    for id in attempt.claims {
      guard let name = state.claims[id.index].claim?.volumeName, let volume = state.volumes[name],
        volume.isLocal
      else { continue }
      let hosts = hostNames(in: volume.nodeAffinity ?? [])
      guard !hosts.isEmpty else { continue }
      eligible = eligible?.intersection(hosts) ?? hosts
    }
    return eligible
  }

  /// The union over terms of the host names that all comparisons of a term allow.
  ///
  /// Source: Kubernetes 1.28, volume util GetLocalPersistentVolumeNodeNames, as known on 2026-11-25.
  private static func hostNames(in terms: [NodeSelectorTerm]) -> Set<String> {
    var names = Set<String>()
    for term in terms {
      var ofTerm: Set<String>?
      for each in term.matchExpressions
      where each.key == "kubernetes.io/hostname" && each.operator == .in {
        ofTerm = ofTerm?.intersection(each.values) ?? Set(each.values)
      }
      names.formUnion(ofTerm ?? [])
    }
    return names
  }

  static func fault(_ attempt: Attempt, node: Int, in state: ClusterState) -> VolumeFault? {
    var fault: VolumeFault = []
    var searching: [(id: ClaimID, claim: VolumeClaim)] = []
    var provisioning: [VolumeClaim] = []
    var isSelectedElsewhere = false
    for id in attempt.claims {
      guard let claim = state.claims[id.index].claim else { continue }
      if let name = claim.volumeName {
        guard fault.isEmpty else { continue }
        guard let volume = state.volumes[name] else {
          fault.insert(.volumeMissing)
          continue
        }
        if !isReachable(volume, node: node, in: state) { fault.insert(.otherNode) }
      } else if let selected = claim.selectedNode {
        if selected != state.nodes[node].node.name { isSelectedElsewhere = true }
        provisioning.append(claim)
      } else {
        searching.append((id, claim))
      }
    }
    if isSelectedElsewhere {
      fault.insert(.noneToBind)
      return fault
    }
    provisioning += unmatched(searching, node: node, in: state)
    if !provisioning.allSatisfy({ isProvisionable($0, node: node, in: state) }) {
      fault.insert(.noneToBind)
    }
    return fault.isEmpty ? nil : fault
  }

  /// Whether the volume can be used on the node.
  static func isReachable(_ volume: ClusterVolume, node: Int, in state: ClusterState) -> Bool {
    guard let terms = state.volumeTerms[volume.name] else { return true }
    // The real scheduler compares labels only; a volume's terms never see the node's name.
    return terms.contains {
      $0.matches(name: nil, labels: state.nodes[node].labels, state.symbols)
    }
  }

  /// The claims for which no free volume is at hand, smaller requests being served first.
  private static func unmatched(
    _ searching: [(id: ClaimID, claim: VolumeClaim)], node: Int, in state: ClusterState
  ) -> [VolumeClaim] {
    var taken = Set<String>()
    var left: [VolumeClaim] = []
    for (id, claim) in searching.sorted(by: { $0.claim.request < $1.claim.request }) {
      let candidates = state.volumesOfClass[claim.storageClass ?? ""] ?? []
      let own = state.claims[id.index].key
      let usable = candidates.compactMap { state.volumes[$0] }.filter { volume in
        !taken.contains(volume.name) && volume.capacity >= claim.request
          && (volume.claim == nil || volume.claim == own)
      }
      // A volume reserved for this very claim is the only one that will do, whatever its modes.
      let reserved = usable.first { $0.claim == own }
      let open = usable.filter { Set(claim.accessModes).isSubset(of: $0.accessModes) }
      let choice =
        (reserved.map { [$0] } ?? open).filter { isReachable($0, node: node, in: state) }
        .min { ($0.capacity, $0.name) < ($1.capacity, $1.name) }
      if let choice {
        taken.insert(choice.name)
      } else {
        left.append(claim)
      }
    }
    return left
  }

  private static func isProvisionable(
    _ claim: VolumeClaim, node: Int, in state: ClusterState
  ) -> Bool {
    guard let name = claim.storageClass, let known = state.classes[name],
      !known.provisioner.isEmpty, known.provisioner != noProvisioner
    else { return false }
    guard !known.allowedTopologies.isEmpty else { return true }
    let labels = state.nodes[node].node.labels
    return known.allowedTopologies.contains { term in
      !term.isEmpty
        && term.allSatisfy { rule in labels[rule.key].map(rule.values.contains) ?? false }
    }
  }
}
