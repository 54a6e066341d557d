public import GantryCloud
public import GantryCompiler
import GantryEngine
public import GantryModel
import GantryUnits

/// Simulates one replication again, this time writing down why everything happens.
public struct Explainer: Sendable {
  /// Which runs are explained.
  public enum Choice: Sendable, Hashable {
    /// The first so many.
    case first(Int)
    /// The one of this name.
    case named(String)
  }

  private let compilation: Compilation
  private let pricing: Pricing

  /// Prepares for a compiled scenario.
  /// - Throws: `CatalogError` for a price that is not known.
  public init(_ compilation: Compilation, catalog: Catalog) throws(CatalogError) {
    self.compilation = compilation
    pricing = try Pricing(
      plan: compilation.plan, services: compilation.services, region: compilation.region,
      catalog: catalog)
  }

  /// Explains runs of a replication; `record` is filled with its result.
  ///
  /// With `measuresLevers`, each resource of the plan is made better in turn and everything
  /// simulated again, on up to `threads` threads.
  public func explain(
    _ choice: Choice, replication: Int, into record: SimulationRecord, measuresLevers: Bool = true,
    threads: Int
  ) async -> ExplanationRecord {
    let plan = compilation.plan
    let scope: ExplainScope =
      switch choice {
      case .first(let count): .first(count)
      case .named(let name): .named(name)
      }
    var simulation = Simulation(PreparedPlan(plan), explaining: scope)
    let outcome = simulation.run(replication: replication)
    let filled = RecordBuilder(compilation: compilation, pricing: pricing)
      .fill(record, outcome: outcome)
    let chosen = outcome.runs.indices.filter { index in
      switch choice {
      case .first(let count): index < count
      case .named(let name): outcome.runs[index].name == name
      }
    }
    let observation = outcome.observation ?? Observation()
    var runs = chosen.map { explanation(of: $0, in: filled, observation) }
    for (index, run) in chosen.enumerated() { runs[index].results = outcome.runs[run].results }
    if measuresLevers {
      let effects = await Levers.effects(
        of: plan, on: chosen, base: outcome, replication: replication, threads: threads)
      for index in runs.indices { runs[index].levers = effects[index] }
    }
    return ExplanationRecord(
      record: filled, replication: replication, runs: runs,
      otherRuns: outcome.runs.count - runs.count)
  }

  private func explanation(
    of run: Int, in record: SimulationRecord, _ observation: Observation
  ) -> RunExplanation {
    let stories = observation.taskRuns.filter { $0.run == run }.sorted { $0.taskRun < $1.taskRun }
    return RunExplanation(
      run: record.runs[run], taskRuns: stories,
      assistants: observation.assistants.filter { $0.run == run },
      skips: observation.skips.filter { $0.run == run })
  }
}
