/// Shell patterns and the small operations on values.
enum ShellPattern {
  /// Whether a text fits a pattern with `*`, `?` and `[…]`; linear in memory, never exponential.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let text = Array(text)
    let pattern = Array(pattern)
    var (t, p) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, t)
        p += 1
      } else if p < pattern.count, let next = step(pattern, p, text[t]) {
        p = next
        t += 1
      } else if let last = star {
        p = last.pattern + 1
        t = last.text + 1
        star = (last.pattern, t)
      } else {
        return false
      }
    }
    while p < pattern.count, pattern[p] == "*" { p += 1 }
    return p == pattern.count
  }

  /// The position behind the pattern element at `p` when it fits one character.
  private static func step(_ pattern: [Character], _ p: Int, _ character: Character) -> Int? {
    if pattern[p] == "?" { return p + 1 }
    if pattern[p] == "[", let end = pattern[(p + 1)...].firstIndex(of: "]") {
      var members = Array(pattern[(p + 1)..<end])
      let isNegated = members.first == "!" || members.first == "^"
      if isNegated { members.removeFirst() }
      var fits = false
      var index = 0
      while index < members.count {
        if index + 2 < members.count, members[index + 1] == "-" {
          fits = fits || (members[index] <= character && character <= members[index + 2])
          index += 3
        } else {
          fits = fits || members[index] == character
          index += 1
        }
      }
      return fits != isNegated ? end + 1 : nil
    }
    return pattern[p] == character ? p + 1 : nil
  }

  /// `${name%pattern}` and the like; nil when the operation is not known.
  static func apply(_ operation: String, _ argument: String, to text: String) -> String? {
    switch operation {
    case "%", "%%", "#", "##": return strip(operation, argument, text)
    case "/", "//":
      let parts = argument.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = parts.first, !first.isEmpty, !first.contains("*") else { return nil }
      return replace(
        String(first), with: parts.count > 1 ? String(parts[1]) : "", in: text,
        all: operation == "//")
    case ",,": return text.lowercased()
    case "^^": return text.uppercased()
    default: return nil
    }
  }

  private static func strip(_ operation: String, _ pattern: String, _ text: String) -> String {
    // Only short values are worth the search.
    guard text.count <= 1024 else { return text }
    let isSuffix = operation.hasPrefix("%")
    let isLongest = operation.count == 2
    let counts = Array(0...text.count)
    for count in isLongest ? counts.reversed() : counts {
      let piece = isSuffix ? text.suffix(count) : text.prefix(count)
      if matches(String(piece), pattern) {
        return String(isSuffix ? text.dropLast(count) : text.dropFirst(count))
      }
    }
    return text
  }

  private static func replace(
    _ pattern: String, with replacement: String, in text: String, all: Bool
  ) -> String {
    var result = ""
    var rest = Substring(text)
    while let range = rest.firstRange(of: pattern) {
      result += rest[..<range.lowerBound] + replacement
      rest = rest[range.upperBound...]
      if !all { break }
    }
    return result + rest
  }

  /// `a{b,c}d` as two fields; other braces stay.
  static func braces(_ text: String) -> [ShellField] {
    guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else {
      return [ShellField(text: text)]
    }
    let inside = text[text.index(after: open)..<close]
    guard inside.contains(","), !inside.contains("{") else { return [ShellField(text: text)] }
    let (head, tail) = (text[..<open], text[text.index(after: close)...])
    return inside.split(separator: ",", omittingEmptySubsequences: false).prefix(1000)
      .map { ShellField(text: String(head) + $0 + tail) }
  }
}
