import CYaml
import GantryModel

/// Turns a parser's positions into places of the file.
///
/// libyaml counts U+0085, U+2028 and U+2029 as line breaks (YAML 1.1), editors do not. In texts that
/// hold one of them lines and columns are computed anew.
struct SourcePositions {
  /// The name of the file as shown to the user.
  let file: String
  /// What is added to line numbers because parsing began at a later line.
  let lineOffset: Int
  private let bytes: [UInt8]
  private let start: Int
  /// Numbers of characters before each line; nil when the parser's own count holds.
  private let lineStarts: [Int]?

  /// Prepares the positions of the bytes from `start`, the first of line `lineOffset + 1`.
  init(file: String, bytes: [UInt8], start: Int, lineOffset: Int, hasUnusualBreaks: Bool) {
    self.file = file
    self.bytes = bytes
    self.start = start
    self.lineOffset = lineOffset
    lineStarts = hasUnusualBreaks ? Self.characterStarts(bytes[start...]) : nil
  }

  /// The place of a mark.
  func location(_ mark: yaml_mark_t) -> SourceLocation {
    guard let lineStarts else {
      return SourceLocation(
        file: file, line: lineOffset + Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
    let index = Int(mark.index)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= index { low = middle } else { high = middle }
    }
    return SourceLocation(
      file: file, line: lineOffset + low + 1, column: index - lineStarts[low] + 1)
  }

  /// The place of a byte counted from the beginning of what was parsed.
  func location(byteOffset: Int) -> SourceLocation {
    Self.location(
      of: min(start + byteOffset, bytes.count), in: bytes, from: start, file: file,
      lineOffset: lineOffset)
  }

  /// The place of byte `end`, counting lines from byte `start`.
  static func location(
    of end: Int, in bytes: [UInt8], from start: Int = 0, file: String, lineOffset: Int = 0
  ) -> SourceLocation {
    var line = lineOffset + 1
    var column = 1
    for index in start..<max(start, end) {
      if isLineEnd(bytes, index) {
        line += 1
        column = 1
      } else if bytes[index] & 0xC0 != 0x80 {
        column += 1
      }
    }
    return SourceLocation(file: file, line: line, column: column)
  }

  /// Whether a line ends with this byte: LF, or CR without LF.
  static func isLineEnd(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes[index] == 0x0A
      || (bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A))
  }

  private static func characterStarts(_ bytes: ArraySlice<UInt8>) -> [Int] {
    var starts = [0]
    var characters = 0
    let all = Array(bytes)
    for index in all.indices {
      if all[index] & 0xC0 != 0x80 { characters += 1 }
      if isLineEnd(all, index) { starts.append(characters) }
    }
    return starts
  }
}
