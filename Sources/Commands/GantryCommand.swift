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
      pipelines cannot finish, or no configuration keeps the service level, 70 a bug in gantry, 74 a file cannot be read or written, 75 \
      interrupted: the same command goes on.
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
let modelRevision = "7"

/// The program.
public enum Program {
  /// Runs the command line and leaves the process with its exit code.
  public static func run() async {
    do {
      var command = try GantryCommand.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      leave(with: error)
    }
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
