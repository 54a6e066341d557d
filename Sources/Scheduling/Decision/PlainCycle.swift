/// One scheduling cycle as the rules are written, without shortcuts.
struct PlainCycle {
  var configuration: SchedulerConfiguration
  /// Where the search among many nodes begins.
  var start: Int
  /// Where the next one begins.
  private(set) var nextStart: Int

  init(configuration: SchedulerConfiguration, start: Int) {
    self.configuration = configuration
    self.start = start
    nextStart = start
  }

  mutating func decide(
    _ attempt: inout Attempt, in state: ClusterState, ties: TieBreaker, explain: Bool
  ) -> Decision {
    var decision = Decision()
    var explanation = Explanation()
    var names: Set<String>?
    switch FilterChain.preFilter(&attempt, in: state) {
    case .fault(let text):
      decision.fault = text
      return decision
    case .refused(let refusal):
      refuse(refusal, state, &decision, &explanation)
      decision.explanation = explain ? explanation : nil
      return decision
    case .nodes(let narrowed): names = narrowed
    }
    let feasible = search(attempt, names, state, &decision, &explanation)
    decision.feasibleCount = feasible.count
    choose(among: feasible, attempt, state, ties, explain, &decision, &explanation)
    decision.explanation = explain ? explanation : nil
    return decision
  }

  /// Refuses all nodes for the same reason.
  private func refuse(
    _ refusal: Refusal, _ state: ClusterState, _ decision: inout Decision,
    _ explanation: inout Explanation
  ) {
    let rejection = Rejection(refusal, state.symbols)
    explanation.preFilterMessage = rejection.reasons.joined(separator: ", ")
    explanation.rejected = state.tree.order.map { .init(node: $0, rejection: rejection) }
    decision.rejecters.insert(FilterPluginSet(refusal.plugin))
    decision.preemptionMightHelp = refusal.code == .unschedulable
  }

  /// Finds feasible nodes: the promised one alone, else in order from the start.
  private mutating func search(
    _ attempt: Attempt, _ names: Set<String>?, _ state: ClusterState, _ decision: inout Decision,
    _ explanation: inout Explanation
  ) -> [Int] {
    let check = NodeCheck(attempt, in: state)
    let promised = attempt.nomination.flatMap(state.node(of:))?.index
    if let promised {
      let isNamed = names?.contains(state.nodes[promised].node.name) ?? true
      if isNamed, check.refusal(node: promised, in: state) == nil { return [promised] }
    }
    var nodes = state.tree.order.map(\.index)
    if let names { nodes = nodes.filter { names.contains(state.nodes[$0].node.name) } }
    let wanted = configuration.nodesToFind(among: nodes.count)
    var feasible: [Int] = []
    var examined = 0
    var didMeetPromised = promised == nil
    while examined < nodes.count {
      let node = nodes[(start + examined) % nodes.count]
      guard let refusal = check.refusal(node: node, in: state) else {
        // The real search notices that it has enough only when it finds one too many.
        if feasible.count == wanted { break }
        examined += 1
        feasible.append(node)
        continue
      }
      examined += 1
      if node == promised { didMeetPromised = true }
      decision.rejecters.insert(FilterPluginSet(refusal.plugin))
      if refusal.code == .unschedulable { decision.preemptionMightHelp = true }
      explanation.rejected.append(
        .init(node: NodeID(index: node), rejection: Rejection(refusal, state.symbols)))
    }
    // A promised node that was refused counts as examined even if the search did not come to it.
    if !didMeetPromised { examined += 1 }
    if !nodes.isEmpty { nextStart = (start + examined) % nodes.count }
    return feasible
  }

  /// Scores the feasible nodes and picks one of the best.
  private func choose(
    among feasible: [Int], _ attempt: Attempt, _ state: ClusterState, _ ties: TieBreaker,
    _ explain: Bool, _ decision: inout Decision, _ explanation: inout Explanation
  ) {
    guard feasible.count > 1 || explain && !feasible.isEmpty else {
      decision.chosen = feasible.first.map(NodeID.init)
      decision.best = decision.chosen.map { [$0] } ?? []
      return
    }
    let columns = ScoreChain.columns(attempt, feasible, in: state)
    explanation.plugins = columns.map(\.plugin)
    explanation.scored = feasible.indices.map { position in
      let scores = columns.map { $0.scores[position] }
      return .init(
        node: NodeID(index: feasible[position]), scores: scores, total: scores.reduce(0, +))
    }
    let top = explanation.scored.map(\.total).max()
    let best = explanation.scored.filter { $0.total == top }.map(\.node)
    decision.best = best.sorted { state.name(of: $0) < state.name(of: $1) }
    switch ties {
    case .lowestName: decision.chosen = decision.best.first
    case .seeded: decision.chosen = best[ties.position(among: best.count)]
    }
  }
}

/// The filters on a node, with the pods nominated to it taken into account.
struct NodeCheck {
  let attempt: Attempt
  private var prepared: Prepared

  init(_ attempt: Attempt, in state: ClusterState) {
    self.attempt = attempt
    prepared = FilterChain.prepare(attempt, in: state)
  }

  /// Notes that a pod was added to a node (+1) or removed from it (−1) on trial.
  mutating func note(_ pod: ClusterState.PlacedPod, times sign: Int, in state: ClusterState) {
    prepared.note(pod, times: sign, for: attempt, in: state)
  }

  /// The first refusal; a node with pods promised to it must pass with and without these.
  func refusal(node: Int, in state: ClusterState) -> Refusal? {
    let promised = state.nominations.filter {
      $0.node.index == node && $0.id != attempt.nomination
        && state.shapes[$0.shape.index].shape.priority >= attempt.shape.shape.priority
    }
    if !promised.isEmpty {
      var trial = state
      var counts = prepared
      for each in promised {
        let id = trial.place(each.shape, claims: each.claims, on: each.node)
        counts.note(trial.pods[id.index], times: 1, for: attempt, in: trial)
      }
      if let refusal = FilterChain.refusal(attempt, counts, node: node, in: trial) {
        return refusal
      }
    }
    return FilterChain.refusal(attempt, prepared, node: node, in: state)
  }
}

extension Rejection {
  /// Puts a refusal into words.
  init(_ refusal: Refusal, _ symbols: Symbols) {
    self.init(plugin: refusal.plugin, code: refusal.code, reasons: refusal.reasons(symbols))
  }
}
