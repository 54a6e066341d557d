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
    /// The seed that all choices share; nil is the choice's own.
    var seed: UInt64?
    /// What `input` and `compilation` do, in words that tell it from any other change: samples are
    /// stored under it.
    var mark: String?
    var input: @Sendable (inout CompilerInput) -> Void = { _ in }
    var compilation: @Sendable (inout Compilation) -> Void = { _ in }
  }

  /// What was read and compiled.
  struct Compiled {
    var input: LoadedInput
    var compilation: Compilation
    /// What was changed besides the scenario's fields.
    var marks: [String] = []

    /// The scenario's name.
    var name: String { compilation.scenario.name?.value ?? input.compiler.name }
  }

  /// A choice with a change, ready to be simulated.
  struct Variant: Sendable {
    /// What its samples are stored under.
    var point: SweepPoint
    var simulator: PointSimulator
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
    var compiled = Compiled(input: input, compilation: compilation)
    if let mark = change.mark { compiled.marks.append(mark) }
    if let seed = change.seed, seed != compilation.plan.seed {
      compiled.compilation.plan.seed = seed
      compiled.marks.append("seed \(seed)")
    }
    return (compiled, [])
  }

  /// What was compiled, ready to be simulated as a plan has it.
  ///
  /// A choice of which only fields are set is stored under the same hash as a point of a sweep.
  func variant(
    _ compiled: Compiled, _ plan: SweepPlan
  ) throws(CatalogError) -> Variant {
    var marks = compiled.marks
    if let runs = plan.monthlyRuns { marks.append("\(runs) runs a month") }
    let design = RecordInputs.designHash(
      compiled.input, scenario: compiled.compilation.scenario,
      catalogVersion: loader.catalog.version, plan: plan)
    return Variant(
      point: SweepPoint(
        compiled.compilation,
        designHash: marks.isEmpty ? design : RecordInputs.hash([design] + marks)
      ),
      simulator: try PointSimulator(
        compiled.compilation, catalog: compiled.input.compiler.catalog, sweep: plan))
  }

  /// The choice with each of several changes, made on several threads; nil where a change makes no
  /// scenario.
  func variants(_ changes: [Change], _ plan: SweepPlan, threads: Int) async -> [Variant?] {
    let threads = max(1, min(threads, changes.count))
    return await withTaskGroup(of: [(Int, Variant?)].self) { group in
      for worker in 0..<threads {
        group.addTask {
          var own: [(Int, Variant?)] = []
          for index in stride(from: worker, to: changes.count, by: threads) {
            if Interruption.isRequested { break }
            own.append((index, variant(changes[index], plan)))
          }
          return own
        }
      }
      var all: [Variant?] = changes.map { _ in nil }
      for await part in group {
        for (index, variant) in part { all[index] = variant }
      }
      return all
    }
  }

  private func variant(_ change: Change, _ plan: SweepPlan) -> Variant? {
    guard let compiled = try? compile(change).compiled else { return nil }
    return try? variant(compiled, plan)
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
