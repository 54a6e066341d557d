import ArgumentParser
import GantryModel
import GantryReport

/// `gantry sensitivity`.
struct SensitivityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract:
      "Says which assumption, price or speed moves the answer most, and whether any turns it.",
    discussion: """
      Every figure on which critical paths or the bill rest is set to both ends of its range, and \
      everything is simulated again with the same random numbers. The range is the one that the figure \
      states, else one for what it rests on; 'assumptions.sensitivity.estimate' and its like in the \
      scenario change these. Simulations that the store has are not made again.

      With --against there are two choices, and the answer is their difference: settings as in --set, \
      several with commas between, a scenario's folder, or a stored result's name.
      """)

  @Argument(
    help: ArgumentHelp("A scenario, or manifests; default: this folder.", valueName: "path"))
  var paths: [String] = []

  @Option(
    name: [.customLong("against"), .customLong("b")],
    help: ArgumentHelp(
      "A second choice: settings, a scenario, or a stored result. Repeatable.",
      valueName: "choice"))
  var against: [String] = []

  @Option(
    help: ArgumentHelp(
      "Figures are varied on which at least this share of critical paths or of the bill rests; 0 "
        + "varies all. Default: 1%.", valueName: "share"), transform: ShareArgument.read)
  var leastShare: ShareArgument?

  /// The least share where none is given.
  private static let usualLeastShare = 0.01

  @OptionGroup(title: "Judgement") var choices: ChoiceArguments
  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  mutating func run() async throws {
    Interruption.watchToFinish()
    let console = Console()
    let session = try SensitivitySession(
      loader: InputLoader(options: choices.seed.added(to: input), catalog: try Catalogs.open()),
      arguments: choices,
      leastShare: (leastShare?.share ?? Self.usualLeastShare), colour: output.color,
      storePath: choices.noStore ? nil : storeOptions.path)
    var texts = SourceTexts()
    let base = Choice(name: nil, origin: .paths(paths))
    let other =
      against.isEmpty
      ? nil
      : try ChoiceReader(storePath: storeOptions.path)
        .read(against, option: "--against", paths: paths, texts: &texts)
    let record = try await session.run(base, against: other, texts)
    let report = SensitivityReport(output.report(console))
    console.print(
      choices.format == .json ? report.renderJSON(record) : report.render(record))
    if record.base.mean == nil { throw ExitCode.unavailable }
  }
}

/// A share from 0 to 1, as `2%` or `0.02`.
struct ShareArgument: ReadableArgument {
  static let expectation = "a share from 0 to below 1, such as 2% or 0.02"

  let share: Double

  init(share: Double) { self.share = share }

  init?(argument: String) {
    if let percent = SharePercent(argument: argument) {
      share = percent.share
    } else if argument == "0" || argument == "0%" {
      share = 0
    } else {
      return nil
    }
  }
}
