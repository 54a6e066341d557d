import GantryModel
import Testing

@testable import GantryScheduling

@Suite("PodTopologySpread")
struct PodTopologySpreadTests {
  private func constraint(
    _ key: String, skew: Int = 1, _ action: TopologySpreadConstraint.WhenUnsatisfiable,
    _ selector: LabelSelector? = .labels(["app": "x"]),
    _ change: (inout TopologySpreadConstraint) -> Void = { _ in }
  ) -> TopologySpreadConstraint {
    var constraint = TopologySpreadConstraint(
      maxSkew: skew, topologyKey: key, whenUnsatisfiable: action)
    constraint.labelSelector = selector
    change(&constraint)
    return constraint
  }

  private func pod(
    _ constraints: [TopologySpreadConstraint], labels: [String: String] = ["app": "x"]
  ) -> PodShape {
    .pod(labels: labels) { $0.topologySpreadConstraints = constraints }
  }

  /// Zones with these numbers of pods, each of one node named like the zone.
  private func cluster(_ zones: [(String, Int)]) -> SmallCluster {
    var cluster = SmallCluster()
    for (name, count) in zones {
      cluster.node(name, ["zone": name])
      for _ in 0..<count { cluster.place(.pod(labels: ["app": "x"]), on: name) }
    }
    return cluster
  }

