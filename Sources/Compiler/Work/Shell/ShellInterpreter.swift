import GantryModel

/// Walks through a script, expands what is known and plays its commands; executes nothing.
struct ShellInterpreter {
  let scene: Scene
  let registry: CommandRegistry
  /// Variables by name; a plain variable is an array of one.
  var variables: [String: [ShellField]]
  /// `$1`, `$2` and so on.
  var positional: [ShellField]
  var directory: String
  /// `$0`.
  var scriptName = "script"
  private var functions: [String: ShellNode] = [:]
  private var isDone = false
  private var isReturning = false
  private var isBreaking = false
  private var calls = 0

  /// How deep `$(…)`, functions and `sh -c` may nest.
  static let depthLimit = 40

  /// Longer values become unknown.
  static let valueLimit = 65_536
  /// Longer lists are cut.
  static let listLimit = 10_000

  init(
    scene: Scene, registry: CommandRegistry, environment: [String: String],
    positional: [String] = [], directory: String
  ) {
    self.scene = scene
    self.registry = registry
    variables = environment.mapValues { [ShellField(text: $0)] }
    self.positional = positional.map { ShellField(text: $0) }
    self.directory = directory
  }

  /// Plays a script; what cannot be read becomes a warning.
  mutating func run(script: String) -> CommandResult {
    guard scene.depth < Self.depthLimit else {
      scene.tell(.warning, "W0602", "scripts are nested too deep; the rest was left out")
      return .success
    }
    scene.depth += 1
    defer { scene.depth -= 1 }
    do {
      return run(try ShellParser.parse(script))
    } catch {
      scene.tell(
        .warning, "W0601", "the script cannot be read: line \(error.line): \(error.message)")
      return .success
    }
  }

  private var stops: Bool { isDone || isReturning || isBreaking || scene.budget <= 0 }

  private mutating func run(_ node: ShellNode) -> CommandResult {
    guard !stops else { return .success }
    switch node {
    case .simple(let simple): return run(simple)
    case .sequence(let nodes):
      var last = CommandResult.success
      var printed: [String]? = []
      for node in nodes where !stops {
        last = run(node)
        if let output = last.output { printed?.append(output) }
      }
      last.output = printed.flatMap { $0.isEmpty ? nil : $0.joined(separator: "\n") }
      return last
    case .and(let left, let right):
      let first = run(left)
      return first.succeeded == false ? first : run(right)
    case .or(let left, let right):
      let first = run(left)
      return first.succeeded == false ? run(right) : first
    case .pipeline(let nodes, let isNegated): return run(pipeline: nodes, isNegated: isNegated)
    case .conditional(let branches, let otherwise):
      for branch in branches where run(branch.condition).succeeded != false {
        return run(branch.body)
      }
      return otherwise.map { run($0) } ?? .success
    case .forEach(let name, let words, let body):
      return forEach(name, words.map { $0.flatMap { expand($0) } } ?? positional, body)
    case .loop(let condition, let body, let isUntil):
      // How often is not known: once.
      if run(condition).succeeded != (isUntil ? nil : false) || isUntil { _ = run(body) }
      isBreaking = false
      return .success
    case .choice(let word, let choices): return choose(word, choices)
    case .function(let name, let body):
      functions[name] = body
      return .success
    case .redirected(let node, let redirections):
      let result = run(node)
      return redirect(result, redirections)
    case .subshell(let node):
      var inner = self
      return inner.run(node)
    }
  }

  private mutating func run(pipeline nodes: [ShellNode], isNegated: Bool) -> CommandResult {
    var result = CommandResult.success
    var input: String?
    for (index, node) in nodes.enumerated() {
      if index > 0, case .simple(let simple) = node {
        result = run(simple, input: input)
      } else {
        result = run(node)
      }
      input = result.output
    }
    if isNegated { result.succeeded = result.succeeded.map { !$0 } ?? false }
    return result
  }

