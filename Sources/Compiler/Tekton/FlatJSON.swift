/// Reads a JSON list of strings, or an object of strings; nothing nested.
enum FlatJSON {
  /// The strings of `["a","b"]`; nil when the text is anything else.
  static func list(_ text: String) -> [String]? {
    var scanner = Scanner(text)
    guard scanner.take("[") else { return nil }
    var items: [String] = []
    if scanner.take("]") { return scanner.isAtEnd ? items : nil }
    repeat {
      guard let item = scanner.string() else { return nil }
      items.append(item)
    } while scanner.take(",")
    return scanner.take("]") && scanner.isAtEnd ? items : nil
  }

  /// The entries of `{"k":"v"}`; nil when the text is anything else.
  static func object(_ text: String) -> [(key: String, value: String)]? {
    var scanner = Scanner(text)
    guard scanner.take("{") else { return nil }
    var entries: [(key: String, value: String)] = []
    if scanner.take("}") { return scanner.isAtEnd ? entries : nil }
    repeat {
      guard let key = scanner.string(), scanner.take(":"), let value = scanner.string() else {
        return nil
      }
      entries.append((key, value))
    } while scanner.take(",")
    return scanner.take("}") && scanner.isAtEnd ? entries : nil
  }

  private struct Scanner {
    var rest: Substring

    init(_ text: String) { rest = Substring(text) }

    var isAtEnd: Bool {
      mutating get {
        skipSpace()
        return rest.isEmpty
      }
    }

    mutating func take(_ mark: Character) -> Bool {
      skipSpace()
      guard rest.first == mark else { return false }
      rest.removeFirst()
      return true
    }

    mutating func string() -> String? {
      guard take("\"") else { return nil }
      var text = ""
      while let character = rest.popFirst() {
        if character == "\"" { return text }
        guard character == "\\" else {
          text.append(character)
          continue
        }
        guard let escaped = rest.popFirst() else { return nil }
        switch escaped {
        case "n": text.append("\n")
        case "t": text.append("\t")
        case "r": text.append("\r")
        case "\"", "\\", "/": text.append(escaped)
        default: return nil
        }
      }
      return nil
    }

    private mutating func skipSpace() {
      while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    }
  }
}