  @Test("a zone may have at most the skew more than the emptiest")
  func skew() {
    var three = cluster([("a", 2), ("b", 1), ("c", 0)])
    #expect(
      three.refusals(pod([constraint("zone", .doNotSchedule)]))
        == ["a": "PodTopologySpread", "b": "PodTopologySpread"])
    #expect(
      three.refusals(pod([constraint("zone", skew: 2, .doNotSchedule)]))
        == ["a": "PodTopologySpread"])
    // A pod that does not match its own selector does not count itself.
    #expect(
      three.refusals(pod([constraint("zone", .doNotSchedule)], labels: [:]))
        == ["a": "PodTopologySpread"])
    // Neither an empty nor an absent selector counts any placed pod.
    #expect(three.refusals(pod([constraint("zone", .doNotSchedule, LabelSelector())])).isEmpty)
    #expect(three.refusals(pod([constraint("zone", .doNotSchedule, nil)])).isEmpty)
  }

  @Test("too few domains make the least count zero")
  func minDomains() {
    var two = cluster([("a", 1), ("b", 1)])
    let rule = constraint("zone", .doNotSchedule)
    #expect(two.refusals(pod([rule])).isEmpty)
    let three = constraint("zone", .doNotSchedule) { $0.minDomains = 3 }
    #expect(two.refusals(pod([three])) == ["a": "PodTopologySpread", "b": "PodTopologySpread"])
    let enough = constraint("zone", .doNotSchedule) { $0.minDomains = 2 }
    #expect(two.refusals(pod([enough])).isEmpty)
  }

  @Test("pods of other namespaces and pods that end do not count")
  func uncounted() {
    var two = cluster([("a", 0), ("b", 0)])
    two.place(.pod(labels: ["app": "x"]) { $0.namespace = "other" }, on: "a")
    let ending = two.place(.pod(labels: ["app": "x"]), on: "a")
    #expect(two.refusals(pod([constraint("zone", .doNotSchedule)])) == ["a": "PodTopologySpread"])
    two.state.markTerminating(ending)
    #expect(two.refusals(pod([constraint("zone", .doNotSchedule)])).isEmpty)
  }

  @Test("a node without the key is refused for good and its pods do not count")
  func missingKey() {
    var two = cluster([("a", 1), ("b", 1)])
    two.node("c", ["other": "x"])
    #expect(
      two.refusals(pod([constraint("zone", .doNotSchedule)])) == ["c": "PodTopologySpread!"])
    // With two constraints only nodes with both keys count: none has, so that all are refused.
    #expect(
      two.refusals(pod([constraint("zone", .doNotSchedule), constraint("rack", .doNotSchedule)]))
        == ["a": "PodTopologySpread!", "b": "PodTopologySpread!", "c": "PodTopologySpread!"])
  }

  @Test("nodes that the pod cannot use count by the policies")
  func policies() {
    var two = cluster([("a", 1), ("b", 0)])
    two.node("t", ["zone": "t", "pool": "p"]) { $0.taints = [Taint(key: "k", effect: .noSchedule)] }
    two.place(.pod(labels: ["app": "x"]), on: "b")
    // a 1, b 1, t 0. The tainted node counts unless taints are honoured.
    let plain = constraint("zone", .doNotSchedule)
    #expect(
      two.refusals(pod([plain]))
        == ["a": "PodTopologySpread", "b": "PodTopologySpread", "t": "TaintToleration!"])
    let taints = constraint("zone", .doNotSchedule) { $0.nodeTaintsPolicy = .honor }
    #expect(two.refusals(pod([taints])) == ["t": "TaintToleration!"])
    // The pod selects pool p, so that only t counts, unless affinity is ignored.
    var shape = pod([plain])
    shape.nodeSelector = ["pool": "p"]
    shape.tolerations = [Toleration()]
    shape.tolerations[0].operator = .exists
    #expect(two.refusals(shape) == ["a": "NodeAffinity!", "b": "NodeAffinity!"])
    two.place(.pod(labels: ["app": "x"]), on: "t")
    two.place(.pod(labels: ["app": "x"]), on: "t")
    // Alone it has its own least: 2 + 1 − 2. With all zones counted: 2 + 1 − 1 > 1.
    #expect(two.refusals(shape)["t"] == nil)
    shape.topologySpreadConstraints = [
      constraint("zone", .doNotSchedule) { $0.nodeAffinityPolicy = .ignore }
    ]
    #expect(two.refusals(shape)["t"] == "PodTopologySpread")
  }

  @Test("matchLabelKeys adds the pod's own values, where it has any")
  func matchLabelKeys() {
    var two = cluster([("a", 0), ("b", 0)])
    two.place(.pod(labels: ["app": "x", "hash": "1"]), on: "a")
    func refused(_ hash: String?, _ selector: LabelSelector? = .labels(["app": "x"])) -> Bool {
      var labels = ["app": "x"]
      labels["hash"] = hash
      let rule = constraint("zone", .doNotSchedule, selector) { $0.matchLabelKeys = ["hash"] }
      return !two.refusals(pod([rule], labels: labels)).isEmpty
    }
    #expect(refused("1"))
    #expect(!refused("2"))
    #expect(refused(nil))
    // Without a selector the values alone select.
    #expect(refused("1", nil))
    #expect(!refused(nil, nil))
  }

  @Test("an empty selector counts promised pods, though it counts no placed ones")
  func emptySelectorOnTrial() {
    var two = cluster([("a", 5), ("b", 0)])
    let shape = pod([constraint("zone", .doNotSchedule, LabelSelector())])
    #expect(two.refusals(shape).isEmpty)
    let promised = two.state.register(.pod())
    _ = two.state.nominate(promised, to: NodeID(index: 0))
    // On a with the promised pod: 1 + 1 − 0 > 1.
    #expect(two.refusals(shape) == ["a": "PodTopologySpread"])
    #expect(
      two.refusals(pod([constraint("zone", skew: 2, .doNotSchedule, LabelSelector())])) == [:])
  }

  @Test("soft constraints rank by pods and by the number of domains")
  func score() {
    var three = cluster([("a", 2), ("b", 1), ("c", 0)])
    // ln(3 + 2) = 1.609: raw 3.22 → 3, 1.61 → 2, 0. 100 × (3 + 0 − raw) ÷ 3 = 0, 33, 100; twice.
    let soft = pod([constraint("zone", .scheduleAnyway)])
    #expect(three.scores(.podTopologySpread, soft) == ["a": 0, "b": 66, "c": 200])
    // A node without the key scores nothing and is no domain.
    three.node("d")
    #expect(three.scores(.podTopologySpread, soft) == ["a": 0, "b": 66, "c": 200, "d": 0])
    // A greater skew adds skew − 1 to each: 6, 5 (1.61 + 3 = 4.61), 3: 100 × (6 + 3 − raw) ÷ 6.
    let wide = pod([constraint("zone", skew: 4, .scheduleAnyway)])
    #expect(three.scores(.podTopologySpread, wide) == ["a": 100, "b": 132, "c": 200, "d": 0])
  }

  @Test("hard constraints alone rank nothing; services spread pods without constraints")
  func defaults() {
    var three = cluster([("a", 1), ("b", 0)])
    #expect(
      three.scores(.podTopologySpread, pod([constraint("zone", skew: 9, .doNotSchedule)])) == nil)
    let plain = PodShape.pod(labels: ["app": "x"])
    #expect(three.scores(.podTopologySpread, plain) == nil)
    three.state.add(ClusterService(namespace: "default", name: "s", selector: ["app": "x"]))
    // No node has the host name label or a zone: 0 for all, which makes 100 for all.
    #expect(three.scores(.podTopologySpread, plain) == ["a": 200, "b": 200])
    var hosts = SmallCluster()
    for name in ["a", "b"] { hosts.node(name, ["kubernetes.io/hostname": name]) }
    hosts.place(.pod(labels: ["app": "x"]), on: "a")
    hosts.state.add(ClusterService(namespace: "default", name: "s", selector: ["app": "x"]))
    hosts.state.add(ClusterService(namespace: "default", name: "n", selector: nil))
    hosts.state.add(ClusterService(namespace: "other", name: "o", selector: ["app": "x"]))
    // Host names: 1 × ln 4 + 2 = 3.39 → 3 and 2: 100 × (3 + 2 − 3) ÷ 3 = 66 and 100.
    #expect(hosts.scores(.podTopologySpread, plain) == ["a": 132, "b": 200])
    #expect(hosts.scores(.podTopologySpread, .pod(labels: ["app": "y"])) == nil)
  }

  @Test("the natural logarithm is exact to the last bit where that is known")
  func logarithm() {
    #expect(naturalLogarithm(1) == 0)
    #expect(naturalLogarithm(2) == 0.693_147_180_559_945_3)
    #expect(naturalLogarithm(10) == 2.302_585_092_994_046)
    #expect(naturalLogarithm(1024) == 6.931_471_805_599_453)
  }
}
