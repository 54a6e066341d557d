import GantryModel
import GantryUnits

@testable import GantryScheduling

/// A cluster in a few lines, for tests whose expectations are worked out by hand.
struct SmallCluster {
  var state = ClusterState()
  var scheduler = Scheduler()

  init(minor: Int = 28) { scheduler.configuration.kubernetesMinor = minor }

  /// Adds a node with 4 cores, 8 GiB and room for 10 pods.
  @discardableResult
  mutating func node(
    _ name: String, _ labels: [String: String] = [:],
    _ change: (inout ClusterNode) -> Void = { _ in }
  ) -> NodeID {
    var node = ClusterNode(name: name)
    node.labels = labels
    node.allocatable = [
      "cpu": Quantity(4), "memory": Quantity(8 << 30), "pods": Quantity(10),
    ]
    change(&node)
    return state.add(node)
  }

  @discardableResult
  mutating func place(
    _ shape: PodShape, on node: String, claims: [ClaimID] = [], start: Double? = nil
  ) -> PlacedPodID {
    let id = state.register(shape)
    let node = state.nodeIDs[node] ?? NodeID(index: 0)
    return state.place(id, claims: claims, on: node, start: start.map { .seconds($0) })
  }

  mutating func claim(_ name: String, _ change: (inout VolumeClaim) -> Void = { _ in }) -> ClaimID {
    let id = state.claim(namespace: "default", name: name)
    var claim = VolumeClaim()
    change(&claim)
    state.set(id, to: claim)
    return id
  }

  mutating func decide(_ shape: PodShape, claims: [ClaimID] = []) -> Decision {
    scheduler.schedule(state.register(shape), claims: claims, in: &state, explain: true)
  }

  /// The refusals by node: the filter and, with "!", that no eviction helps.
  mutating func refusals(_ shape: PodShape, claims: [ClaimID] = []) -> [String: String] {
    var refusals: [String: String] = [:]
    for each in decide(shape, claims: claims).explanation?.rejected ?? [] {
      let mark = each.rejection.code == .unresolvable ? "!" : ""
      refusals[state.name(of: each.node)] = each.rejection.plugin.name + mark
    }
    return refusals
  }

  /// The weighted scores of a plugin by node; nil when it skipped itself.
  mutating func scores(_ plugin: ScorePlugin, _ shape: PodShape) -> [String: Int64]? {
    let explanation = decide(shape).explanation ?? Explanation()
    guard let column = explanation.plugins.firstIndex(of: plugin) else { return nil }
    return Dictionary(
      uniqueKeysWithValues: explanation.scored.map { (state.name(of: $0.node), $0.scores[column]) })
  }

  /// What preemption finds: victims by node, in the order of eviction.
  mutating func victims(_ shape: PodShape, claims: [ClaimID] = []) -> [String: [PlacedPodID]] {
    let decision = scheduler.preempt(for: state.register(shape), claims: claims, in: &state)
    return Dictionary(
      uniqueKeysWithValues: decision.candidates.map { (state.name(of: $0.node), $0.victims) })
  }
}

extension PodShape {
  /// A pod with one container of an image.
  static func pod(
    _ requests: [String: String] = [:], labels: [String: String] = [:],
    _ change: (inout PodShape) -> Void = { _ in }
  ) -> PodShape {
    var shape = PodShape()
    shape.labels = labels
    shape.containers = [ShapeContainer(image: "x:1", requests: .texts(requests))]
    change(&shape)
    return shape
  }
}

extension ResourceList {
  /// Amounts from their texts.
  static func texts(_ texts: [String: String]) -> ResourceList {
    texts.compactMapValues { Quantity($0) }
  }
}

extension LabelSelector {
  static func labels(_ labels: [String: String]) -> LabelSelector {
    var selector = LabelSelector()
    selector.matchLabels = labels
    return selector
  }
}

extension PodAffinityTerm {
  static func of(
    _ labels: [String: String]?, by key: String, in namespaces: [String] = []
  ) -> PodAffinityTerm {
    var term = PodAffinityTerm(topologyKey: key)
    term.labelSelector = labels.map { .labels($0) }
    term.namespaces = namespaces
    return term
  }
}

extension Affinity {
  /// A node affinity with one required term.
  static func requiring(_ expressions: [NodeSelectorRequirement]) -> Affinity {
    var term = NodeSelectorTerm()
    term.matchExpressions = expressions
    return requiring([term])
  }

  static func requiring(_ terms: [NodeSelectorTerm]) -> Affinity {
    var affinity = Affinity()
    affinity.nodeAffinity = NodeAffinity()
    affinity.nodeAffinity?.required = terms
    return affinity
  }

  static func near(_ required: [PodAffinityTerm], preferring: [WeightedPodAffinityTerm] = [])
    -> Affinity
  {
    var affinity = Affinity()
    affinity.podAffinity = PodAffinity()
    affinity.podAffinity?.required = required
    affinity.podAffinity?.preferred = preferring
    return affinity
  }

  static func away(_ required: [PodAffinityTerm], preferring: [WeightedPodAffinityTerm] = [])
    -> Affinity
  {
    var affinity = Affinity()
    affinity.podAntiAffinity = PodAffinity()
    affinity.podAntiAffinity?.required = required
    affinity.podAntiAffinity?.preferred = preferring
    return affinity
  }
}
