/// The references `$(prefix.name)`, `$(prefix["name"])` and `$(prefix['name'])` in a text.
///
/// Follows the rules of Tekton's substitution package (v1.15): a reference ends at the first closing
/// parenthesis of its line, and with dots only the first component names the variable.
struct VariableReferences {
  /// One reference.
  struct Reference {
    /// The variable, with an index such as `[0]` or `[*]` when one is written.
    var name: String
    /// All that stands after the prefix's dot or between its brackets.
    var whole: String
    /// The length of the reference in bytes.
    var length: Int
    /// Whether it has more than two components after the prefix.
    var hasTooManyParts: Bool
  }

  /// The references in the order written.
  private(set) var all: [Reference] = []

  /// Finds the references with a prefix (`params`, `context.taskRun`).
  init(in text: String, prefix: String) {
    let bytes = Array(text.utf8)
    let opening = Array("$(\(prefix)".utf8)
    guard bytes.count > opening.count else { return }
    var start = 0
    while start + opening.count < bytes.count {
      guard bytes[start] == opening[0], bytes[start..<start + opening.count].elementsEqual(opening)
      else {
        start += 1
        continue
      }
      if let found = VariableReferences.read(bytes, from: start, after: start + opening.count) {
        all.append(found)
        start += found.length
      } else {
        start += 1
      }
    }
  }

  private static func read(_ bytes: [UInt8], from start: Int, after open: Int) -> Reference? {
    if bytes[open] == UInt8(ascii: ".") {
      return dotted(bytes, from: start, after: open + 1)
    }
    guard bytes[open] == UInt8(ascii: "["), open + 1 < bytes.count,
      bytes[open + 1] == UInt8(ascii: "\"") || bytes[open + 1] == UInt8(ascii: "'")
    else { return nil }
    let closing = [bytes[open + 1], UInt8(ascii: "]"), UInt8(ascii: ")")]
    var end = open + 2
    while end + closing.count <= bytes.count, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end..<end + closing.count].elementsEqual(closing) {
        let name = String(decoding: bytes[(open + 2)..<end], as: UTF8.self)
        return Reference(
          name: name, whole: name, length: end + closing.count - start, hasTooManyParts: false)
      }
      end += 1
    }
    return nil
  }

  private static func dotted(_ bytes: [UInt8], from start: Int, after dot: Int) -> Reference? {
    let rest = bytes[dot...]
    guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "\n") }),
      bytes[end] == UInt8(ascii: ")")
    else { return nil }
    let whole = String(decoding: bytes[dot..<end], as: UTF8.self)
    let parts = whole.split(separator: ".", omittingEmptySubsequences: false)
    return Reference(
      name: String(parts[0]), whole: whole, length: end + 1 - start,
      hasTooManyParts: parts.count > 2)
  }

  /// A name without its indices (`[0]`, `[*]`, `[]`).
  static func withoutIndex(_ name: String) -> String {
    var result = ""
    var rest = Substring(name)
    while let open = rest.firstIndex(of: "[") {
      result += rest[..<open]
      let inner = rest[rest.index(after: open)...]
      let digits = inner.prefix { $0.isASCII && $0.isNumber }
      var tail = inner.dropFirst(digits.count)
      if tail.first == "*" { tail = tail.dropFirst() }
      if tail.first == "]" {
        rest = tail.dropFirst()
      } else {
        result += "["
        rest = inner
      }
    }
    return result + rest
  }

  /// A name without a trailing `[*]`.
  static func withoutStar(_ name: String) -> String {
    name.hasSuffix("[*]") ? String(name.dropLast(3)) : name
  }

  /// What stands between `$(` and `)` in every reference of any kind: letters, digits, `_`, `.`, `-`
  /// and at most one index at the end.
  static func expressions(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    var found: [String] = []
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] == UInt8(ascii: "$"), bytes[index + 1] == UInt8(ascii: "("),
        let end = expressionEnd(bytes, from: index + 2)
      else {
        index += 1
        continue
      }
      found.append(String(decoding: bytes[(index + 2)..<end], as: UTF8.self))
      index = end + 1
    }
    return found
  }

  private static func expressionEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var end = start
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    guard end > start, end < bytes.count else { return nil }
    if bytes[end] == UInt8(ascii: "[") {
      let open = end + 1
      end = open
      if end < bytes.count, bytes[end] == UInt8(ascii: "*") {
        end += 1
      } else {
        while end < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) {
          end += 1
        }
      }
      guard end > open, end < bytes.count, bytes[end] == UInt8(ascii: "]") else { return nil }
      end += 1
    }
    return end < bytes.count && bytes[end] == UInt8(ascii: ")") ? end : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
