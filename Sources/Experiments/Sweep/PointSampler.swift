import GantryCloud
import GantryModel
import GantryStatistics
import GantryUnits

/// Turns the outcome of a replication into samples.
struct PointSampler: Sendable {
  private let plan: Plan
  private let pricing: Pricing
  private let sweep: SweepPlan
  /// By pool: its name and its nodes' positions.
  private let pools: [(name: String, nodes: [Int])]

  init(plan: Plan, pricing: Pricing, sweep: SweepPlan) {
    self.plan = plan
    self.pricing = pricing
    self.sweep = sweep
    var pools: [(name: String, nodes: [Int])] = []
    for (index, node) in plan.nodes.enumerated() {
      if let known = pools.firstIndex(where: { $0.name == node.pool }) {
        pools[known].nodes.append(index)
      } else {
        pools.append((node.pool, [index]))
      }
    }
    self.pools = pools
  }

  /// One sample, or one of each batch.
  func samples(of outcome: Outcome) -> [PointSample] {
    // In order of creation: the engine creates runs as they arrive.
    let runs = outcome.runTimes
    let ended = runs.filter(\.hasEnded)
    let warmUp = warmUp(of: ended)
    let counted = ended.dropFirst(warmUp.count)
    var whole = PointSample(replication: outcome.replication)
    whole.openRuns = runs.count - ended.count
    whole.warmUpRuns = warmUp.count
    whole.isSettled = warmUp.isSettled
    whole.makespanSeconds = outcome.makespan.seconds
    whole.waitShare = outcome.waits.share ?? 0
    let bill = pricing.totals(of: outcome, monthlyRuns: sweep.monthlyRuns)
    whole.runUSD = runs.isEmpty ? 0 : bill.totalUSD / Double(runs.count)
    whole.monthUSD = bill.monthlyUSD
    whole.pools = pools.map { .init(pool: $0.name, cpuUtilisation: utilisation($0.nodes, outcome)) }
    guard sweep.usesBatches, let ranges = BatchMeans.ranges(total: counted.count) else {
      if sweep.usesBatches { whole.isSettled = false }
      return [filled(whole, with: counted)]
    }
    return ranges.enumerated().map { batch, range in
      var sample = whole
      sample.batch = batch
      if batch > 0 { sample.pools = [] }
      let first = counted.startIndex
      return filled(sample, with: counted[(first + range.lowerBound)..<(first + range.upperBound)])
    }
  }

  private func warmUp(of runs: [RunTally.Run]) -> MSER5.Truncation {
    switch sweep.warmUp {
    case .none: return .init(count: 0, isSettled: true)
    case .seconds(let seconds):
      let count = runs.count { $0.created.seconds < seconds }
      return .init(count: count, isSettled: count < runs.count)
    case .automatic:
      return MSER5.truncation(of: runs.map(\.seconds))
    }
  }

  private func filled(_ sample: PointSample, with runs: ArraySlice<RunTally.Run>) -> PointSample {
    var sample = sample
    sample.runCount = runs.count
    sample.failedRuns = runs.count { !$0.status.isSuccess }
    sample.times = PointSample.RunTimes(runs.map(\.seconds))
    return sample
  }

  /// The share of the pool's processors that steps, unpacking and the platform used.
  private func utilisation(_ nodes: [Int], _ outcome: Outcome) -> Double {
    var used = 0.0
    var offered = 0.0
    for index in nodes {
      let node = plan.nodes[index]
      let capacity = node.totalSpeed * outcome.makespan.seconds
      offered += capacity
      used += min(
        capacity,
        outcome.nodes[index].cpuSeconds + capacity * node.platformLoad / Double(max(node.vcpu, 1)))
    }
    return offered > 0 ? used / offered : 0
  }
}
