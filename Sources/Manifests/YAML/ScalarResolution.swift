/// Gives plain scalars their types as the Kubernetes clients do: YAML 1.1 booleans, integers in
/// bases 2, 8, 10 and 16, no sexagesimal numbers, timestamps stay text.
///
/// Numbers are written in the form of the JSON that reaches the API server (`0x10` is `16`, `1.20`
/// is `1.2`). Source: YAML 1.1 type repository (bool, int, float, null) and the behaviour of
/// sigs.k8s.io/yaml v1.4, read 2026-11-22.
enum ScalarResolution {
  /// The typed value of a plain scalar; nil for a number that JSON cannot hold (`.inf`, `.nan`).
  static func resolve(_ text: String) -> YAMLNode.Content? {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      return number(text).map { .number($0) } ?? (isInfinite(text) ? nil : .string(text))
    case UInt8(ascii: "."):
      if isInfinite(text) || [".nan", ".NaN", ".NAN"].contains(text) { return nil }
      return number(text).map { .number($0) } ?? .string(text)
    default:
      return text.utf8.count <= 5 ? word(text) : .string(text)
    }
  }

  private static func word(_ text: String) -> YAMLNode.Content {
    switch text {
    case "~", "null", "Null", "NULL": .null
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .bool(false)
    default: .string(text)
    }
  }

  private static func isInfinite(_ text: String) -> Bool {
    var rest = Substring(text)
    if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
    return rest == ".inf" || rest == ".Inf" || rest == ".INF"
  }

  /// The canonical text of a number, or nil when the scalar is not one.
  static func number(_ text: String) -> String? {
    // Ordinary decimal integers are what manifests hold: they stay as they are.
    let digits = text.utf8
    if digits.count <= 18, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      digits.count == 1 || digits.first != 0x30
    {
      return text
    }
    let plain = text.utf8.contains(UInt8(ascii: "_")) ? text.filter { $0 != "_" } : text
    if let whole = integer(plain) { return whole }
    guard isDecimal(plain) else { return nil }
    var digitsOnly = Substring(plain)
    if digitsOnly.hasPrefix("+") { digitsOnly = digitsOnly.dropFirst() }
    guard let value = Double(complete(digitsOnly)), value.isFinite else { return nil }
    return canonical(value)
  }

  /// A floating-point number as JSON encoders of the Kubernetes clients write it.
  static func canonical(_ value: Double) -> String {
    if let whole = Int64(exactly: value) { return String(whole) }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func integer(_ text: String) -> String? {
    var rest = Substring(text)
    let negative = rest.hasPrefix("-")
    if negative || rest.hasPrefix("+") { rest = rest.dropFirst() }
    guard rest.first?.isASCII == true, rest.first?.isNumber == true else { return nil }
    var radix = 10
    if rest.count > 1, rest.hasPrefix("0") {
      let (base, prefix) =
        switch rest.dropFirst().first {
        case "x", "X": (16, 2)
        case "o", "O": (8, 2)
        case "b", "B": (2, 2)
        default: (8, 1)
        }
      radix = base
      rest = rest.dropFirst(prefix)
      guard rest.first != "+", rest.first != "-" else { return nil }
    }
    guard let magnitude = UInt64(rest, radix: radix) else { return nil }
    if negative {
      return magnitude <= 1 << 63 ? (magnitude == 0 ? "0" : "-\(magnitude)") : nil
    }
    return String(magnitude)
  }

  /// Whether the text is `[+-] digits [. digits] [e [+-] digits]` with a digit before the exponent.
  private static func isDecimal(_ text: String) -> Bool {
    var bytes = Substring(text).utf8
    func takeDigits() -> Int {
      let count = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      bytes = bytes.dropFirst(count)
      return count
    }
    if bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") {
      bytes = bytes.dropFirst()
    }
    var mantissa = takeDigits()
    if bytes.first == UInt8(ascii: ".") {
      bytes = bytes.dropFirst()
      mantissa += takeDigits()
    }
    guard mantissa > 0 else { return false }
    if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
      bytes = bytes.dropFirst()
      if bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") {
        bytes = bytes.dropFirst()
      }
      guard takeDigits() > 0 else { return false }
    }
    return bytes.isEmpty
  }

  /// `.5` and `5.` with the zeros that number readers ask for.
  private static func complete(_ text: Substring) -> String {
    var parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 2 else { return String(text) }
    if parts[0].isEmpty || parts[0] == "-" { parts[0] += "0" }
    if parts[1].first?.isNumber != true { parts[1] = "0" + parts[1] }
    return parts.joined(separator: ".")
  }
}
