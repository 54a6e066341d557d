import GantryEngine
import GantryModel
import GantryUnits

/// What simulations of a plan came to: each run alone as it is, and the whole workload without limits
/// of time, of volumes per node and of access points.
struct Trial: Sendable {
  /// By template: how the run ends when it is alone on the cluster.
  let alone: [RunOutcome]
  /// The workload's runs with no timeouts and no such limits in force; nil when there are too many to play out here.
  let unlimited: [RunOutcome]?

  /// The most runs that a trial plays out; beyond it `gantry simulate` has to tell.
  static let mostRuns = 2000

  init(_ plan: Plan) {
    alone = plan.templates.indices.map { Trial.play(plan, alone: $0) }
    unlimited =
      Trial.count(plan.workload) > Trial.mostRuns
      ? nil : Trial.play(Trial.withoutLimits(plan))
  }

  private static func play(_ plan: Plan, alone template: Int) -> RunOutcome {
    var plan = plan
    plan.workload = [ArrivalStream(template: template, process: .burst(count: 1))]
    plan.horizon = nil
    return play(plan).first
      ?? RunOutcome(template: template, name: plan.templates[template].name, created: .zero)
  }

  private static func play(_ plan: Plan) -> [RunOutcome] {
    var simulation = Simulation(PreparedPlan(plan))
    return simulation.run(replication: 0).runs
  }

  private static func withoutLimits(_ plan: Plan) -> Plan {
    var plan = plan
    // What waits for volumes or access points would hide how many the workload asks for.
    for node in plan.nodes.indices { plan.nodes[node].volumeSlots = nil }
    for system in plan.fileSystems.indices { plan.fileSystems[system].accessPointLimit = nil }
    for run in plan.templates.indices {
      plan.templates[run].pipelineTimeout = nil
      plan.templates[run].tasksTimeout = nil
      plan.templates[run].finallyTimeout = nil
      for task in plan.templates[run].tasks.indices {
        plan.templates[run].tasks[task].timeout = nil
      }
    }
    return plan
  }

  private static func count(_ workload: [ArrivalStream]) -> Int {
    workload.reduce(0) { sum, stream in
      switch stream.process {
      case .burst(let count), .every(_, let count), .poisson(_, let count): sum + count
      case .times(let times): sum + times.count
      }
    }
  }

  /// The longest that a task's TaskRuns took, in seconds, with when its clock started.
  func longest(template: Int, task: Int) -> Double? {
    (unlimited ?? alone).filter { $0.template == template }.flatMap(\.taskRuns)
      .filter { $0.task == task }
      .compactMap { taskRun in
        guard let start = taskRun.started, let end = taskRun.completed else { return nil }
        return (end - start).seconds
      }.max()
  }
}
