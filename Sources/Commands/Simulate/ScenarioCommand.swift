import ArgumentParser
import GantryCompiler
import GantryManifests

/// `gantry scenario`.
struct ScenarioCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario", abstract: "Scenario files.", subcommands: [Show.self])

  /// `gantry scenario show`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a scenario with every default put in, as YAML.",
      discussion: "Every field can be set with --set, by its path.")

    @Argument(
      help: ArgumentHelp("A scenario or manifests; default: this folder.", valueName: "path"))
    var paths: [String] = []
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let simulator = Simulator(
        options: input, colour: output.color, catalog: try Catalogs.open())
      let compiled = try simulator.compile(paths.isEmpty ? ["."] : paths)
      Console().print(ScenarioFileWriter.render(compiled.compilation.scenario))
    }
  }
}

/// `gantry schema`.
struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of scenario files, for editors.",
    discussion: """
      In VS Code with the YAML extension, save it and put this line first into a scenario:
      # yaml-language-server: $schema=./gantry.schema.json
      """)

  func run() async throws { Console().print(ScenarioSchema.json()) }
}
