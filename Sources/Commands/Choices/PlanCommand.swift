import ArgumentParser
import Foundation
import GantryExperiments
import GantryModel
import GantryReport
import GantryStatistics

/// `gantry plan`.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Finds the cheapest variant of a scenario that keeps a service level.",
    discussion: """
      Axes are those of 'gantry sweep'. Variants are tried in the order of their cost; each is \
      simulated until it is told, with confidence, whether it keeps the limits, and what is \
      certainly dearer is not simulated any further. Says what was found, the runner-up, and what \
      would turn the choice. Simulations that the store has are not made again.

      Limits of --slo are of mean, p50, p95, p99 (run times), makespan, wait (share of the time that \
      TaskRuns wait for a node) and failed (share of runs; without it no run may fail); those of \
      --budget are of month and run, in USD. All are upper limits.

      Exit codes: 0 found, 69 no variant is shown to keep the limits; the nearest miss is named.
      """)

  /// As surely as the intervals of sweeps hold.
  private static let usualConfidence = MeanInterval.confidence

  @Argument(
    help: ArgumentHelp(
      "A scenario, or manifests; several scenarios are an axis. Default: this folder.",
      valueName: "path"))
  var paths: [String] = []

  @Option(
    name: .customLong("slo"),
    help: ArgumentHelp(
      "A service level, such as 'p95 < 12m' or 'wait < 5%'; at least one. Repeatable.",
      valueName: "limit"))
  var slo: [String] = []

  @Option(
    name: .customLong("budget"),
    help: ArgumentHelp(
      "What a month or a run may cost in USD, such as 'month < 900'. Repeatable.",
      valueName: "limit"))
  var budget: [String] = []

  @OptionGroup(title: "Axes") var grid: GridArguments

  @Option(
    help: ArgumentHelp(
      "The probability that no variant is judged wrongly; default: 95%.", valueName: "share"),
    transform: SharePercent.read)
  var confidence: SharePercent?

  @Option(help: "The most simulations of a variant; 10 at least.")
  var maxReplications = 200

  @Option(
    help: ArgumentHelp(
      """
      For the steady state: runs created in this time at the start do not count; auto finds it \
      (MSER-5).
      """, valueName: "duration"), transform: WarmUpArgument.read)
  var warmUp: WarmUpArgument?

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  @OptionGroup var seed: SeedOption
  @OptionGroup var threads: ThreadOption

  @Option(help: "Form of the output: text or json.")
  var format: OutputFormat = .text

  @Flag(help: "Keep nothing in the store.")
  var noStore = false

  mutating func validate() throws {
    if slo.isEmpty {
      throw ValidationError(
        "Give at least one service level, such as --slo 'p95 < 12m'; a budget alone asks for nothing."
      )
    }
    let least = ChoiceRace.leastToKeep
    if !(least...1_000_000).contains(maxReplications) {
      throw ValidationError(
        "The most replications are from \(least) to 1000000, not \(maxReplications): with fewer than "
          + "\(least) no variant is told to keep a limit.")
    }
    if let confidence, !(0.5...0.9999).contains(confidence.share) {
      throw ValidationError("The confidence is from 50% to 99.99%.")
    }
  }

  mutating func run() async throws {
    Interruption.watchToFinish()
    let catalog = try Catalogs.open()
    let sink = DiagnosticSink()
    let reader = GoalText(sink: sink)
    let goals = reader.goals(slo, of: .slo) + reader.goals(budget, of: .budget)
    var plan = SweepPlan()
    plan.replications = maxReplications
    plan.warmUp = warmUp?.warmUp ?? .none
    let setUp = try SweepSetUp(
      loader: InputLoader(options: seed.added(to: input), catalog: catalog), arguments: grid,
      colour: output.color
    ).read(paths, sink: sink, options: [("--slo", slo), ("--budget", budget)]) { _ in plan }
    let choice = try await PlanSession(
      setUp: setUp, goals: goals, confidence: confidence?.share ?? Self.usualConfidence,
      catalog: catalog,
      threads: threads.count, colour: output.color,
      storePath: noStore ? nil : storeOptions.path
    ).run()
    let console = Console()
    switch format {
    case .text: console.print(ChoiceReport(output.report(console)).render(choice))
    case .json: console.print(ChoiceReport().renderJSON(choice))
    }
    if choice.candidates.allSatisfy({ $0.fault == .noRuns }) { throw ExitCode.badInput }
    if choice.winner == nil { throw ExitCode.unavailable }
  }
}
