import GantryUnits

@testable import GantryScheduling

extension ClusterState {
  /// A state of the same cluster that was made in one go instead of by a history of changes.
  ///
  /// Shapes, claims and nominations keep their ids; nodes and pods do not.
  mutating func rebuilt(namespaces: [String: [String: String]]) -> ClusterState {
    var fresh = ClusterState()
    for (name, labels) in namespaces { fresh.setNamespace(name, labels: labels) }
    for each in classes.values { fresh.add(each) }
    for record in claims {
      let parts = record.key.split(separator: "/", maxSplits: 1).map(String.init)
      fresh.set(fresh.claim(namespace: parts[0], name: parts[1]), to: record.claim)
    }
    for name in volumes.keys.sorted() { if let volume = volumes[name] { fresh.add(volume) } }
    for each in budgets { fresh.add(each) }
    let order = nodeOrder()
    for node in order { fresh.add(description(of: node)) }
    for each in shapes { _ = fresh.register(each.shape) }
    for each in services { fresh.add(each) }
    for (index, node) in order.enumerated() {
      for id in nodes[node.index].pods {
        let pod = pods[id.index]
        let copy = fresh.place(
          PodShapeID(index: pod.shape), claims: pod.claims, on: NodeID(index: index),
          start: pod.start)
        if pod.isTerminating { fresh.markTerminating(copy, byPreemption: pod.isPreempted) }
      }
    }
    for each in nominations {
      guard let place = order.firstIndex(of: each.node) else { continue }
      _ = fresh.nominate(each.shape, claims: each.claims, to: NodeID(index: place))
    }
    return fresh
  }

  /// A decision in words that mean the same in every state of the same cluster.
  func words(_ decision: Decision) -> [String] {
    let explanation = decision.explanation ?? Explanation()
    var words = [
      "\(decision.chosen.map { name(of: $0) } ?? "nowhere") of \(decision.feasibleCount)",
      "best \(decision.best.map { name(of: $0) })",
      "\(explanation.preFilterMessage ?? "") \(decision.fault ?? "")",
      "\(explanation.plugins.map(\.name))",
    ]
    words += explanation.rejected.map { "\(name(of: $0.node)) \($0.rejection)" }
    words += explanation.scored.map { "\(name(of: $0.node)) \($0.scores) \($0.total)" }
    return words
  }

  /// What preemption decides, in words; victims by node, shape and start.
  func words(_ decision: PreemptionDecision) -> [String] {
    decision.candidates.map { each in
      let victims = each.victims.map { victim in
        "\(pods[victim.index].shape) since \(pods[victim.index].start?.nanoseconds ?? -1)"
      }
      return "\(name(of: each.node)) \(victims) \(each.budgetViolations)"
    } + ["\(decision.isEligible) \(decision.chosen.map { name(of: $0.node) } ?? "")"]
  }
}
