internal import BenchmarkMachine
internal import Foundation
internal import GantryCompiler
internal import GantryEngine
internal import GantryModel
internal import GantryUnits
internal import ScenarioInput

/// Prints what simulating a pipeline takes in processor seconds and memory.
///
/// `SimulationBenchmarks PART [COUNT [SCENARIO]]`, where the scenario is a folder (default: the
/// article's htop build beside this package) and the part one of
/// - `replications`: of the scenario, 5,000 unless a count is given;
/// - `burst`: 10,000 runs of it at once on ten nodes of each architecture;
/// - `week`: 35,000 runs, 5,000 a day, on a hundred nodes of each architecture, summed up;
/// - `million`: 1,000,000 runs, 2,000 an hour, on the same nodes, summed up.
@main
struct SimulationBenchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let path = arguments.dropFirst(2).first ?? ScenarioFolder.htop
    let count = arguments.dropFirst().first.flatMap { Int($0) }
    let folder =
      FileManager.default.fileExists(atPath: path + "/scenario.yaml")
      ? try ScenarioFolder(path: path) : nil
    if folder == nil { print("(no scenario at \(path): plans made in code)") }
    switch arguments.first {
    case "replications":
      let before = Machine.processorSeconds()
      let plan = try folder.map { try $0.compile().plan } ?? BuildPlan().make()
      let seconds = Machine.processorSeconds() - before
      print(row("simulation", "CPU s", "per CPU s", "events/s", "peak MiB"))
      print(row("read and compile", seconds.fixed(4), "", "", ""))
      measure(plan, replications: count ?? 5000, "replications")
    case "burst":
      let count = count ?? 10_000
      var plan =
        try folder.map { try $0.compile(settings: nodes(10) + ["workload[0].count=\(count)"]).plan }
        ?? BuildPlan(nodesPerArchitecture: 10, burst: count).make()
      liftLimits(of: &plan)
      measure(plan, replications: 1, "runs at once")
    case "week":
      measure(try steady(count ?? 35_000, perHour: 5000.0 / 24, in: folder), "runs of a week")
    case "million":
      measure(try steady(count ?? 1_000_000, perHour: 2000, in: folder), "runs")
    default:
      print("usage: SimulationBenchmarks replications|burst|week|million [COUNT [SCENARIO]]")
      exit(64)
    }
  }

  private static func nodes(_ count: Int) -> [String] {
    ["nodes.amd64.count=\(count)", "nodes.arm64.count=\(count)"]
  }

  /// Runs that keep coming, whose claims are deleted an hour after their end.
  private static func steady(
    _ count: Int, perHour rate: Double, in folder: ScenarioFolder?
  ) throws -> Plan {
    let settings =
      nodes(100) + [
        "workload[0].ratePerHour=\(rate)", "workload[0].count=\(count)",
        "storage.efs.keepClaims=1h", "storage.efs.accessPoints=10000",
        "controlPlane.schedulable=false",
      ]
    if let folder {
      var plan = try folder.compile(settings: settings).plan
      // One controller with 8 requests a TaskRun at Tekton's default of 10 a second falls behind above
      // 1,100 runs an hour.
      if rate > 1000 { plan.control.apiQPS = 0 }
      return plan
    }
    var plan = BuildPlan(nodesPerArchitecture: 100).make()
    plan.workload[0].process = .poisson(ratePerHour: rate, count: count)
    return plan
  }

  /// Lets every run come to its end: the controllers' request budget alone takes hours, and so many
  /// pods without requests are more than 20 nodes have memory and disk for.
  private static func liftLimits(of plan: inout Plan) {
    for system in plan.fileSystems.indices { plan.fileSystems[system].accessPointLimit = nil }
    for node in plan.nodes.indices {
      plan.nodes[node].allocatable["memory"] = Quantity(1 << 42)
      plan.nodes[node].rootVolume.size = .gib(100_000)
    }
    for run in plan.templates.indices {
      plan.templates[run].pipelineTimeout = nil
      plan.templates[run].tasksTimeout = nil
      plan.templates[run].finallyTimeout = nil
      for task in plan.templates[run].tasks.indices {
        plan.templates[run].tasks[task].timeout = nil
      }
    }
  }

  private static func measure(_ plan: Plan, _ unit: String) {
    measure(plan, replications: 1, keeping: .totals, unit)
  }

  private static func measure(
    _ plan: Plan, replications: Int, keeping: RunKeeping = .everything, _ unit: String
  ) {
    let before = Machine.processorSeconds()
    var simulation = Simulation(PreparedPlan(plan), keeping: keeping)
    var events = 0
    var runs = 0
    var succeeded = 0
    for replication in 0..<replications {
      let outcome = simulation.run(replication: replication)
      events += outcome.eventCount
      runs += outcome.runCount
      succeeded += outcome.runTimes.count { $0.status.isSuccess }
    }
    let seconds = Machine.processorSeconds() - before
    let count = replications > 1 ? replications : runs
    print(
      row(
        "\(count) \(unit)", seconds.fixed(3), (Double(count) / seconds).fixed(0),
        (Double(events) / seconds).fixed(0), Machine.peakMebibytes().fixed(0)))
    print(
      "  \(events / max(runs, 1)) events a run, \(succeeded) of \(runs) runs succeeded")
  }

  private static func row(_ cells: String...) -> String {
    cells.enumerated().map { index, cell in
      let pad = String(repeating: " ", count: max(0, (index == 0 ? 26 : 12) - cell.count))
      return index == 0 ? cell + pad : pad + cell
    }.joined(separator: " ")
  }
}
