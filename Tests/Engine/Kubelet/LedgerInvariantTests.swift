import GantryModel
import GantryUnits
import Testing

@testable import GantryEngine

/// What holds of the nodes' ledgers whatever happens, checked on plans drawn from seeds.
@Suite("Ledgers of nodes")
struct LedgerInvariantTests {
  private static let seeds = Array(UInt64(1)...8)

  /// A random plan on nodes that are too small for it.
  private func plan(_ seed: UInt64) -> Plan {
    var random = RandomPlan(seed: seed)
    var plan = random.make().plan
    for node in plan.nodes.indices {
      plan.nodes[node].platformMemory = mib(200)
      plan.nodes[node].platformDisk = 5e9
      plan.nodes[node].allocatable["memory"] = Quantity(Int64(mib(1200)))
      plan.nodes[node].rootVolume.size = Bytes(30_000_000_000)
    }
    var number = Int(seed)
    for run in plan.templates.indices {
      for task in plan.templates[run].tasks.indices {
        plan.templates[run].tasks[task].taskRuns[0].idleMemory = mib(11)
        for step in plan.templates[run].tasks[task].taskRuns[0].steps.indices {
          number += 1
          let footprint = footprint(number)
          for architecture in 0..<2 {
            for phase in plan.templates[run].tasks[task].taskRuns[0].steps[step]
              .phases[architecture].indices
            {
              plan.templates[run].tasks[task].taskRuns[0].steps[step].phases[architecture][phase]
                .footprint = footprint
            }
          }
        }
      }
    }
    return plan
  }

  /// Up to 260 MiB, and up to 9 GB on three kinds of volumes, some of which is given back.
  private func footprint(_ number: Int) -> Footprint {
    let part = Double(number % 5)
    return Footprint(
      memory: mib(20 + 60 * part) / 3, heap: mib(40 * part), heapShare: 0.013,
      changes: [
        .data(1.3e9 * part - 1e9, scratch: 0.7e9), .layer(0.9e9 * Double(number % 3)),
        .tmpfs(1e7 * Double(number % 4) + 0.4),
      ])
  }

  @Test("all that pods took is given back; what is left on disk is images and dead layers")
  func conservation() {
    var events = 0
    for seed in Self.seeds {
      let plan = plan(seed)
      var simulation = Simulation(PreparedPlan(plan))
      let outcome = simulation.run(replication: 0)
      events += outcome.nodeEvents.count
      for (index, node) in plan.nodes.enumerated() {
        let ledger = simulation.ledgers[index]
        #expect(ledger.pods.isEmpty)
        #expect(ledger.memory == mib(200))
        // What the end cut off is an image under way, at most.
        let pulling = simulation.nodes[index].pulls.first.flatMap { plan.images[$0].sizes[0] }
        #expect(ledger.pending == Double(pulling?.unpacked.count ?? 0))
        let images = plan.images.indices.filter { simulation.nodes[index].hasImage[$0] }
          .compactMap { plan.images[$0].sizes[node.architecture.index] }
        let stored = images.reduce(0) { $0 + Double($1.unpacked.count) }
        #expect(ledger.disk == 5e9 + stored + ledger.deadLayers)
        #expect(ledger.deadLayers >= 0)
      }
    }
    // The nodes were too small indeed.
    #expect(events > 50)
  }

  @Test("lives have no gaps, and used memory gives the same outcome", arguments: seeds)
  func lives(seed: UInt64) throws {
    var simulation = Simulation(PreparedPlan(plan(seed)))
    let first = simulation.run(replication: 0)
    for taskRun in first.runs.flatMap(\.taskRuns) {
      var cursor = taskRun.ready
      for segment in taskRun.segments {
        #expect(segment.start == cursor, "\(taskRun.name): \(segment.label)")
        cursor = segment.end
      }
      let completed = try #require(taskRun.completed)
      #expect(cursor == completed, "\(taskRun.name) \(taskRun.status)")
    }
    let second = simulation.run(replication: 0)
    #expect(first.nodeEvents == second.nodeEvents)
    #expect(first.makespan == second.makespan)
    #expect(first.nodes == second.nodes)
  }

  @Test("whom an event ends fails, or is repeated", arguments: seeds)
  func consequences(seed: UInt64) throws {
    var simulation = Simulation(PreparedPlan(plan(seed)))
    let outcome = simulation.run(replication: 0)
    for event in outcome.nodeEvents where [.evicted, .outOfMemory].contains(event.kind) {
      let run = try #require(event.run)
      let taskRun = outcome.runs[run].taskRuns[try #require(event.taskRun)]
      let fails = taskRun.status != .succeeded && taskRun.completed.map { $0 >= event.time } == true
      #expect(fails || taskRun.attempts > 1, "\(taskRun.name) \(taskRun.status)")
    }
  }
}
