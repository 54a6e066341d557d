internal import Foundation
internal import GantryCompiler
internal import GantryEngine
internal import GantryModel
internal import GantryUnits

/// Prints how many replications of a build a processor second simulates, and what a burst of runs
/// takes in processor seconds and memory.
///
/// `SimulationBenchmarks [SCENARIO [REPLICATIONS [RUNS]]]`: the scenario's folder (default: the
/// article's htop build beside this package; without it, a plan made in code), replications of it
/// (default 5000), runs of the burst (default 10,000; on 10 nodes of each architecture).
@main
struct SimulationBenchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let path = arguments.first ?? root + "/scenarios/article/htop"
    let replications = arguments.dropFirst().first.flatMap { Int($0) } ?? 5000
    let runs = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 10_000

    print(row("simulation", "CPU s", "per CPU s", "events/s", "peak MiB"))
    let folder =
      FileManager.default.fileExists(atPath: path + "/scenario.yaml")
      ? try ScenarioFolder(path: path) : nil
    if folder == nil { print("(no scenario at \(path): plans made in code)") }
    let before = Machine.processorSeconds()
    let single = try folder.map { try $0.compile().plan } ?? BuildPlan().make()
    let compiled = Machine.processorSeconds() - before
    print(row("read and compile", compiled.fixed(4), "", "", ""))
    if replications > 0 { measure(single, replications: replications, unit: "replications") }
    guard runs > 0 else { return }
    var burst =
      try folder.map { try $0.compile(settings: Self.burst(runs)).plan }
      ?? BuildPlan(nodesPerArchitecture: 10, burst: runs).make()
    liftLimits(of: &burst)
    measure(burst, replications: 1, unit: "runs at once")
  }

  /// Ten workers of each architecture, and that many runs at the start.
  private static func burst(_ runs: Int) -> [String] {
    ["nodes.amd64.count=10", "nodes.arm64.count=10", "workload[0].count=\(runs)"]
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

  private static func measure(_ plan: Plan, replications: Int, unit: String) {
    let before = Machine.processorSeconds()
    var simulation = Simulation(PreparedPlan(plan))
    var events = 0
    var runs = 0
    var succeeded = 0
    for replication in 0..<replications {
      let outcome = simulation.run(replication: replication)
      events += outcome.eventCount
      runs += outcome.runs.count
      succeeded += outcome.runs.count { $0.status.isSuccess }
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
