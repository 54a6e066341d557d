import GantryModel

// Builtins: they change the interpreter, or run other commands in it.

extension ShellInterpreter {
  mutating func builtin(
    _ name: String, _ arguments: [ShellField], input: String?
  ) -> CommandResult? {
    switch name {
    case "cd", "pushd":
      let target = arguments.first { !$0.text.hasPrefix("-") }?.text ?? "/"
      directory = target.hasPrefix("/") ? target : directory + "/" + target
    case "exit":
      isDone = true
      if arguments.first.map({ $0.isKnown && $0.text != "0" }) == true {
        if let caughtFailure { return .failing(caughtFailure) }
        return CommandResult(succeeded: false, output: nil)
      }
    case "return": isReturning = true
    case "break": isBreaking = true
    case "continue": break
    case "export", "declare", "local", "readonly", "typeset": declare(arguments)
    case "unset": for field in arguments { variables[field.text] = nil }
    case "shift":
      positional = Array(positional.dropFirst(Int(arguments.first?.text ?? "1") ?? 1))
    case "set":
      setOptions(arguments)
      if let mark = arguments.firstIndex(where: { $0.text == "--" }) {
        positional = Array(arguments[(mark + 1)...])
      }
    case "read": return readLine(arguments)
    case "wait":
      if arguments.isEmpty, scene.hasEndlessJob {
        scene.hasEndlessJob = false
        scene.runForever("'wait' for a job in the background that has no end,")
      }
    case "eval":
      return run(script: arguments.map(\.text).joined(separator: " "))
    case "sh", "bash", "ash", "dash": return shell(arguments, input: input)
    case "source", ".": return source(arguments)
    case "env", "exec", "command", "nice", "time", "sudo", "nohup", "ionice", "stdbuf", "timeout",
      "xargs", "buildah-unshare":
      return wrapped(name, arguments, input: input)
    case "kill", "pkill", "killall": scene.hasEndlessJob = false
    case "true", ":": return CommandResult(succeeded: true, output: nil)
    case "false": return CommandResult(succeeded: false, output: nil)
    case "pwd": return .printing("/" + PathSpace.normalized(directory))
    default: return nil
    }
    return CommandResult(succeeded: name == "exit" ? true : nil, output: nil)
  }

  private mutating func declare(_ arguments: [ShellField]) {
    for field in arguments where !field.text.hasPrefix("-") {
      guard let equals = field.text.firstIndex(of: "=") else { continue }
      let value = String(field.text[field.text.index(after: equals)...])
      variables[String(field.text[..<equals])] = [ShellField(text: value, isKnown: field.isKnown)]
    }
  }

  private mutating func shell(_ arguments: [ShellField], input: String?) -> CommandResult {
    var rest = arguments[...]
    var isText = false
    var options = ""
    while let option = rest.first, option.text.hasPrefix("-") || option.text.hasPrefix("+") {
      rest = rest.dropFirst()
      if option.text.hasPrefix("-"), !option.text.hasPrefix("--") { options += option.text }
      if !option.text.hasPrefix("--"), option.text.contains("c") {
        isText = true
        break
      }
      if option.text == "-o" || option.text == "+o" { rest = rest.dropFirst() }
    }
    var inner = self
    inner.exitsOnError = options.contains("e")
    inner.loops = []
    inner.failsWithPipe = false
    guard let first = rest.popFirst() else {
      return input.map { inner.run(script: $0) } ?? .success
    }
    if isText {
      inner.positional = Array(rest.dropFirst())
      return inner.run(script: first.text)
    }
    inner.positional = Array(rest)
    let place = scene.paths.place(first.text, from: directory)
    guard let text = scene.text(at: place) else {
      return unknown(String(first.text.split(separator: "/").last ?? "script"))
    }
    return inner.run(script: text)
  }

