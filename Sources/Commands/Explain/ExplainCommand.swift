import ArgumentParser
import Foundation
import GantryCompiler
import GantryExperiments
import GantryModel
import GantryReport

/// `gantry explain`.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why this node, why this wait, why this skip; and what would shorten a run most.",
    discussion: """
      RUN is a scenario or manifests, which are simulated now; a stored result (a label, a number of \
      `gantry runs list`, a scenario's name); or the name of a PipelineRun in the newest stored \
      result that has one. A stored result is simulated again from the inputs kept with it.

      What would shorten a run is measured: each resource in turn is made twice as good, and \
      everything is simulated again with the same random numbers.
      """)

  @Argument(help: ArgumentHelp("What to explain; default: this folder.", valueName: "run"))
  var arguments: [String] = []

  @Option(name: .customLong("run"), help: "Explain only the PipelineRun of this name.")
  var runName: String?

  @Option(help: "Explain this task in full: every node the scheduler looked at, every score.")
  var task: String?

  @Option(help: "Which replication to explain, counted from 0.")
  var replication = 0

  @Option(
    parsing: .unconditional,
    help: "The seed of the random numbers; the same seed gives the same result.")
  var seed: Int?

  @OptionGroup var threads: ThreadOption

  @Option(help: "Form of the output: text or json.")
  var format: OutputFormat = .text

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  /// Runs explained when none is named.
  private static let fewRuns = 12

  mutating func validate() throws {
    if replication < 0 { throw ValidationError("Replications are counted from 0.") }
  }

  mutating func run() async throws {
    var options = input
    if let seed { options.settings.append("seed=\(seed)") }
    let source = ExplainSource(
      input: options, colour: output.color, catalog: try Catalogs.open(),
      store: storeOptions.path)
    let found = try source.find(arguments)
    try checkReplication(of: found)
    let explained = try await explain(found)
    if let stored = found.stored { try source.check(explained, against: stored) }
    try checkNames(in: explained, wanted: runName ?? found.run)
    let report = ExplanationReport(output.report(Console()), task: task)
    Console().print(format == .json ? report.renderJSON(explained) : report.render(explained))
  }

  private func checkReplication(of found: ExplainSource.Found) throws {
    let count = found.compilation.plan.replications
    guard replication >= count else { return }
    Console().note(
      "error: there is no replication \(replication); the scenario has \(count), counted from 0")
    throw ExitCode.badInput
  }

  private func explain(_ found: ExplainSource.Found) async throws -> ExplanationRecord {
    let explainer: Explainer
    do {
      explainer = try Explainer(found.compilation, catalog: found.catalog)
    } catch {
      Console().note("error: \(error)")
      throw ExitCode.badInput
    }
    let choice: Explainer.Choice =
      (runName ?? found.run).map { .named($0) } ?? .first(output.detail ? .max : Self.fewRuns)
    return await explainer.explain(
      choice, replication: replication, into: found.record, measuresLevers: task == nil,
      threads: threads.count)
  }

  /// Names that the user gave must be those of runs and tasks.
  private func checkNames(in explained: ExplanationRecord, wanted: String?) throws {
    if let wanted, explained.runs.isEmpty {
      throw unknown("PipelineRun", wanted, among: explained.record.runs.map(\.name))
    }
    guard let task else { return }
    let known = explained.runs.flatMap { run in
      run.run.taskRuns.flatMap { [$0.pipelineTask, $0.name] } + run.skips.map(\.task)
    }
    if !known.contains(task) {
      let tasks = explained.runs.flatMap { run in
        run.run.taskRuns.map(\.pipelineTask) + run.skips.map(\.task)
      }
      throw unknown("task", task, among: tasks)
    }
  }

  private func unknown(_ noun: String, _ name: String, among known: [String]) -> ExitCode {
    Console().note(
      "error: there is no \(noun) '\(name)'"
        + Suggestion.help(for: name, among: known, noun: "there are"))
    return .badInput
  }
}
