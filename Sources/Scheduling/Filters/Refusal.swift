import GantryModel

/// Why a filter refuses a node, cheap to make; the words come later.
enum Refusal: Hashable, Sendable {
  case nodeUnschedulable
  case otherNodeNamed
  case untoleratedTaint(Taint)
  case nodeAffinity
  case portInUse
  case sidecarUnsupported
  case resources(ResourceShortage)
  case claimInUse
  case tooManyVolumes
  case volumeBinding(VolumeFault)
  case volumeZone
  case spreadLabelMissing
  case spreadSkew
  case podAffinity
  case podAntiAffinity
  case otherAntiAffinity
  /// A filter that refused the pod before looking at nodes.
  case pod(FilterPlugin, RefusalCode, String)

  /// The filter that refuses.
  var plugin: FilterPlugin {
    switch self {
    case .nodeUnschedulable: .nodeUnschedulable
    case .otherNodeNamed: .nodeName
    case .untoleratedTaint: .taintToleration
    case .nodeAffinity: .nodeAffinity
    case .portInUse: .nodePorts
    case .sidecarUnsupported, .resources: .nodeResourcesFit
    case .claimInUse: .volumeRestrictions
    case .tooManyVolumes: .nodeVolumeLimits
    case .volumeBinding: .volumeBinding
    case .volumeZone: .volumeZone
    case .spreadLabelMissing, .spreadSkew: .podTopologySpread
    case .podAffinity, .podAntiAffinity, .otherAntiAffinity: .interPodAffinity
    case .pod(let plugin, _, _): plugin
    }
  }

  /// Whether taking pods away may help.
  var code: RefusalCode {
    switch self {
    case .portInUse, .resources, .claimInUse, .tooManyVolumes, .spreadSkew, .podAntiAffinity,
      .otherAntiAffinity:
      .unschedulable
    case .pod(_, let code, _): code
    default: .unresolvable
    }
  }

  /// The real scheduler's words.

  ///

  /// Source: Kubernetes 1.28.8, error reasons of the default
  /// profile's filter plugins, read 2026-11-23.
  func reasons(_ symbols: Symbols) -> [String] {
    switch self {
    case .nodeUnschedulable: ["node(s) were unschedulable"]
    case .otherNodeNamed: ["node(s) didn't match the requested node name"]
    case .untoleratedTaint(let taint):
      ["node(s) had untolerated taint {\(taint.key): \(taint.value)}"]
    case .nodeAffinity: ["node(s) didn't match Pod's node affinity/selector"]
    case .portInUse: ["node(s) didn't have free ports for the requested pod ports"]
    case .sidecarUnsupported:
      ["Pod has a restartable init container and the SidecarContainers feature is disabled"]
    case .resources(let shortage): shortage.reasons(symbols)
    case .claimInUse:
      [
        "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode"
      ]
    case .tooManyVolumes: ["node(s) exceed max volume count"]
    case .volumeBinding(let fault): fault.reasons
    case .volumeZone: ["node(s) had no available volume zone"]
    case .spreadLabelMissing:
      ["node(s) didn't match pod topology spread constraints (missing required label)"]
    case .spreadSkew: ["node(s) didn't match pod topology spread constraints"]
    case .podAffinity: ["node(s) didn't match pod affinity rules"]
    case .podAntiAffinity: ["node(s) didn't match pod anti-affinity rules"]
    case .otherAntiAffinity: ["node(s) didn't satisfy existing pods anti-affinity rules"]
    case .pod(_, _, let message): [message]
    }
  }
}