  private mutating func forEach(
    _ name: String, _ fields: [ShellField], _ body: ShellNode
  ) -> CommandResult {
    var printed: [String] = []
    for field in fields.prefix(Self.listLimit) where !stops {
      variables[name] = [field]
      if let output = run(body).output { printed.append(output) }
      if isBreaking {
        isBreaking = false
        break
      }
    }
    return CommandResult(
      succeeded: nil, output: printed.isEmpty ? nil : printed.joined(separator: "\n"))
  }

  private mutating func choose(_ word: ShellWord, _ choices: [ShellNode.Choice]) -> CommandResult {
    let subject = joined(word)
    guard subject.isKnown else { return choices.first.map { run($0.body) } ?? .success }
    for choice in choices {
      let fits = choice.patterns.contains {
        ShellPattern.matches(subject.text, joined($0).text)
      }
      if fits { return run(choice.body) }
    }
    return .success
  }

  // MARK: Simple commands

  private mutating func run(_ simple: ShellSimple, input: String? = nil) -> CommandResult {
    scene.budget -= 1
    guard scene.budget > 0 else {
      if scene.failure == nil {
        scene.tell(.warning, "W0603", "the script runs more commands than gantry follows")
      }
      return .success
    }
    let saved = variables
    var output: String?
    for assignment in simple.assignments { output = assign(assignment) ?? output }
    let fields = simple.words.flatMap { expand($0) }
    guard let first = fields.first else {
      return CommandResult(succeeded: nil, output: nil)
    }
    var given = input
    if let document = simple.document {
      given = joined(ShellWordReader.document(document)).text
    }
    if let text = simple.redirections.last(where: { $0.kind == "<<<" }) {
      given = joined(text.target).text
    }
    let outer = scene.command
    scene.command = String(first.text.split(separator: "/").last ?? "")
    defer { scene.command = outer }
    let result = run(first, Array(fields.dropFirst()), input: given)
    if !simple.assignments.isEmpty, !ShellBuiltins.declarations.contains(first.text) {
      variables = saved
    }
    let redirected = redirect(result, simple.redirections)
    scene.noteWrites()
    return redirected
  }

  private mutating func run(
    _ first: ShellField, _ arguments: [ShellField], input: String?
  ) -> CommandResult {
    let name = String(first.text.split(separator: "/").last ?? "")
    if let function = functions[first.text] { return call(function, arguments) }
    if let result = builtin(name, arguments, input: input) {
      scene.countKnown()
      return result
    }
    let call = CommandCall(
      name: name, arguments: arguments, directory: directory, variables: texts(), input: input)
    if let model = registry[name] { return model.run(call, in: scene) }
    if arguments.isEmpty, Self.isTektonVariable(first.text) {
      // Tekton puts a text in its place before the shell sees it, which is not known beforehand.
      scene.countKnown()
      return CommandResult(succeeded: true, output: nil)
    }
    return unknown(first.isKnown && !name.isEmpty ? name : "variable")
  }

