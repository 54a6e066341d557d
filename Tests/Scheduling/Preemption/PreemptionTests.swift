import GantryModel
import GantryUnits
import Testing

@testable import GantryScheduling

@Suite("Preemption")
struct PreemptionTests {
  private func pod(
    _ cpu: String, priority: Int = 0, labels: [String: String] = [:], namespace: String = "default"
  ) -> PodShape {
    .pod(["cpu": cpu], labels: labels) {
      $0.priority = priority
      $0.namespace = namespace
    }
  }

  private func names(
    _ victims: [PlacedPodID]?, _ known: KeyValuePairs<String, PlacedPodID>
  ) -> [String]? {
    victims?.map { victim in known.first { $0.value == victim }?.key ?? "?" }
  }

  @Test("only as many go as must, the least important first to go")
  func fewest() {
    var cluster = SmallCluster()
    cluster.node("a")
    let low = cluster.place(pod("1", priority: -5), on: "a", start: 1)
    let old = cluster.place(pod("1"), on: "a", start: 1)
    let young = cluster.place(pod("1"), on: "a", start: 9)
    let high = cluster.place(pod("1", priority: 7), on: "a", start: 5)
    func victims(_ cpu: String, _ priority: Int) -> [String]? {
      names(
        cluster.victims(pod(cpu, priority: priority))["a"],
        ["low": low, "old": old, "young": young, "high": high])
    }
    // Put back in order: 7, 0 (started earlier), 0, −5, as long as there is room.
    #expect(victims("1", 10) == ["low"])
    #expect(victims("2", 10) == ["young", "low"])
    #expect(victims("3", 10) == ["old", "young", "low"])
    #expect(victims("4", 10) == ["high", "old", "young", "low"])
    #expect(victims("3", 7) == ["old", "young", "low"])
    #expect(victims("4", 7) == nil)
    #expect(victims("1", 0) == ["low"])
    #expect(victims("1", -5) == nil)
    #expect(victims("5", 10) == nil)
  }

