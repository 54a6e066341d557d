/// A node that a pod could take by evicting others.
public struct PreemptionCandidate: Hashable, Sendable {
  /// The node.
  public var node: NodeID
  /// The pods to evict, those first whose disruption budget would be violated.
  public var victims: [PlacedPodID]
  /// How many of them violate a disruption budget.
  public var budgetViolations: Int
}

/// What preemption decided for a pod that fits nowhere.
public struct PreemptionDecision: Hashable, Sendable {
  /// Why the pod may not evict others now, in the real scheduler's words; nil when it may.
  public var ineligibility: String?
  /// Whether the pod may evict others now.
  public var isEligible: Bool { ineligibility == nil }
  /// The nodes that evictions would free, in the order of nodes.
  public var candidates: [PreemptionCandidate] = []
  /// Every candidate that the selection may end with, in the order of names.
  public var best: [PreemptionCandidate] = []
  /// The candidate to act on.
  public var chosen: PreemptionCandidate?
  /// The number of nodes whose refusal no eviction turns.
  public var unhelpful = 0
  /// The number of nodes without a pod of lower priority.
  public var withoutVictims = 0
  /// What still refused the pod on nodes after all pods of lower priority were gone.
  public var refusals: [Rejection] = []
}

/// Finds which pods of a node would have to go.
struct VictimSearch {
  /// The filters with the counts of the cluster as it is.
  let check: NodeCheck

  /// The pods to evict; nil when evicting pods of lower priority does not help, and then why.
  func candidate(
    on node: NodeID, in state: inout ClusterState
  ) -> (candidate: PreemptionCandidate?, refusal: Refusal?) {
    let priority = check.attempt.shape.shape.priority
    let lower = state.nodes[node.index].pods.filter {
      state.shapes[state.pods[$0.index].shape].shape.priority < priority
    }
    guard !lower.isEmpty else { return (nil, nil) }
    let before = state
    defer { state = before }
    // Victims keep their data while their ids change hands in the trial.
    let data = lower.map { (id: $0, pod: state.pods[$0.index]) }
    var check = check
    for each in data {
      state.remove(each.id)
      check.note(each.pod, times: -1, in: state)
    }
    if let refusal = check.refusal(node: node.index, in: state) { return (nil, refusal) }
    let ranked = sorted(data, in: state)
    let violating = violating(ranked, in: state)
    var victims: [PlacedPodID] = []
    var violations = 0
    let order = zip(ranked, violating).filter(\.1) + zip(ranked, violating).filter { !$0.1 }
    for ((id, pod), isViolating) in order {
      let back = state.place(
        PodShapeID(index: pod.shape), claims: pod.claims, on: node, start: pod.start)
      if pod.isTerminating { state.markTerminating(back) }
      check.note(pod, times: 1, in: state)
      guard check.refusal(node: node.index, in: state) != nil else { continue }
      state.remove(back)
      check.note(pod, times: -1, in: state)
      victims.append(id)
      if isViolating { violations += 1 }
    }
    guard !victims.isEmpty else { return (nil, nil) }
    return (PreemptionCandidate(node: node, victims: victims, budgetViolations: violations), nil)
  }

  /// The more important first: by priority, then by the earlier start.
  private func sorted(
    _ pods: [(id: PlacedPodID, pod: ClusterState.PlacedPod)], in state: ClusterState
  ) -> [(id: PlacedPodID, pod: ClusterState.PlacedPod)] {
    pods.enumerated().sorted { a, b in
      let first = state.shapes[a.element.pod.shape].shape.priority
      let second = state.shapes[b.element.pod.shape].shape.priority
      if first != second { return first > second }
      switch (a.element.pod.start, b.element.pod.start) {
      case (let first?, let second?) where first != second: return first < second
      case (.some, .none): return true
      case (.none, .some): return false
      default: return a.offset < b.offset
      }
    }.map(\.element)
  }

  /// Which of the pods, evicted in this order, would exceed what a budget allows.
  private func violating(
    _ pods: [(id: PlacedPodID, pod: ClusterState.PlacedPod)], in state: ClusterState
  ) -> [Bool] {
    var left = state.budgets.map(\.disruptionsAllowed)
    var symbols = state.symbols
    let selectors = state.budgets.map { CompiledSelector($0.selector, &symbols) }
    return pods.map { _, pod in
      let shape = state.shapes[pod.shape]
      var isViolating = false
      guard !shape.labels.isEmpty else { return false }
      for index in left.indices where state.budgets[index].namespace == shape.shape.namespace {
        // A budget without a selector guards nothing.
        guard !selectors[index].isEmpty, selectors[index].matches(shape.labels) else { continue }
        left[index] -= 1
        if left[index] < 0 { isViolating = true }
      }
      return isViolating
    }
  }
}
