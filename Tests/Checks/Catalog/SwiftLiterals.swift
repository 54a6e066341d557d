/// The string literals of a Swift source, and the code around them.
///
/// Comments and what literals hold are blanked out in the code, so that only the program's own
/// brackets and names are left.
struct SwiftLiterals {
  /// A literal outside of others: where its opening quote is, and what it holds.
  struct Literal {
    var offset: Int
    var text: String
  }

  /// The source with blanks for comments and literals.
  private(set) var code: [UInt8]
  /// Literals in their order; those inside an interpolation are part of the outer one.
  private(set) var literals: [Literal] = []

  init(_ source: String) {
    code = Array(source.utf8)
    var index = 0
    while index < code.count {
      let end: Int
      guard Self.openers.contains(code[index]) else {
        index += 1
        continue
      }
      if starts("//", at: index) {
        end = code[index...].firstIndex(of: UInt8(ascii: "\n")) ?? code.count
      } else if starts("/*", at: index) {
        end = code.indices[index...].first { starts("*/", at: $0) }.map { $0 + 2 } ?? code.count
      } else if let literal = literal(at: index) {
        literals.append(
          Literal(offset: index, text: String(decoding: code[literal.content], as: UTF8.self)))
        end = literal.end
      } else {
        index += 1
        continue
      }
      for position in index..<end { code[position] = UInt8(ascii: " ") }
      index = end
    }
  }

  /// What comments and literals begin with.
  private static let openers = [UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "#")]

  private func starts(_ text: String, at index: Int) -> Bool {
    index <= code.count && code[index...].starts(with: text.utf8)
  }

  /// The literal that begins at an index, with any number of `#` and of quotes.
  private func literal(at start: Int) -> (content: Range<Int>, end: Int)? {
    let hashes = code[start...].prefix { $0 == UInt8(ascii: "#") }.count
    let open = start + hashes
    guard open < code.count, code[open] == UInt8(ascii: "\"") else { return nil }
    let quotes = starts("\"\"\"", at: open) ? "\"\"\"" : "\""
    let pounds = String(repeating: "#", count: hashes)
    let first = open + quotes.utf8.count
    var index = first
    while index < code.count {
      if code[index] == UInt8(ascii: "\""), starts(quotes + pounds, at: index) { break }
      if code[index] == UInt8(ascii: "\\"), starts("\\" + pounds, at: index) {
        let next = index + hashes + 1
        index = starts("(", at: next) ? endOfInterpolation(from: next + 1) : next + 1
      } else {
        index += 1
      }
    }
    return (first..<min(index, code.count), min(index + quotes.utf8.count + hashes, code.count))
  }

  /// The index after the bracket that closes an interpolation.
  private func endOfInterpolation(from start: Int) -> Int {
    var depth = 1
    var index = start
    while index < code.count, depth > 0 {
      if Self.openers.contains(code[index]), let inner = literal(at: index) {
        index = inner.end
        continue
      }
      if code[index] == UInt8(ascii: "(") { depth += 1 }
      if code[index] == UInt8(ascii: ")") { depth -= 1 }
      index += 1
    }
    return index
  }
}
