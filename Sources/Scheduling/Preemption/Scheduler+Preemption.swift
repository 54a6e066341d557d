extension Scheduler {
  /// Of fewer candidates than this the search never stops early.
  ///
  /// Source: Kubernetes 1.28, DefaultPreemptionArgs minCandidateNodesAbsolute, read 2026-11-23.
  private static let leastCandidates = 100
  /// The share of nodes at which the search may stop, in percent.
  ///
  /// Source: Kubernetes 1.28, DefaultPreemptionArgs minCandidateNodesPercentage, read 2026-11-23.
  private static let candidatePercentage = 10

  /// Decides which pods to evict for a pod that fits on no node; nothing is evicted.
  ///
  /// The search begins at `offset`, counted in nodes that may help; the real scheduler draws it at
  /// random. It matters only where there are more than 100 of these.
  public func preempt(
    for shape: PodShapeID, claims: [ClaimID] = [], nomination: NominationID? = nil,
    in state: inout ClusterState, offset: Int = 0
  ) -> PreemptionDecision {
    state.tree.refresh()
    var decision = PreemptionDecision()
    var attempt = Attempt(
      id: shape, shape: state.shapes[shape.index], claims: claims,
      minor: configuration.kubernetesMinor, nomination: nomination)
    let verdict = FilterChain.preFilter(&attempt, in: state)
    let check = NodeCheck(attempt, in: state)
    let helpful = helpfulNodes(verdict, check, in: state)
    decision.ineligibility = ineligibility(attempt, nominatedIsHelpful: helpful.contains, in: state)
    guard decision.isEligible else { return decision }
    decision.unhelpful = state.nodeCount - helpful.count
    let share = helpful.count * Self.candidatePercentage / 100
    let wanted = min(helpful.count, max(share, Self.leastCandidates))
    let search = VictimSearch(check: check)
    var trial = state
    for step in helpful.indices {
      let node = helpful[(offset + step) % helpful.count]
      let (candidate, refusal) = search.candidate(on: node, in: &trial)
      if let candidate {
        decision.candidates.append(candidate)
      } else if let refusal {
        decision.refusals.append(Rejection(refusal, state.symbols))
      } else {
        decision.withoutVictims += 1
      }
      let isAnyHarmless = decision.candidates.contains { $0.budgetViolations == 0 }
      if isAnyHarmless, decision.candidates.count >= wanted { break }
    }
    decision.best = CandidateSelection(state: state).best(of: decision.candidates)
    decision.chosen = decision.best.first
    return decision
  }

  /// The nodes whose refusal may go away when pods go, in order.
  private func helpfulNodes(
    _ result: FilterChain.PreFilterResult, _ check: NodeCheck, in state: ClusterState
  ) -> [NodeID] {
    switch result {
    case .fault: return []
    case .refused(let refusal): return refusal.code == .unschedulable ? state.tree.order : []
    case .nodes(let names):
      return state.tree.order.filter { node in
        // Nodes that were never looked at have no refusal, so they are tried.
        if let names, !names.contains(state.nodes[node.index].node.name) { return true }
        return check.refusal(node: node.index, in: state)?.code != .unresolvable
      }
    }
  }

  /// A pod may not evict more while a victim on its promised node still ends.
  ///
  /// Source: Kubernetes 1.28, PodEligibleToPreemptOthers, as known on 2026-11-25.
  private func ineligibility(
    _ attempt: Attempt, nominatedIsHelpful: (NodeID) -> Bool, in state: ClusterState
  ) -> String? {
    if attempt.shape.shape.preemptionPolicy == .never {
      return "not eligible due to preemptionPolicy=Never."
    }
    guard let node = attempt.nomination.flatMap(state.node(of:)), nominatedIsHelpful(node) else {
      return nil
    }
    let isVictimLeft = state.nodes[node.index].pods.contains { id in
      let pod = state.pods[id.index]
      return pod.isPreempted
        && state.shapes[pod.shape].shape.priority < attempt.shape.shape.priority
    }
    return isVictimLeft ? "not eligible due to a terminating pod on the nominated node." : nil
  }
}
