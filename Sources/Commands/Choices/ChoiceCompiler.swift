import ArgumentParser
import GantryCloud
import GantryCompiler
import GantryExperiments
import GantryManifests
import GantryModel

/// Reads and compiles a choice, as it is and with changes.
struct ChoiceCompiler: Sendable {
  let loader: InputLoader
  let choice: Choice
  let colour: Console.Colour

  /// A change of a choice: of its fields, of what is compiled, of what came of it.
  struct Change: Sendable {
    var settings: [ScenarioSetting] = []
    var input: @Sendable (inout CompilerInput) -> Void = { _ in }
    var compilation: @Sendable (inout Compilation) -> Void = { _ in }
  }

  /// What was read and compiled.
  struct Compiled {
    var input: LoadedInput
    var compilation: Compilation

    /// The scenario's name.
    var name: String { compilation.scenario.name?.value ?? input.compiler.name }
  }

  /// The choice as it is; shows what is wrong with it and leaves with 65 or 74.
  func base(_ texts: SourceTexts) throws -> Compiled {
    let console = Console()
    if case .paths(let paths) = choice.origin {
      for path in paths where InputLoader.scenarioFile(at: path) == nil {
        let scenarios = InputLoader.scenarios(below: path)
        guard !scenarios.isEmpty else { continue }
        console.note("error: \(path) is no scenario, but a folder of scenarios")
        console.note("help: name one of them: \(scenarios.joined(separator: " "))")
        throw ExitCode.badInput
      }
    }
    let input: LoadedInput
    do {
      guard let loaded = try load([]) else {
        console.note("error: the store does not hold the inputs of '\(choice.name ?? "")'")
        throw ExitCode.badInput
      }
      input = loaded
    } catch let error as InputReadError {
      for failure in error.failures { console.note("error: \(failure.path): \(failure.reason)") }
      throw ExitCode.ioError
    }
    let compilation = InputChecks(input: input).compile()
    var all = input.allTexts
    all.merge(texts)
    console.show(
      input.sink.diagnostics.filter { $0.severity != .note }, texts: all, colour: colour)
    guard let compilation else { throw ExitCode.badInput }
    return Compiled(input: input, compilation: compilation)
  }

  /// The choice with a change; nil, with the findings, when that makes no scenario.
  func compile(_ change: Change) throws -> (compiled: Compiled?, findings: [Diagnostic]) {
    guard var input = try load(change.settings) else { return (nil, []) }
    change.input(&input.compiler)
    guard var compilation = InputChecks(input: input).compile() else {
      return (nil, input.sink.diagnostics.filter { $0.severity == .error })
    }
    change.compilation(&compilation)
    return (Compiled(input: input, compilation: compilation), [])
  }

  /// Simulators of the choice with each of several changes, made on several threads; nil where a
  /// change makes no scenario.
  func simulators(
    _ changes: [Change], _ plan: SweepPlan, threads: Int
  ) async -> [PointSimulator?] {
    let threads = max(1, min(threads, changes.count))
    return await withTaskGroup(of: [(Int, PointSimulator?)].self) { group in
      for worker in 0..<threads {
        group.addTask {
          stride(from: worker, to: changes.count, by: threads)
            .prefix { _ in !Interruption.isRequested }
            .map { ($0, simulator(changes[$0], plan)) }
        }
      }
      var all: [PointSimulator?] = changes.map { _ in nil }
      for await part in group {
        for (index, simulator) in part { all[index] = simulator }
      }
      return all
    }
  }

  private func simulator(_ change: Change, _ plan: SweepPlan) -> PointSimulator? {
    guard let compiled = try? compile(change).compiled else { return nil }
    return try? PointSimulator(
      compiled.compilation, catalog: compiled.input.compiler.catalog, sweep: plan)
  }

  private func load(_ settings: [ScenarioSetting]) throws -> LoadedInput? {
    switch choice.origin {
    case .paths(let paths):
      var own = loader
      own.further += choice.settings + settings
      return try own.load(paths.isEmpty ? ["."] : paths)
    case .stored(let record):
      return try StoredInput(record: record, catalog: loader.catalog).load()
    }
  }
}
