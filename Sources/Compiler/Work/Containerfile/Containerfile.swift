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
    /// By instruction: where its parts are written.
    var places: [Places] = []
    /// Where FROM is written.
    var place = LineMap()
  }

  /// Where the parts of an instruction are written.
  struct Places: Sendable {
    var whole: LineMap
    /// The script of RUN.
    var script: LineMap?
    /// By source of COPY or ADD: its first byte in `whole`.
    var sources: [Int] = []
  }

  /// A line that is no complete instruction.
  struct Mistake: Sendable {
    var line: Int
    var column: Int
    var keyword: String
  }

  var stages: [Stage] = []
  /// ARG before the first FROM.
  var arguments: [(name: String, value: String?)] = []
  /// Lines that are no instruction.
  var unreadable: [Mistake] = []

  /// Reads a Containerfile; a byte order mark at its beginning is nothing.
  init(_ text: String) {
    let text = text.hasPrefix("\u{FEFF}") ? Substring(text.dropFirst()) : Substring(text)
    for statement in Self.statements(text) { add(statement) }
  }

  private struct Statement {
    var map: LineMap
    var document: LineMap?
    var text: String { map.text }
  }

  /// A line without the blanks at both ends, and where it begins.
  private struct Line {
    var number: Int
    var column: Int
    var text: Substring
  }

  /// Instructions with continuation lines joined and here-documents taken.
  private static func statements(_ text: Substring) -> [Statement] {
    var result: [Statement] = []
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
      .map { number, whole in
        let rest = whole.drop { $0.isWhitespace }
        return Line(
          number: number + 1, column: whole.count - rest.count + 1, text: trimmed(rest))
      }[...]
    while let first = lines.popFirst() {
      guard !first.text.isEmpty, !first.text.hasPrefix("#") else { continue }
      var joined = LineMap()
      var line = first
      while line.text.hasSuffix("\\") {
        joined.append(line.text.dropLast() + " ", line: line.number, column: line.column)
        line.text = ""
        while let next = lines.popFirst() {
          if next.text.hasPrefix("#") || next.text.isEmpty { continue }
          line = next
          break
        }
      }
      joined.append(line.text, line: line.number, column: line.column)
      var statement = Statement(map: joined)
      if let mark = delimiter(of: joined.text) {
        var body = LineMap()
        while let next = lines.popFirst(), next.text != mark {
          if !body.pieces.isEmpty { body.text += "\n" }
          body.append(next.text, line: next.number, column: next.column)
        }
        statement.document = body
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
      if words.allSatisfy({ $0.hasPrefix("--") }) { note(statement, keyword) }
      addStage(words, statement)
    case "ARG": addArguments(words, statement)
    case "ENV": addEnvironment(rest, words, statement)
    case "RUN": addRun(rest, statement)
    case "COPY", "ADD":
      addCopy(rest, isAdd: keyword.uppercased() == "ADD", keyword, statement)
    case "WORKDIR": append(.directory(rest), statement)
    case "LABEL", "CMD", "ENTRYPOINT", "EXPOSE", "USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK",
      "SHELL", "MAINTAINER", "ONBUILD":
      append(.metadata(keyword.uppercased()), statement)
    default: note(statement, keyword)
    }
  }

  private mutating func note(_ statement: Statement, _ keyword: Substring) {
    let place = statement.map.place(at: 0)
    unreadable.append(
      Mistake(line: place.line, column: place.column, keyword: String(keyword).shortened(to: 30)))
  }

  private mutating func append(
    _ instruction: Instruction, _ statement: Statement, script: LineMap? = nil,
    sources: [Int] = []
  ) {
    guard !stages.isEmpty else { return }
    stages[stages.count - 1].instructions.append(instruction)
    stages[stages.count - 1].places.append(
      Places(whole: statement.map, script: script, sources: sources))
  }

  private mutating func addStage(_ words: [String], _ statement: Statement) {
    let operands = words.filter { !$0.hasPrefix("--") }
    var stage = Stage(base: operands.first ?? "scratch")
    stage.place = statement.map
    stage.platform = words.first { $0.hasPrefix("--platform=") }.map { String($0.dropFirst(11)) }
    if operands.count >= 3, operands[1].uppercased() == "AS" { stage.name = operands[2] }
    stages.append(stage)
  }

  private mutating func addArguments(_ words: [String], _ statement: Statement) {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? Self.unquoted(String(parts[1])) : nil
      if stages.isEmpty {
        arguments.append((String(parts[0]), value))
      } else {
        append(.argument(name: String(parts[0]), value: value), statement)
      }
    }
  }

  private mutating func addEnvironment(
    _ rest: String, _ words: [String], _ statement: Statement
  ) {
    guard let first = words.first else { return }
    guard first.contains("=") else {
      let value = Self.trimmed(rest.dropFirst(first.count))
      return append(.environment(name: first, value: String(value)), statement)
    }
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      append(
        .environment(name: String(parts[0]), value: Self.unquoted(String(parts[1]))), statement)
    }
  }

  private mutating func addCopy(
    _ rest: String, isAdd: Bool, _ keyword: Substring, _ statement: Statement
  ) {
    var words = rest.split(whereSeparator: \.isWhitespace).map(String.init)
    let from = words.first { $0.hasPrefix("--from=") }.map { String($0.dropFirst(7)) }
    words.removeAll { $0.hasPrefix("--") }
    if words.first?.hasPrefix("[") == true {
      words = Self.list(words.joined(separator: " ")) ?? words
    }
    guard words.count >= 2, let destination = words.last else {
      return note(statement, keyword)
    }
    let sources = statement.document == nil ? Array(words.dropLast()) : []
    append(
      .copy(sources: sources, destination: destination, from: from, isAdd: isAdd), statement,
      sources: Self.offsets(of: sources, in: statement.text, from: keyword.utf8.count))
  }

  /// Where words stand in a text, one after the other.
  private static func offsets(of words: [String], in text: String, from start: Int) -> [Int] {
    var rest = text[text.utf8.index(text.startIndex, offsetBy: start)...]
    return words.map { word in
      guard let range = rest.firstRange(of: word) else { return 0 }
      rest = rest[range.upperBound...]
      return text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    }
  }

  private mutating func addRun(_ rest: String, _ statement: Statement) {
    var text = Substring(rest)
    while text.hasPrefix("--") {
      text = Self.trimmed(text.drop { !$0.isWhitespace })
    }
    if let document = statement.document {
      return append(.run(script: document.text, words: []), statement, script: document)
    }
    if text.hasPrefix("["), let words = Self.list(String(text)) {
      return append(.run(script: nil, words: words), statement)
    }
    guard !text.isEmpty else { return note(statement, "RUN") }
    let script = statement.map.dropFirst(statement.text.utf8.count - text.utf8.count)
    append(.run(script: String(text), words: []), statement, script: script)
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
