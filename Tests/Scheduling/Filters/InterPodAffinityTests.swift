import GantryModel
import Testing

@testable import GantryScheduling

@Suite("InterPodAffinity")
struct InterPodAffinityTests {
  private let x = ["app": "x"]

  /// Nodes a and b in zone 1, c in zone 2, d in none.
  private func cluster() -> SmallCluster {
    var cluster = SmallCluster()
    cluster.node("a", ["host": "a", "zone": "1"])
    cluster.node("b", ["host": "b", "zone": "1"])
    cluster.node("c", ["host": "c", "zone": "2"])
    cluster.node("d", ["host": "d"])
    return cluster
  }

  private func near(
    _ terms: [PodAffinityTerm], labels: [String: String] = [:], namespace: String = "default"
  ) -> PodShape {
    .pod(labels: labels) {
      $0.affinity = .near(terms)
      $0.namespace = namespace
    }
  }

  private func feasible(_ cluster: inout SmallCluster, _ shape: PodShape) -> Set<String> {
    Set(["a", "b", "c", "d"]).subtracting(cluster.refusals(shape).keys)
  }

  @Test("required affinity wants a pod in the domain, and the key on the node")
  func affinity() {
    var cluster = self.cluster()
    let wanted = near([.of(x, by: "zone")])
    #expect(feasible(&cluster, wanted) == [])
    #expect(!cluster.decide(wanted).preemptionMightHelp)
    // The first of a series that is drawn to itself may go anywhere that has the key.
    #expect(feasible(&cluster, near([.of(x, by: "zone")], labels: x)) == ["a", "b", "c"])
    cluster.place(.pod(labels: x), on: "a")
    #expect(feasible(&cluster, wanted) == ["a", "b"])
    #expect(feasible(&cluster, near([.of(x, by: "zone")], labels: x)) == ["a", "b"])
    // A match on a node without the key is none.
    var other = self.cluster()
    other.place(.pod(labels: x), on: "d")
    #expect(feasible(&other, near([.of(x, by: "zone")], labels: x)) == ["a", "b", "c"])
  }

  @Test("a placed pod counts only if it matches all terms at once")
  func allTerms() {
    var cluster = self.cluster()
    let both = near([.of(x, by: "zone"), .of(["tier": "t"], by: "host")])
    cluster.place(.pod(labels: x), on: "a")
    cluster.place(.pod(labels: ["tier": "t"]), on: "a")
    #expect(feasible(&cluster, both) == [])
    cluster.place(.pod(labels: ["app": "x", "tier": "t"]), on: "b")
    // Zone 1 by the first term, host b by the second.
    #expect(feasible(&cluster, both) == ["b"])
  }

  @Test("null selects nothing, empty everything")
  func selectors() {
    var cluster = self.cluster()
    cluster.place(.pod(labels: x), on: "c")
    #expect(feasible(&cluster, near([.of(nil, by: "zone")])) == [])
    #expect(feasible(&cluster, near([.of([:], by: "zone")])) == ["c"])
  }

  @Test("namespaces are named, selected, or the pod's own")
  func namespaces() {
    var cluster = self.cluster()
    cluster.state.setNamespace("team", labels: ["kind": "ci"])
    cluster.state.setNamespace("bare", labels: [:])
    cluster.place(.pod(labels: x) { $0.namespace = "team" }, on: "a")
    cluster.place(.pod(labels: x) { $0.namespace = "bare" }, on: "c")
    func selected(_ selector: LabelSelector?, _ names: [String] = []) -> Set<String> {
      var term = PodAffinityTerm.of(x, by: "host", in: names)
      term.namespaceSelector = selector
      return feasible(&cluster, near([term]))
    }
    #expect(selected(nil) == [])
    #expect(selected(nil, ["team"]) == ["a"])
    #expect(selected(.labels(["kind": "ci"])) == ["a"])
    #expect(selected(.labels(["kind": "no"]), ["bare"]) == ["c"])
    #expect(selected(.labels(["kind": "ci"]), ["bare"]) == ["a", "c"])
    #expect(selected(LabelSelector()) == ["a", "c"])
    cluster.state.setNamespace("bare", labels: ["kind": "ci"])
    #expect(selected(.labels(["kind": "ci"])) == ["a", "c"])
    cluster.state.removeNamespace("team")
    #expect(selected(.labels(["kind": "ci"])) == ["c"])
  }

  @Test("anti-affinity works both ways, within the domain")
  func antiAffinity() {
    var cluster = self.cluster()
    cluster.place(.pod(labels: x), on: "a")
    let away = PodShape.pod { $0.affinity = .away([.of(x, by: "zone")]) }
    #expect(feasible(&cluster, away) == ["c", "d"])
    #expect(cluster.decide(away).preemptionMightHelp)
    // A pod that keeps its own kind away from its host.
    let loner = PodShape.pod(labels: ["app": "l"]) {
      $0.affinity = .away([.of(["app": "l"], by: "host")])
    }
    cluster.place(loner, on: "b")
    #expect(feasible(&cluster, loner) == ["a", "c", "d"])
    // One without the term is kept away by the placed one's term.
    #expect(feasible(&cluster, .pod(labels: ["app": "l"])) == ["a", "c", "d"])
    #expect(feasible(&cluster, .pod(labels: ["app": "l"]) { $0.namespace = "o" }).count == 4)
  }

  @Test("scores add preferences both ways and 1 for each required affinity of placed pods")
  func score() {
    var cluster = self.cluster()
    cluster.place(.pod(labels: x), on: "a")
    #expect(cluster.scores(.interPodAffinity, .pod(labels: x)) == nil)
    let fond = PodShape.pod {
      $0.affinity = .near([], preferring: [.init(weight: 10, term: .of(x, by: "zone"))])
    }
    // Raw 10, 10, 0, 0.
    #expect(
      cluster.scores(.interPodAffinity, fond) == ["a": 200, "b": 200, "c": 0, "d": 0])
    // The placed pods' terms for a pod of app x: +1 in zone 1 (required), −30 on host c, which
    // refuses nothing; and +10 of the incoming pod's own in zone 1.
    cluster.place(near([.of(x, by: "zone")]), on: "b")
    cluster.place(
      .pod {
        $0.affinity = .away([], preferring: [.init(weight: 30, term: .of(x, by: "host"))])
      }, on: "c")
    var shape = fond
    shape.labels = x
    // Raw 11, 11, −30, 0: (0 + 30) ÷ 41 × 100 = 73.17.
    #expect(
      cluster.scores(.interPodAffinity, shape) == ["a": 200, "b": 200, "c": 0, "d": 146])
    // Equal everywhere is nothing.
    let vain = PodShape.pod {
      $0.affinity = .near([], preferring: [.init(weight: 5, term: .of(x, by: "nowhere"))])
    }
    #expect(cluster.scores(.interPodAffinity, vain) == nil)
  }

  @Test("the same term twice counts twice in scores")
  func duplicates() {
    var cluster = self.cluster()
    cluster.place(near([.of(x, by: "zone"), .of(x, by: "zone")]), on: "a")
    cluster.place(near([.of(x, by: "zone")]), on: "c")
    // Zone 1: 2, zone 2: 1, none: 0.
    #expect(
      cluster.scores(.interPodAffinity, .pod(labels: x)) == ["a": 200, "b": 200, "c": 100, "d": 0])
  }
}
