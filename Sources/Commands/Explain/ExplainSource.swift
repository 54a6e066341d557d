import ArgumentParser
import Foundation
import GantryCloud
import GantryCompiler
import GantryModel
import GantryStore

/// What `gantry explain RUN` means: inputs to simulate, a stored result, or a run of one.
struct ExplainSource {
  let input: InputOptions
  let colour: Console.Colour
  let catalog: Catalog
  let store: String

  /// What is explained.
  struct Found {
    var compilation: Compilation
    var catalog: Catalog
    /// The result's description, without results.
    var record: SimulationRecord
    /// The stored result that the explanation must agree with.
    var stored: SimulationRecord?
    /// The run that the reference itself names.
    var run: String?
  }

  /// Resolves the arguments: paths that exist first, then the store.
  func find(_ arguments: [String]) throws -> Found {
    let paths = arguments.isEmpty ? ["."] : arguments
    if arguments.count != 1 || FileManager.default.fileExists(atPath: paths[0]) || paths == ["-"] {
      return try compile(paths)
    }
    return try load(paths[0])
  }

  private func compile(_ paths: [String]) throws -> Found {
    let groups = InputLoader.groups(of: paths)
    guard groups.count == 1 else {
      Console().note("error: these are \(groups.count) scenarios; expected one to explain")
      throw ExitCode.badInput
    }
    let simulator = Simulator(options: input, colour: colour, catalog: catalog)
    let (loaded, compilation) = try simulator.compile(groups[0])
    let inputs = RecordInputs(
      loaded, scenario: compilation.scenario, catalogVersion: catalog.version)
    return Found(
      compilation: compilation, catalog: loaded.compiler.catalog,
      record: record(compilation, name: loaded.compiler.name, inputs: inputs, label: nil))
  }

  private func record(
    _ compilation: Compilation, name: String, inputs: RecordInputs, label: String?
  ) -> SimulationRecord {
    SimulationRecord(
      scenario: compilation.scenario.name?.value ?? name, label: label,
      programVersion: programVersion, catalogVersion: catalog.version, region: compilation.region,
      seed: compilation.plan.seed, replicationCount: compilation.plan.replications,
      inputs: inputs.json, inputHash: inputs.hash, clusterOrigin: compilation.clusterOrigin)
  }

  // MARK: Stored results

  private func load(_ reference: String) throws -> Found {
    let (stored, run) = try storedResult(reference)
    guard input.settings.isEmpty, input.cluster.isEmpty, input.assumed.isEmpty else {
      Console().note(
        "error: '\(reference)' is a stored result; --set, --seed, --cluster and --assume would change it\n"
          + "help: name the scenario or manifests instead")
      throw ExitCode.badInput
    }
    guard let loaded = try StoredInput(record: stored, catalog: catalog).load(),
      let compilation = InputChecks(input: loaded).compile()
    else {
      throw refuse(stored, "its inputs cannot be read any more by this version of gantry")
    }
    let inputs = RecordInputs(
      loaded, scenario: compilation.scenario, catalogVersion: catalog.version)
    return Found(
      compilation: compilation, catalog: loaded.compiler.catalog,
      record: record(
        compilation, name: loaded.compiler.name, inputs: inputs, label: stored.label),
      stored: stored, run: run)
  }

  /// The stored result of a reference; or the newest one that has a run of that name.
  private func storedResult(_ reference: String) throws -> (SimulationRecord, String?) {
    let access = StoreAccess()
    guard FileManager.default.fileExists(atPath: store) else {
      Console().note(
        "error: '\(reference)' is no file or folder, and there is no store \(store) to look in\n"
          + "help: name a scenario or manifests, or simulate first")
      throw ExitCode.badInput
    }
    let opened = try access.attempt { try Store(path: store, access: .readOnly) }
    if let id = try position(of: reference, in: opened) {
      return (try access.attempt { try opened.load(id: id) }, nil)
    }
    var known: [String] = []
    for summary in try access.attempt({ try opened.list() }) {
      let record = try access.attempt { try opened.load(id: summary.id) }
      if record.runs.contains(where: { $0.name == reference }) { return (record, reference) }
      known += [summary.label, summary.scenario].compactMap { $0 } + record.runs.map(\.name)
    }
    Console().note(
      "error: '\(reference)' is no file, no stored result and no PipelineRun of one"
        + Suggestion.help(for: reference, among: known, noun: "known"))
    throw ExitCode.badInput
  }

  /// The position of a result; nil when nothing has that number, label or name.
  private func position(of reference: String, in opened: Store) throws -> Int64? {
    do {
      return try opened.position(of: reference)
    } catch  where error.code == .notFound {
      return nil
    } catch {
      return try StoreAccess().attempt { throw error }
    }
  }

  /// Compares what was simulated now with what is stored.
  func check(_ explained: ExplanationRecord, against stored: SimulationRecord) throws {
    let now = explained.record
    let replication = explained.replication
    let before = stored.replications.first { $0.replication == replication }?.makespanSeconds
    if let before, before != now.makespanSeconds {
      throw refuse(
        stored, "it took \(before) s then and takes \(now.makespanSeconds) s now")
    }
    guard replication == 0 else { return }
    let changed = zip(stored.runs, now.runs).first {
      $0.name != $1.name || $0.status != $1.status
        || $0.completionSeconds != $1.completionSeconds
    }
    if let (old, new) = changed {
      throw refuse(stored, "\(old.name) was \(old.status.rawValue), now \(new.status.rawValue)")
    }
  }

  /// The error for a stored result that cannot be played out again as it was.
  private func refuse(_ stored: SimulationRecord, _ why: String) -> ExitCode {
    var versions = ""
    if stored.programVersion != programVersion {
      versions += "; stored by gantry \(stored.programVersion), this is \(programVersion)"
    }
    if stored.catalogVersion != catalog.version {
      versions += "; stored with catalogue \(stored.catalogVersion), now \(catalog.version)"
    }
    let id = stored.id.map { " \($0)" } ?? ""
    Console().note(
      "\(store): error: result\(id) ('\(stored.label ?? stored.scenario)') cannot be explained: "
        + "it does not come out the same again: \(why)\(versions)\n"
        + "help: simulate it again with `gantry simulate`, or name its scenario's folder here")
    return .badInput
  }
}

/// Names that might have been meant.
enum Suggestion {
  /// The most names that are listed.
  private static let most = 12

  /// A line of help with the nearest name and the known ones; empty when there are none.
  static func help(for name: String, among known: [String], noun: String) -> String {
    var distinct: [String] = []
    for name in known where !distinct.contains(name) { distinct.append(name) }
    guard !distinct.isEmpty else { return "" }
    let near = nearestName(to: name, in: distinct).map { "did you mean '\($0)'? " } ?? ""
    let more = distinct.count > most ? ", and \(distinct.count - most) more" : ""
    return "\nhelp: \(near)\(noun): \(distinct.prefix(most).joined(separator: ", "))\(more)"
  }
}