  @Test("a small pod may stay where a larger, more important one cannot")
  func gaps() {
    var cluster = SmallCluster()
    cluster.node("a")
    let large = cluster.place(pod("3", priority: 2), on: "a", start: 1)
    let small = cluster.place(pod("1", priority: 1), on: "a", start: 1)
    // 4 cores: the 3 of the large one do not fit beside 2, the 1 of the small one does.
    #expect(
      names(cluster.victims(pod("2", priority: 5))["a"], ["large": large, "small": small])
        == ["large"])
  }

  @Test("equal priority and start: the order of the node's list; without a start counts as last")
  func order() {
    var cluster = SmallCluster()
    cluster.node("a")
    let unstarted = cluster.place(pod("1"), on: "a")
    let second = cluster.place(pod("1"), on: "a", start: 4)
    let third = cluster.place(pod("1"), on: "a", start: 4)
    let first = cluster.place(pod("1"), on: "a", start: 3)
    let victims = cluster.victims(pod("4", priority: 1))["a"]
    #expect(
      names(
        victims, ["unstarted": unstarted, "second": second, "third": third, "first": first])
        == ["first", "second", "third", "unstarted"])
  }

  @Test("pods whose budget is used up are put back first and counted when they cannot stay")
  func budgets() {
    var cluster = SmallCluster()
    cluster.node("a")
    let app = ["app": "x", "tier": "t"]
    let one = cluster.place(pod("1", priority: 3, labels: app), on: "a", start: 1)
    let two = cluster.place(pod("1", priority: 2, labels: app), on: "a", start: 1)
    let free = cluster.place(pod("1", priority: 1), on: "a", start: 1)
    let other = cluster.place(
      pod("1", priority: 0, labels: app, namespace: "o"), on: "a", start: 1)
    let known: KeyValuePairs = ["one": one, "two": two, "free": free, "other": other]
    func budget(_ name: String, _ labels: [String: String]?, _ allowed: Int) {
      cluster.state.add(
        DisruptionBudget(
          namespace: "default", name: name, selector: labels.map { .labels($0) },
          disruptionsAllowed: allowed))
    }
    func outcome(_ cpu: String) -> (victims: [String]?, violations: Int?) {
      let id = cluster.state.register(pod(cpu, priority: 9))
      let found = cluster.scheduler.preempt(for: id, in: &cluster.state).candidates.first
      return (names(found?.victims, known), found?.budgetViolations)
    }
    budget("b", ["app": "x"], 1)
    // The first may go, the second would be one too many: it is put back first.
    #expect(outcome("3").victims == ["one", "free", "other"])
    #expect(outcome("3").violations == 0)
    #expect(outcome("4").victims == ["two", "one", "free", "other"])
    #expect(outcome("4").violations == 1)
    // Each of several budgets counts; one that is used up is enough.
    budget("c", ["tier": "t"], 0)
    #expect(outcome("4").victims == ["one", "two", "free", "other"])
    #expect(outcome("4").violations == 2)
    #expect(outcome("2").violations == 0)
    // Empty and absent selectors guard nothing.
    cluster.state.removeBudget(namespace: "default", name: "b")
    cluster.state.removeBudget(namespace: "default", name: "c")
    budget("d", [:], 0)
    budget("e", nil, 0)
    #expect(outcome("4").violations == 0)
  }

  @Test("a policy of never, a refusal that no eviction turns, and a lack of lower pods end it")
  func ineligible() {
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.place(pod("4"), on: "a")
    var polite = pod("1", priority: 5)
    polite.preemptionPolicy = .never
    let id = cluster.state.register(polite)
    let decision = cluster.scheduler.preempt(for: id, in: &cluster.state)
    #expect(!decision.isEligible)
    #expect(decision.chosen == nil)
    var picky = pod("1", priority: 5)
    picky.nodeSelector = ["k": "v"]
    #expect(cluster.victims(picky).isEmpty)
    #expect(cluster.victims(pod("1", priority: 0)).isEmpty)
    #expect(cluster.victims(pod("1", priority: 1)).count == 1)
  }

  @Test("while a preempted pod still ends on the promised node nothing more is evicted")
  func terminating() {
    var cluster = SmallCluster()
    let node = cluster.node("a")
    let victim = cluster.place(pod("4"), on: "a")
    let shape = cluster.state.register(pod("1", priority: 5))
    let promise = cluster.state.nominate(shape, to: node)
    func isEligible() -> Bool {
      cluster.scheduler.preempt(for: shape, nomination: promise, in: &cluster.state).isEligible
    }
    #expect(isEligible())
    cluster.state.markTerminating(victim)
    // It ends for a reason of its own.
    #expect(isEligible())
    cluster.state.markTerminating(victim, byPreemption: true)
    #expect(!isEligible())
    let decision = cluster.scheduler.preempt(
      for: shape, nomination: promise, in: &cluster.state)
    #expect(
      decision.ineligibility == "not eligible due to a terminating pod on the nominated node.")
    // The node became useless for the pod, so that it may look elsewhere.
    var cordoned = cluster.state.description(of: node)
    cordoned.isUnschedulable = true
    cluster.state.update(cordoned)
    #expect(isEligible())
  }

  @Test("a promised pod takes its room from pods of the same or a lower priority only")
  func nominated() {
    var cluster = SmallCluster()
    let node = cluster.node("a")
    let promised = cluster.state.register(pod("3", priority: 5))
    let promise = cluster.state.nominate(promised, to: node)
    #expect(cluster.refusals(pod("2", priority: 4)) == ["a": "NodeResourcesFit"])
    #expect(cluster.refusals(pod("2", priority: 5)) == ["a": "NodeResourcesFit"])
    #expect(cluster.refusals(pod("2", priority: 6)).isEmpty)
    #expect(cluster.refusals(pod("1", priority: 0)).isEmpty)
    // It does not stand in its own way, and it takes the promised node without a look at others.
    cluster.node("b")
    let own = cluster.scheduler.schedule(
      promised, nomination: promise, in: &cluster.state, explain: true)
    #expect(own.chosen == node)
    #expect(own.feasibleCount == 1)
    // A pod must fit without the promised pods too: it may need one that is not there yet.
    let target = PodShape.pod(labels: ["app": "x"]) { $0.priority = 9 }
    let second = cluster.state.register(target)
    _ = cluster.state.nominate(second, to: node)
    let follower = PodShape.pod {
      $0.affinity = .near([.of(["app": "x"], by: "host")])
    }
    #expect(cluster.decide(follower).chosen == nil)
    #expect(cluster.state.removeNominations(on: node, below: 9) == [promise])
  }

  @Test("a nomination on a node that refuses falls back to all nodes")
  func fallback() {
    var cluster = SmallCluster()
    let full = cluster.node("a")
    let other = cluster.node("b")
    cluster.place(pod("4"), on: "a")
    let shape = cluster.state.register(pod("1", priority: 1))
    let promise = cluster.state.nominate(shape, to: full)
    let decision = cluster.scheduler.schedule(
      shape, nomination: promise, in: &cluster.state, explain: true)
    #expect(decision.chosen == other)
  }

  @Test("nodes are chosen by violations, first victim, sum, number, and the latest start")
  func selection() {
    var cluster = SmallCluster()
    func victims(_ pods: [(priority: Int, start: Double?)]) -> [PlacedPodID] {
      pods.map { cluster.place(pod("0", priority: $0.priority), on: "n", start: $0.start) }
    }
    let node = cluster.node("n")
    func best(_ candidates: [(violations: Int, pods: [(priority: Int, start: Double?)])]) -> [Int] {
      let list = candidates.map {
        PreemptionCandidate(
          node: node, victims: victims($0.pods), budgetViolations: $0.violations)
      }
      let best = CandidateSelection(state: cluster.state).best(of: list)
      return list.indices.filter { best.contains(list[$0]) }
    }
    #expect(best([(1, [(0, 1)]), (0, [(9, 1), (9, 1)])]) == [1])
    // The first victim decides, though a later one may be more important.
    #expect(best([(1, [(1, 1), (9, 1)]), (1, [(2, 1)])]) == [0])
    // Sums of priority + 2^31: two of −5 weigh more than one of 0 as there are two.
    #expect(best([(0, [(3, 1), (-5, 1), (-5, 1)]), (0, [(3, 1), (0, 1)])]) == [1])
    #expect(best([(0, [(3, 1), (1, 1)]), (0, [(3, 1), (0, 1)])]) == [1])
    // Equal in all: the oldest of the most important victims started later.
    #expect(best([(0, [(3, 5), (3, 1)]), (0, [(3, 2), (3, 3)])]) == [1])
    #expect(best([(0, [(3, 5), (1, 1)]), (0, [(3, 4), (1, 9)])]) == [0])
    // Not started counts as now.
    #expect(best([(0, [(3, nil)]), (0, [(3, 4)])]) == [0])
    #expect(best([(0, [(3, nil), (3, 1)]), (0, [(3, 4), (3, nil)])]) == [1])
    #expect(best([(0, [(3, 4)]), (0, [(3, 4)])]) == [0, 1])
  }

  @Test("evicting the one that is kept away helps; evicting the one needed does not")
  func podAffinity() {
    var cluster = SmallCluster()
    cluster.node("a", ["host": "a"])
    let low = cluster.place(pod("1", labels: ["app": "x"]), on: "a")
    var away = pod("1", priority: 1)
    away.affinity = .away([.of(["app": "x"], by: "host")])
    #expect(cluster.victims(away) == ["a": [low]])
    var near = pod("4", priority: 1)
    near.affinity = .near([.of(["app": "x"], by: "host")])
    #expect(cluster.victims(near).isEmpty)
  }

  @Test("host ports are freed by evictions")
  func ports() {
    var cluster = SmallCluster()
    cluster.node("a")
    var holder = pod("0")
    holder.containers[0].hostPorts = [HostPort(port: 80)]
    let low = cluster.place(holder, on: "a")
    holder.priority = 1
    #expect(cluster.victims(holder) == ["a": [low]])
  }
}
