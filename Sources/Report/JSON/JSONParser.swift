/// Reads JSON text into values; nil when it is not JSON or nested too deeply.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  /// Deeper nesting is refused rather than overflowing the stack.
  private static let deepest = 256

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The value a text holds.
  static func parse(_ text: String) -> JSONValue? {
    var parser = JSONParser(text)
    guard let value = parser.value(depth: 0) else { return nil }
    parser.skipSpace()
    return parser.position == parser.bytes.count ? value : nil
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard let byte = next, byte == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func take(word: String, as value: JSONValue) -> JSONValue? {
    let end = position + word.utf8.count
    guard end <= bytes.count, bytes[position..<end].elementsEqual(word.utf8) else { return nil }
    position = end
    return value
  }

  private mutating func value(depth: Int) -> JSONValue? {
    skipSpace()
    guard depth < Self.deepest, let byte = next else { return nil }
    switch Character(UnicodeScalar(byte)) {
    case "{": return object(depth: depth)
    case "[": return array(depth: depth)
    case "\"": return string().map(JSONValue.string)
    case "t": return take(word: "true", as: .bool(true))
    case "f": return take(word: "false", as: .bool(false))
    case "n": return take(word: "null", as: .null)
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    position += 1
    var members: [JSONValue.Member] = []
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      guard let name = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
      members.append(.init(name: name, value: value))
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    position += 1
    var values: [JSONValue] = []
    if take("]") { return .array([]) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    } while take(",")
    return take("]") ? .array(values) : nil
  }

  private mutating func number() -> JSONValue? {
    let start = position
    let signs: [UInt8] = Array("+-.eE0123456789".utf8)
    while let byte = next, signs.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let whole = Int64(text) { return .integer(whole) }
    if let whole = UInt64(text) { return .unsigned(whole) }
    return Double(text).map(JSONValue.double)
  }

  private mutating func string() -> String? {
    guard next == 0x22 else { return nil }
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
      if byte == 0x5C {
        guard let scalar = escape() else { return nil }
        text += Array(String(scalar).utf8)
      } else {
        text.append(byte)
      }
    }
    return nil
  }

  /// What stands after a backslash.
  private mutating func escape() -> UnicodeScalar? {
    guard let byte = next else { return nil }
    position += 1
    switch Character(UnicodeScalar(byte)) {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "u": return unicodeEscape()
    case "\"", "\\", "/": return UnicodeScalar(byte)
    default: return nil
    }
  }

  private mutating func hexUnit() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let text = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    position += 4
    return UInt32(text, radix: 16)
  }

  /// A code point, of two units where it is beyond the basic plane.
  private mutating func unicodeEscape() -> UnicodeScalar? {
    guard let unit = hexUnit() else { return nil }
    guard (0xD800..<0xDC00).contains(unit) else { return UnicodeScalar(unit) }
    guard take(word: "\\u", as: .null) != nil, let low = hexUnit(),
      (0xDC00..<0xE000).contains(low)
    else { return nil }
    return UnicodeScalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
  }
}
