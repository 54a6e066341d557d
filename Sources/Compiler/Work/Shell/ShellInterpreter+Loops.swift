import GantryModel

/// A loop under way.
struct ShellLoop {
  /// The command that decides, by which its assumption is called.
  var name: String
  /// From 1.
  var round = 0
  /// How many rounds are assumed, once something that is not known decides.
  var rounds: Int?
  /// The position of that assumption.
  var assumption: Int?
  /// Whether a command that fails would leave it.
  var mayFail = false
}

// Loops: played as often as their conditions tell, else as often as is assumed, else for ever.

extension ShellInterpreter {
  /// What a round may change of the interpreter; equal states make equal rounds.
  private struct State: Equatable {
    var variables: [String: [ShellField]]
    var positional: [ShellField]
    var directory: String
    var lines: Int?
  }

  private var state: State {
    State(
      variables: variables, positional: positional, directory: directory,
      lines: inputLines?.count)
  }

  /// Plays a `while` or `until` loop.
  mutating func loop(
    _ condition: ShellNode, _ body: ShellNode, isUntil: Bool
  ) -> CommandResult {
    let first = scene.phases.count
    loops.append(ShellLoop(name: Self.firstCommand(condition) ?? "for"))
    let level = loops.count - 1
    var stream: ByteStream?
    while !stops, loops[level].round < Self.listLimit {
      loops[level].round += 1
      let before = state
      let result = self.condition(condition)
      let goesOn = result.isGuess ? nil : result.succeeded.map { $0 != isUntil }
      if stops || goesOn == false { break }
      if goesOn == nil || result.mayChange, loops[level].round > assumedRounds() { break }
      stream = Self.joined(stream, run(body).stream)
      guard !stops, state == before, loops[level].rounds == nil else { continue }
      if loops[level].mayFail {
        if loops[level].round >= assumedRounds() { break }
        continue
      }
      scene.runForever(
        "the loop '\(isUntil ? "until" : "while") \(loops[level].name)', which nothing leaves,")
      break
    }
    isBreaking = false
    if let assumption = loops.removeLast().assumption {
      scene.rest(phasesFrom: first, on: assumption)
    }
    return CommandResult(succeeded: nil, output: nil, stream: stream)
  }

  /// Whether what leaves the innermost loop on a condition that is not known does so in this round.
  mutating func takesExit() -> Bool {
    guard let loop = loops.last else { return true }
    return loop.round >= assumedRounds()
  }

  /// How many rounds the innermost loop is assumed to take.
  private mutating func assumedRounds() -> Int {
    let level = loops.count - 1
    if let known = loops[level].rounds { return known }
    let name = loops[level].name.shortened(to: 60)
    let figure = Figure.guess(
      "loop.\(name).rounds", scene.value(.loopRounds), "rounds",
      "how often a loop that '\(name)' decides on goes round (1 to 100)")
    let value = scene.value(figure)
    let rounds = Int(min(max(value.rounded(), 1), Double(Self.listLimit)))
    loops[level].rounds = rounds
    loops[level].assumption = scene.tables.assumptions.index(of: figure.assumption)
    scene.tell(
      .note, "N0735",
      "how often the loop that '\(name)' decides on goes round is known only when it runs: "
        + "\(rounds == 1 ? "one round is" : "\(rounds) rounds are") assumed "
        + "(assumption loop.\(name).rounds)")
    return rounds
  }

  /// The first command of a condition.
  private static func firstCommand(_ node: ShellNode) -> String? {
    switch node {
    case .simple(let simple):
      let others = ["[": "test", "[[": "test", ":": "true"]
      let name = simple.words.first?.literal.map { others[$0] ?? $0 }
      return name?.split(separator: "/").last.map(String.init)
    case .pipeline(let nodes, _), .sequence(let nodes):
      return nodes.lazy.compactMap { firstCommand($0) }.first
    case .and(let left, _), .or(let left, _): return firstCommand(left)
    case .redirected(let node, _), .subshell(let node), .background(let node):
      return firstCommand(node)
    default: return nil
    }
  }

  /// Whether a piece of script may leave the innermost loop around it.
  func leaves(_ node: ShellNode) -> Bool {
    loops.isEmpty ? false : leaves(node, words: ["break", "exit", "return", "exec"], depth: 0)
  }

  private func leaves(_ node: ShellNode, words: Set<String>, depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return false }
    func leaves(_ node: ShellNode) -> Bool {
      self.leaves(node, words: words, depth: depth + 1)
    }
    switch node {
    case .simple(let simple):
      guard let name = simple.words.first?.literal else { return false }
      if words.contains(name) { return true }
      return functions[name].map { self.leaves($0, words: ["exit"], depth: depth + 1) } ?? false
    case .pipeline(let nodes, _): return nodes.count == 1 && nodes.contains(where: leaves)
    case .sequence(let nodes): return nodes.contains(where: leaves)
    case .and(let left, let right), .or(let left, let right): return leaves(left) || leaves(right)
    case .conditional(let branches, let otherwise):
      return branches.contains { leaves($0.body) } || (otherwise.map(leaves) ?? false)
    case .choice(_, let choices): return choices.contains { leaves($0.body) }
    case .redirected(let node, _): return leaves(node)
    case .forEach(_, _, let body), .loop(_, let body, _):
      return self.leaves(body, words: words.subtracting(["break"]), depth: depth + 1)
    case .function, .subshell, .background: return false
    }
  }

  // MARK: Builtins

  /// `read`: the next line where the lines are known.
  mutating func readLine(_ arguments: [ShellField]) -> CommandResult {
    let names = arguments.map(\.text).filter { !$0.hasPrefix("-") }
    guard inputLines != nil else {
      for name in names { variables[name] = [ShellField(text: "", isKnown: false)] }
      return CommandResult(succeeded: nil, output: nil)
    }
    guard let line = inputLines?.popFirst() else {
      return CommandResult(succeeded: false, output: nil)
    }
    var words = line.split(whereSeparator: \.isWhitespace)[...]
    for (index, name) in names.enumerated() {
      let isLast = index == names.count - 1
      let text = isLast ? words.joined(separator: " ") : words.popFirst().map(String.init) ?? ""
      variables[name] = [ShellField(text: text)]
    }
    return CommandResult(succeeded: true, output: nil)
  }

  /// `set -e`, `set -o pipefail` and their like.
  mutating func setOptions(_ arguments: [ShellField]) {
    var previous = ""
    for text in arguments.map(\.text) {
      if text == "--" { return }
      let isOn = text.hasPrefix("-")
      if isOn || text.hasPrefix("+") {
        if text.contains("e") { exitsOnError = isOn }
        previous = text
        continue
      }
      guard previous.hasSuffix("o") else { continue }
      if text == "errexit" { exitsOnError = previous.hasPrefix("-") }
      if text == "pipefail" { failsWithPipe = previous.hasPrefix("-") }
    }
  }
}
