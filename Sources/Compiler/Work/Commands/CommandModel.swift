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
  /// What it reads on standard input, where that is known; what is not known as text is the scene's
  /// `input`.
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
  /// What it prints when that is more than a text: how much.
  var stream: ByteStream?
  /// Why it fails, in words; nil where a failure is only a condition that does not hold.
  var failure: String?
  /// Whether the failure is that of a condition, which ends no script by itself.
  var isCaught = false
  /// Whether what it prints is known neither as a text nor by its size.
  var printsUnknown = false
  /// Whether `succeeded` says only what is taken for something that is not known.
  var isGuess = false
  /// Whether `succeeded` may be another when the command runs again, as of a test for a file.
  var mayChange = false

  static let success = CommandResult(succeeded: nil, output: nil)

  /// The end of a command that fails, for a reason that ends a script unless it is caught.
  static func failing(_ reason: String) -> CommandResult {
    CommandResult(succeeded: false, output: nil, failure: reason)
  }

  /// Success with so many bytes printed.
  static func printing(_ stream: ByteStream?) -> CommandResult {
    CommandResult(succeeded: nil, output: nil, stream: stream)
  }

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
    DdCommand(), AWSCommand(), CatCommand(), TeeCommand(), HeadCommand(), FilterCommand(),
    ChecksumCommand(), AllocateCommand(), AttributeCommand(), SequenceCommand(),
    ForeverCommand(), ClusterCommand(), LocalPackageCommand(),
  ])

  /// Commands all of whose new files are remembered under their names, or lie outside of checkouts.
  ///
  /// After any other one, a file that is not known may be there all the same.
  static let leavingKnownFiles: Set<String> = [
    "git", "git-init", "cat", "echo", "printf", "test", "[", "[[", "uname", "arch", "sleep",
    "mkdir",
    "touch", "basename", "dirname", "rm", "rmdir", "tar", "unzip", "curl", "wget", "buildah",
    "podman", "docker", "skopeo", "ls", "date", "id", "whoami", "hostname", "grep", "egrep",
    "fgrep",
    "head", "tail", "tee", "wc", "sort", "cut", "tr", "du", "df", "stat", "chmod", "chown", "chgrp",
    "seq", "dd", "sha256sum", "md5sum", "which", "nproc", "kill", "wait", "trap", "jq", "dnf",
    "yum",
    "microdnf", "apt-get", "apt", "apk", "npm", "mvn", "cp", "gzip", "gunzip", "printenv",
  ]

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
