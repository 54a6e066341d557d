/// Builds the tree of a script from its tokens.
struct ShellParser {
  /// Deeper nesting is refused.
  static let depthLimit = 60
  /// Longer scripts are refused.
  static let sizeLimit = 4 << 20

  private let tokens: [ShellToken]
  private let lines: [Int]
  private let offsets: [Int]
  private var position = 0
  private var depth = 0

  /// Parses a script.
  static func parse(_ script: String) throws(ShellError) -> ShellNode {
    guard script.utf8.count <= sizeLimit else {
      throw ShellError(message: "the script is longer than 4 MiB", line: 1)
    }
    let read = try ShellLexer.read(script)
    var parser = ShellParser(read)
    let node = try parser.sequence(until: [])
    if parser.position < read.tokens.count {
      throw parser.failure("unexpected \(parser.describe())")
    }
    return node
  }

  private init(_ read: ShellLexer) {
    tokens = read.tokens
    lines = read.lines
    offsets = read.offsets
  }

  private func failure(_ message: String) -> ShellError {
    ShellError(message: message, line: position < lines.count ? lines[position] : lines.last ?? 1)
  }

  private func describe() -> String {
    switch position < tokens.count ? tokens[position] : .newline {
    case .word(let word): "'\(word.literal ?? "word")'"
    case .sign(let sign): "'\(sign)'"
    case .newline, .document: position < tokens.count ? "end of line" : "end of script"
    }
  }

  private var sign: String? {
    if position < tokens.count, case .sign(let sign) = tokens[position] { sign } else { nil }
  }

  private var keyword: String? {
    if position < tokens.count, case .word(let word) = tokens[position] { word.bare } else { nil }
  }

  private mutating func take(sign expected: String) -> Bool {
    guard sign == expected else { return false }
    position += 1
    return true
  }

  private mutating func take(keyword expected: String) -> Bool {
    guard keyword == expected else { return false }
    position += 1
    return true
  }

  private mutating func require(keyword expected: String) throws(ShellError) {
    guard take(keyword: expected) else {
      throw failure("expected '\(expected)', found \(describe())")
    }
  }

  private mutating func skipNewlines() {
    while position < tokens.count {
      if case .newline = tokens[position] {
        position += 1
      } else if sign == ";" {
        position += 1
      } else {
        return
      }
    }
  }