  private mutating func call(_ function: ShellNode, _ arguments: [ShellField]) -> CommandResult {
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
  private static func isTektonVariable(_ text: String) -> Bool {
    let root = text.prefix { $0 != "." && $0 != "[" }
    return root.count < text.count
      && ["params", "tasks", "context", "workspaces", "results", "steps", "step", "credentials"]
        .contains(root)
  }

  private func unknown(_ command: String) -> CommandResult {
    let name = command.shortened(to: 60)
    let figure = Figure.guess(
      "unknown.\(name)", scene.value(.unknownCommand), "s on m5a.2xlarge",
      "the command '\(name)', which gantry does not know: CPU on one thread")
    scene.tell(
      .note, "N0604",
      "gantry does not know the command '\(name)': a guess stands for it "
        + "(assumption unknown.\(name)); a profile of the step replaces it")
    scene.emit("\(name) (unknown)", kind: .processes, cpu: scene.value(figure))
    return .success
  }

  /// The variables as texts, arrays by their first value.
  private func texts() -> [String: String] {
    variables.compactMapValues { $0.first.flatMap { $0.isKnown ? $0.text : nil } }
  }

  private mutating func redirect(
    _ result: CommandResult, _ redirections: [ShellRedirection]
  ) -> CommandResult {
    var result = result
    for redirection in redirections where redirection.kind.contains(">") {
      guard redirection.kind != ">&", let target = expand(redirection.target).first else {
        continue
      }
      let place = scene.paths.place(target.text, from: directory)
      guard target.isKnown, !target.text.hasPrefix("/dev/") else { continue }
      if let output = result.output {
        let old = redirection.kind == ">>" ? scene.text(at: place) : nil
        let text = (old.map { $0 + "\n" } ?? "") + output
        if text.utf8.count <= Self.valueLimit {
          scene.world[place.volume].put(.text(text), at: place.path)
        }
      } else {
        scene.world[place.volume].add(Tree(files: 1), at: place.path, assumptions: [])
      }
      scene.emitSmallWrite(on: place.volume)
      result.output = nil
    }
    return result
  }

  // MARK: Builtins that change the interpreter

  private mutating func builtin(
    _ name: String, _ arguments: [ShellField], input: String?
  ) -> CommandResult? {
    switch name {
    case "cd", "pushd":
      let target = arguments.first { !$0.text.hasPrefix("-") }?.text ?? "/"
      directory = target.hasPrefix("/") ? target : directory + "/" + target
    case "exit":
      isDone = true
      if arguments.first.map({ $0.isKnown && $0.text != "0" }) == true {
        return CommandResult(succeeded: false, output: nil)
      }
    case "return": isReturning = true
    case "break", "continue": isBreaking = name == "break"
    case "export", "declare", "local", "readonly", "typeset": declare(arguments)
    case "unset": for field in arguments { variables[field.text] = nil }
    case "shift":
      positional = Array(positional.dropFirst(Int(arguments.first?.text ?? "1") ?? 1))
    case "set":
      if let mark = arguments.firstIndex(where: { $0.text == "--" }) {
        positional = Array(arguments[(mark + 1)...])
      }
    case "read":
      for field in arguments where !field.text.hasPrefix("-") {
        variables[field.text] = [ShellField(text: "", isKnown: false)]
      }
    case "eval":
      return run(script: arguments.map(\.text).joined(separator: " "))
    case "sh", "bash", "ash", "dash": return shell(arguments, input: input)
    case "source", ".": return source(arguments)
    case "env", "exec", "command", "nice", "time", "sudo", "nohup", "ionice", "stdbuf", "timeout",
      "xargs", "buildah-unshare":
      return wrapped(name, arguments, input: input)
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
    while let option = rest.first, option.text.hasPrefix("-") || option.text.hasPrefix("+") {
      rest = rest.dropFirst()
      if !option.text.hasPrefix("--"), option.text.contains("c") {
        isText = true
        break
      }
      if option.text == "-o" || option.text == "+o" { rest = rest.dropFirst() }
    }
    var inner = self
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
    guard let text = scene.text(at: place) else { return .success }
    return run(script: text)
  }

  /// A command that runs the command behind it: options and assignments before it are skipped.
  private mutating func wrapped(
    _ name: String, _ arguments: [ShellField], input: String?
  ) -> CommandResult {
    var rest = arguments[...]
    if name == "command", rest.first?.text == "-v" || rest.first?.text == "-V" { return .success }
    let saved = variables
    defer { variables = saved }
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
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard let first = rest.popFirst() else { return .success }
    scene.budget -= 1
    guard scene.budget > 0 else { return .success }
    return run(first, Array(rest), input: input)
  }
}

/// Names that the interpreter treats apart.
enum ShellBuiltins {
  /// Assignments behind these stay after the command.
  static let declarations: Set<String> = [
    "export", "declare", "local", "readonly", "typeset", "set", "eval", "exec",
  ]
}
