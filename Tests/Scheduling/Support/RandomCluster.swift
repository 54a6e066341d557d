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

  /// True once in `count`.
  mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }
}

/// Clusters and pods of all kinds: those that the fast path serves, and those that it leaves.
struct RandomCluster {
  static let namespaces = ["default", "team", "other"]
  static let keys = ["kubernetes.io/hostname", "topology.kubernetes.io/zone", "rack"]
  /// How rare the features are that the fast path leaves to the plain rules; 0 is never.
  var rareness: Int
  var dice: Dice

  init(seed: UInt64, rareness: Int = 8) {
    dice = Dice(seed)
    self.rareness = rareness
  }

  private mutating func isRare() -> Bool { rareness > 0 && dice.oneIn(rareness) }

  // MARK: Nodes

  mutating func node(_ index: Int) -> ClusterNode {
    var node = ClusterNode(name: "n\(index)")
    node.labels = ["kubernetes.io/hostname": node.name, "arch": dice.pick(["amd64", "arm64"])]
    if !dice.oneIn(5) { node.labels["topology.kubernetes.io/zone"] = "z\(dice.below(3))" }
    if dice.oneIn(12) { node.labels["failure-domain.beta.kubernetes.io/zone"] = "z1" }
    if dice.oneIn(3) { node.labels["rack"] = "r\(dice.below(4))" }
    if dice.oneIn(3) { node.labels["gen"] = "\(dice.below(9))" }
    node.allocatable = [
      "cpu": Quantity(milli: Int64(500 * (1 + dice.below(8)))),
      "memory": Quantity(Int64(1 + dice.below(8)) << 30),
      "pods": Quantity(Int64(2 + dice.below(20))), "ephemeral-storage": Quantity(10 << 30),
    ]
    if dice.oneIn(15) { node.allocatable["cpu"] = nil }
    if dice.oneIn(4) { node.allocatable["example.com/dev"] = Quantity(Int64(dice.below(3))) }
    node.taints = taints()
    node.isUnschedulable = dice.oneIn(12)
    for name in ["img", "img:1", "big:2", "host:5000/img"] where dice.oneIn(3) {
      // A size that depends on the name alone does not depend on which node came first.
      let names = [ImageNames.tagged(name), name + "@sha256:ab"]
      node.images.append(ReportedImage(names: names, size: .mib(Double(150 * name.utf8.count))))
    }
    if dice.oneIn(3) { node.volumeLimits = ["ebs": 1 + dice.below(3)] }
    return node
  }

  private mutating func taints() -> [Taint] {
    var taints: [Taint] = []
    if dice.oneIn(6) { taints.append(Taint(key: "k", effect: .noSchedule)) }
    if dice.oneIn(10) { taints.append(Taint(key: "k", value: "v", effect: .noExecute)) }
    if dice.oneIn(4) { taints.append(Taint(key: "soft", effect: .preferNoSchedule)) }
    if dice.oneIn(6) { taints.append(Taint(key: "k", effect: .preferNoSchedule)) }
    return taints
  }

  // MARK: Pods

  mutating func shape() -> PodShape {
    var shape = PodShape()
    shape.namespace = dice.oneIn(3) ? dice.pick(Self.namespaces) : "default"
    shape.labels = ["app": "a\(dice.below(3))"]
    if dice.oneIn(3) { shape.labels["tier"] = "t\(dice.below(2))" }
    shape.priority = dice.below(5) - 1
    if dice.oneIn(10) { shape.preemptionPolicy = .never }
    shape.containers = (0...dice.below(2)).map { _ in container() }
    if dice.oneIn(3) { shape.initContainers = [container()] }
    if dice.oneIn(12) { shape.overhead = ["cpu": Quantity(milli: 50)] }
    addNodeRules(to: &shape)
    addAffinity(to: &shape)
    if isRare() { shape.topologySpreadConstraints = spreadConstraints() }
    if isRare() { addRareRules(to: &shape) }
    return shape
  }

