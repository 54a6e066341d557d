import GantryEngine
import GantryModel
import GantryUnits
import Testing

/// What holds for every outcome, checked on plans drawn from seeds.
@Suite("Invariants")
struct InvariantTests {
  private static let seeds = Array(UInt64(1)...10)

  private func play(_ seed: UInt64) -> (plan: Plan, outcome: Outcome) {
    var random = RandomPlan(seed: seed)
    let paper = random.make()
    return (paper.plan, paper.outcome())
  }

  @Test("a TaskRun's segments leave no gap from ready to completed", arguments: seeds)
  func segments(seed: UInt64) throws {
    let (_, outcome) = play(seed)
    #expect(outcome.runs.count == 24)
    for taskRun in outcome.runs.flatMap(\.taskRuns) {
      var cursor = taskRun.ready
      for segment in taskRun.segments {
        #expect(segment.start == cursor, "\(taskRun.name): \(segment.label)")
        #expect(segment.end > segment.start)
        cursor = segment.end
      }
      let completed = try #require(taskRun.completed)
      #expect(cursor == completed, "\(taskRun.name) \(taskRun.status)")
      let sum = taskRun.breakdown.spans.reduce(Span.zero, +)
      #expect(sum == completed - taskRun.ready)
    }
  }

  @Test("the critical path leaves no gap from created to completed", arguments: seeds)
  func criticalPath(seed: UInt64) throws {
    let (_, outcome) = play(seed)
    for run in outcome.runs {
      var cursor = run.created
      for stretch in run.criticalPath {
        #expect(stretch.segment.start == cursor, "\(run.name): \(stretch.segment.label)")
        cursor = stretch.segment.end
      }
      #expect(cursor == run.completed, "\(run.name) \(run.status)")
    }
  }

  @Test("what the nodes delivered is what the accounts have", arguments: seeds)
  func conservation(seed: UInt64) {
    let (plan, outcome) = play(seed)
    let bytesIn = outcome.nodes.reduce(0) { $0 + $1.bytesIn }
    let bytesOut = outcome.nodes.reduce(0) { $0 + $1.bytesOut }
    let accountedIn = outcome.network.natBytesIn + outcome.fileSystems[0].bytesRead
    let accountedOut = outcome.network.natBytesOut + outcome.fileSystems[0].bytesWritten
    // Sums of numbers of about 1e9 in another order: twelve digits agree.
    #expect(abs(bytesIn - accountedIn) <= 1e-12 * bytesIn)
    #expect(abs(bytesOut - accountedOut) <= 1e-12 * bytesOut)
    let used = outcome.runs.flatMap(\.use.cpuByNode).reduce(0, +)
    let unpacked = outcome.nodes.reduce(0) { $0 + $1.cpuSeconds } - used
    let pulls = pulledBytes(plan, outcome) * plan.control.unpackSecondsPerByte
    #expect(abs(unpacked - pulls) <= 1e-9 * max(used, 1))
    let written = outcome.claims.reduce(0) { $0 + $1.bytes }
    let fileRuns = outcome.runs.reduce(0) { $0 + $1.use.fileSystemWritten }
    #expect(abs(written - fileRuns) <= 1e-12 * max(written, 1))
  }

  /// The unpacked bytes of all images that all nodes pulled.
  private func pulledBytes(_ plan: Plan, _ outcome: Outcome) -> Double {
    // Every node pulls each image at most once and all images have been asked for everywhere or not
    // at all, so the compressed sum tells which.
    outcome.nodes.reduce(0) { sum, node in
      var best = 0.0
      for mask in 0..<(1 << plan.images.count) {
        let chosen = plan.images.indices.filter { mask & (1 << $0) != 0 }
        let sizes = chosen.compactMap { plan.images[$0].sizes[0] }
        let compressed = sizes.reduce(0) { $0 + Double($1.compressed.count) }
        if compressed == node.imageBytes {
          best = sizes.reduce(0) { $0 + Double($1.unpacked.count) }
        }
      }
      return sum + best
    }
  }

  @Test("no node does more than its capacity allows", arguments: seeds)
  func capacity(seed: UInt64) {
    let (plan, outcome) = play(seed)
    let seconds = outcome.makespan.seconds
    for (node, usage) in zip(plan.nodes, outcome.nodes) {
      let free = node.totalSpeed * (1 - node.platformLoad / Double(node.vcpu))
      #expect(usage.cpuSeconds <= free * seconds * (1 + 1e-12))
      let card = node.network.burst.value * seconds
      #expect(usage.bytesIn <= card && usage.bytesOut <= card)
      #expect(usage.peakPods >= 0)
    }
  }

  @Test("the same plan gives the same outcome, on new memory and on used memory", arguments: seeds)
  func repeatable(seed: UInt64) {
    var random = RandomPlan(seed: seed)
    let prepared = PreparedPlan(random.make().plan)
    var used = Simulation(prepared)
    let first = digest(used.run(replication: 0))
    let third = digest(used.run(replication: 3))
    #expect(digest(used.run(replication: 0)) == first)
    var fresh = Simulation(prepared)
    #expect(digest(fresh.run(replication: 3)) == third)
    #expect(first != third)
  }

  /// Everything that was played out, as text.
  private func digest(_ outcome: Outcome) -> String {
    String(describing: outcome.runs) + String(describing: outcome.nodes)
      + String(describing: outcome.claims) + String(describing: outcome.fileSystems)
      + String(describing: outcome.network) + "\(outcome.makespan) \(outcome.eventCount)"
  }

  @Test("more capacity never slows a lone task", arguments: seeds)
  func moreCapacity(seed: UInt64) throws {
    // Everything that has a rate is half as fast again; the draws are the same.
    var durations: [Int64] = []
    for capacity in [1, 1.5, 3] {
      var random = RandomPlan(seed: seed)
      var paper = random.make(capacity: capacity)
      paper.plan.templates = [paper.plan.templates[0]]
      paper.plan.templates[0].tasks = [paper.plan.templates[0].tasks[0]]
      paper.plan.templates[0].tasks[0].timeout = nil
      paper.plan.templates[0].pipelineTimeout = nil
      paper.plan.templates[0].tasks[0].taskRuns[0].pod.nodeSelector = [
        "kubernetes.io/hostname": "one"
      ]
      paper.plan.workload = [ArrivalStream(template: 0, process: .burst(count: 1))]
      durations.append(paper.outcome().makespan.nanoseconds)
    }
    #expect(durations[1] <= durations[0])
    #expect(durations[2] <= durations[1])
  }
}
