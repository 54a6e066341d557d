import GantryCloud
import GantryCompiler
import GantryExperiments
import GantryModel
import GantryReport
import GantryTestSupport
import Synchronization
import Testing

@Suite("Experiments")
struct ExperimentTests {
  private func run(
    threads: Int, _ settings: [String]
  ) async throws -> SimulationRecord {
    let (compiled, catalog) = try compilation(settings)
    let experiment = try Experiment(compiled, catalog: catalog)
    return await experiment.run(into: emptyRecord(), threads: threads)
  }

  /// All of a record, in a fixed order.
  private func digest(_ record: SimulationRecord) -> String { JSONReport().render(record) }

  @Test("results do not depend on the number of threads", arguments: [2, 3, 64])
  func threads(count: Int) async throws {
    let settings = ["replications=17", "workload[0].ratePerHour=200", "workload[0].count=10"]
    let one = try await run(threads: 1, settings)
    let several = try await run(threads: count, settings)
    #expect(one.replications.map(\.replication) == Array(0..<17))
    #expect(digest(one) == digest(several))
  }

  @Test("replications differ from each other and a seed repeats them")
  func luck() async throws {
    let first = try await run(threads: 2, ["replications=5", "seed=3"])
    #expect(Set(first.replications.map(\.makespanSeconds)).count == 5)
    let again = try await run(threads: 2, ["replications=5", "seed=3"])
    #expect(digest(first) == digest(again))
    let other = try await run(threads: 2, ["replications=5", "seed=4"])
    #expect(first.replications.map(\.makespanSeconds) != other.replications.map(\.makespanSeconds))
  }

  @Test("fewer replications are the first ones of more")
  func prefix() async throws {
    let few = try await run(threads: 1, ["replications=3"])
    let more = try await run(threads: 1, ["replications=6"])
    #expect(
      few.replications.map(\.makespanSeconds)
        == more.replications.prefix(3).map(\.makespanSeconds))
  }

  @Test("the record has the first replication in detail")
  func record() async throws {
    let record = try await run(threads: 1, ["replications=2"])
    #expect(record.runs.map(\.name) == ["naps-run"])
    #expect(record.makespanSeconds == record.replications[0].makespanSeconds)
    let tasks = record.runs[0].taskRuns
    #expect(tasks.map(\.pipelineTask) == ["first", "second"])
    #expect(tasks[0].steps.map(\.name) == ["first", "second"])
    // 30 s and 5 s of sleep in each, which are overhead: time that no machine shortens.
    #expect(tasks.allSatisfy { ($0.breakdown[.overhead] ?? 0) > 35 })
    let path = record.runs[0].criticalPath
    #expect(path.first?.segment.startSeconds == 0)
    #expect(path.last?.segment.endSeconds == record.runs[0].completionSeconds)
    #expect(record.nodes.map(\.instanceType) == ["m5a.2xlarge", "m5a.2xlarge", "m6g.2xlarge"])
  }

  @Test("the runs' costs add up to the bill")
  func costs() async throws {
    let record = try await run(
      threads: 1, ["workload[0].ratePerHour=200", "workload[0].count=10"])
    #expect(record.runs.count == 10)
    let runs = record.runs.reduce(0) { $0 + $1.cost.totalUSD }
    let lines = record.cost.lines.reduce(0) { $0 + $1.amountUSD }
    #expect(abs(runs - record.cost.totalUSD) < 1e-9)
    #expect(abs(lines - record.cost.totalUSD) < 1e-9)
  }

  @Test("runs that are summed up give the bill, the times and the shares of runs that are kept")
  func summedUp() async throws {
    let settings = ["replications=3", "workload[0].ratePerHour=200", "workload[0].count=60"]
    let (compiled, catalog) = try compilation(settings)
    let experiment = try Experiment(compiled, catalog: catalog)
    let kept = await experiment.run(into: emptyRecord(), threads: 2)
    let summed = await experiment.run(into: emptyRecord(), keeping: .totals, threads: 2)
    let tally = try #require(summed.tally)
    let expected = Samples.tally(of: kept.runs)
    #expect(summed.runs.isEmpty && summed.runCount == 60 && kept.tally == nil)
    #expect(abs((tally.all.p50Seconds ?? -1) - (expected.all.p50Seconds ?? -2)) < 1e-9)
    #expect(abs((tally.all.p99Seconds ?? -1) - (expected.all.p99Seconds ?? -2)) < 1e-9)
    #expect(tally.pipelines.map(\.pipeline) == ["naps"])
    #expect(abs((tally.all.waitShare ?? 1) - (expected.all.waitShare ?? 0)) < 1e-9)
    for kind in TimeKind.allCases {
      let (one, other) = (tally.all.breakdown[kind] ?? -1, expected.all.breakdown[kind] ?? -2)
      #expect(abs(one - other) < 1e-6)
    }
    #expect(tally.paths.count == expected.paths.count)
    for (one, other) in zip(tally.paths, expected.paths) {
      #expect(abs(one.seconds - other.seconds) < 1e-6)
    }
    #expect(summed.replications == kept.replications)
    #expect(summed.cost.lines == kept.cost.lines)
    #expect(summed.cost.monthlyLines == kept.cost.monthlyLines)
    for (one, other) in zip(summed.assumptions, kept.assumptions) {
      #expect(one.assumption.id == other.assumption.id)
      #expect(abs(one.criticalPathShare - other.criticalPathShare) < 1e-9)
    }
  }

  @Test("assumptions carry the share of the critical path that rests on them")
  func assumptions() async throws {
    let record = try await run(threads: 1, [])
    let path = record.runs[0].criticalPath
    let total = path.reduce(0) { $0 + $1.segment.endSeconds - $1.segment.startSeconds }
    let controller = try #require(
      record.assumptions.first { $0.assumption.id == "timing.controller" })
    #expect(controller.criticalPathSeconds > 0)
    #expect(
      abs(controller.criticalPathShare - controller.criticalPathSeconds / total) < 1e-12)
    let weights = record.assumptions.map(\.criticalPathSeconds)
    #expect(weights == weights.sorted(by: >))
  }

  @Test("progress counts every replication once")
  func progress() async throws {
    let (compiled, catalog) = try compilation(["replications=9"])
    let seen = Mutex<[Int]>([])
    _ = await (try Experiment(compiled, catalog: catalog)).run(into: emptyRecord(), threads: 2) {
      done in seen.withLock { $0.append(done) }
    }
    #expect(seen.withLock { $0.sorted() } == Array(1...9))
  }

  @Test("failed runs are counted")
  func failures() async throws {
    let record = try await run(threads: 1, ["horizon=20s", "replications=2"])
    #expect(record.replications.map(\.failedRuns) == [1, 1])
    #expect(record.runs[0].status == .running)
    #expect(!record.allSucceeded)
  }
}
