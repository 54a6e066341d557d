import ArgumentParser
import GantryModel
import GantryReport

/// `gantry simulate`.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Simulates pipelines on a cluster: timings, placements, waits, critical path, bill.",
    discussion: """
      PATH is a scenario (a folder with scenario.yaml, or such a file), or manifests: files, folders, \
      or - for standard input. Manifests alone run on the cluster among them, on the one given by \
      --cluster, or on a default one that the output names.
      """)

  /// What is kept of runs.
  enum Keeping: String, ExpressibleByArgument, CaseIterable {
    case everything, totals
  }

  @Argument(help: ArgumentHelp("Scenarios or manifests; default: this folder.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  @Option(help: "A name for the result, to compare it by.", transform: Label.read)
  var label: Label?

  @OptionGroup var seed: SeedOption

  @Option(
    parsing: .unconditional,
    help: "How many times to simulate, each with its own random numbers.")
  var replications: Int?

  @OptionGroup var threads: ThreadOption

  @Option(help: "Form of the output: text or json.")
  var format: OutputFormat = .text

  @Option(
    help: ArgumentHelp(
      """
      What to keep of runs: everything, or totals over all of them. Default: everything up to \
      \(Simulator.mostKeptRuns) runs.
      """))
  var keep: Keeping?

  @Flag(help: "Keep nothing in the store.")
  var noStore = false

  @Flag(help: "Simulate even if the store has the result.")
  var again = false

  mutating func validate() throws {
    if let replications, replications < 1 {
      throw ValidationError("There must be at least one replication.")
    }
  }

  mutating func run() async throws {
    Interruption.watch()
    var options = seed.added(to: input)
    if let replications { options.settings.append("replications=\(replications)") }
    let simulator = Simulator(
      options: options, colour: output.color, catalog: try Catalogs.open())
    var settings = Simulator.Settings(
      label: label?.text, store: noStore ? nil : storeOptions.path, again: again)
    settings.threads = threads.count
    settings.keeping = keep.map { $0 == .everything ? .everything : .totals }
    var records: [SimulationRecord] = []
    for group in InputLoader.groups(of: paths) {
      records.append(try await simulator.simulate(group, settings: settings))
    }
    show(records)
    if !records.allSatisfy(\.allSucceeded) { throw ExitCode.unavailable }
  }

  private func show(_ records: [SimulationRecord]) {
    let console = Console()
    switch format {
    case .json:
      let report = JSONReport()
      console.print(records.count == 1 ? report.render(records[0]) : report.render(records))
    case .text:
      let report = TerminalReport(output.report(console))
      console.print(records.map(report.render).joined(separator: "\n"))
    }
  }
}
