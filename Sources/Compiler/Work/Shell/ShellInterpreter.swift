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
  /// Whether a command that fails ends the script (`set -e`).
  var exitsOnError = false
  /// Whether a pipe fails with any of its commands (`set -o pipefail`).
  var failsWithPipe = false
  var functions: [String: ShellNode] = [:]
  /// The loops around the command under way, the innermost last.
  var loops: [ShellLoop] = []
  /// The lines that `read` gets, where they are known.
  var inputLines: ArraySlice<Substring>?
  /// Why a `$(…)` of the command under way failed.
  var substitutionFailure: String?
  /// Why the last command failed whose failing a condition caught.
  var caughtFailure: String?
  var isDone = false
  var isReturning = false
  var isBreaking = false
  var calls = 0
  /// How many conditions the command under way is part of, where failing ends nothing.
  private var guards = 0

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
      let what = scene.origin == nil ? "the script" : "the script of RUN"
      scene.tell(
        .warning, "W0601", "\(what) cannot be read: line \(error.line): \(error.message)")
      return .success
    }
  }

  var stops: Bool {
    isDone || isReturning || isBreaking || scene.isCutShort || scene.budget <= 0
  }

  mutating func run(_ node: ShellNode) -> CommandResult {
    guard !stops else { return .success }
    switch node {
    case .simple(let simple): return flushed(run(simple))
    case .sequence(let nodes): return run(sequence: nodes)
    case .and(let left, let right):
      let first = condition(left)
      if first.succeeded == false {
        var caught = first
        caught.isCaught = true
        return caught
      }
      if first.succeeded == nil, leaves(right), !takesExit() { return first }
      return run(right)
    case .or(let left, let right):
      let first = condition(left)
      if first.succeeded == false { return run(right) }
      if first.succeeded == nil, leaves(right) { loops[loops.count - 1].mayFail = true }
      return first
    case .pipeline(let nodes, let isNegated): return run(pipeline: nodes, isNegated: isNegated)
    case .conditional(let branches, let otherwise): return choose(branches, otherwise)
    case .forEach(let name, let words, let body):
      return forEach(name, words.map { $0.flatMap { expand($0) } } ?? positional, body)
    case .loop(let condition, let body, let isUntil):
      return loop(condition, body, isUntil: isUntil)
    case .choice(let word, let choices): return choose(word, choices)
    case .function(let name, let body):
      functions[name] = body
      return .success
    case .redirected(let node, let redirections): return run(node, redirections)
    case .subshell(let node):
      var inner = self
      inner.loops = []
      return inner.run(node)
    case .background(let node):
      scene.backgroundDepth += 1
      var inner = self
      inner.loops = []
      _ = inner.run(node)
      scene.backgroundDepth -= 1
      return .success
    }
  }

  private mutating func run(sequence nodes: [ShellNode]) -> CommandResult {
    var last = CommandResult.success
    var printed: [String]? = []
    var stream: ByteStream?
    for node in nodes where !stops {
      last = run(node)
      if let output = last.output { printed?.append(output) }
      stream = Self.joined(stream, last.stream)
      if exitsOnError, guards == 0, !last.isCaught, let reason = last.failure {
        scene.fail(reason)
      }
    }
    last.output = printed.flatMap { $0.isEmpty ? nil : $0.joined(separator: "\n") }
    last.stream = stream
    return last
  }

  /// Two streams, one after the other.
  static func joined(_ first: ByteStream?, _ second: ByteStream?) -> ByteStream? {
    guard var both = first, let second else { return first ?? second }
    both.bytes += second.bytes
    both.demands += second.demands
    return both
  }

  /// A command whose failing is looked at, and so ends nothing.
  mutating func condition(_ node: ShellNode) -> CommandResult {
    guards += 1
    defer { guards -= 1 }
    let result = run(node)
    if let reason = result.failure { caughtFailure = reason }
    return result
  }

  /// Plays the work on a stream that nothing reads; its size stays known.
  private func flushed(_ result: CommandResult) -> CommandResult {
    guard var stream = result.stream else { return result }
    scene.flush(stream)
    stream.demands = []
    var result = result
    result.stream = stream
    return result
  }

  private mutating func run(pipeline nodes: [ShellNode], isNegated: Bool) -> CommandResult {
    var result = CommandResult.success
    var failure: String?
    for (index, node) in nodes.enumerated() {
      let isFirst = index == 0
      if case .simple(let simple) = node {
        result = run(
          simple, input: isFirst ? nil : result.output, stream: isFirst ? nil : result.stream)
      } else {
        let lines = inputLines
        if !isFirst { inputLines = result.output.map(Self.lines) }
        if let stream = result.stream { scene.flush(stream) }
        result = run(node)
        inputLines = lines
      }
      if !isFirst, let bytes = result.stream?.bytes, bytes.isFinite { scene.tally.pass(bytes) }
      if let reason = result.failure { failure = failure ?? reason }
    }
    result = flushed(result)
    if failsWithPipe, let failure, result.failure == nil { result = .failing(failure) }
    if isNegated {
      if let reason = result.failure { caughtFailure = reason }
      result.failure = nil
      result.isGuess = result.succeeded == nil
      result.succeeded = result.succeeded.map { !$0 } ?? false
    }
    return result
  }

  static func lines(_ text: String) -> ArraySlice<Substring> {
    text.split(separator: "\n", omittingEmptySubsequences: false)[...]
  }

  /// A group of commands with redirections: what it prints goes to the file, what it reads comes from one.
  private mutating func run(
    _ node: ShellNode, _ redirections: [ShellRedirection]
  ) -> CommandResult {
    let saved = inputLines
    defer { inputLines = saved }
    for redirection in redirections where redirection.kind == "<" {
      guard let target = expand(redirection.target).first, target.isKnown else { continue }
      inputLines = scene.text(at: scene.paths.place(target.text, from: directory)).map(Self.lines)
    }
    return redirect(run(node), redirections)
  }

  private mutating func forEach(
    _ name: String, _ fields: [ShellField], _ body: ShellNode
  ) -> CommandResult {
    var printed: [String] = []
    var stream: ByteStream?
    // A list has an end, so that what leaves it early is taken as anywhere else.
    let outer = loops
    loops = []
    defer { loops = outer }
    for field in fields.prefix(Self.listLimit) where !stops {
      variables[name] = [field]
      let result = run(body)
      if let output = result.output { printed.append(output) }
      stream = Self.joined(stream, result.stream)
      if isBreaking {
        isBreaking = false
        break
      }
    }
    return CommandResult(
      succeeded: nil, output: printed.isEmpty ? nil : printed.joined(separator: "\n"),
      stream: stream)
  }

  private mutating func choose(_ word: ShellWord, _ choices: [ShellNode.Choice]) -> CommandResult {
    let subject = joined(word)
    guard subject.isKnown else {
      // The first, unless a loop goes on in another.
      let leaving = choices.first { leaves($0.body) }
      let other = choices.first { !leaves($0.body) }
      let chosen = leaving == nil || loops.isEmpty ? choices.first : takesExit() ? leaving : other
      return chosen.map { run($0.body) } ?? .success
    }
    for choice in choices {
      let fits = choice.patterns.contains {
        ShellPattern.matches(subject.text, joined($0).text)
      }
      if fits { return run(choice.body) }
    }
    return .success
  }

  private mutating func choose(
    _ branches: [ShellNode.Branch], _ otherwise: ShellNode?
  ) -> CommandResult {
    for (index, branch) in branches.enumerated() {
      let succeeded = condition(branch.condition).succeeded
      if succeeded == false { continue }
      guard succeeded == nil, !loops.isEmpty else { return run(branch.body) }
      // What is not known counts as true, but a loop is not left before its rounds are over.
      let later = branches[(index + 1)...].map(\.body) + [otherwise].compactMap(\.self)
      if leaves(branch.body) {
        if takesExit() { return run(branch.body) }
      } else if !later.contains(where: { leaves($0) }) || !takesExit() {
        return run(branch.body)
      }
    }
    return otherwise.map { run($0) } ?? .success
  }

  // MARK: Simple commands

  private mutating func run(
    _ simple: ShellSimple, input: String? = nil, stream: ByteStream? = nil
  ) -> CommandResult {
    if scene.origin?.depth == scene.depth { scene.origin?.offset = simple.offset }
    scene.budget -= 1
    guard scene.budget > 0 else {
      if scene.failure == nil {
        scene.tell(.warning, "W0603", "the script runs more commands than gantry follows")
      }
      return .success
    }
    let saved = variables
    substitutionFailure = nil
    for assignment in simple.assignments { assign(assignment) }
    let fields = simple.words.flatMap { expand($0) }
    guard let first = fields.first else {
      defer { substitutionFailure = nil }
      return substitutionFailure.map { .failing($0) }
        ?? redirect(CommandResult(succeeded: nil, output: nil), simple.redirections)
    }
    var given = input
    scene.input = stream
    if let document = simple.document {
      given = joined(ShellWordReader.document(document)).text
    }
    if let text = simple.redirections.last(where: { $0.kind == "<<<" }) {
      given = joined(text.target).text
    }
    for redirection in simple.redirections where redirection.kind == "<" {
      guard let target = expand(redirection.target).first else { continue }
      if target.isKnown {
        given = scene.text(at: scene.paths.place(target.text, from: directory))
      }
      scene.input = scene.read([target], from: directory, by: "<")
    }
    let outer = scene.command
    scene.command = String(first.text.split(separator: "/").last ?? "")
    defer { scene.command = outer }
    let result = run(first, Array(fields.dropFirst()), input: given)
    if !ShellBuiltins.declarations.contains(first.text) {
      for assignment in simple.assignments { variables[assignment.name] = saved[assignment.name] }
    }
    if let left = scene.takeInput() { scene.flush(left) }
    let redirected = redirect(result, simple.redirections)
    scene.noteWrites()
    return redirected
  }

  mutating func run(
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
    if let model = registry[name] {
      let result = model.run(call, in: scene)
      if !CommandRegistry.leavingKnownFiles.contains(name) { scene.noteUnknownWork() }
      return result
    }
    if arguments.isEmpty, Self.isTektonVariable(first.text) {
      // Tekton puts a text in its place before the shell sees it, which is not known beforehand.
      scene.countKnown()
      return CommandResult(succeeded: true, output: nil)
    }
    return unknown(first.isKnown && !name.isEmpty ? name : "variable")
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
      let isAppended = redirection.kind == ">>" || redirection.kind == "&>>"
      if target.isKnown, target.text.hasPrefix("/dev/") {
        result.output = nil
        result.stream?.bytes = 0
        continue
      }
      if result.stream == nil, result.printsUnknown {
        result.stream = ByteStream(bytes: scene.value(.unknownFile), label: scene.command)
      }
      guard target.isKnown else { continue }
      if let stream = result.stream {
        scene.write(stream, to: place, isAppended: isAppended)
        result.stream = nil
        result.printsUnknown = false
        continue
      }
      if let output = result.output {
        let old = isAppended ? scene.text(at: place) : nil
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
}
