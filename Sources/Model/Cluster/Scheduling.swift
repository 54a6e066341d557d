// The scheduling nouns of the Kubernetes API, field for field, shared by manifests, plan and
// scheduler. Source: Kubernetes API reference v1.28 (core/v1), read 2026-11-22.
public import GantryUnits

/// Amounts by resource name (`cpu`, `memory`, `ephemeral-storage`, `pods`, extended resources).
public typealias ResourceList = [String: Quantity]

/// Requests and limits of a container.
public struct ResourceRequirements: Hashable, Sendable {
  /// What is reserved for the container.
  public var requests: ResourceList = [:]
  /// What the container may use at most.
  public var limits: ResourceList = [:]

  /// Makes empty requirements.
  public init() {}
}

/// The effect of a taint.
public enum TaintEffect: String, Hashable, Sendable, Codable, CaseIterable {
  case noSchedule = "NoSchedule"
  case preferNoSchedule = "PreferNoSchedule"
  case noExecute = "NoExecute"
}

/// A node's mark that repels pods which do not tolerate it.
public struct Taint: Hashable, Sendable {
  public var key: String
  public var value: String
  public var effect: TaintEffect

  /// Makes a taint.
  public init(key: String, value: String = "", effect: TaintEffect) {
    self.key = key
    self.value = value
    self.effect = effect
  }
}

/// A pod's permission to run on tainted nodes.
public struct Toleration: Hashable, Sendable {
  /// How key and value are compared.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    case equal = "Equal"
    case exists = "Exists"
  }

  /// The taint's key; empty matches all keys (with `exists`).
  public var key: String = ""
  public var `operator`: Operator = .equal
  public var value: String = ""
  /// The effect tolerated; nil tolerates all.
  public var effect: TaintEffect?
  /// How long a NoExecute taint is tolerated, in seconds; nil is forever.
  public var tolerationSeconds: Int64?

  /// Makes a toleration of nothing yet.
  public init() {}
}

/// One comparison of a label or a field of a node.
public struct NodeSelectorRequirement: Hashable, Sendable {
  /// How the key's value is compared.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    case `in` = "In"
    case notIn = "NotIn"
    case exists = "Exists"
    case doesNotExist = "DoesNotExist"
    case greaterThan = "Gt"
    case lessThan = "Lt"
  }

  public var key: String
  public var `operator`: Operator
  public var values: [String]

  /// Makes a comparison.
  public init(key: String, operator: Operator, values: [String] = []) {
    self.key = key
    self.operator = `operator`
    self.values = values
  }
}

/// Comparisons that must all hold; a term with none matches nothing.
public struct NodeSelectorTerm: Hashable, Sendable {
  public var matchExpressions: [NodeSelectorRequirement] = []
  public var matchFields: [NodeSelectorRequirement] = []

  /// Makes an empty term.
  public init() {}
}

/// A node selector term with the weight it adds to a node's score.
public struct PreferredSchedulingTerm: Hashable, Sendable {
  public var weight: Int
  public var preference: NodeSelectorTerm

  /// Makes a preference.
  public init(weight: Int, preference: NodeSelectorTerm) {
    self.weight = weight
    self.preference = preference
  }
}

/// Which nodes a pod needs or likes.
public struct NodeAffinity: Hashable, Sendable {
  /// Terms of which one must match; nil when nothing is required.
  public var required: [NodeSelectorTerm]?
  public var preferred: [PreferredSchedulingTerm] = []

  /// Makes an affinity to nothing.
  public init() {}
}

/// One comparison of a pod's or namespace's label.
public struct LabelSelectorRequirement: Hashable, Sendable {
  /// How the key's value is compared.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    case `in` = "In"
    case notIn = "NotIn"
    case exists = "Exists"
    case doesNotExist = "DoesNotExist"
  }

  public var key: String
  public var `operator`: Operator
  public var values: [String]

  /// Makes a comparison.
  public init(key: String, operator: Operator, values: [String] = []) {
    self.key = key
    self.operator = `operator`
    self.values = values
  }
}

/// Labels and comparisons that must all hold; an empty selector matches everything.
public struct LabelSelector: Hashable, Sendable {
  public var matchLabels: [String: String] = [:]
  public var matchExpressions: [LabelSelectorRequirement] = []

  /// Makes a selector that matches everything.
  public init() {}
}

/// Pods that a pod must or must not share a topology domain with.
public struct PodAffinityTerm: Hashable, Sendable {
  /// nil matches no pod.
  public var labelSelector: LabelSelector?
  public var topologyKey: String
  public var namespaces: [String] = []
  /// nil selects none beyond `namespaces`; an empty selector selects all namespaces.
  public var namespaceSelector: LabelSelector?

  /// Makes a term over a topology key.
  public init(topologyKey: String) { self.topologyKey = topologyKey }
}

/// A pod affinity term with its weight.
public struct WeightedPodAffinityTerm: Hashable, Sendable {
  public var weight: Int
  public var term: PodAffinityTerm

  /// Makes a weighted term.
  public init(weight: Int, term: PodAffinityTerm) {
    self.weight = weight
    self.term = term
  }
}

/// Affinity or anti-affinity between pods.
public struct PodAffinity: Hashable, Sendable {
  public var required: [PodAffinityTerm] = []
  public var preferred: [WeightedPodAffinityTerm] = []

  /// Makes an affinity to nothing.
  public init() {}
}

/// All of a pod's affinities.
public struct Affinity: Hashable, Sendable {
  public var nodeAffinity: NodeAffinity?
  public var podAffinity: PodAffinity?
  public var podAntiAffinity: PodAffinity?

  /// Makes an affinity to nothing.
  public init() {}
}

/// How evenly pods spread over the values of a node label.
public struct TopologySpreadConstraint: Hashable, Sendable {
  /// What happens when the constraint cannot be met.
  public enum WhenUnsatisfiable: String, Hashable, Sendable, CaseIterable {
    case doNotSchedule = "DoNotSchedule"
    case scheduleAnyway = "ScheduleAnyway"
  }

  /// Whether a node property is honoured when pods are counted.
  public enum InclusionPolicy: String, Hashable, Sendable, CaseIterable {
    case honor = "Honor"
    case ignore = "Ignore"
  }

  public var maxSkew: Int
  public var topologyKey: String
  public var whenUnsatisfiable: WhenUnsatisfiable
  public var labelSelector: LabelSelector?
  public var minDomains: Int?
  public var matchLabelKeys: [String] = []
  public var nodeAffinityPolicy: InclusionPolicy = .honor
  public var nodeTaintsPolicy: InclusionPolicy = .ignore

  /// Makes a constraint.
  public init(maxSkew: Int, topologyKey: String, whenUnsatisfiable: WhenUnsatisfiable) {
    self.maxSkew = maxSkew
    self.topologyKey = topologyKey
    self.whenUnsatisfiable = whenUnsatisfiable
  }
}
