import GantryModel

/// One `--set path=value`, taken apart.
struct SettingPath {
  /// One step into the tree, with the column where it is written.
  struct Segment {
    /// What the step leads to.
    enum Kind: Equatable {
      case name(String)
      case index(Int)
    }

    var kind: Kind
    var column: Int

    /// The step as a part of a name.
    var text: String {
      switch kind {
      case .name(let name): name
      case .index(let index): "[\(index)]"
      }
    }
  }

  private(set) var segments: [Segment] = []
  /// The text after the first '=' outside of quotes.
  private(set) var value = ""
  /// The column where the value begins, counted from 1.
  private(set) var valueColumn = 1

  private let scalars: [Unicode.Scalar]
  private var index = 0

  /// What is wrong with an option, and where.
  struct Problem: Error {
    var message: String
    var column: Int
  }

  /// Takes an option apart.
  /// - Throws: The first thing that is wrong.
  init(_ option: String) throws(Problem) {
    scalars = Array(option.unicodeScalars)
    while true {
      try readSegment()
      guard index < scalars.count else {
        throw Problem(message: "expected '=' and a value", column: scalars.count + 1)
      }
      if scalars[index] == "=" { break }
      if scalars[index] == "." {
        index += 1
      } else if scalars[index] != "[" {
        throw Problem(message: "expected '.', '[' or '='", column: index + 1)
      }
    }
    valueColumn = index + 2
    value = String(String.UnicodeScalarView(scalars[(index + 1)...]))
  }

  private mutating func readSegment() throws(Problem) {
    let start = index
    guard index < scalars.count else {
      throw Problem(message: "expected a name", column: index + 1)
    }
    switch scalars[index] {
    case "[":
      index += 1
      let kind = try readBracket()
      segments.append(Segment(kind: kind, column: start + 1))
    case "\"", "'": segments.append(Segment(kind: .name(try readQuoted()), column: start + 1))
    default:
      while index < scalars.count, !".[=".unicodeScalars.contains(scalars[index]) { index += 1 }
      guard index > start else {
        throw Problem(message: "expected a name", column: start + 1)
      }
      let name = String(String.UnicodeScalarView(scalars[start..<index]))
      segments.append(Segment(kind: .name(name), column: start + 1))
    }
  }

  private mutating func readBracket() throws(Problem) -> Segment.Kind {
    let start = index
    let kind: Segment.Kind
    if index < scalars.count, scalars[index] == "\"" || scalars[index] == "'" {
      kind = .name(try readQuoted())
    } else {
      while index < scalars.count, scalars[index] != "]" { index += 1 }
      let digits = String(String.UnicodeScalarView(scalars[start..<index]))
      guard let number = Int(digits), number >= 0 else {
        throw Problem(
          message: "expected a number from 0 or a quoted name in brackets", column: start + 1)
      }
      kind = .index(number)
    }
    guard index < scalars.count, scalars[index] == "]" else {
      throw Problem(message: "expected ']'", column: index + 1)
    }
    index += 1
    return kind
  }

  private mutating func readQuoted() throws(Problem) -> String {
    let quote = scalars[index]
    let start = index + 1
    index = start
    while index < scalars.count, scalars[index] != quote { index += 1 }
    guard index < scalars.count else {
      throw Problem(message: "the quote is not closed", column: start)
    }
    index += 1
    return String(String.UnicodeScalarView(scalars[start..<(index - 1)]))
  }
}
