extension InterPodAffinity {
  /// The weight that a placed pod's required affinity has for the pods it attracts.
  ///
  /// Source: Kubernetes 1.28, InterPodAffinityArgs hardPodAffinityWeight, read 2026-11-23.
  private static let requiredWeight: Int64 = 1

  /// Counts by domain with the weight of each.
  struct Pull {
    var column: Int
    var counts: DomainCounts
    var weight: Int64
  }

  /// Everything that draws the pod to nodes or away from them; empty when nothing does.
  static func pulls(_ attempt: Attempt, in state: ClusterState) -> [Pull] {
    let index = state.affinity
    var pulls: [Pull] = []
    for (term, weight) in attempt.shape.preferredPodTerms
    where index.terms[term].matched.total > 0 {
      pulls.append(
        Pull(
          column: index.terms[term].column, counts: index.terms[term].matched, weight: weight))
    }
    for term in index.shapes[attempt.id.index].attractingTerms {
      for each in index.terms[term].owned where index.owned[each].owners.total > 0 {
        let weight: Int64
        switch index.owned[each].key.kind {
        case .requiredAffinity: weight = requiredWeight
        case .requiredAntiAffinity: continue
        case .preferred(let own): weight = own
        }
        pulls.append(
          Pull(
            column: index.terms[term].column, counts: index.owned[each].owners, weight: weight))
      }
    }
    return pulls
  }

  static func scores(_ attempt: Attempt, _ nodes: [Int], in state: ClusterState) -> [Int64]? {
    let pulls = pulls(attempt, in: state)
    guard !pulls.isEmpty else { return nil }
    let raw = nodes.map { node in
      pulls.reduce(Int64(0)) { sum, pull in
        let domain = state.columns[pull.column].domainOfNode[node]
        return sum + pull.weight * Int64(pull.counts[domain])
      }
    }
    let least = raw.min() ?? 0
    let most = raw.max() ?? 0
    return raw.map { normalised($0, least: least, most: most) }
  }

  @inline(__always)
  static func normalised(_ raw: Int64, least: Int64, most: Int64) -> Int64 {
    guard most > least else { return 0 }
    return Int64(Double(ScoreChain.best) * (Double(raw - least) / Double(most - least)))
  }
}
