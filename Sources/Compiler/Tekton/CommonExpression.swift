/// The part of CEL (Common Expression Language) that conditions of pipelines use: strings, numbers,
/// booleans, lists, comparison, `in`, `&&`, `||`, `!`, `?:`, parentheses, `size` and the string
/// tests `startsWith`, `endsWith`, `contains` and `matches` with a literal.
///
/// Source: CEL language definition (cel-spec), read 2026-11-23.
enum CommonExpression {
  /// The truth of an expression; nil when it is not understood or is no boolean.
  static func evaluate(_ text: String) -> Bool? {
    guard let tokens = CELToken.scan(text) else { return nil }
    var parser = CELParser(tokens: tokens)
    guard let value = parser.conditional(), parser.isAtEnd, case .bool(let result) = value else {
      return nil
    }
    return result
  }
}

/// A value of an expression.
enum CELValue: Hashable {
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case list([CELValue])
}

/// A word of an expression.
enum CELToken: Hashable {
  case string(String)
  case int(Int)
  case double(Double)
  case name(String)
  case mark(String)

  /// Splits a text into words; nil when a character belongs to none.
  static func scan(_ text: String) -> [CELToken]? {
    var tokens: [CELToken] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first == "'" || first == "\"" {
        guard let string = quoted(&rest) else { return nil }
        tokens.append(.string(string))
      } else if first.isASCII, first.isNumber {
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        rest = rest.dropFirst(digits.count)
        if let value = Int(digits) {
          tokens.append(.int(value))
        } else if let value = Double(digits) {
          tokens.append(.double(value))
        } else {
          return nil
        }
      } else if first.isLetter || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest.dropFirst(word.count)
        tokens.append(.name(String(word)))
      } else {
        let two = String(rest.prefix(2))
        let isTwo = ["==", "!=", "<=", ">=", "&&", "||"].contains(two)
        guard isTwo || "<>!()[],.?:+-".contains(first) else { return nil }
        tokens.append(.mark(isTwo ? two : String(first)))
        rest = rest.dropFirst(isTwo ? 2 : 1)
      }
    }
    return tokens
  }

  private static func quoted(_ rest: inout Substring) -> String? {
    let quote = rest.removeFirst()
    var text = ""
    while let character = rest.popFirst() {
      if character == quote { return text }
      if character == "\\" {
        guard let escaped = rest.popFirst() else { return nil }
        text.append(escaped == "n" ? "\n" : escaped)
      } else {
        text.append(character)
      }
    }
    return nil
  }
}
