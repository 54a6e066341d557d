/// Writes texts so that they are read back as the same texts.
enum YAMLScalar {
  /// A text as a YAML scalar, in quotes where it would be read as something else.
  static func text(_ text: String, isInFlow: Bool = false) -> String {
    isPlain(text, isInFlow: isInFlow) ? text : quoted(text)
  }

  private static func isPlain(_ text: String, isInFlow: Bool) -> Bool {
    guard case .string? = ScalarResolution.resolve(text), let first = text.unicodeScalars.first,
      let last = text.unicodeScalars.last, text != "<<"
    else { return false }
    if "-?:,[]{}#&*!|>'\"%@` ".unicodeScalars.contains(first) || last == " " || last == ":" {
      return false
    }
    if text.contains(": ") || text.contains(" #") || text.hasPrefix("---") || text.hasPrefix("...")
    {
      return false
    }
    if isInFlow, text.contains(where: { ",[]{}:".contains($0) }) { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && scalar.value != 0x7F && !(0x80...0xA0).contains(scalar.value)
        && scalar.value != 0x2028 && scalar.value != 0x2029 && scalar.value != 0xFEFF
    }
  }

  /// A text in double quotes; the escapes are also JSON's.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        let needsEscape =
          scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0x2028
          || scalar.value == 0x2029 || scalar.value == 0xFEFF
        if needsEscape {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
