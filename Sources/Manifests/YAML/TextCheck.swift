/// One pass over a file's bytes that finds out whether they are UTF-8 text.
struct TextCheck {
  /// The first byte that is not part of a character, or is NUL.
  private(set) var firstBadByte: Int?
  /// Whether U+0085, U+2028 or U+2029 occur.
  private(set) var hasUnusualBreaks = false

  /// Checks the bytes.
  init(_ bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        guard byte != 0 else {
          firstBadByte = index
          return
        }
        index += 1
        continue
      }
      let length = Self.length(bytes, index)
      guard length > 0 else {
        firstBadByte = index
        return
      }
      if byte == 0xC2, bytes[index + 1] == 0x85 { hasUnusualBreaks = true }
      if byte == 0xE2, bytes[index + 1] == 0x80, bytes[index + 2] & 0xFE == 0xA8 {
        hasUnusualBreaks = true
      }
      index += length
    }
  }

  /// What to say about a bad byte.
  static func message(_ bytes: [UInt8], _ index: Int) -> String {
    let utf16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    if utf16 { return "the file is UTF-16, not UTF-8; save it as UTF-8" }
    if bytes[index] == 0 { return "the file has a NUL byte: it is not a text file" }
    return "the file is not UTF-8: unexpected byte 0x\(String(bytes[index], radix: 16))"
  }

  /// The length of the well-formed multi-byte sequence at an index, or 0.
  ///
  /// Source: The Unicode Standard 15, table 3-7, well-formed UTF-8 byte sequences.
  private static func length(_ bytes: [UInt8], _ index: Int) -> Int {
    let first = bytes[index]
    let length =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, index + length <= bytes.count else { return 0 }
    let second = bytes[index + 1]
    let allowed: ClosedRange<UInt8> =
      switch first {
      case 0xE0: 0xA0...0xBF
      case 0xED: 0x80...0x9F
      case 0xF0: 0x90...0xBF
      case 0xF4: 0x80...0x8F
      default: 0x80...0xBF
      }
    guard allowed.contains(second) else { return 0 }
    for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
