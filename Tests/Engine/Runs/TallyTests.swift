import GantryModel
import GantryUnits
import Testing

@testable import GantryEngine

/// Runs that are summed up come to the same as runs that are kept.
@Suite("Runs summed up")
struct TallyTests {
  private static let seeds = Array(UInt64(1)...12)

  private func play(_ plan: Plan, _ keeping: RunKeeping) -> Outcome {
    var simulation = Simulation(PreparedPlan(plan), keeping: keeping)
    return simulation.run(replication: 0)
  }

  /// A random plan; every other one deletes claims soon, so that access points come back.
  private func plan(_ seed: UInt64) -> Plan {
    var random = RandomPlan(seed: seed)
    var plan = random.make().plan
    if seed.isMultiple(of: 2) {
      for system in plan.fileSystems.indices {
        plan.fileSystems[system].keepClaims = 20
        plan.fileSystems[system].accessPointLimit = 9
      }
    }
    return plan
  }

  @Test("times, uses and paths are the same to the last bit or digit", arguments: seeds)
  func sums(seed: UInt64) throws {
    let plan = plan(seed)
    let kept = play(plan, .everything)
    let totals = play(plan, .totals)
    let times = play(plan, .times)
    #expect(totals.runs.isEmpty && times.runs.isEmpty && totals.claims.isEmpty)
    for outcome in [totals, times] {
      #expect(outcome.runTimes.map(\.description) == kept.runTimes.map(\.description))
      #expect(outcome.runCount == kept.runs.count)
      #expect(outcome.makespan == kept.makespan)
      #expect(outcome.eventCount == kept.eventCount)
      #expect(outcome.nodes == kept.nodes)
      #expect(outcome.fileSystems == kept.fileSystems)
      #expect(outcome.network == kept.network && outcome.objects == kept.objects)
      #expect(isNear(outcome.waits.waited, kept.waits.waited))
      #expect(isNear(outcome.waits.lived, kept.waits.lived))
    }
    #expect(totals.waits.breakdown == kept.waits.breakdown)
    let tally = try #require(totals.tally)
    let path = kept.runs.flatMap(\.criticalPath)
    let seconds = path.reduce(0) { $0 + ($1.segment.end - $1.segment.start).seconds }
    #expect(isNear(tally.paths.values.reduce(0, +), seconds))
    #expect(tally.failures.map(\.name) == firstFailures(of: kept).map(\.name))
    #expect(tally.claims.values.reduce(0) { $0 + $1.deleted + $1.kept } == kept.claims.count)
  }

  /// In the order in which they ended, those that never did last.
  private func firstFailures(of outcome: Outcome) -> [RunOutcome] {
    let failed = outcome.runs.filter { !$0.status.isSuccess }
    let order = failed.indices.sorted {
      (failed[$0].completed ?? outcome.makespan, failed[$0].completed == nil ? 1 : 0, $0)
        < (failed[$1].completed ?? outcome.makespan, failed[$1].completed == nil ? 1 : 0, $1)
    }
    return order.prefix(RunTally.mostFailures).map { failed[$0] }
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-9 * max(1, abs(b))
  }

  @Test("ended runs are let go of while others go on")
  func memory() {
    // One every 5 s, each there for some 20 s: a handful at a time.
    var paper = PaperPlan()
    paper.node(total: 1000)
    paper.run([
      task("a", [.compute(10)]), task("b", [.compute(10)]) { $0.dependencies = [0] },
    ])
    paper.plan.workload[0].process = .every(interval: 5, count: 3000)
    var simulation = Simulation(PreparedPlan(paper.plan), keeping: .totals)
    let outcome = simulation.run(replication: 0)
    #expect(outcome.runCount == 3000)
    #expect(outcome.runTimes.allSatisfy { $0.status.isSuccess })
    #expect(simulation.runs.indices.isEmpty && simulation.taskRuns.indices.isEmpty)
    #expect(simulation.runs.capacity < 300 && simulation.records.capacity < 300)
    #expect(simulation.taskRuns.capacity < 600)
  }
}

extension RunTally.Run {
  /// All figures as text, so that NaN equals NaN.
  fileprivate var description: String { "\(created) \(seconds) \(template) \(status)" }
}
