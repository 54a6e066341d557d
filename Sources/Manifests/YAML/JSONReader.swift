import GantryModel

/// Reads JSON, one value or several in a row, with the places of all values.
///
/// Dumps of clusters are megabytes of JSON: this is quicker than the YAML parser and accepts what
/// only JSON has (surrogate pairs in escapes, keys of any length).
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private let limits: YAMLLimits
  private var index = 0
  private var line = 1
  private var lineStart = 0
  /// Bytes of the current line that only continue a character.
  private var continuations = 0
  private var depth = 0
  /// Repeated keys.
  private(set) var findings: [Diagnostic] = []

  /// Reads from a buffer, which must outlive the reader.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, limits: YAMLLimits) {
    self.bytes = bytes
    self.file = file
    self.limits = limits
  }

  /// All values of the text.
  /// - Throws: The syntax error found.
  mutating func documents() throws(YAMLFailure) -> [YAMLNode] {
    var documents: [YAMLNode] = []
    skipSpace()
    while index < bytes.count {
      documents.append(try value())
      skipSpace()
    }
    return documents
  }

  private var here: SourceLocation {
    SourceLocation(file: file, line: line, column: index - lineStart - continuations + 1)
  }

  private func failure(_ message: String) -> YAMLFailure {
    YAMLFailure("E0001", "not valid JSON: \(message)", at: here)
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09: index += 1
      case 0x0A, 0x0D:
        let isReturn = bytes[index] == 0x0D
        index += 1
        if isReturn, index < bytes.count, bytes[index] == 0x0A { index += 1 }
        line += 1
        lineStart = index
        continuations = 0
      default: return
      }
    }
  }

  private mutating func value() throws(YAMLFailure) -> YAMLNode {
    guard index < bytes.count else { throw failure("the text ends where a value should be") }
    let place = here
    switch bytes[index] {
    case UInt8(ascii: "{"): return YAMLNode(.mapping(try object()), at: place)
    case UInt8(ascii: "["): return YAMLNode(.sequence(try array()), at: place)
    case UInt8(ascii: "\""): return YAMLNode(.string(try string()), at: place)
    default: return YAMLNode(try word(), at: place)
    }
  }

  private mutating func enter() throws(YAMLFailure) {
    depth += 1
    guard depth <= limits.maximumDepth else {
      throw YAMLFailure("E0004", "nested more than \(limits.maximumDepth) levels deep", at: here)
    }
    index += 1
    skipSpace()
  }

  /// After an element: true when another follows, false at the closing byte.
  private mutating func more(closing: UInt8) throws(YAMLFailure) -> Bool {
    skipSpace()
    guard index < bytes.count else { throw failure("the text ends inside a list or mapping") }
    let byte = bytes[index]
    guard byte == closing || byte == UInt8(ascii: ",") else {
      throw failure("expected ',' or '\(Character(Unicode.Scalar(closing)))'")
    }
    index += 1
    if byte == closing {
      depth -= 1
      return false
    }
    skipSpace()
    return true
  }

  private mutating func closesAtOnce(_ closing: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == closing else { return false }
    index += 1
    depth -= 1
    return true
  }

  private mutating func object() throws(YAMLFailure) -> [YAMLNode.Entry] {
    try enter()
    var entries: [YAMLNode.Entry] = []
    if closesAtOnce(UInt8(ascii: "}")) { return entries }
    repeat {
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
        throw failure("expected a key in double quotes")
      }
      let place = here
      let key = Located(try string(), at: place)
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else {
        throw failure("expected ':' after the key")
      }
      index += 1
      skipSpace()
      entries.append(.init(key: key, value: try value()))
    } while try more(closing: UInt8(ascii: "}"))
    findings += DuplicateKeys.findings(entries)
    return entries
  }

  private mutating func array() throws(YAMLFailure) -> [YAMLNode] {
    try enter()
    var items: [YAMLNode] = []
    if closesAtOnce(UInt8(ascii: "]")) { return items }
    repeat { items.append(try value()) } while try more(closing: UInt8(ascii: "]"))
    return items
  }

  private mutating func word() throws(YAMLFailure) -> YAMLNode.Content {
    let start = index
    var end = index
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    let content: YAMLNode.Content?
    switch text {
    case "null": content = .null
    case "true": content = .bool(true)
    case "false": content = .bool(false)
    default:
      let isNumber = text.first.map { $0 == "-" || $0.isNumber } ?? false
      content = isNumber ? ScalarResolution.number(text).map { .number($0) } : nil
    }
    guard let content else { throw failure("expected a value") }
    index = end
    return content
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private mutating func string() throws(YAMLFailure) -> String {
    index += 1
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        let raw = UnsafeBufferPointer(rebasing: bytes[start..<index])
        index += 1
        return String(decoding: raw, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      try stepInString(byte)
    }
    throw failure("the text ends inside a string")
  }

  private mutating func stepInString(_ byte: UInt8) throws(YAMLFailure) {
    guard byte >= 0x20 else { throw failure("a string cannot hold a control character") }
    if byte & 0xC0 == 0x80 { continuations += 1 }
    index += 1
  }

  private mutating func escapedString(from start: Int) throws(YAMLFailure) -> String {
    var result = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return String(decoding: result, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        result += try escape()
      } else {
        result.append(byte)
        try stepInString(byte)
      }
    }
    throw failure("the text ends inside a string")
  }

  private mutating func escape() throws(YAMLFailure) -> [UInt8] {
    guard index + 1 < bytes.count else { throw failure("the text ends inside a string") }
    let kind = bytes[index + 1]
    if kind == UInt8(ascii: "u") { return Array(String(try unicodeEscape()).utf8) }
    let plain: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
      0x74: 0x09,
    ]
    guard let byte = plain[kind] else { throw failure("unknown escape in a string") }
    index += 2
    return [byte]
  }

  /// The character of `\uXXXX` or of a surrogate pair; a lone surrogate is U+FFFD, as in Go.
  private mutating func unicodeEscape() throws(YAMLFailure) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard let first = hexDigits(at: index + 2) else {
      throw failure("'\\u' needs four hexadecimal digits")
    }
    index += 6
    if (0xD800..<0xDC00).contains(first), index + 1 < bytes.count,
      bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
      let second = hexDigits(at: index + 2), (0xDC00..<0xE000).contains(second)
    {
      index += 6
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
    }
    return Unicode.Scalar(first) ?? replacement
  }

  private func hexDigits(at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var result: UInt32 = 0
    for byte in bytes[start..<start + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      result = result << 4 | UInt32(digit)
    }
    return result
  }
}