  private mutating func source(_ arguments: [ShellField]) -> CommandResult {
    guard let first = arguments.first else { return .success }
    let place = scene.paths.place(first.text, from: directory)
    guard let text = scene.text(at: place) else {
      let name = first.isKnown ? "'\(first.text)'" : "a file"
      scene.tell(
        .note, "N0738", "gantry cannot see \(name), which the script sources: left out")
      return .success
    }
    return run(script: text)
  }

  mutating func call(_ function: ShellNode, _ arguments: [ShellField]) -> CommandResult {
    calls += 1
    defer { calls -= 1 }
    guard calls <= Self.depthLimit else {
      scene.tell(.warning, "W0602", "functions call each other too deep; the rest was left out")
      return .success
    }
    let saved = positional
    positional = arguments
    let result = run(function)
    positional = saved
    isReturning = false
    return result
  }

  /// Whether `$(TEXT)` is a variable of Tekton rather than a command.
  static func isTektonVariable(_ text: String) -> Bool {
    let root = text.prefix { $0 != "." && $0 != "[" }
    return root.count < text.count
      && ["params", "tasks", "context", "workspaces", "results", "steps", "step", "credentials"]
        .contains(root)
  }

  func unknown(_ command: String) -> CommandResult {
    let name = command.shortened(to: 60)
    let figure = Figure.guess(
      "unknown.\(name)", scene.value(.unknownCommand), "s on m5a.2xlarge",
      "the command '\(name)', which gantry does not know: CPU on one thread")
    scene.tell(
      .note, "N0604",
      "gantry does not know the command '\(name)': a guess stands for it "
        + "(assumption unknown.\(name)); a profile of the step replaces it")
    if let input = scene.takeInput() { scene.flush(input) }
    scene.emit("\(name) (unknown)", kind: .processes, cpu: scene.value(figure))
    scene.noteUnknownWork()
    return CommandResult(succeeded: nil, output: nil, printsUnknown: true)
  }

  /// A command that runs the command behind it: options and assignments before it are skipped.
  private mutating func wrapped(
    _ name: String, _ arguments: [ShellField], input: String?
  ) -> CommandResult {
    var rest = arguments[...]
    if name == "command", rest.first?.text == "-v" || rest.first?.text == "-V" { return .success }
    let saved = variables
    defer { variables = saved }
    var limit: Double?
    while let field = rest.first {
      if field.text.hasPrefix("-") {
        rest = rest.dropFirst()
        if ["-n", "-u", "-I", "-P", "-L", "-k", "-s"].contains(field.text) {
          rest = rest.dropFirst()
        }
      } else if name == "env", let equals = field.text.firstIndex(of: "=") {
        let value = String(field.text[field.text.index(after: equals)...])
        variables[String(field.text[..<equals])] = [ShellField(text: value, isKnown: field.isKnown)]
        rest = rest.dropFirst()
      } else if name == "timeout",
        rest.count == arguments.count || field.text.first?.isNumber == true
      {
        limit = field.isKnown ? SleepCommand.seconds(field.text) : nil
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard let first = rest.popFirst() else { return .success }
    scene.budget -= 1
    guard scene.budget > 0 else { return .success }
    if name == "xargs" { rest += operands(from: input) }
    guard let limit, limit > 0 else { return run(first, Array(rest), input: input) }
    var result = CommandResult.success
    let isCut = scene.limited(to: limit) { result = run(first, Array(rest), input: input) }
    return isCut ? CommandResult(succeeded: false, output: nil) : result
  }

  /// The operands that `xargs` reads; one that is not known when its input is not.
  private func operands(from input: String?) -> [ShellField] {
    guard let input else { return [ShellField(text: "", isKnown: false)] }
    return input.split(whereSeparator: \.isWhitespace).map { ShellField(text: String($0)) }
  }
}

/// Names that the interpreter treats apart.
enum ShellBuiltins {
  /// Assignments behind these stay after the command.
  static let declarations: Set<String> = [
    "export", "declare", "local", "readonly", "typeset", "set", "eval", "exec",
  ]
}
