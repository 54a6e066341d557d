/// Durations as Go writes and reads them ("1h30m", "90s", "-1.5h"), which Tekton uses everywhere.
///
/// Source: Go documentation, package time, ParseDuration and Duration.String, read 2026-11-23.
public enum DurationText {
  /// The duration in seconds; nil when the text is not one.
  public static func seconds(_ text: String) -> Double? {
    var rest = Substring(text)
    var sign = 1.0
    if let first = rest.first, first == "-" || first == "+" {
      sign = first == "-" ? -1 : 1
      rest = rest.dropFirst()
    }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      rest = rest.dropFirst(unit.count)
      guard number != ".", let value = decimal(number), let factor = factor(of: String(unit))
      else { return nil }
      total += value * factor
    }
    return total.isFinite && total < 9.3e9 ? sign * total : nil
  }

  /// The text that Go prints for a duration in seconds, such as `1h0m0s` or `1.5s`.
  public static func text(_ seconds: Double) -> String {
    let nanoseconds = Int64((seconds * 1e9).rounded())
    if nanoseconds == 0 { return "0s" }
    let sign = nanoseconds < 0 ? "-" : ""
    let size = nanoseconds.magnitude
    if size < 1000 { return "\(sign)\(size)ns" }
    if size < 1_000_000 { return sign + fraction(size, unit: 1000) + "µs" }
    if size < 1_000_000_000 { return sign + fraction(size, unit: 1_000_000) + "ms" }
    let minutes = size / 60_000_000_000
    let secondsText = fraction(size % 60_000_000_000, unit: 1_000_000_000) + "s"
    if minutes == 0 { return sign + secondsText }
    let hours = minutes / 60
    return sign + (hours > 0 ? "\(hours)h" : "") + "\(minutes % 60)m" + secondsText
  }

  private static func decimal(_ digits: Substring) -> Double? {
    guard !digits.isEmpty, digits.filter({ $0 == "." }).count <= 1 else { return nil }
    var text = String(digits)
    if text.hasPrefix(".") { text = "0" + text }
    if text.hasSuffix(".") { text += "0" }
    return Double(text)
  }

  private static func factor(of unit: String) -> Double? {
    switch unit {
    case "ns": 1e-9
    case "us", "µs", "μs": 1e-6
    case "ms": 1e-3
    case "s": 1
    case "m": 60
    case "h": 3600
    default: nil
    }
  }

  private static func fraction(_ value: UInt64, unit: UInt64) -> String {
    let (whole, rest) = value.quotientAndRemainder(dividingBy: unit)
    guard rest > 0 else { return "\(whole)" }
    var digits = String(rest)
    let width = String(unit).count - 1
    digits = String(repeating: "0", count: width - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
