/// Refuses nodes by the required affinities between pods, and ranks by the preferred ones.
enum InterPodAffinity {
  /// Whether neither the pod nor any placed pod has a required term that concerns it.
  static func hasNothingToDo(_ attempt: Attempt, in state: ClusterState) -> Bool {
    attempt.shape.affinityGroup == nil && attempt.shape.antiAffinityTerms.isEmpty
      && !hasRefusingOwner(attempt, in: state)
  }

  private static func hasRefusingOwner(_ attempt: Attempt, in state: ClusterState) -> Bool {
    state.affinity.shapes[attempt.id.index].attractingTerms.contains { term in
      state.affinity.terms[term].owned.contains {
        state.affinity.owned[$0].key.kind == .requiredAntiAffinity
          && state.affinity.owned[$0].owners.total > 0
      }
    }
  }

  static func refusal(_ attempt: Attempt, node: Int, in state: ClusterState) -> Refusal? {
    guard !attempt.skipsInterPodAffinity else { return nil }
    if let group = attempt.shape.affinityGroup,
      !isAttracted(to: group, attempt, node: node, in: state)
    {
      return .podAffinity
    }
    for term in attempt.shape.antiAffinityTerms {
      let counter = state.affinity.terms[term]
      if counter.matched[state.columns[counter.column].domainOfNode[node]] > 0 {
        return .podAntiAffinity
      }
    }
    for term in state.affinity.shapes[attempt.id.index].attractingTerms {
      let domain =
        state.columns[state.affinity.terms[term].column].domainOfNode[node]
      for each in state.affinity.terms[term].owned
      where state.affinity.owned[each].key.kind == .requiredAntiAffinity {
        if state.affinity.owned[each].owners[domain] > 0 { return .otherAntiAffinity }
      }
    }
    return nil
  }

  private static func isAttracted(
    to group: Int, _ attempt: Attempt, node: Int, in state: ClusterState
  ) -> Bool {
    let record = state.affinity.groups[group]
    var isPopulated = true
    for each in record.counts {
      let domain = state.columns[each.column].domainOfNode[node]
      guard domain != TopologyColumn.noDomain else { return false }
      if each.matched[domain] <= 0 { isPopulated = false }
    }
    if isPopulated { return true }
    // The first pod of a series that is attracted to itself may go anywhere.
    return !record.isAnyMatched && state.affinity.isMatched(shape: attempt.id.index, by: group)
  }
}
