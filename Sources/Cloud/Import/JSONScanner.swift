/// Walks over JSON text byte by byte, without building values for what is skipped.
struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var offset = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Calls `body` for each member of an object; it must read or skip the value.
  mutating func object(
    _ body: (inout JSONScanner, String) throws(OfferFailure) -> Void
  ) throws(OfferFailure) {
    try expect("{", "an object")
    if try peek() == UInt8(ascii: "}") {
      offset += 1
      return
    }
    while true {
      skipSpace()
      let key = try string()
      try expect(":", "':'")
      try body(&self, key)
      if try next(endingWith: UInt8(ascii: "}")) { return }
    }
  }

  /// Reads a string.
  mutating func string() throws(OfferFailure) -> String {
    skipSpace()
    let start = offset
    let isEscaped = try skipString()
    let content = bytes[(start + 1)..<(offset - 1)]
    return isEscaped ? try unescape(content) : String(decoding: content, as: UTF8.self)
  }

  /// Whether the next value is a string.
  mutating func isString() throws(OfferFailure) -> Bool { try peek() == UInt8(ascii: "\"") }

  /// Skips a value of any kind.
  mutating func skipValue() throws(OfferFailure) {
    var open: [UInt8] = []
    repeat {
      let byte = try peek()
      switch byte {
      case UInt8(ascii: "\""): _ = try skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count < 512 else { throw failure("values are nested too deeply") }
        // In ASCII the closing bracket follows two after the opening one.
        open.append(byte + 2)
        offset += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.popLast() == byte else { throw failure("unexpected '\(character(byte))'") }
        offset += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard !open.isEmpty else { throw failure("expected a value") }
        offset += 1
      default: try skipWord()
      }
    } while !open.isEmpty
  }

  /// After the outermost value there may be nothing but space.
  mutating func end() throws(OfferFailure) {
    skipSpace()
    if offset < bytes.count { throw failure("unexpected text after the end") }
  }

  func failure(_ message: String) -> OfferFailure { OfferFailure(offset: offset, message: message) }

  private mutating func next(endingWith end: UInt8) throws(OfferFailure) -> Bool {
    switch try peek() {
    case UInt8(ascii: ","):
      offset += 1
      return false
    case end:
      offset += 1
      return true
    default: throw failure("expected ',' or '\(character(end))'")
    }
  }

  private mutating func expect(_ byte: Unicode.Scalar, _ what: String) throws(OfferFailure) {
    guard try peek() == UInt8(ascii: byte) else { throw failure("expected \(what)") }
    offset += 1
  }

  private mutating func peek() throws(OfferFailure) -> UInt8 {
    skipSpace()
    guard offset < bytes.count else { throw failure("the file ends in the middle of a value") }
    return bytes[offset]
  }

  private mutating func skipSpace() {
    while offset < bytes.count, bytes[offset] <= UInt8(ascii: " ") { offset += 1 }
  }

  /// Skips a string and says whether it has escapes.
  private mutating func skipString() throws(OfferFailure) -> Bool {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
      throw failure("expected a string")
    }
    let start = offset
    var isEscaped = false
    var index = offset + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\") {
        isEscaped = true
        index += 1
      }
      index += 1
    }
    guard index < bytes.count else {
      throw OfferFailure(offset: start, message: "the string never ends")
    }
    offset = index + 1
    return isEscaped
  }

  private mutating func skipWord() throws(OfferFailure) {
    let start = offset
    while offset < bytes.count, isWord(bytes[offset]) { offset += 1 }
    if offset == start { throw failure("unexpected '\(character(bytes[offset]))'") }
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private func character(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }

  private func unescape(
    _ content: Slice<UnsafeBufferPointer<UInt8>>
  ) throws(OfferFailure) -> String {
    var units: [UInt16] = []
    var text = String(decoding: content, as: UTF8.self).utf16.makeIterator()
    while let unit = text.next() {
      guard unit == UInt16(UInt8(ascii: "\\")) else {
        units.append(unit)
        continue
      }
      switch text.next().flatMap({ Unicode.Scalar($0) }) {
      case "u":
        let digits = (0..<4).compactMap { _ in text.next().flatMap { Unicode.Scalar($0) } }
        guard digits.count == 4,
          let unit = UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
        else { throw failure("'\\u' needs four hexadecimal digits") }
        units.append(unit)
      case "n": units.append(10)
      case "t": units.append(9)
      case "r": units.append(13)
      case "b": units.append(8)
      case "f": units.append(12)
      case .some(let scalar) where "\"\\/".unicodeScalars.contains(scalar):
        units.append(UInt16(scalar.value))
      default: throw failure("unknown escape in a string")
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
