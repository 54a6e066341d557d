import Foundation
import GantryModel
import GantryScheduling
import GantryUnits

/// A pod in the field shapes of the Kubernetes API.
struct GoldenPod: Decodable {
  struct Container: Decodable {
    struct Port: Decodable {
      var hostPort: Int?
      var `protocol`: HostPort.TransportProtocol?
      var hostIP: String?
    }
    var image: String?
    var requests: [String: GoldenQuantity]?
    var limits: [String: GoldenQuantity]?
    var ports: [Port]?
    var restartPolicy: String?
  }
  struct TolerationEntry: Decodable {
    var key: String?
    var `operator`: Toleration.Operator?
    var value: String?
    var effect: String?
  }
  struct Requirement: Decodable {
    var key: String
    var `operator`: NodeSelectorRequirement.Operator
    var values: [String]?
  }
  struct LabelRequirement: Decodable {
    var key: String
    var `operator`: LabelSelectorRequirement.Operator
    var values: [String]?
  }
  struct NodeTermEntry: Decodable {
    var matchExpressions: [Requirement]?
    var matchFields: [Requirement]?
  }
  struct NodeAffinityEntry: Decodable {
    struct Required: Decodable { var nodeSelectorTerms: [NodeTermEntry]? }
    struct Preferred: Decodable {
      var weight: Int
      var preference: NodeTermEntry
    }
    var requiredDuringSchedulingIgnoredDuringExecution: Required?
    var preferredDuringSchedulingIgnoredDuringExecution: [Preferred]?
  }
  struct Selector: Decodable {
    var matchLabels: [String: String]?
    var matchExpressions: [LabelRequirement]?
  }
  struct PodTerm: Decodable {
    var labelSelector: Selector?
    var topologyKey: String
    var namespaces: [String]?
    var namespaceSelector: Selector?
  }
  struct PodAffinityEntry: Decodable {
    struct Preferred: Decodable {
      var weight: Int
      var podAffinityTerm: PodTerm
    }
    var requiredDuringSchedulingIgnoredDuringExecution: [PodTerm]?
    var preferredDuringSchedulingIgnoredDuringExecution: [Preferred]?
  }
  struct AffinityEntry: Decodable {
    var nodeAffinity: NodeAffinityEntry?
    var podAffinity: PodAffinityEntry?
    var podAntiAffinity: PodAffinityEntry?
  }
  struct SpreadEntry: Decodable {
    var maxSkew: Int
    var topologyKey: String
    var whenUnsatisfiable: TopologySpreadConstraint.WhenUnsatisfiable
    var labelSelector: Selector?
    var minDomains: Int?
    var matchLabelKeys: [String]?
    var nodeAffinityPolicy: TopologySpreadConstraint.InclusionPolicy?
    var nodeTaintsPolicy: TopologySpreadConstraint.InclusionPolicy?
  }

  var name: String
  var namespace: String?
  var labels: [String: String]?
  var priority: Int?
  var preemptionPolicy: PreemptionPolicy?
  var containers: [Container]?
  var initContainers: [Container]?
  var overhead: [String: GoldenQuantity]?
  var nodeSelector: [String: String]?
  var tolerations: [TolerationEntry]?
  var affinity: AffinityEntry?
  var topologySpreadConstraints: [SpreadEntry]?
  var pvcs: [String]?
  var nodeName: String?
  var startTime: String?

  var key: String { (namespace ?? "default") + "/" + name }

  /// The shape; an existing pod's node is where it is, not what it asks for.
  func shape(isPlaced: Bool) -> PodShape {
    var shape = PodShape()
    shape.namespace = namespace ?? "default"
    shape.labels = labels ?? [:]
    shape.priority = priority ?? 0
    shape.preemptionPolicy = preemptionPolicy ?? .preemptLowerPriority
    shape.containers = (containers ?? []).map(\.model)
    shape.initContainers = (initContainers ?? []).map(\.model)
    shape.overhead = quantities(overhead)
    shape.nodeSelector = nodeSelector ?? [:]
    shape.tolerations = (tolerations ?? []).map(\.model)
    shape.affinity = affinity?.model
    shape.topologySpreadConstraints = (topologySpreadConstraints ?? []).map(\.model)
    shape.nodeName = isPlaced ? nil : nodeName
    return shape
  }
}

