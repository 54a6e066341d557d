import GantryModel
import GantryUnits

/// Divides charges among the runs: what each used, then its share of the rest.
struct RunShares {
  private let runCount: Int
  /// By node, the share of its processors' time that each run used.
  private let nodeShares: [[Double]]

  init(plan: Plan, outcome: Outcome) {
    runCount = outcome.runs.count
    let seconds = max(outcome.makespan.seconds, BillingPeriod.leastSeconds)
    nodeShares = plan.nodes.enumerated().map { index, node in
      let used = outcome.runs.map { run in
        index < run.use.cpuByNode.count ? run.use.cpuByNode[index] : 0
      }
      // A node cannot be used for more than it offers: then all of it was used.
      let offered = max(node.totalSpeed * seconds, used.reduce(0, +))
      return offered > 0 ? used.map { $0 / offered } : used.map { _ in 0 }
    }
  }

  /// Every run's cost, in order; together all charges, unless there are no runs.
  ///
  /// What nobody in particular used is shared in proportion to what each run used, or evenly when no
  /// run used anything.
  func split(_ charges: [Charge]) -> [Cost.RunCost] {
    guard runCount > 0 else { return [] }
    var used = [Double](repeating: 0, count: runCount)
    var common = 0.0
    for charge in charges {
      let shares = shares(charge.share)
      for (run, share) in shares.enumerated() { used[run] += share * charge.amount }
      common += charge.amount * (1 - shares.reduce(0, +))
    }
    let total = used.reduce(0, +)
    return used.map { own in
      let part = total > 0 ? own / total : 1 / Double(runCount)
      return Cost.RunCost(usedUSD: own, idleShareUSD: common * part)
    }
  }

  private func shares(_ share: Charge.Share) -> [Double] {
    switch share {
    case .common: return []
    case .node(let index): return nodeShares[index]
    case .runs(let weights):
      let total = weights.reduce(0, +)
      return total > 0 ? weights.map { $0 / total } : []
    }
  }
}
