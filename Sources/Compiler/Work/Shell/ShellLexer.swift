/// A token of a script.
enum ShellToken: Sendable {
  case word(ShellWord)
  /// An operator such as `&&`, `;;`, `(`, `>>`.
  case sign(String)
  case newline
  /// A here-document's text; follows the sign `<<`.
  case document(String)
}

/// Splits a script into tokens; runs in time linear in the script's length.
struct ShellLexer {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var line = 1
  private var pendingDocuments: [(token: Int, delimiter: String, stripsTabs: Bool)] = []
  private(set) var tokens: [ShellToken] = []
  private(set) var lines: [Int] = []
  /// By token: the byte of the script that it begins at.
  private(set) var offsets: [Int] = []

  /// The sign that stands before a redirection of something else than standard output.
  static let descriptor = "descriptor"

  private init(_ script: String) { bytes = Array(script.utf8) }

  /// Splits a script; `tokens`, `lines` and `offsets` are the result.
  static func read(_ script: String) throws(ShellError) -> ShellLexer {
    var lexer = ShellLexer(script)
    try lexer.run()
    return lexer
  }

  private func byte(_ offset: Int = 0) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private mutating func add(_ token: ShellToken) {
    tokens.append(token)
    lines.append(line)
    offsets.append(position)
  }

  private func failure(_ message: String, line: Int) -> ShellError {
    ShellError(message: message, line: line)
  }

  private mutating func run() throws(ShellError) {
    while let next = byte() {
      switch next {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        position += 1
      case UInt8(ascii: "\n"):
        endLine()
      case UInt8(ascii: "\\") where byte(1) == UInt8(ascii: "\n"):
        position += 2
        line += 1
      case UInt8(ascii: "#"):
        while let comment = byte(), comment != UInt8(ascii: "\n") { position += 1 }
      default:
        if !takeSign() { try takeWord() }
      }
    }
    if !pendingDocuments.isEmpty { takeDocuments() }
  }

  private mutating func endLine() {
    add(.newline)
    position += 1
    line += 1
    if !pendingDocuments.isEmpty { takeDocuments() }
  }

  private static let signs = [
    "<<<", "<<-", "&>>", ";;&", "&&", "||", ";;", ";&", ">>", "<<", "<&", ">&", "&>", ">|", "((",
    ";", "&", "|", "(", ")", "<", ">",
  ].map { (text: $0, bytes: Array($0.utf8)) }

  private mutating func takeSign() -> Bool {
    for sign in Self.signs where matches(sign.bytes) {
      if sign.text == "((" {
        guard let end = ShellScan.endOfArithmetic(bytes, from: position + 2) else { continue }
        position = end
        add(.word(ShellWord(parts: [.text("((", quoted: false)])))
        return true
      }
      position += sign.bytes.count
      if sign.text == "<<" || sign.text == "<<-" {
        add(.sign("<<"))
        startDocument(stripsTabs: sign.text == "<<-")
      } else {
        add(.sign(sign.text))
      }
      return true
    }
    return false
  }

  private func matches(_ sign: [UInt8]) -> Bool {
    for (offset, expected) in sign.enumerated() where byte(offset) != expected { return false }
    return true
  }

  private mutating func startDocument(stripsTabs: Bool) {
    while byte() == UInt8(ascii: " ") { position += 1 }
    var delimiter: [UInt8] = []
    while let next = byte(), !ShellScan.isBreak(next) {
      if next != UInt8(ascii: "'"), next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") {
        delimiter.append(next)
      }
      position += 1
    }
    add(.document(""))
    pendingDocuments.append(
      (tokens.count - 1, String(decoding: delimiter, as: UTF8.self), stripsTabs))
  }

  /// Reads the bodies of here-documents; one without its end takes the rest of the script.
  private mutating func takeDocuments() {
    for pending in pendingDocuments {
      var body: [String] = []
      while position < bytes.count {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        var text = Substring(String(decoding: bytes[position..<end], as: UTF8.self))
        position = min(end + 1, bytes.count)
        line += 1
        if pending.stripsTabs { text = text.drop { $0 == "\t" } }
        if text.last == "\r" { text = text.dropLast() }
        if text == pending.delimiter { break }
        body.append(String(text))
      }
      tokens[pending.token] = .document(body.joined(separator: "\n"))
    }
    pendingDocuments = []
  }

  private mutating func takeWord() throws(ShellError) {
    let startLine = line
    let start = position
    let end = try ShellScan.endOfWord(bytes, from: position, line: startLine)
    let slice = bytes[position..<end]
    line += slice.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    position = end
    if let next = byte(), next == UInt8(ascii: "<") || next == UInt8(ascii: ">"),
      slice.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    {
      // A descriptor: standard output counts, all others do not.
      if Array(slice) != [UInt8(ascii: "1")] { add(.sign(Self.descriptor)) }
      return
    }
    let parts = try ShellWordReader.parts(of: Array(slice), line: startLine)
    tokens.append(.word(ShellWord(parts: parts)))
    lines.append(startLine)
    offsets.append(start)
  }
}
