/// A Containerfile's stages and instructions.
struct Containerfile: Sendable {
  /// One instruction.
  enum Instruction: Sendable {
    /// The script, or the words of the exec form.
    case run(script: String?, words: [String])
    case copy(sources: [String], destination: String, from: String?, isAdd: Bool)
    case argument(name: String, value: String?)
    case environment(name: String, value: String)
    case directory(String)
    /// Anything that only sets metadata.
    case metadata(String)
  }

  /// What one FROM starts.
  struct Stage: Sendable {
    var base: String
    var name: String?
    /// The value of `FROM --platform=`.
    var platform: String?
    var instructions: [Instruction] = []
  }

  var stages: [Stage] = []
  /// ARG before the first FROM.
  var arguments: [(name: String, value: String?)] = []
  /// Lines that are no instruction, with their number.
  var unreadable: [Int] = []

  /// Reads a Containerfile.
  init(_ text: String) {
    for statement in Self.statements(text) { add(statement) }
  }

  private struct Statement {
    var text: String
    var document: String?
    var line: Int
  }

  /// Instructions with continuation lines joined and here-documents taken.
  private static func statements(_ text: String) -> [Statement] {
    var result: [Statement] = []
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
      .map { (number: $0.offset + 1, text: Substring(trimmed($0.element))) }[...]
    while let first = lines.popFirst() {
      guard !first.text.isEmpty, !first.text.hasPrefix("#") else { continue }
      var joined = ""
      var line = first.text
      while line.hasSuffix("\\") {
        joined += line.dropLast() + " "
        line = ""
        while let next = lines.popFirst() {
          if next.text.hasPrefix("#") || next.text.isEmpty { continue }
          line = next.text
          break
        }
      }
      joined += line
      var statement = Statement(text: joined, line: first.number)
      if let mark = delimiter(of: joined) {
        var body: [Substring] = []
        while let next = lines.popFirst(), next.text != mark { body.append(next.text) }
        statement.document = body.joined(separator: "\n")
      }
      result.append(statement)
    }
    return result
  }

  private static func trimmed(_ line: Substring) -> Substring {
    var line = line.drop { $0.isWhitespace }
    while let last = line.last, last.isWhitespace { line = line.dropLast() }
    return line
  }

  /// The word behind `<<` that ends a here-document of RUN or COPY.
  private static func delimiter(of text: String) -> String? {
    guard let range = Substring(text).firstRange(of: "<<"),
      !text[range.upperBound...].hasPrefix("<")
    else { return nil }
    let word = text[range.upperBound...].drop { $0 == "-" }
      .prefix { !$0.isWhitespace }.filter { $0 != "\"" && $0 != "'" }
    return ShellVariable.isName(word) ? word : nil
  }

  private mutating func add(_ statement: Statement) {
    let keyword = statement.text.prefix { !$0.isWhitespace }
    let rest = String(Self.trimmed(statement.text.dropFirst(keyword.count)))
    let words = rest.split(whereSeparator: \.isWhitespace).map(String.init)
    switch keyword.uppercased() {
    case "FROM":
      if words.allSatisfy({ $0.hasPrefix("--") }) { unreadable.append(statement.line) }
      addStage(words)
    case "ARG": addArguments(words)
    case "ENV": addEnvironment(rest, words)
    case "RUN": append(Self.run(rest, document: statement.document))
    case "COPY", "ADD": addCopy(rest, isAdd: keyword.uppercased() == "ADD", statement.document)
    case "WORKDIR": append(.directory(rest))
    case "LABEL", "CMD", "ENTRYPOINT", "EXPOSE", "USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK",
      "SHELL", "MAINTAINER", "ONBUILD":
      append(.metadata(keyword.uppercased()))
    default: unreadable.append(statement.line)
    }
  }

  private mutating func append(_ instruction: Instruction) {
    guard !stages.isEmpty else { return }
    stages[stages.count - 1].instructions.append(instruction)
  }

  private mutating func addStage(_ words: [String]) {
    let operands = words.filter { !$0.hasPrefix("--") }
    var stage = Stage(base: operands.first ?? "scratch")
    stage.platform = words.first { $0.hasPrefix("--platform=") }.map { String($0.dropFirst(11)) }
    if operands.count >= 3, operands[1].uppercased() == "AS" { stage.name = operands[2] }
    stages.append(stage)
  }

  private mutating func addArguments(_ words: [String]) {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? Self.unquoted(String(parts[1])) : nil
      if stages.isEmpty {
        arguments.append((String(parts[0]), value))
      } else {
        append(.argument(name: String(parts[0]), value: value))
      }
    }
  }

  private mutating func addEnvironment(_ rest: String, _ words: [String]) {
    guard let first = words.first else { return }
    guard first.contains("=") else {
      let value = Self.trimmed(rest.dropFirst(first.count))
      return append(.environment(name: first, value: String(value)))
    }
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      append(.environment(name: String(parts[0]), value: Self.unquoted(String(parts[1]))))
    }
  }

  private mutating func addCopy(_ rest: String, isAdd: Bool, _ document: String?) {
    var words = rest.split(whereSeparator: \.isWhitespace).map(String.init)
    let from = words.first { $0.hasPrefix("--from=") }.map { String($0.dropFirst(7)) }
    words.removeAll { $0.hasPrefix("--") }
    if words.first?.hasPrefix("[") == true {
      words = Self.list(words.joined(separator: " ")) ?? words
    }
    guard words.count >= 2, let destination = words.last else { return }
    append(
      .copy(
        sources: document == nil ? Array(words.dropLast()) : [], destination: destination,
        from: from, isAdd: isAdd))
  }

  private static func run(_ rest: String, document: String?) -> Instruction {
    var text = Substring(rest)
    while text.hasPrefix("--") {
      text = trimmed(text.drop { !$0.isWhitespace })
    }
    if let document { return .run(script: document, words: []) }
    if text.hasPrefix("["), let words = list(String(text)) {
      return .run(script: nil, words: words)
    }
    return .run(script: String(text), words: [])
  }

  /// A JSON list of strings; nil when it is none.
  static func list(_ text: String) -> [String]? {
    var items: [String] = []
    var current: String?
    var isEscaped = false
    guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        current?.append(character)
        isEscaped = false
      } else if character == "\\", current != nil {
        isEscaped = true
      } else if character == "\"" {
        if let item = current {
          items.append(item)
          current = nil
        } else {
          current = ""
        }
      } else if current != nil {
        current?.append(character)
      } else if character != ",", !character.isWhitespace {
        return nil
      }
    }
    return current == nil ? items : nil
  }

  private static func unquoted(_ text: String) -> String {
    guard let first = text.first, first == "\"" || first == "'", text.last == first, text.count > 1
    else { return text }
    return String(text.dropFirst().dropLast())
  }
}
