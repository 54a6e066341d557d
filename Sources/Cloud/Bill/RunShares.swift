import GantryModel
import GantryUnits

/// Divides charges among the runs: what each used, then its share of the rest.
struct RunShares {
  private let runCount: Int
  /// By node, the share of it that each run used.
  private let nodeShares: [[Double]]
  /// The part of what nobody in particular used that each run bears; together 1.
  private let parts: [Double]

  init(plan: Plan, outcome: Outcome) {
    runCount = outcome.runs.count
    let seconds = max(outcome.makespan.seconds, BillingPeriod.leastSeconds)
    nodeShares = plan.nodes.enumerated().map { index, node in
      let used = outcome.runs.map { run in
        Self.amount(index, run.use.cpuByNode) + Self.amount(index, run.use.reservedByNode)
      }
      // A node cannot be used for more than it offers: then all of it was used.
      let offered = max(node.totalSpeed * seconds, used.reduce(0, +))
      return offered > 0 ? used.map { $0 / offered } : used.map { _ in 0 }
    }
    let held = Self.heldSeconds(outcome)
    let total = held.reduce(0, +)
    parts = held.map { total > 0 ? $0 / total : 1 / Double(held.count) }
  }

  /// Every run's cost, in order; together all charges, unless there are no runs.
  ///
  /// What nobody in particular used is shared among the runs in flight: each instant's cost evenly among
  /// those that were there, and that of instants without any in the same proportion.
  func split(_ charges: [Charge]) -> [Cost.RunCost] {
    guard runCount > 0 else { return [] }
    var used = [Double](repeating: 0, count: runCount)
    var common = 0.0
    for charge in charges {
      let shares = shares(charge.share)
      for (run, share) in shares.enumerated() { used[run] += share * charge.amount }
      common += charge.amount * (1 - shares.reduce(0, +))
    }
    return zip(used, parts).map { Cost.RunCost(usedUSD: $0, idleShareUSD: common * $1) }
  }

  /// How long each run held the cluster, from its creation to its end: of instants with several runs, an
  /// even part.
  private static func heldSeconds(_ outcome: Outcome) -> [Double] {
    let ends = outcome.runs.map { ($0.completed ?? outcome.makespan).seconds }
    var changes: [(time: Double, isStart: Bool, run: Int)] = []
    for (index, run) in outcome.runs.enumerated() where ends[index] > run.created.seconds {
      changes.append((run.created.seconds, true, index))
      changes.append((ends[index], false, index))
    }
    changes.sort { ($0.time, $0.run) < ($1.time, $1.run) }
    var held = [Double](repeating: 0, count: outcome.runs.count)
    // What a run that was there from the beginning would hold by now.
    var (sum, last, present) = (0.0, 0.0, 0)
    for change in changes {
      if present > 0 { sum += (change.time - last) / Double(present) }
      last = change.time
      present += change.isStart ? 1 : -1
      held[change.run] += change.isStart ? -sum : sum
    }
    return held.map { max($0, 0) }
  }

  private static func amount(_ node: Int, _ accounts: [Double]) -> Double {
    node < accounts.count ? accounts[node] : 0
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
