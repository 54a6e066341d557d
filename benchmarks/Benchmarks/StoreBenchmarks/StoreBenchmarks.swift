internal import BenchmarkMachine
internal import Foundation
internal import GantryCloud
internal import GantryCompiler
internal import GantryExperiments
internal import GantryModel
internal import GantryStore
internal import ScenarioInput

/// Prints what it takes in processor seconds to store what `gantry simulate --keep everything` does.
///
/// `StoreBenchmarks [TASKRUNS [SCENARIO]]`, where the scenario is a folder (default: the article's
/// htop build beside this package). Its outcome under load is repeated until it has so many TaskRuns
/// (20,000) and stored in one transaction in a new file, three times; the middle one counts. The
/// time is that from opening the store until it is closed, when all is in the one file.
@main
struct StoreBenchmarks {
  private static let rounds = 3

  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let count = arguments.first.map { Int($0) } ?? 20_000
    guard let count, count > 0, arguments.count <= 2 else {
      print("usage: StoreBenchmarks [TASKRUNS [SCENARIO]]")
      exit(64)
    }
    let folder = try ScenarioFolder(path: arguments.dropFirst().first ?? ScenarioFolder.htop)
    let record = repeated(try await outcome(of: folder), taskRuns: count)
    let sizes = RowCounts(record)
    var seconds: [Double] = []
    var bytes = 0
    for _ in 0..<rounds {
      let stored = try store(record)
      seconds.append(stored.seconds)
      bytes = stored.bytes
    }
    seconds.sort()
    print(sizes.description)
    report("rows", sizes.rows, seconds[rounds / 2])
    report("with assumptions", sizes.rows + sizes.assumptions, seconds[rounds / 2])
    print("MiB of the file: \((Double(bytes) / 1_048_576).fixed(1))")
  }

  /// 250 runs that come at 60 an hour to four nodes of each architecture: some of them wait.
  private static func outcome(of folder: ScenarioFolder) async throws -> SimulationRecord {
    let compilation = try folder.compile(settings: [
      "nodes.amd64.count=4", "nodes.arm64.count=4", "workload[0].ratePerHour=60",
      "workload[0].count=250",
    ])
    let empty = SimulationRecord(
      scenario: "htop", label: nil, programVersion: "benchmark",
      catalogVersion: folder.catalog.version, region: compilation.region,
      seed: compilation.plan.seed, replicationCount: 1, inputs: "{}", inputHash: "0000",
      clusterOrigin: compilation.clusterOrigin)
    return try await Experiment(compilation, catalog: folder.catalog)
      .run(into: empty, keeping: .everything, threads: 1)
  }

  /// The record with its runs again and again, until they have so many TaskRuns.
  private static func repeated(_ record: SimulationRecord, taskRuns: Int) -> SimulationRecord {
    let once = record.runs.filter { !$0.taskRuns.isEmpty }
    var record = record
    record.runs = []
    var taskCount = 0
    while taskCount < taskRuns, !once.isEmpty {
      let run = once[record.runs.count % once.count]
      record.runs.append(run)
      taskCount += run.taskRuns.count
    }
    return record
  }

  /// Stores the record in a new file of a temporary folder.
  private static func store(
    _ record: SimulationRecord
  ) throws -> (seconds: Double, bytes: Int) {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "gantry-store-benchmark-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "store.sqlite").path
    let before = Machine.processorSeconds()
    let store = try Store(path: path)
    try store.save(record)
    try store.close()
    let seconds = Machine.processorSeconds() - before
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    return (seconds, size ?? 0)
  }

  private static func report(_ what: String, _ count: Int, _ seconds: Double) {
    let rate = (Double(count) / seconds).fixed(0)
    print("\(what): \(count) in \(seconds.fixed(3)) CPU s, \(rate) a CPU second")
  }
}
