import ArgumentParser
import GantryModel
import GantryReport

/// `gantry breakeven`.
struct BreakevenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "breakeven",
    abstract: "Says from how many builds a day, or from which value on, one choice beats another.",
    discussion: """
      A choice is settings as in --set, several with commas between, a scenario's folder, or a \
      stored result's name; without --a it is the scenario as it is. --over names what varies: \
      workload.rate for the number of builds, or any field of the scenario with a number. Both choices \
      are simulated with the same random numbers, on a coarse grid first, then by halving; the \
      interval of a crossing is the stretch in which no more than chance tells the choices apart. \
      Simulations that the store has are not made again.
      """)

  @Argument(
    help: ArgumentHelp("A scenario, or manifests; default: this folder.", valueName: "path"))
  var paths: [String] = []

  @Option(
    name: .customLong("a"),
    help: ArgumentHelp(
      "The first choice; default: the scenario as it is. Repeatable.", valueName: "choice"))
  var first: [String] = []

  @Option(
    name: .customLong("b"),
    help: ArgumentHelp("The second choice. Repeatable.", valueName: "choice"))
  var second: [String]

  @Option(
    help: ArgumentHelp(
      "What varies, such as workload.rate=1..200/day (or /hour, /week, /month).",
      valueName: "path=low..high"))
  var over: String

  @OptionGroup(title: "Judgement") var choices: ChoiceArguments
  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  mutating func validate() throws {
    if second.isEmpty { throw ValidationError("There is no second choice: give --b.") }
    if over.hasPrefix("workload.rate="), choices.builds != nil {
      throw ValidationError("--over workload.rate says how many builds there are; --builds too.")
    }
  }

  mutating func run() async throws {
    Interruption.watchToFinish()
    let console = Console()
    let session = try BreakevenSession(
      loader: InputLoader(options: choices.seed.added(to: input), catalog: try Catalogs.open()),
      arguments: choices,
      colour: output.color, storePath: choices.noStore ? nil : storeOptions.path)
    var texts = SourceTexts()
    let reader = ChoiceReader(storePath: storeOptions.path)
    let a =
      first.isEmpty
      ? Choice(name: nil, origin: .paths(paths))
      : try reader.read(first, option: "--a", paths: paths, texts: &texts)
    let b = try reader.read(second, option: "--b", paths: paths, texts: &texts)
    let record = try await session.run(a, b, over: over, texts)
    let report = BreakevenReport(output.report(console))
    console.print(
      choices.format == .json ? report.renderJSON(record) : report.render(record))
    if record.points.allSatisfy({ $0.difference == nil }) { throw ExitCode.unavailable }
  }
}