func quantities(_ amounts: [String: GoldenQuantity]?) -> ResourceList {
  (amounts ?? [:]).mapValues(\.quantity)
}

extension HostPort.TransportProtocol: Decodable {}
extension Toleration.Operator: Decodable {}
extension NodeSelectorRequirement.Operator: Decodable {}
extension LabelSelectorRequirement.Operator: Decodable {}
extension TopologySpreadConstraint.WhenUnsatisfiable: Decodable {}
extension TopologySpreadConstraint.InclusionPolicy: Decodable {}
extension PreemptionPolicy: Decodable {}

extension GoldenPod.Container {
  var model: ShapeContainer {
    var container = ShapeContainer(
      image: image ?? "", requests: quantities(requests), limits: quantities(limits))
    container.hostPorts = (ports ?? []).compactMap { port in
      guard let number = port.hostPort, number > 0 else { return nil }
      return HostPort(
        port: number, transport: port.protocol ?? .tcp, address: port.hostIP)
    }
    container.isSidecar = restartPolicy == "Always"
    return container
  }
}

extension GoldenPod.TolerationEntry {
  var model: Toleration {
    var toleration = Toleration()
    toleration.key = key ?? ""
    toleration.operator = self.operator ?? .equal
    toleration.value = value ?? ""
    toleration.effect = effect.flatMap(TaintEffect.init)
    return toleration
  }
}

extension GoldenPod.NodeTermEntry {
  var model: NodeSelectorTerm {
    var term = NodeSelectorTerm()
    term.matchExpressions = (matchExpressions ?? []).map(\.model)
    term.matchFields = (matchFields ?? []).map(\.model)
    return term
  }
}

extension GoldenPod.Requirement {
  var model: NodeSelectorRequirement {
    NodeSelectorRequirement(key: key, operator: self.operator, values: values ?? [])
  }
}

extension GoldenPod.LabelRequirement {
  var model: LabelSelectorRequirement {
    LabelSelectorRequirement(key: key, operator: self.operator, values: values ?? [])
  }
}

extension GoldenPod.Selector {
  var model: LabelSelector {
    var selector = LabelSelector()
    selector.matchLabels = matchLabels ?? [:]
    selector.matchExpressions = (matchExpressions ?? []).map(\.model)
    return selector
  }
}

extension GoldenPod.PodTerm {
  var model: PodAffinityTerm {
    var term = PodAffinityTerm(topologyKey: topologyKey)
    term.labelSelector = labelSelector?.model
    term.namespaces = namespaces ?? []
    term.namespaceSelector = namespaceSelector?.model
    return term
  }
}

extension GoldenPod.PodAffinityEntry {
  var model: PodAffinity {
    var affinity = PodAffinity()
    affinity.required = (requiredDuringSchedulingIgnoredDuringExecution ?? []).map(\.model)
    affinity.preferred = (preferredDuringSchedulingIgnoredDuringExecution ?? []).map {
      WeightedPodAffinityTerm(weight: $0.weight, term: $0.podAffinityTerm.model)
    }
    return affinity
  }
}

extension GoldenPod.AffinityEntry {
  var model: Affinity {
    var affinity = Affinity()
    if let entry = nodeAffinity {
      var node = NodeAffinity()
      node.required = entry.requiredDuringSchedulingIgnoredDuringExecution.map {
        ($0.nodeSelectorTerms ?? []).map(\.model)
      }
      node.preferred = (entry.preferredDuringSchedulingIgnoredDuringExecution ?? []).map {
        PreferredSchedulingTerm(weight: $0.weight, preference: $0.preference.model)
      }
      affinity.nodeAffinity = node
    }
    affinity.podAffinity = podAffinity?.model
    affinity.podAntiAffinity = podAntiAffinity?.model
    return affinity
  }
}

extension GoldenPod.SpreadEntry {
  var model: TopologySpreadConstraint {
    var constraint = TopologySpreadConstraint(
      maxSkew: maxSkew, topologyKey: topologyKey,
      whenUnsatisfiable: whenUnsatisfiable)
    constraint.labelSelector = labelSelector?.model
    constraint.minDomains = minDomains
    constraint.matchLabelKeys = matchLabelKeys ?? []
    constraint.nodeAffinityPolicy = nodeAffinityPolicy ?? .honor
    constraint.nodeTaintsPolicy = nodeTaintsPolicy ?? .ignore
    return constraint
  }
}
