import GantryModel

extension YAMLNode {
  /// The value as canonical JSON: keys sorted, no white space, numbers as written in JSON's form.
  ///
  /// - Complexity: O(size of the value · log keys).
  public var canonicalJSON: String {
    var text = ""
    append(to: &text)
    return text
  }

  private func append(to text: inout String) {
    switch content {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .number(let number): text += YAMLNode.jsonNumber(number)
    case .string(let string): YAMLNode.appendJSON(string, to: &text)
    case .sequence(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.append(to: &text)
      }
      text += "]"
    case .mapping(let entries):
      text += "{"
      let sorted = entries.sorted { $0.key.value < $1.key.value }
      for (index, entry) in sorted.enumerated() {
        if index > 0 { text += "," }
        YAMLNode.appendJSON(entry.key.value, to: &text)
        text += ":"
        entry.value.append(to: &text)
      }
      text += "}"
    }
  }

  private static func jsonNumber(_ number: String) -> String {
    if let whole = Int64(number) { return String(whole) }
    if let value = Double(number), value.isFinite { return value.description }
    return "\"\(number)\""
  }

  /// Writes a JSON string, with everything escaped that must be.
  public static func appendJSON(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<" ":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
