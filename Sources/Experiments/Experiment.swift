public import GantryCloud
public import GantryCompiler
import GantryEngine
public import GantryModel
import GantryUnits

/// A compiled scenario that is simulated and priced, replication by replication.
public struct Experiment: Sendable {
  private let compilation: Compilation
  private let prepared: PreparedPlan
  private let pricing: Pricing

  /// Prepares the plan for the engine and looks up its prices.
  /// - Throws: `CatalogError` for a price that is not known.
  public init(_ compilation: Compilation, catalog: Catalog) throws(CatalogError) {
    self.compilation = compilation
    prepared = PreparedPlan(compilation.plan)
    pricing = try Pricing(
      plan: compilation.plan, services: compilation.services, region: compilation.region,
      catalog: catalog)
  }

  /// Simulates all replications and fills a record; `progress` is called after each with the number
  /// done so far.
  ///
  /// Of the first replication `keeping` says what is kept, of further ones a line each. Replications run on up to `threads` threads; results do
  /// not depend on how many.
  public func run(
    into record: SimulationRecord, keeping: RunKeeping = .everything, threads: Int,
    progress: @escaping @Sendable (_ done: Int) -> Void = { _ in }
  ) async -> SimulationRecord {
    let count = compilation.plan.replications
    let builder = RecordBuilder(compilation: compilation, pricing: pricing)
    var simulation = Simulation(prepared, keeping: keeping)
    let first = simulation.run(replication: 0)
    var record = builder.fill(record, outcome: first)
    progress(1)
    guard count > 1 else { return record }
    let workers = max(1, min(threads, count - 1))
    let counter = ProgressCounter(done: 1, report: progress)
    let summaries = await withTaskGroup(of: [ReplicationSummary].self) { group in
      for worker in 0..<workers {
        group.addTask {
          var simulation = Simulation(prepared, keeping: .times)
          var found: [ReplicationSummary] = []
          for replication in stride(from: 1 + worker, to: count, by: workers) {
            found.append(builder.summary(of: simulation.run(replication: replication)))
            await counter.add()
          }
          return found
        }
      }
      var all: [ReplicationSummary] = []
      for await part in group { all += part }
      return all
    }
    record.replications += summaries.sorted { $0.replication < $1.replication }
    return record
  }

  /// Plays out one replication and gives its digest only: for benchmarks and tests of repeatability.
  public func makespans(replications: Range<Int>) -> [Double] {
    var simulation = Simulation(prepared)
    return replications.map { simulation.run(replication: $0).makespan.seconds }
  }
}

/// Counts finished replications over all workers.
private actor ProgressCounter {
  private var done: Int
  private let report: @Sendable (Int) -> Void

  init(done: Int, report: @escaping @Sendable (Int) -> Void) {
    self.done = done
    self.report = report
  }

  func add() {
    done += 1
    report(done)
  }
}
