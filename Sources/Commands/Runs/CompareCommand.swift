import ArgumentParser
import Foundation
import GantryExperiments
import GantryModel
import GantryReport
import GantryStore
import GantryUnits

/// `gantry compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares results side by side, the decision first.",
    discussion: """
      RESULT is a label, a number of `gantry runs list`, a scenario's name or the start of a hash; where \
      scenarios have the same label, SCENARIO:LABEL tells them apart. Or it is \
      a scenario's folder, which is simulated if the store does not have it. The first one is the \
      base; of several files and folders, those that hold no scenario are passed over. Without a \
      result, the newest of each label of the scenario simulated last are compared. --format svg \
      draws what a run of each spends its time on.

      SWEEP#3 is the third point of a sweep, SWEEP or SWEEP#* all of its points. Two sweeps are \
      compared point by point, where they have the same values; one alone, against its baseline.
      """)

  /// The forms of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, svg
  }

  @Argument(help: ArgumentHelp("What to compare; the first is the base.", valueName: "result"))
  var results: [String] = []

  @Option(help: "Compare only results of this scenario.")
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "What a minute of waiting for a build is worth, in USD: weighs time against cost.",
      valueName: "usd"))
  var minuteWorth = 1.0

  @Option(help: "Form of the output: text, json, or a picture.")
  var format: Format = .text

  @Option(
    name: .customLong("fail-if"),
    help: ArgumentHelp(
      "Leaves with exit code 1 if this holds, such as 'p95 > +5%', 'mean > 10m' or 'month-usd > "
        + "+100'. Repeatable. A sign means the change against the base. Measures: "
        + "\(FailCondition.measures).", valueName: "condition"), transform: FailCondition.read)
  var failIf: [FailCondition] = []

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  mutating func validate() throws {
    guard minuteWorth.isFinite, minuteWorth > 0 else {
      throw ValidationError("A minute is worth more than 0 USD.")
    }
  }

  mutating func run() async throws {
    let console = Console()
    if let points = try points() { return try compare(points, console) }
    let records = try await load()
    guard records.count > 1 else {
      let found = records.count == 1 ? "is 1 result" : "are \(records.count) results"
      console.note(
        "error: there \(found) to compare; expected at least two\n"
          + "help: simulate with --label, once for each choice; all points of a sweep are SWEEP#*")
      throw ExitCode.badInput
    }
    var report = ComparisonReport(output.report(console))
    report.minuteWorth = minuteWorth
    switch format {
    case .text: console.print(report.render(records))
    case .json: console.print(report.renderJSON(records))
    case .svg: console.print(ComparisonChart().render(records))
    }
    try fail(failIf.flatMap { $0.violations(in: records) }, console)
  }

  // MARK: Sweeps

  /// The points that are asked for; nil when results of `simulate` are.
  private func points() throws -> SweepPointFinder.Found? {
    guard !results.isEmpty, !results.contains(where: FileManager.default.fileExists) else {
      return nil
    }
    let access = StoreAccess()
    let store = try access.attempt { try Store(path: storeOptions.path, access: .readOnly) }
    return try SweepPointFinder(store: store).find(results)
  }

  private func compare(_ found: SweepPointFinder.Found, _ console: Console) throws {
    guard !found.pairs.isEmpty else {
      console.note(
        "error: \(results.joined(separator: ", ")): there is nothing to compare; the sweep may be "
          + "unfinished")
      throw ExitCode.badInput
    }
    let pairs = SweepComparison.filled(found.pairs, measure: found.measure)
    for note in found.notes { console.note("note: \(note)") }
    let report = PointComparisonReport(output.report(console), measure: found.measure)
    switch format {
    case .text: console.print(report.render(pairs, title: found.title))
    case .json: console.print(report.renderJSON(pairs))
    case .svg: throw ValidationError("Pictures show results of simulate, not points of sweeps.")
    }
    try fail(failIf.flatMap { $0.violations(in: pairs) }, console)
  }

  private func fail(_ violations: [String], _ console: Console) throws {
    guard !violations.isEmpty else { return }
    for violation in violations { console.note("failed: \(violation)") }
    throw ExitCode.failed
  }

  // MARK: Results

  /// Whether a path, as the shell gives it for a pattern, is a file or folder without a scenario.
  private func isOtherFile(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path) && InputLoader.scenarioFile(at: path) == nil
  }

  private func load() async throws -> [SimulationRecord] {
    let access = StoreAccess()
    guard !results.isEmpty else {
      let store = try access.attempt { try Store(path: storeOptions.path, access: .readOnly) }
      return try access.attempt {
        // Results of different scenarios answer different questions.
        let chosen = try scenario ?? store.list(StoreFilter(limit: 1)).first?.scenario
        return try store.latest(StoreFilter(scenario: chosen)).map { try store.load(id: $0.id) }
      }
    }
    var records: [SimulationRecord] = []
    for result in results where results.count == 1 || !isOtherFile(result) {
      if InputLoader.scenarioFile(at: result) != nil {
        let simulator = Simulator(
          options: input, colour: output.color, catalog: try Catalogs.open())
        records.append(
          try await simulator.simulate([result], settings: .init(store: storeOptions.path)))
      } else {
        let store = try access.attempt { try Store(path: storeOptions.path, access: .readOnly) }
        records.append(try access.attempt { try store.load(result) })
        noteNamesakes(result, try access.attempt { try store.scenarios(labelled: result) })
      }
    }
    return records
  }

  /// Says which of several scenarios with the same label is taken.
  private func noteNamesakes(_ label: String, _ scenarios: [String]) {
    guard let newest = scenarios.first, scenarios.count > 1 else { return }
    let others = scenarios.dropFirst().map { "\($0):\(label)" }.joined(separator: ", ")
    Console().note(
      "note: '\(label)' is the newest result of that label, of \(newest); others are \(others)")
  }
}

extension FailCondition: ReadableArgument {
  /// The measures that conditions can be of.
  static var measures: String { Measure.allCases.map(\.rawValue).joined(separator: ", ") }

  static var expectation: String {
    "a measure (\(measures)), one of > >= < <=, and a limit from 0 on: a duration, a number, or with a "
      + "sign a change such as +5% or +30s; only of wait a share such as 10%"
  }

  init?(argument: String) {
    self.init(argument) { DurationText.seconds($0) ?? Double($0) }
  }
}
