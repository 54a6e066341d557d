import Foundation
import GantryModel
import GantryScheduling
import GantryUnits

/// Plays a case through the scheduler and notes every difference.
struct GoldenReplay {
  private(set) var state = ClusterState()
  private(set) var scheduler: Scheduler
  private(set) var decisions = 0
  private(set) var equal = 0
  private(set) var differences: [String] = []
  private let test: GoldenCase
  private var names: [PlacedPodID: String] = [:]
  private var bound = 0

  init(_ test: GoldenCase) {
    self.test = test
    var configuration = SchedulerConfiguration()
    let percentage = test.input.percentageOfNodesToScore ?? 100
    configuration.percentageOfNodesToScore = percentage == 0 ? nil : percentage
    scheduler = Scheduler(configuration: configuration)
    load()
  }

  private mutating func load() {
    let input = test.input
    for each in input.namespaces ?? [] { state.setNamespace(each.name, labels: each.labels ?? [:]) }
    for each in input.services ?? [] {
      state.add(
        ClusterService(
          namespace: each.namespace ?? "default", name: each.name, selector: each.selector))
    }
    loadVolumes()
    for each in input.podDisruptionBudgets ?? [] {
      var selector = LabelSelector()
      selector.matchLabels = each.matchLabels ?? [:]
      state.add(
        DisruptionBudget(
          namespace: each.namespace ?? "default", name: each.name, selector: selector,
          disruptionsAllowed: each.disruptionsAllowed))
    }
    for each in input.nodes ?? [] { state.add(each.model) }
    for each in input.nodes ?? [] { state.update(each.model) }
    for (index, pod) in (input.existingPods ?? []).enumerated() {
      guard let node = pod.nodeName.flatMap(state.node(named:)) else { continue }
      let start = pod.start ?? date("2025-01-01T00:00:00Z", minutes: index)
      let shape = state.register(pod.shape(isPlaced: true))
      names[state.place(shape, claims: claims(of: pod), on: node, start: start)] = pod.key
    }
  }

  private mutating func loadVolumes() {
    for each in test.input.storageClasses ?? [] {
      var known = VolumeClass(name: each.name, provisioner: each.provisioner)
      known.waitsForFirstConsumer = each.waitForFirstConsumer ?? false
      if let zones = each.allowedZones, !zones.isEmpty {
        known.allowedTopologies = [[.init(key: zoneKey, values: zones)]]
      }
      state.add(known)
    }
    for each in test.input.persistentVolumeClaims ?? [] {
      var claim = VolumeClaim()
      claim.volumeName = each.volumeName.flatMap { $0.isEmpty ? nil : $0 }
      claim.storageClass = each.storageClass
      claim.accessModes = each.accessMode.map { [$0] } ?? []
      state.set(
        state.claim(namespace: each.namespace ?? "default", name: each.name), to: claim)
    }
    for each in test.input.persistentVolumes ?? [] {
      var volume = ClusterVolume(name: each.name)
      volume.labels = each.labels ?? [:]
      volume.nodeAffinity = each.zone.flatMap { $0.isEmpty ? nil : [zoneTerm($0)] }
      volume.driver = each.driver
      volume.storageClass = each.storageClass
      volume.accessModes = each.accessMode.map { [$0] } ?? []
      volume.claim = each.claim
      state.add(volume)
    }
  }

  private mutating func claims(of pod: GoldenPod) -> [ClaimID] {
    (pod.pvcs ?? []).map { state.claim(namespace: pod.namespace ?? "default", name: $0) }
  }

  mutating func run() {
    let order = state.nodeOrder().map { state.name(of: $0) }
    let isOrdered = test.expected.nodeOrder.map { $0 == order } ?? true
    let results = test.expected.results
    let pods = test.input.pods ?? []
    for (index, pod) in pods.enumerated() {
      guard index < results.count else {
        note(["no result"], of: pod)
        continue
      }
      let found = play(pod, results[index])
      // A wrong order of nodes makes the case's first decision a wrong one.
      note(found + (index == 0 && !isOrdered ? ["node order \(order)"] : []), of: pod)
    }
    if results.count > pods.count { differences.append("\(test.id): results without pods") }
  }

  private mutating func note(_ found: [String], of pod: GoldenPod) {
    decisions += 1
    if found.isEmpty { equal += 1 }
    differences += found.map { "\(test.id) \(pod.key): \($0)" }
  }

