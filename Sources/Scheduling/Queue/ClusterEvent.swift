import GantryModel

/// A change of the cluster that may let a waiting pod be scheduled.
public enum ClusterEvent: Hashable, Sendable, CaseIterable {
  case nodeAdded
  case nodeLabelsChanged
  /// Taints changed or the node was cordoned or uncordoned.
  case nodeTaintsChanged
  case nodeAllocatableChanged
  case nodeDeleted
  /// A pod was placed, or a placed one changed.
  case podAssigned
  /// A placed pod was deleted or ended.
  case podDeleted
  case claimAdded
  case claimUpdated
  case volumeAdded
  case volumeUpdated
  case classAdded
  case classUpdated
  /// The node's record of CSI drivers and limits.
  case driverRecordAdded
  case driverRecordUpdated

  /// Whether the event concerns one node, which is checked before pods are woken.
  public var concernsNode: Bool {
    switch self {
    case .nodeAdded, .nodeLabelsChanged, .nodeTaintsChanged, .nodeAllocatableChanged: true
    default: false
    }
  }

  /// The filters whose refusals the event may turn.
  ///
  /// Source: Kubernetes 1.28, EventsToRegister of the default plugins, read 2026-11-23.
  public var wakes: FilterPluginSet {
    var set: FilterPluginSet = []
    for plugin in FilterPlugin.allCases where Self.events(of: plugin).contains(self) {
      set.insert(FilterPluginSet(plugin))
    }
    return set
  }

  private static let nodeChanges: Set<Self> = [
    .nodeAdded, .nodeLabelsChanged, .nodeTaintsChanged, .nodeAllocatableChanged,
  ]

  private static func events(of plugin: FilterPlugin) -> Set<Self> {
    switch plugin {
    case .nodeUnschedulable: [.nodeAdded, .nodeTaintsChanged]
    case .nodeName, .taintToleration, .nodeAffinity: nodeChanges
    case .nodePorts, .nodeResourcesFit: nodeChanges.union([.podDeleted])
    case .volumeRestrictions: [.podDeleted, .nodeAdded, .claimAdded, .claimUpdated]
    case .nodeVolumeLimits: [.driverRecordAdded, .podDeleted]
    case .volumeBinding:
      [
        .claimAdded, .claimUpdated, .volumeAdded, .volumeUpdated, .classAdded, .classUpdated,
        .driverRecordAdded, .driverRecordUpdated, .nodeAdded, .nodeLabelsChanged,
      ]
    case .volumeZone:
      [.classAdded, .nodeAdded, .nodeLabelsChanged, .claimAdded, .volumeAdded, .volumeUpdated]
    case .podTopologySpread:
      [.podAssigned, .podDeleted, .nodeAdded, .nodeDeleted, .nodeLabelsChanged]
    case .interPodAffinity: [.podAssigned, .podDeleted, .nodeAdded, .nodeLabelsChanged]
    }
  }
}

extension ClusterState {
  /// Whether a node event is worth waking pods of a shape: resources, affinity, name, ports and
  /// NoSchedule taints all fit.
  public func passesPreCheck(_ shape: PodShapeID, on node: NodeID) -> Bool {
    let compiled = shapes[shape.index]
    let requests = compiled.requests
    guard NodeResourcesFit.shortage(of: requests, node: node.index, in: self).isEmpty,
      NodeAffinityPlugin.isMatched(compiled, node: node.index, in: self),
      NodeName.refusal(compiled, node: node.index, in: self) == nil,
      NodePorts.refusal(compiled, node: node.index, in: self) == nil
    else { return false }
    return nodes[node.index].node.taints.allSatisfy { taint in
      taint.effect != .noSchedule || compiled.shape.tolerations.contains { $0.tolerates(taint) }
    }
  }

  /// Whether a required affinity term of the waiting shape matches pods of the placed one.
  public func awaits(_ waiting: PodShapeID, _ placed: PodShapeID) -> Bool {
    guard let group = shapes[waiting.index].affinityGroup else { return false }
    let matched = affinity.shapes[placed.index].attractingTerms
    return affinity.groups[group].terms.contains(where: matched.contains)
  }
}