  private mutating func container() -> ShapeContainer {
    var container = ShapeContainer(image: dice.pick(["img", "img:1", "big:2", "host:5000/img"]))
    switch dice.below(4) {
    case 0: break
    case 1: container.requests = ["cpu": Quantity(milli: Int64(dice.below(400)))]
    case 2: container.requests = ["memory": Quantity(Int64(dice.below(1 << 29)))]
    default:
      container.requests = [
        "cpu": Quantity(milli: Int64(dice.below(600))),
        "memory": Quantity(Int64(dice.below(1 << 30))),
        "ephemeral-storage": Quantity(Int64(dice.below(1 << 31))),
      ]
    }
    return container
  }

  private mutating func addNodeRules(to shape: inout PodShape) {
    if dice.oneIn(4) { shape.nodeSelector = ["arch": "amd64"] }
    if dice.oneIn(3) {
      var toleration = Toleration()
      toleration.key = dice.pick(["", "k", "soft"])
      toleration.operator = .exists
      toleration.effect = dice.pick([nil, .noSchedule, .preferNoSchedule])
      shape.tolerations = [toleration]
    }
  }

  private mutating func addRareRules(to shape: inout PodShape) {
    switch dice.below(5) {
    case 0:
      shape.containers[0].hostPorts = [
        HostPort(port: 80 + dice.below(2), address: dice.pick([nil, "10.0.0.1", "10.0.0.2"]))
      ]
    case 1: shape.containers[0].requests["example.com/dev"] = Quantity(1)
    case 2: shape.nodeName = "n\(dice.below(10))"
    case 3:
      var sidecar = container()
      sidecar.isSidecar = true
      shape.initContainers.append(sidecar)
    default:
      var term = NodeSelectorTerm()
      term.matchFields = [
        .init(key: "metadata.name", operator: .in, values: ["n\(dice.below(10))"])
      ]
      var affinity = shape.affinity ?? Affinity()
      affinity.nodeAffinity = affinity.nodeAffinity ?? NodeAffinity()
      affinity.nodeAffinity?.required = [term]
      shape.affinity = affinity
    }
  }

  private mutating func addAffinity(to shape: inout PodShape) {
    var affinity = Affinity()
    if dice.oneIn(4) { affinity.podAffinity = podAffinity() }
    if dice.oneIn(4) { affinity.podAntiAffinity = podAffinity() }
    if dice.oneIn(4) {
      affinity.nodeAffinity = NodeAffinity()
      if dice.oneIn(2) { affinity.nodeAffinity?.required = [nodeTerm(), nodeTerm()] }
      affinity.nodeAffinity?.preferred = (0...dice.below(2)).map { _ in
        .init(weight: 1 + dice.below(50), preference: nodeTerm())
      }
    }
    if affinity != Affinity() { shape.affinity = affinity }
  }

  private mutating func nodeTerm() -> NodeSelectorTerm {
    var term = NodeSelectorTerm()
    term.matchExpressions = [
      dice.pick([
        .init(key: "arch", operator: .in, values: ["arm64"]),
        .init(key: "gen", operator: .greaterThan, values: ["3"]),
        .init(key: "gen", operator: .lessThan, values: ["6"]),
        .init(key: "rack", operator: .exists),
        .init(key: "rack", operator: .notIn, values: ["r1"]),
        .init(key: "topology.kubernetes.io/zone", operator: .in, values: ["z0", "z1"]),
      ])
    ]
    return term
  }

  private mutating func podAffinity() -> PodAffinity {
    var affinity = PodAffinity()
    if dice.oneIn(2) { affinity.required = (0...dice.below(2)).map { _ in term() } }
    if dice.oneIn(2) {
      affinity.preferred = (0...dice.below(2)).map { _ in
        .init(weight: 1 + dice.below(100), term: term())
      }
    }
    return affinity
  }

  private mutating func selector() -> LabelSelector {
    var selector = LabelSelector()
    switch dice.below(8) {
    case 0: break
    case 1: selector.matchExpressions = [.init(key: "tier", operator: .exists)]
    case 2: selector.matchExpressions = [.init(key: "app", operator: .notIn, values: ["a0"])]
    case 3: selector.matchExpressions = [.init(key: "app", operator: .in, values: ["a0", "a1"])]
    case 4: selector.matchLabels = ["app": "a\(dice.below(3))", "tier": "t0"]
    default: selector.matchLabels = ["app": "a\(dice.below(3))"]
    }
    return selector
  }

