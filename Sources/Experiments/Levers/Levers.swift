import GantryEngine
import GantryModel
import GantryUnits

/// The nodes of a plan that are alike.
struct NodePool: Sendable {
  /// `controlPlane` or a key of the scenario's `nodes`.
  var name: String

  /// The pool as text calls it.
  var title: String { name == "controlPlane" ? "the control plane" : "pool \(name)" }
}

/// Everything of a plan that could be better, one at a time.
enum Levers {
  /// The levers that a plan has, in a fixed order.
  static func all(of plan: Plan) -> [Lever] {
    var pools: [NodePool] = []
    for node in plan.nodes where !pools.contains(where: { $0.name == node.pool }) {
      pools.append(NodePool(name: node.pool))
    }
    var levers: [Lever] = pools.flatMap { pool in
      [
        Lever.processors(pool), .oneMoreNode(pool), .rootVolume(pool), .network(pool),
      ]
    }
    for (index, system) in plan.fileSystems.enumerated() {
      levers += [.fileSystemLatency(index, system), .fileSystemThroughput(index, system)]
    }
    levers += plan.services.enumerated().map { Lever.service($0.offset, $0.element) }
    levers += [.images, .pods, .reaction]
    if plan.control.apiQPS > 0 { levers.append(.requests) }
    if plan.control.apiQPS > 0 || plan.control.reconcile > 0 { levers.append(.workers) }
    let backings = plan.templates.flatMap(\.claims).map(\.backing)
    if backings.contains(where: \.isFileSystem) { levers.append(.accessPoints) }
    if backings.contains(where: \.isBlock) { levers += [.blockVolumes, .blockThroughput] }
    return levers
  }

  /// What each lever does to the runs at these positions: each is simulated again with the same
  /// random numbers, on up to `threads` threads.
  ///
  /// The result has a list for each run, the most helpful lever first.
  static func effects(
    of plan: Plan, on runs: [Int], base: Outcome, replication: Int, threads: Int
  ) async -> [[LeverEffect]] {
    let levers = all(of: plan)
    let workers = max(1, min(threads, levers.count))
    let ends = await withTaskGroup(of: [(Int, [RunEnd])].self) { group in
      for worker in 0..<workers {
        group.addTask {
          stride(from: worker, to: levers.count, by: workers).map { index in
            var simulation = Simulation(PreparedPlan(levers[index].applied(to: plan)))
            let outcome = simulation.run(replication: replication)
            return (index, runs.map { RunEnd(outcome, run: $0) })
          }
        }
      }
      var all = [[RunEnd]](repeating: [], count: levers.count)
      for await part in group {
        for (index, found) in part { all[index] = found }
      }
      return all
    }
    return runs.enumerated().map { position, run in
      let before = RunEnd(base, run: run)
      let effects = levers.indices.map { effect(levers[$0], ends[$0][position], before) }
      return sorted(effects, before: before)
    }
  }

  /// How a run ended.
  private struct RunEnd: Sendable {
    var status: RunStatus
    var seconds: Double?
    var criticalTasks: [String] = []

    init(_ outcome: Outcome, run: Int) {
      guard outcome.runs.indices.contains(run) else {
        // The horizon cut the simulation before the run was created.
        status = .pending
        return
      }
      status = outcome.runs[run].status
      seconds = outcome.runs[run].completed.map { ($0 - outcome.runs[run].created).seconds }
      for case .some(let taskRun) in outcome.runs[run].criticalPath.map(\.taskRun) {
        let task = outcome.runs[run].taskRuns[taskRun].pipelineTask
        if !criticalTasks.contains(task) { criticalTasks.append(task) }
      }
    }
  }

  private static func effect(_ lever: Lever, _ after: RunEnd, _ before: RunEnd) -> LeverEffect {
    var saved: Double?
    if let old = before.seconds, let new = after.seconds, before.status == after.status {
      saved = old - new
    }
    return LeverEffect(
      id: lever.id, resource: lever.resource, change: lever.change, status: after.status,
      durationSeconds: after.seconds, savedSeconds: saved, criticalTasks: after.criticalTasks)
  }

  /// What lets a failed run succeed comes first, then what saves most; equal ones keep their order.
  private static func sorted(_ effects: [LeverEffect], before: RunEnd) -> [LeverEffect] {
    func rank(_ effect: LeverEffect) -> (Int, Double) {
      if effect.status.isSuccess != before.status.isSuccess {
        return (effect.status.isSuccess ? 0 : 2, effect.durationSeconds ?? 0)
      }
      return (1, -(effect.savedSeconds ?? 0))
    }
    let order = effects.indices.sorted {
      let (a, b) = (rank(effects[$0]), rank(effects[$1]))
      return (a.0, a.1, $0) < (b.0, b.1, $1)
    }
    return order.map { effects[$0] }
  }
}

extension PlannedClaim.Backing {
  fileprivate var isFileSystem: Bool {
    if case .fileSystem = self { true } else { false }
  }

  fileprivate var isBlock: Bool {
    if case .block = self { true } else { false }
  }
}
