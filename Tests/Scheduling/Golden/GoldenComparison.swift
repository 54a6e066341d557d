import GantryScheduling

/// Compares a decision with the real one, field by field.
struct GoldenComparison {
  private let state: ClusterState
  private let isSparse: Bool

  init(_ state: ClusterState, _ isSparse: Bool) {
    self.state = state
    self.isSparse = isSparse
  }

  func differences(
    _ decision: Decision, _ nextStart: Int, _ expected: GoldenResult
  ) -> [String] {
    var found: [String] = []
    let explanation = decision.explanation ?? Explanation()
    let unfit = groups(explanation.rejected)
    let wanted = Set((expected.unfit ?? []).map(sorted))
    if unfit != wanted {
      found.append("unfit \(unfit.subtracting(wanted)) for \(wanted.subtracting(unfit))")
    }
    if explanation.preFilterMessage ?? "" != expected.preFilterMessage ?? "" {
      found.append("message \(explanation.preFilterMessage ?? "")")
    }
    if decision.feasibleCount != expected.feasibleCount {
      found.append("feasible \(decision.feasibleCount) for \(expected.feasibleCount)")
    }
    found += scoreDifferences(explanation, expected)
    let best = shortened(decision.best.map { state.name(of: $0) }.sorted()) {
      [$0[0], "#\($0.count)"]
    }
    if best != expected.best { found.append("best \(best) for \(expected.best)") }
    let chosen = decision.chosen.map { state.name(of: $0) } ?? ""
    if chosen != expected.chosen { found.append("chosen \(chosen) for \(expected.chosen)") }
    if let next = expected.nextStartNodeIndex, next != nextStart {
      found.append("next start \(nextStart) for \(next)")
    }
    if let order = expected.feasibleOrder {
      let mine = explanation.scored.map { state.name(of: $0.node) }
      let isEqual =
        mine == order
        || order.count == 4 && mine.count > 4
          && Array(mine.prefix(2) + mine.suffix(2)) == order
      if !isEqual { found.append("order \(mine) for \(order)") }
    }
    return found
  }

  private func scoreDifferences(
    _ explanation: Explanation, _ expected: GoldenResult
  ) -> [String] {
    var found: [String] = []
    let totals = explanation.scored.map(\.total)
    if let top = expected.bestTotal, top != totals.max() ?? 0 {
      found.append("total \(totals.max() ?? 0) for \(top)")
    }
    if let sum = expected.sumOfTotals, sum != totals.reduce(0, +) {
      found.append("sum \(totals.reduce(0, +)) for \(sum)")
    }
    if let plugins = expected.scorePlugins, plugins != explanation.plugins.map(\.name) {
      found.append("plugins \(explanation.plugins.map(\.name)) for \(plugins)")
    }
    guard let scores = expected.scores else { return found }
    var mine: [String: [Int64]] = [:]
    for each in explanation.scored {
      mine[state.name(of: each.node)] = each.scores + [each.total]
    }
    for (node, row) in scores.sorted(by: { $0.key < $1.key }) where mine[node] != row {
      found.append("scores of \(node) \(mine[node] ?? []) for \(row)")
    }
    if scores.count != mine.count { found.append("\(mine.count) nodes scored") }
    return found
  }

  private func groups(_ rejected: [Explanation.RejectedNode]) -> Set<GoldenResult.Unfit> {
    let groups = Dictionary(grouping: rejected, by: \.rejection)
    return Set(
      groups.map { rejection, nodes in
        GoldenResult.Unfit(
          plugin: rejection.plugin.name, code: rejection.code.rawValue,
          reasons: rejection.reasons,
          nodes: shortened(nodes.map { state.name(of: $0.node) }.sorted()) { ["#\($0.count)"] })
      })
  }

  private func sorted(_ unfit: GoldenResult.Unfit) -> GoldenResult.Unfit {
    var copy = unfit
    copy.nodes.sort()
    return copy
  }

  /// Long lists are given by their number only, where detail is sparse.
  private func shortened(
    _ names: [String], _ short: ([String]) -> [String]
  ) -> [String] {
    isSparse && names.count > 12 ? short(names) : names
  }
}
