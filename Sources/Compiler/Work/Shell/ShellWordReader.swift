/// Takes a word apart into text, variables and commands.
struct ShellWordReader {
  private let bytes: [UInt8]
  private let line: Int
  private var position = 0
  private var parts: [ShellWord.Part] = []
  private var text: [UInt8] = []
  private var isQuoted = false

  /// The parts of one word, given as bytes.
  static func parts(of bytes: [UInt8], line: Int) throws(ShellError) -> [ShellWord.Part] {
    var reader = ShellWordReader(bytes: bytes, line: line)
    try reader.run()
    return reader.parts
  }

  /// The parts of a text that is expanded as if it were in double quotes.
  static func document(_ text: String) -> ShellWord {
    var reader = ShellWordReader(bytes: Array(text.utf8), line: 1)
    reader.isQuoted = true
    reader.isDocument = true
    guard (try? reader.run()) != nil else {
      return ShellWord(parts: [.text(text, quoted: true)])
    }
    return ShellWord(parts: reader.parts)
  }

  private var isDocument = false

  private init(bytes: [UInt8], line: Int) {
    self.bytes = bytes
    self.line = line
  }

  private mutating func flush(evenIfEmpty: Bool = false) {
    if !text.isEmpty || evenIfEmpty {
      parts.append(.text(String(decoding: text, as: UTF8.self), quoted: isQuoted))
      text = []
    }
  }

  private mutating func run() throws(ShellError) {
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\\"): escape()
      case UInt8(ascii: "'") where !isQuoted: try single()
      case UInt8(ascii: "\"") where !isDocument:
        flush(evenIfEmpty: isQuoted && parts.isEmpty)
        isQuoted.toggle()
        position += 1
      case UInt8(ascii: "`"): try backquotes()
      case UInt8(ascii: "$"): try dollar()
      default:
        text.append(byte)
        position += 1
      }
    }
    flush()
  }

  private mutating func escape() {
    let next = position + 1 < bytes.count ? bytes[position + 1] : UInt8(ascii: "\\")
    if next == UInt8(ascii: "\n") {
      position += 2
      return
    }
    let special: [UInt8] = Array("\"\\$`".utf8)
    if isQuoted, !special.contains(next) {
      text.append(UInt8(ascii: "\\"))
      position += 1
      return
    }
    // An escaped character is quoted text of its own.
    let wasQuoted = isQuoted
    flush()
    isQuoted = true
    text.append(next)
    flush()
    isQuoted = wasQuoted
    position += 2
  }

  private mutating func single() throws(ShellError) {
    flush()
    guard let end = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "'")) else {
      throw ShellError(message: "a quote has no end", line: line)
    }
    parts.append(
      .text(String(decoding: bytes[(position + 1)..<end], as: UTF8.self), quoted: true))
    position = end + 1
  }

  private mutating func backquotes() throws(ShellError) {
    flush()
    guard let end = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "`")) else {
      throw ShellError(message: "a quote has no end", line: line)
    }
    parts.append(
      .command(String(decoding: bytes[(position + 1)..<end], as: UTF8.self), quoted: isQuoted))
    position = end + 1
  }

  private mutating func dollar() throws(ShellError) {
    let next = position + 1 < bytes.count ? bytes[position + 1] : 0
    if next == UInt8(ascii: "(") {
      flush()
      let end = try ShellScan.endOfInside(bytes, from: position + 2, isBrace: false, line: line)
      let inside = bytes[(position + 2)..<end]
      if inside.first == UInt8(ascii: "("), inside.last == UInt8(ascii: ")") {
        parts.append(.arithmetic)
      } else {
        parts.append(.command(String(decoding: inside, as: UTF8.self), quoted: isQuoted))
      }
      position = end + 1
    } else if next == UInt8(ascii: "{") {
      flush()
      let end = try ShellScan.endOfInside(bytes, from: position + 2, isBrace: true, line: line)
      let inside = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
      parts.append(.variable(ShellVariable(inside: inside), quoted: isQuoted))
      position = end + 1
    } else if let name = plainName() {
      flush()
      parts.append(.variable(ShellVariable(name: name), quoted: isQuoted))
      position += 1 + name.utf8.count
    } else {
      text.append(UInt8(ascii: "$"))
      position += 1
    }
  }

  private func plainName() -> String? {
    guard position + 1 < bytes.count else { return nil }
    let first = bytes[position + 1]
    if Array("@*#?$!-0123456789".utf8).contains(first) {
      return String(decoding: [first], as: UTF8.self)
    }
    let name = bytes[(position + 1)...].prefix { ShellVariable.isNameByte($0) }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }
}

extension ShellVariable {
  /// Whether a byte may stand in a name.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Whether a text is a variable's name.
  static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isNameByte)
      && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text.utf8.first ?? 0)
  }

  /// Reads what stands between `${` and `}`.
  init(inside: String) {
    var rest = Substring(inside)
    name = ""
    if rest.hasPrefix("#"), rest.count > 1 {
      isLength = true
      rest = rest.dropFirst()
    }
    if let first = rest.first, "@*#?".contains(first) {
      name = String(first)
      rest = rest.dropFirst()
    } else {
      name = String(rest.prefix { $0.utf8.allSatisfy(Self.isNameByte) })
      rest = rest.dropFirst(name.count)
    }
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
      index = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
    }
    let operations = [
      ":-", ":=", ":+", ":?", "##", "%%", "//", ",,", "^^", "-", "=", "+", "?", "#", "%", "/",
    ]
    if let found = operations.first(where: { rest.hasPrefix($0) }) {
      operation = found
      argument = String(rest.dropFirst(found.count))
    } else if !rest.isEmpty {
      operation = "other"
      argument = String(rest)
    }
  }

  /// Makes a plain variable.
  init(name: String) {
    self.init(name: name, index: nil)
  }
}
