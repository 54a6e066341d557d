import ArgumentParser
import GantryReport

/// Options about what is read.
struct InputOptions: ParsableArguments {
  @Option(
    name: .customLong("cluster"),
    help: ArgumentHelp(
      "Files or folders that describe the cluster: install-config, MachineSets, StorageClasses, "
        + "Tekton's ConfigMaps, or a dump of a live one. Repeatable.", valueName: "path"))
  var cluster: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Sets a field of the scenario, such as nodes.arm64.type=c7g.2xlarge. Repeatable.",
      valueName: "path=value"))
  var settings: [String] = []

  @Option(
    name: .customLong("profile"),
    help: ArgumentHelp(
      "A file with the work of steps, such as 'gantry calibrate' writes. Repeatable; later ones win.",
      valueName: "file"))
  var profiles: [String] = []

  @Option(
    name: .customLong("assume"),
    help: ArgumentHelp(
      "How long a task takes that cannot be simulated, such as scan=90s. Repeatable.",
      valueName: "task=duration"))
  var assumed: [String] = []
}

/// Options about what is shown.
struct OutputOptions: ParsableArguments {
  @Option(help: "Colours: auto, always or never.")
  var color: Console.Colour = .auto

  @Option(help: "Width of the output in columns; default: the terminal's, or 100.")
  var width: Int?

  @Flag(help: "Show every run, every assumption and every difference.")
  var detail = false

  /// How a report is drawn on this terminal.
  func report(_ console: Console) -> ReportOptions {
    ReportOptions(
      width: width ?? console.width, colour: console.usesColour(color),
      unicode: console.canShowUnicode, detail: detail ? .full : .summary)
  }

  mutating func validate() throws {
    if let width, width < 40 { throw ValidationError("The width is at least 40 columns.") }
  }
}

/// The option that names the store.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The SQLite file with the results, made with its folder when missing; default: GANTRY_STORE, or "
        + "gantry.sqlite in the data folder.",
      valueName: "file"))
  var store: String?

  /// The file in force.
  var path: String { Locations.store(store) }
}

/// The form of the output.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

extension Console.Colour: ExpressibleByArgument {}
