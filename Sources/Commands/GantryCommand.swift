import ArgumentParser

/// The root of the command line.
struct GantryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gantry",
    abstract:
      "What multi-architecture image pipelines take and cost on a cluster, before it is bought.",
    discussion: """
      Reads OpenShift, Kubernetes and Tekton manifests, simulates every TaskRun event by event on \
      modelled EC2 nodes and storage, and gives timings and the AWS bill.

      Exit codes: 0 done, 1 a condition of --fail-if holds, 64 wrong usage, 65 bad input, 69 the \
      pipelines cannot finish, or no configuration keeps the service level, 70 a bug in gantry, 74 a file \
      cannot be read or written, 75 interrupted: the same command goes on, 130 interrupted with nothing \
      stored.
      """,
    version: programVersion,
    subcommands: [
      SimulateCommand.self, SweepCommand.self, PlanCommand.self, BreakevenCommand.self,
      SensitivityCommand.self, CompareCommand.self, SubmitCommand.self, MergeCommand.self,
      ExplainCommand.self, CheckCommand.self, CalibrateCommand.self,
      CatalogCommand.self, RunsCommand.self, ScenarioCommand.self, SchemaCommand.self,
    ])
}

/// The version of this program; part of every stored result.
let programVersion = "0.1.0"

/// Counts changes that move numbers: results of another revision are not taken from the store.
let modelRevision = "9"

/// The program.
public enum Program {
  /// Runs the command line and leaves the process with its exit code.
  public static func run() async {
    var kind: (any ParsableCommand.Type)?
    do {
      var command = try GantryCommand.parseAsRoot()
      kind = type(of: command)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      if let error = error as? ValidationError, let kind { refuse(error, of: kind) }
      leave(with: error)
    }
  }

  /// A wrong usage that shows only while a command runs: what the parser says of those it sees itself,
  /// of the very command.
  private static func refuse(_ error: ValidationError, of kind: any ParsableCommand.Type) -> Never {
    let usage = "Usage: \(GantryCommand.usageString(for: kind))"
    let name = path(to: kind, from: GantryCommand.self).joined(separator: " ")
    Console().note(
      "Error: \(error.message)\n\(usage)\n  See '\(name) --help' for more information.")
    GantryCommand.exit(withError: ExitCode.usage)
  }

  /// The names of the commands from one down to another; none where there is no way.
  private static func path(
    to kind: any ParsableCommand.Type, from root: any ParsableCommand.Type
  ) -> [String] {
    let name = root.configuration.commandName ?? "\(root)".lowercased()
    if root == kind { return [name] }
    for child in root.configuration.subcommands {
      let rest = path(to: kind, from: child)
      if !rest.isEmpty { return [name] + rest }
    }
    return []
  }

  /// An error that no command expected is a bug: 70, not the parser's general failure.
  private static func leave(with error: any Error) -> Never {
    guard GantryCommand.exitCode(for: error) == .failure, !(error is ExitCode) else {
      GantryCommand.exit(withError: error)
    }
    Console().note(
      "internal error: \(error)\nhelp: this is a bug in gantry; the inputs above reproduce it")
    GantryCommand.exit(withError: ExitCode.software)
  }
}
