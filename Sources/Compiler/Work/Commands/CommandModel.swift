/// What a command costs and leaves: one conforming type and file per command.
protocol CommandModel: Sendable {
  /// The names it is called by, without folders.
  var names: [String] { get }

  /// Plays the command: adds its phases to the scene and puts what it leaves into its world.
  func run(_ call: CommandCall, in scene: Scene) -> CommandResult
}

/// A command with its arguments after expansion.
struct CommandCall {
  /// The last part of the path it is called by.
  var name: String
  var arguments: [ShellField]
  /// The working directory.
  var directory: String
  /// The variables it sees, by name.
  var variables: [String: String]
  /// What it reads on standard input, where that is known.
  var input: String?

  /// The arguments as texts; what is not known is empty.
  var texts: [String] { arguments.map(\.text) }
}

/// One word after expansion.
struct ShellField: Hashable {
  var text: String
  /// Whether all of it is known.
  var isKnown: Bool = true
}

/// How a command ended, as far as known.
struct CommandResult {
  /// nil is taken as success.
  var succeeded: Bool?
  /// What it prints; nil when unknown.
  var output: String?

  static let success = CommandResult(succeeded: nil, output: nil)

  /// Success with a known output.
  static func printing(_ output: String) -> CommandResult {
    CommandResult(succeeded: nil, output: output)
  }
}

/// Command names and their models.
struct CommandRegistry: Sendable {
  private let models: [String: any CommandModel]

  /// The commands that gantry knows.
  static let standard = CommandRegistry([
    FreeCommands(), TestCommand(), EchoCommand(), UnameCommand(), SleepCommand(), GitCommand(),
    GitInitCommand(), NpmCommand(), MavenCommand(), PackageCommand(), PipCommand(),
    BuildahCommand(), SkopeoCommand(), TarCommand(), CopyCommand(), RemoveCommand(),
    DownloadCommand(), CompileCommand(), ArchiveCommand(), MoveCommand(), WalkCommand(),
    DdCommand(), AWSCommand(),
  ])

  private init(_ list: [any CommandModel]) {
    var models: [String: any CommandModel] = [:]
    for model in list {
      for name in model.names { models[name] = model }
    }
    self.models = models
  }

  /// The model of a command; nil when the command is not known.
  subscript(name: String) -> (any CommandModel)? { models[name] }

  /// All names, sorted.
  var names: [String] { models.keys.sorted() }
}