  private mutating func play(_ pod: GoldenPod, _ expected: GoldenVerdict) -> [String] {
    let shape = state.register(pod.shape(isPlaced: false))
    let used = claims(of: pod)
    var (decision, found) = decide(shape, used)
    var mine = GoldenRecorder(state: state)
      .result(decision, of: pod.key, nextStart: scheduler.nextStartIndex)
    if expected.hasPreemption {
      let preemption = scheduler.preempt(for: shape, claims: used, in: &state)
      mine.preemption = GoldenRecorder(state: state).preemption(preemption, names: names)
      if let chosen = preemption.chosen, expected.hasSecondTry {
        decision = retry(shape, used, after: chosen)
        mine.afterPreemption = .init(
          GoldenRecorder(state: state)
            .result(decision, of: pod.key, nextStart: scheduler.nextStartIndex))
      }
    }
    found += expected.differences(from: mine)
    if let chosen = decision.chosen { bind(pod, shape, used, to: chosen) }
    return found
  }

  /// The explained decision, which the quick one must equal.
  private mutating func decide(
    _ shape: PodShapeID, _ used: [ClaimID]
  ) -> (Decision, [String]) {
    var twin = scheduler
    let quick = twin.schedule(shape, claims: used, in: &state)
    let decision = scheduler.schedule(shape, claims: used, in: &state, explain: true)
    let isEqual =
      quick.chosen == decision.chosen && quick.feasibleCount == decision.feasibleCount
      && quick.rejecters == decision.rejecters && quick.fault == decision.fault
      && quick.preemptionMightHelp == decision.preemptionMightHelp
      && twin.nextStartIndex == scheduler.nextStartIndex
    return (decision, isEqual ? [] : ["quick decision differs"])
  }

  /// Evicts the victims and tries the pod again, with the promise of their node.
  private mutating func retry(
    _ shape: PodShapeID, _ used: [ClaimID], after chosen: PreemptionCandidate
  ) -> Decision {
    for victim in chosen.victims { state.remove(victim) }
    let promise = state.nominate(shape, claims: used, to: chosen.node)
    defer { state.removeNomination(promise) }
    return scheduler.schedule(
      shape, claims: used, nomination: promise, in: &state, explain: true)
  }

  private mutating func bind(
    _ pod: GoldenPod, _ shape: PodShapeID, _ used: [ClaimID], to node: NodeID
  ) {
    bound += 1
    let start = pod.start ?? date("2026-02-01T00:00:00Z", minutes: bound)
    names[state.place(shape, claims: used, on: node, start: start)] = pod.key
    let zone = state.description(of: node).labels[zoneKey]
    for (id, name) in zip(used, pod.pvcs ?? []) {
      guard let claim = state.description(of: id), claim.volumeName == nil else { continue }
      var volume = ClusterVolume(name: "pv-" + name)
      volume.nodeAffinity = zone.map { [zoneTerm($0)] }
      let known = test.input.storageClasses?.first { $0.name == claim.storageClass }
      volume.driver = known?.provisioner
      volume.storageClass = claim.storageClass
      volume.accessModes = claim.accessModes
      state.add(volume)
      state.bind(id, to: volume.name)
    }
  }
}

private let zoneKey = "topology.kubernetes.io/zone"

private func zoneTerm(_ zone: String) -> NodeSelectorTerm {
  var term = NodeSelectorTerm()
  term.matchExpressions = [.init(key: zoneKey, operator: .in, values: [zone])]
  return term
}

private func date(_ text: String, minutes: Int = 0) -> Instant {
  let date = (try? Date(text, strategy: .iso8601)) ?? .distantPast
  return .seconds(date.timeIntervalSince1970 + Double(minutes) * 60)
}

extension GoldenPod {
  fileprivate var start: Instant? { startTime.map { date($0) } }
}

extension GoldenNode {
  var model: ClusterNode {
    var node = ClusterNode(name: name)
    node.labels = labels ?? [:]
    node.allocatable = quantities(allocatable)
    node.taints = (taints ?? []).map {
      Taint(key: $0.key, value: $0.value ?? "", effect: $0.effect)
    }
    node.isUnschedulable = unschedulable ?? false
    node.images = (images ?? []).map { .init(names: $0.names, size: Bytes($0.sizeBytes)) }
    node.volumeLimits = csiLimits ?? [:]
    return node
  }
}
