// Names, order and weights of the default profile. Source: Kubernetes 1.28.8, default scheduler
// configuration (kubescheduler.config.k8s.io/v1, MultiPoint order), read 2026-11-23.

/// A filter of the default profile; the cases are in the order in which filters run.
public enum FilterPlugin: UInt8, Hashable, Sendable, CaseIterable {
  case nodeUnschedulable
  case nodeName
  case taintToleration
  case nodeAffinity
  case nodePorts
  case nodeResourcesFit
  case volumeRestrictions
  case nodeVolumeLimits
  case volumeBinding
  case volumeZone
  case podTopologySpread
  case interPodAffinity

  /// The name that the real scheduler uses.
  public var name: String {
    switch self {
    case .nodeUnschedulable: "NodeUnschedulable"
    case .nodeName: "NodeName"
    case .taintToleration: "TaintToleration"
    case .nodeAffinity: "NodeAffinity"
    case .nodePorts: "NodePorts"
    case .nodeResourcesFit: "NodeResourcesFit"
    case .volumeRestrictions: "VolumeRestrictions"
    case .nodeVolumeLimits: "NodeVolumeLimits"
    case .volumeBinding: "VolumeBinding"
    case .volumeZone: "VolumeZone"
    case .podTopologySpread: "PodTopologySpread"
    case .interPodAffinity: "InterPodAffinity"
    }
  }
}

/// Some of the filters.
public struct FilterPluginSet: OptionSet, Hashable, Sendable {
  /// One bit a plugin.
  public let rawValue: UInt16

  /// Makes a set from its bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Makes a set of one plugin.
  public init(_ plugin: FilterPlugin) { rawValue = 1 << UInt16(plugin.rawValue) }

  /// The plugins in the order in which they run.
  public var plugins: [FilterPlugin] {
    FilterPlugin.allCases.filter { contains(FilterPluginSet($0)) }
  }
}

/// A scorer of the default profile, in the order of the profile.
public enum ScorePlugin: UInt8, Hashable, Sendable, CaseIterable {
  case taintToleration
  case nodeAffinity
  case nodeResourcesFit
  case volumeBinding
  case podTopologySpread
  case interPodAffinity
  case nodeResourcesBalancedAllocation
  case imageLocality

  /// The name that the real scheduler uses.
  public var name: String {
    switch self {
    case .taintToleration: "TaintToleration"
    case .nodeAffinity: "NodeAffinity"
    case .nodeResourcesFit: "NodeResourcesFit"
    case .volumeBinding: "VolumeBinding"
    case .podTopologySpread: "PodTopologySpread"
    case .interPodAffinity: "InterPodAffinity"
    case .nodeResourcesBalancedAllocation: "NodeResourcesBalancedAllocation"
    case .imageLocality: "ImageLocality"
    }
  }

  /// The factor of the normalised score.
  public var weight: Int64 {
    switch self {
    case .taintToleration: 3
    case .nodeAffinity, .podTopologySpread, .interPodAffinity: 2
    case .nodeResourcesFit, .volumeBinding, .nodeResourcesBalancedAllocation, .imageLocality: 1
    }
  }
}
