import GantryModel
import GantryScheduling
import GantryUnits

/// Small numbers from a seed (SplitMix64), the same on every run.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func draw() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(draw() % UInt64(count)) }
}

/// Clusters and pods of all kinds that the fast path serves, and some that it leaves.
struct RandomCluster {
  var dice: Dice

  init(seed: UInt64) { dice = Dice(seed) }

  mutating func node(_ index: Int) -> ClusterNode {
    var node = ClusterNode(name: "n\(index)")
    node.labels["kubernetes.io/hostname"] = node.name
    node.labels["arch"] = dice.below(2) == 0 ? "amd64" : "arm64"
    if dice.below(5) > 0 { node.labels["topology.kubernetes.io/zone"] = "z\(dice.below(3))" }
    node.allocatable = [
      "cpu": Quantity(milli: Int64(500 * (1 + dice.below(8)))),
      "memory": Quantity(Int64(1 + dice.below(8)) << 30),
      "pods": Quantity(Int64(2 + dice.below(20))),
    ]
    if dice.below(6) == 0 { node.taints.append(Taint(key: "k", effect: .noSchedule)) }
    if dice.below(4) == 0 { node.taints.append(Taint(key: "soft", effect: .preferNoSchedule)) }
    node.isUnschedulable = dice.below(12) == 0
    if dice.below(2) == 0 {
      node.images = [ReportedImage(names: ["img:1"], size: .mib(Double(dice.below(900))))]
    }
    return node
  }

  mutating func shape() -> PodShape {
    var shape = PodShape()
    shape.labels = ["app": "a\(dice.below(3))"]
    shape.priority = dice.below(3)
    var container = ShapeContainer(image: "img:1")
    if dice.below(2) == 0 {
      container.requests = [
        "cpu": Quantity(milli: Int64(dice.below(600))),
        "memory": Quantity(Int64(dice.below(1 << 30))),
      ]
    }
    shape.containers = [container]
    if dice.below(3) == 0 { shape.nodeSelector = ["arch": "amd64"] }
    if dice.below(3) == 0 {
      var toleration = Toleration()
      toleration.operator = .exists
      shape.tolerations = [toleration]
    }
    addAffinity(to: &shape)
    if dice.below(8) == 0 {
      var spread = TopologySpreadConstraint(
        maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: .scheduleAnyway)
      spread.labelSelector = term().labelSelector
      shape.topologySpreadConstraints = [spread]
    }
    return shape
  }

  private mutating func addAffinity(to shape: inout PodShape) {
    var affinity = Affinity()
    if dice.below(4) == 0 {
      affinity.podAffinity = PodAffinity()
      affinity.podAffinity?.required = [term()]
    }
    if dice.below(4) == 0 {
      affinity.podAntiAffinity = PodAffinity()
      if dice.below(2) == 0 { affinity.podAntiAffinity?.required = [term()] }
      affinity.podAntiAffinity?.preferred = [.init(weight: 1 + dice.below(100), term: term())]
    }
    if dice.below(4) == 0 {
      var preference = NodeSelectorTerm()
      preference.matchExpressions = [.init(key: "arch", operator: .in, values: ["arm64"])]
      affinity.nodeAffinity = NodeAffinity()
      affinity.nodeAffinity?.preferred = [.init(weight: 10, preference: preference)]
    }
    if affinity != Affinity() { shape.affinity = affinity }
  }

  private mutating func term() -> PodAffinityTerm {
    let keys = ["kubernetes.io/hostname", "topology.kubernetes.io/zone"]
    var term = PodAffinityTerm(topologyKey: keys[dice.below(2)])
    var selector = LabelSelector()
    selector.matchLabels = ["app": "a\(dice.below(3))"]
    term.labelSelector = selector
    return term
  }
}