  private mutating func term() -> PodAffinityTerm {
    var term = PodAffinityTerm(topologyKey: dice.pick(Self.keys))
    term.labelSelector = dice.oneIn(12) ? nil : selector()
    if dice.oneIn(4) { term.namespaces = [dice.pick(Self.namespaces)] }
    if dice.oneIn(5) {
      var selector = LabelSelector()
      if dice.oneIn(2) { selector.matchLabels = ["kind": "ci"] }
      term.namespaceSelector = selector
    }
    return term
  }

  private mutating func spreadConstraints() -> [TopologySpreadConstraint] {
    let isHard = dice.oneIn(2)
    let keys = dice.oneIn(3) ? [Self.keys[0], Self.keys[1]] : [dice.pick(Self.keys)]
    return keys.map { key in
      var spread = TopologySpreadConstraint(
        maxSkew: 1 + dice.below(3), topologyKey: key,
        whenUnsatisfiable: isHard ? .doNotSchedule : .scheduleAnyway)
      spread.labelSelector = selector()
      if isHard, dice.oneIn(3) { spread.minDomains = 1 + dice.below(4) }
      if dice.oneIn(3) { spread.matchLabelKeys = ["tier"] }
      if dice.oneIn(3) { spread.nodeAffinityPolicy = .ignore }
      if dice.oneIn(3) { spread.nodeTaintsPolicy = .honor }
      return spread
    }
  }

  // MARK: Volumes

  /// Adds classes, volumes and claims, and gives the claims, one of which does not exist.
  mutating func volumes(in state: inout ClusterState) -> [ClaimID] {
    var waiting = VolumeClass(name: "wait", provisioner: "ebs")
    waiting.waitsForFirstConsumer = true
    state.add(waiting)
    waiting.name = "zonal"
    waiting.allowedTopologies = [[.init(key: Self.keys[1], values: ["z0", "z1"])]]
    state.add(waiting)
    waiting.name = "manual"
    waiting.provisioner = "kubernetes.io/no-provisioner"
    waiting.allowedTopologies = []
    state.add(waiting)
    state.add(VolumeClass(name: "now", provisioner: "efs"))
    for index in 0..<3 { state.add(volume("free\(index)", "manual")) }
    return (0..<12).map { claim($0, in: &state) }
      + [state.claim(namespace: "default", name: "gone")]
  }

  private mutating func claim(_ index: Int, in state: inout ClusterState) -> ClaimID {
    var claim = VolumeClaim()
    claim.storageClass = dice.pick(["wait", "zonal", "manual", "wait", "zonal", "now"])
    claim.accessModes = [dice.pick([.readWriteOnce, .readWriteMany, .readWriteOncePod])]
    let id = state.claim(namespace: "default", name: "c\(index)")
    if !dice.oneIn(3) {
      claim.volumeName = "v\(index)"
      state.add(volume("v\(index)", claim.storageClass))
    } else if dice.oneIn(4) {
      claim.selectedNode = "n\(dice.below(5))"
    }
    state.set(id, to: claim)
    return id
  }

  private mutating func volume(_ name: String, _ storageClass: String?) -> ClusterVolume {
    var volume = ClusterVolume(name: name)
    volume.storageClass = storageClass
    volume.driver = dice.pick(["ebs", "ebs", "efs", nil])
    if dice.oneIn(3) {
      var term = NodeSelectorTerm()
      term.matchExpressions = [
        .init(key: Self.keys[1], operator: .in, values: ["z\(dice.below(3))"])
      ]
      volume.nodeAffinity = [term]
    }
    if dice.oneIn(4) { volume.labels = [Self.keys[1]: dice.pick(["z0", "z0__z1", "z2"])] }
    return volume
  }
}

private enum ImageNames {
  /// The name with the tag that a node reports.
  static func tagged(_ name: String) -> String { name.hasSuffix("img") ? name + ":latest" : name }
}