  private mutating func sequence(until ends: Set<String>) throws(ShellError) -> ShellNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw failure("nested deeper than \(Self.depthLimit)") }
    var nodes: [ShellNode] = []
    while true {
      while take(sign: "&") || isSeparator() { skipNewlines() }
      guard position < tokens.count else { break }
      if let keyword, ends.contains(keyword) { break }
      if let sign, ends.contains(sign) { break }
      let start = position
      let node = try andOr()
      if position == start { throw failure("unexpected \(describe())") }
      nodes.append(sign == "&" ? .background(node) : node)
    }
    return .sequence(nodes)
  }

  private func isSeparator() -> Bool {
    guard position < tokens.count else { return false }
    if case .newline = tokens[position] { return true }
    return sign == ";"
  }

  private mutating func andOr() throws(ShellError) -> ShellNode {
    var node = try pipeline()
    while let sign, sign == "&&" || sign == "||" {
      position += 1
      skipNewlines()
      let right = try pipeline()
      node = sign == "&&" ? .and(node, right) : .or(node, right)
    }
    return node
  }

  private mutating func pipeline() throws(ShellError) -> ShellNode {
    var isNegated = false
    while take(keyword: "!") { isNegated.toggle() }
    if keyword == "time" { position += 1 }
    var nodes = [try command()]
    while take(sign: "|") {
      skipNewlines()
      nodes.append(try command())
    }
    return nodes.count == 1 && !isNegated ? nodes[0] : .pipeline(nodes, isNegated: isNegated)
  }

  private mutating func command() throws(ShellError) -> ShellNode {
    let node: ShellNode
    switch keyword {
    case "if": node = try conditional()
    case "for": node = try forEach()
    case "while", "until": node = try loop()
    case "case": node = try choice()
    case "{":
      position += 1
      node = try sequence(until: ["}"])
      try require(keyword: "}")
    case "function":
      position += 1
      let name = keyword ?? ""
      position += 1
      if take(sign: "(") { _ = take(sign: ")") }
      skipNewlines()
      return .function(name, try command())
    default:
      if take(sign: "(") {
        node = .subshell(try sequence(until: [")"]))
        guard take(sign: ")") else { throw failure("expected ')', found \(describe())") }
      } else {
        return try simple()
      }
    }
    var redirections: [ShellRedirection] = []
    var document: String?
    while try redirection(&redirections, &document) {}
    return redirections.isEmpty ? node : .redirected(node, redirections)
  }

  private mutating func conditional() throws(ShellError) -> ShellNode {
    position += 1
    var branches: [ShellNode.Branch] = []
    var otherwise: ShellNode?
    while true {
      let condition = try sequence(until: ["then"])
      try require(keyword: "then")
      let body = try sequence(until: ["elif", "else", "fi"])
      branches.append(ShellNode.Branch(condition: condition, body: body))
      if take(keyword: "elif") { continue }
      if take(keyword: "else") { otherwise = try sequence(until: ["fi"]) }
      try require(keyword: "fi")
      return .conditional(branches, otherwise: otherwise)
    }
  }

  private mutating func forEach() throws(ShellError) -> ShellNode {
    position += 1
    guard let name = keyword else { throw failure("expected a name after 'for'") }
    position += 1
    var words: [ShellWord]?
    if name != "((" {
      skipNewlinesOnly()
      if take(keyword: "in") {
        words = []
        while position < tokens.count, case .word(let word) = tokens[position] {
          words?.append(word)
          position += 1
        }
      }
    }
    skipNewlines()
    try require(keyword: "do")
    let body = try sequence(until: ["done"])
    try require(keyword: "done")
    guard name != "((" else {
      return .loop(condition: .sequence([]), body: body, isUntil: false)
    }
    return .forEach(name: name, words: words, body: body)
  }

  private mutating func skipNewlinesOnly() {
    while position < tokens.count, case .newline = tokens[position] { position += 1 }
  }

  private mutating func loop() throws(ShellError) -> ShellNode {
    let isUntil = keyword == "until"
    position += 1
    let condition = try sequence(until: ["do"])
    try require(keyword: "do")
    let body = try sequence(until: ["done"])
    try require(keyword: "done")
    return .loop(condition: condition, body: body, isUntil: isUntil)
  }

  private mutating func choice() throws(ShellError) -> ShellNode {
    position += 1
    guard position < tokens.count, case .word(let subject) = tokens[position] else {
      throw failure("expected a word after 'case'")
    }
    position += 1
    skipNewlines()
    try require(keyword: "in")
    var choices: [ShellNode.Choice] = []
    skipNewlines()
    while keyword != "esac" {
      _ = take(sign: "(")
      var patterns: [ShellWord] = []
      while position < tokens.count, case .word(let word) = tokens[position] {
        patterns.append(word)
        position += 1
        if !take(sign: "|") { break }
      }
      guard !patterns.isEmpty, take(sign: ")") else {
        throw failure("expected a pattern and ')', found \(describe())")
      }
      let body = try sequence(until: [";;", ";&", ";;&", "esac"])
      choices.append(ShellNode.Choice(patterns: patterns, body: body))
      if let sign, sign.hasPrefix(";") { position += 1 }
      skipNewlines()
      guard position < tokens.count else { throw failure("expected 'esac', found \(describe())") }
    }
    position += 1
    return .choice(subject, choices)
  }

  private mutating func simple() throws(ShellError) -> ShellNode {
    var simple = ShellSimple()
    simple.offset = position < offsets.count ? offsets[position] : 0
    while position < tokens.count {
      if try redirection(&simple.redirections, &simple.document) { continue }
      guard case .word(let word) = tokens[position] else { break }
      if simple.words.isEmpty, let assignment = try assignment(word) {
        simple.assignments.append(assignment)
        continue
      }
      position += 1
      simple.words.append(word)
      if simple.words.count == 1, word.bare == "[[" {
        takeCondition(into: &simple)
      } else if simple.words.count == 1, word.bare != nil, sign == "(" {
        position += 1
        guard take(sign: ")") else { throw failure("expected ')', found \(describe())") }
        skipNewlines()
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw failure("nested too deep") }
        return .function(word.bare ?? "", try command())
      } else if isDeclaration(simple.words[0].bare) {
        try takeArrayValue(into: &simple)
      }
    }
    return .simple(simple)
  }

  /// After `declare`, `local` and the like, `name=(…)` is an array.
  private mutating func takeArrayValue(into simple: inout ShellSimple) throws(ShellError) {
    guard sign == "(", let last = simple.words.last, let text = last.bare, text.hasSuffix("=")
    else {
      return
    }
    let values = try arrayValues()
    simple.words.removeLast()
    simple.assignments.append(
      ShellAssignment(
        name: String(text.dropLast()), isAppended: false, values: values, isArray: true))
  }

  private func isDeclaration(_ name: String?) -> Bool {
    ["declare", "local", "typeset", "readonly", "export"].contains(name ?? "")
  }

  /// `[[ … ]]` up to its end, operators taken as words.
  private mutating func takeCondition(into simple: inout ShellSimple) {
    while position < tokens.count {
      switch tokens[position] {
      case .word(let word):
        simple.words.append(word)
        position += 1
        if word.bare == "]]" { return }
      case .sign(let sign):
        simple.words.append(ShellWord(parts: [.text(sign, quoted: false)]))
        position += 1
      case .newline, .document: position += 1
      }
    }
  }

  private mutating func assignment(_ word: ShellWord) throws(ShellError) -> ShellAssignment? {
    guard case .text(let text, quoted: false) = word.parts.first,
      let equals = text.firstIndex(of: "=")
    else { return nil }
    var name = text[..<equals]
    let isAppended = name.hasSuffix("+")
    if isAppended { name = name.dropLast() }
    guard ShellVariable.isName(name) else { return nil }
    position += 1
    let rest = String(text[text.index(after: equals)...])
    if rest.isEmpty, word.parts.count == 1, sign == "(" {
      return ShellAssignment(
        name: String(name), isAppended: isAppended, values: try arrayValues(), isArray: true)
    }
    var value = word
    value.parts[0] = .text(rest, quoted: rest.isEmpty)
    return ShellAssignment(
      name: String(name), isAppended: isAppended, values: [value], isArray: false)
  }

  private mutating func arrayValues() throws(ShellError) -> [ShellWord] {
    position += 1
    var values: [ShellWord] = []
    while position < tokens.count, sign != ")" {
      if case .word(let word) = tokens[position] { values.append(word) }
      position += 1
    }
    guard take(sign: ")") else { throw failure("expected ')', found \(describe())") }
    return values
  }

  private static let redirections: Set<String> = [
    "<", ">", ">>", "<&", ">&", "&>", "&>>", ">|", "<<<", "<<",
  ]

  private mutating func redirection(
    _ redirections: inout [ShellRedirection], _ document: inout String?
  ) throws(ShellError) -> Bool {
    let isKept = !take(sign: ShellLexer.descriptor)
    guard let kind = sign, Self.redirections.contains(kind) else { return false }
    position += 1
    if kind == "<<" {
      if position < tokens.count, case .document(let text) = tokens[position] {
        document = text
        position += 1
      }
      return true
    }
    guard position < tokens.count, case .word(let target) = tokens[position] else {
      throw failure("expected a file after '\(kind)', found \(describe())")
    }
    position += 1
    if isKept { redirections.append(ShellRedirection(kind: kind, target: target)) }
    return true
  }
}
