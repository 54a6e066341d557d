import ArgumentParser
import Foundation
import GantryCloud
import GantryCompiler
import GantryExperiments
import GantryManifests
import GantryModel
import GantryStore

/// From paths to a record: read, check, compile, look into the store, simulate, keep.
struct Simulator {
  let options: InputOptions
  let colour: Console.Colour
  let console = Console()
  let catalog: Catalog

  /// Runs beyond this are summed up unless the user asks for all: each takes some 40 KB of memory and,
  /// with its tasks and steps, 4 KB of the store.
  static let mostKeptRuns = 2000

  /// How a simulation is run and kept.
  struct Settings {
    var label: String?
    /// nil keeps nothing.
    var store: String?
    /// Simulates even when the store has the result.
    var again = false
    var threads = ProcessInfo.processInfo.activeProcessorCount
    /// What is kept of the runs; nil decides by how many there are.
    var keeping: RunKeeping?
  }

  /// Reads and compiles one input; shows all problems and leaves with 65 when there is an error.
  func compile(_ paths: [String]) throws -> (input: LoadedInput, compilation: Compilation) {
    let input = try load(paths)
    let compilation = InputChecks(input: input).compile()
    show(input)
    guard let compilation else { throw ExitCode.badInput }
    return (input, compilation)
  }

  private func load(_ paths: [String]) throws -> LoadedInput {
    for path in paths where InputLoader.scenarioFile(at: path) == nil {
      let scenarios = InputLoader.scenarios(below: path)
      guard !scenarios.isEmpty else { continue }
      console.note("error: \(path) is no scenario, but a folder of scenarios")
      console.note("help: name one or more of them: \(scenarios.joined(separator: " "))")
      throw ExitCode.badInput
    }
    do {
      return try InputLoader(options: options, catalog: catalog).load(paths)
    } catch let error as InputReadError {
      for failure in error.failures { console.note("error: \(failure.path): \(failure.reason)") }
      throw ExitCode.ioError
    }
  }

  private func show(_ input: LoadedInput) {
    let worthShowing = input.sink.diagnostics.filter { $0.severity != .note }
    console.show(worthShowing, texts: input.allTexts, colour: colour)
  }

  /// The result of one input, from the store when it is there.
  func simulate(_ paths: [String], settings: Settings) async throws -> SimulationRecord {
    let (input, compilation) = try compile(paths)
    let keeping =
      settings.keeping
      ?? (compilation.plan.runCount > Self.mostKeptRuns ? .totals : .everything)
    let inputs = RecordInputs(
      input, scenario: compilation.scenario, catalogVersion: catalog.version, keeping: keeping)
    let store = try settings.store.map { try openStore($0) }
    if !settings.again, let store,
      let known = try attempt({ try store.find(inputHash: inputs.hash, label: settings.label) })
    {
      return try reuse(known, in: store, settings: settings)
    }
    var record = SimulationRecord(
      scenario: compilation.scenario.name?.value ?? input.compiler.name, label: settings.label,
      programVersion: programVersion, catalogVersion: catalog.version, region: compilation.region,
      seed: compilation.plan.seed, replicationCount: compilation.plan.replications,
      inputs: inputs.json, inputHash: inputs.hash, clusterOrigin: compilation.clusterOrigin)
    record.createdAt = ISO8601DateFormatter().string(from: Date())
    let experiment: Experiment
    do {
      experiment = try Experiment(compilation, catalog: input.compiler.catalog)
    } catch {
      console.note("error: \(error)")
      throw ExitCode.badInput
    }
    let count = compilation.plan.replications
    let console = console
    record = await experiment.run(
      into: record, keeping: keeping, threads: settings.threads
    ) { done in
      if count > 1 { console.progress("replication \(done) of \(count)") }
    }
    if count > 1 { console.progress("") }
    record.diagnostics = input.sink.diagnostics
    if let store { record.id = try attempt { try store.save(record) } }
    return record
  }

  private func reuse(
    _ known: SimulationRecord, in store: Store, settings: Settings
  ) throws -> SimulationRecord {
    var record = known
    if settings.label != known.label {
      record.label = settings.label
      record.id = nil
      record.createdAt = ISO8601DateFormatter().string(from: Date())
      record.id = try attempt { try store.save(record) }
    }
    console.note(
      "These inputs were simulated before (run \(known.id ?? 0)); --again simulates them anew.")
    return record
  }

  /// Opens the store; what goes wrong is an I/O error.
  func openStore(_ path: String, access: Store.Access = .readWrite) throws -> Store {
    try attempt { try Store(path: path, access: access) }
  }

  private func attempt<Value>(_ body: () throws -> Value) throws -> Value {
    try StoreAccess().attempt(body)
  }
}
