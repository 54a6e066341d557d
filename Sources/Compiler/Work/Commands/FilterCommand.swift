import GantryModel

/// Commands that read texts line by line: all of the input is read, and some or all of it printed.
struct FilterCommand: CommandModel {
  let names = [
    "awk", "gawk", "cut", "grep", "egrep", "fgrep", "zgrep", "sed", "tr", "sort", "uniq", "comm",
    "paste", "join", "column", "diff", "cmp", "jq", "yq", "strings", "od", "xxd", "hexdump",
    "split", "envsubst", "shuf",
  ]

  /// They print as much as they read.
  private static let keepers: Set<String> = ["sed", "tr", "sort", "paste", "shuf", "envsubst"]
  /// The first operand is a program, not a file.
  private static let programmed: Set<String> = [
    "awk", "gawk", "grep", "egrep", "fgrep", "zgrep", "sed", "jq", "yq",
  ]
  private static let valued: Set<String> = [
    "-e", "-f", "-k", "-t", "-d", "-o", "-F", "-v", "-m", "-A", "-B", "-C", "--arg", "-b", "-l",
    "-n", "--argjson", "-S", "-T",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    let files = operands(call)
    let input = files.isEmpty ? scene.takeInput() : nil
    let read = scene.read(files, from: call.directory, by: call.name)
    guard let stream = input ?? read, stream.bytes.isFinite else { return .success }
    var work = scene.cpu(.files, scene.value(.textPerGiB) * stream.bytes.gibibytes)
    if call.name == "split" || isInPlace(call) {
      return rewrite(files, stream.adding(work), call, scene)
    }
    var bytes = stream.bytes
    if !Self.keepers.contains(call.name) { bytes *= scene.value(.filterShare) }
    if call.name == "sort" {
      // Larger inputs are sorted in parts, which lie in /tmp.
      work += scene.spool(scene.paths.place("/tmp").volume, stream.bytes, kept: 0)
    }
    let next = input == nil ? stream.adding(work) : stream.through(call.name, work)
    return .printing(next.sized(bytes))
  }

  private func isInPlace(_ call: CommandCall) -> Bool {
    ["sed", "yq", "gawk"].contains(call.name)
      && call.texts.contains {
        $0.hasPrefix("-i") || $0.hasPrefix("--in-place") || $0 == "inplace"
      }
  }

  /// What is read is written again, to the same file or to parts.
  private func rewrite(
    _ files: [ShellField], _ stream: ByteStream, _ call: CommandCall, _ scene: Scene
  ) -> CommandResult {
    var demands = stream.demands
    let name = call.name == "split" ? "x" : files.last?.text ?? ""
    let place = scene.paths.place(name, from: call.directory)
    demands += scene.bigFile(.write, place.volume, stream.bytes)
    if call.name == "split" {
      scene.remember(Tree(bytes: stream.bytes, files: 2, content: stream.content), at: place)
    } else {
      scene.noteStored(place.volume, kept: -stream.bytes)
    }
    scene.emit(call.name, demands)
    return .success
  }

  private func operands(_ call: CommandCall) -> [ShellField] {
    if call.name == "tr" || call.name == "envsubst" { return [] }
    var found: [ShellField] = []
    var hasProgram = !Self.programmed.contains(call.name)
    var skips = false
    for field in call.arguments {
      if skips {
        skips = false
        continue
      }
      if field.isKnown, field.text.hasPrefix("-"), field.text.count > 1 {
        if field.text == "-e" || field.text == "-f" || field.text.hasPrefix("--regexp") {
          hasProgram = true
        }
        skips = Self.valued.contains(field.text) && !isFlag(field.text, of: call.name)
        continue
      }
      if field.isKnown, field.text == "-" { continue }
      if hasProgram { found.append(field) } else { hasProgram = true }
    }
    return found
  }

  /// Letters that take a value in some of the commands and none in others.
  private func isFlag(_ option: String, of name: String) -> Bool {
    switch name {
    case "sed": ["-n", "-i", "-E", "-r", "-s"].contains(option)
    case "grep", "egrep", "fgrep", "zgrep":
      ["-o", "-v", "-n", "-l", "-b", "-F", "-S", "-T"].contains(option)
    case "sort": ["-n", "-b", "-d", "-f", "-v", "-m"].contains(option)
    case "jq", "yq": ["-e", "-n", "-S", "-C"].contains(option)
    case "uniq": ["-d", "-c", "-u"].contains(option)
    default: false
    }
  }
}
