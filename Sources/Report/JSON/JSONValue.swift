/// A JSON value whose objects keep the order of their members.
indirect enum JSONValue: Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A name and its value.
  struct Member: Hashable {
    var name: String
    var value: JSONValue
  }

  /// An object of members in order.
  static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(list(members))
  }

  /// The members of an object in order, for one that gets more of them.
  static func list(_ members: KeyValuePairs<String, JSONValue>) -> [Member] {
    members.map { Member(name: $0.key, value: $0.value) }
  }

  /// A text, or null.
  static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// A whole number, or null.
  static func count(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }

  /// A number, or null.
  static func number(_ number: Double?) -> JSONValue { number.map(JSONValue.double) ?? .null }

  /// Seconds to the nanosecond, the simulation's own precision, or null.
  static func seconds(_ seconds: Double?) -> JSONValue {
    guard let seconds else { return .null }
    let nanoseconds = (seconds * 1e9).rounded()
    return .double(nanoseconds / 1e9)
  }
}

extension JSONValue: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .string(value) }
}

// MARK: Writing

extension JSONValue {
  /// The value as text, two spaces per level, with a line break at the end.
  ///
  /// Numbers are the shortest that read back equal, without exponents.
  var prettyText: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .double(let value): text += JSONValue.digits(of: value)
    case .string(let value): JSONValue.quote(value, to: &text)
    case .array(let values):
      JSONValue.write(values.count, "[", "]", to: &text, indent: indent) { index, text in
        values[index].write(to: &text, indent: indent + 1)
      }
    case .object(let members):
      JSONValue.write(members.count, "{", "}", to: &text, indent: indent) { index, text in
        JSONValue.quote(members[index].name, to: &text)
        text += ": "
        members[index].value.write(to: &text, indent: indent + 1)
      }
    }
  }

  private static func write(
    _ count: Int, _ open: String, _ close: String, to text: inout String, indent: Int,
    _ element: (Int, inout String) -> Void
  ) {
    text += open
    for index in 0..<count {
      text += index == 0 ? "\n" : ",\n"
      text += String(repeating: "  ", count: indent + 1)
      element(index, &text)
    }
    if count > 0 { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let hex = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }

  /// The shortest decimal digits that read back as the same number; null when it is none.
  static func digits(of value: Double) -> String {
    guard value.isFinite else { return "null" }
    let text = value == 0 ? "0" : value.description
    guard let mark = text.firstIndex(of: "e") else {
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    return shifted(text[..<mark], by: Int(text[text.index(after: mark)...]) ?? 0)
  }

  /// Digits with the point moved, so that no exponent is needed.
  private static func shifted(_ mantissa: Substring, by exponent: Int) -> String {
    let sign = mantissa.hasPrefix("-") ? "-" : ""
    let parts = mantissa.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let whole = String(parts[0])
    let fraction = parts.count > 1 && parts[1] != "0" ? String(parts[1]) : ""
    let digits = whole + fraction
    let point = whole.count + exponent
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count {
      return sign + digits + String(repeating: "0", count: point - digits.count)
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }
}
