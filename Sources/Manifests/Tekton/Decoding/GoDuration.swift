/// A duration as Go's time package reads and prints it ("1h30m", "90s", "1.5h", "0").
///
/// Source: documentation of Go's `time.ParseDuration` and `Duration.String`, read 2026-11-22.
public struct GoDuration: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// Makes a duration from nanoseconds.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Makes a duration from minutes.
  public init(minutes: Int64) { nanoseconds = minutes * 60_000_000_000 }

  public static func < (a: Self, b: Self) -> Bool { a.nanoseconds < b.nanoseconds }

  /// Reads the text form; nil when it is not a duration or does not fit.
  public init?(_ text: String) {
    var rest = Substring(text)
    var isNegative = false
    if let sign = rest.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      rest = rest.dropFirst()
    }
    if rest == "0" {
      nanoseconds = 0
      return
    }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = GoDuration.takePart(&rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    nanoseconds = isNegative ? -total : total
  }

  /// One number with its unit, in nanoseconds.
  private static func takePart(_ rest: inout Substring) -> Int64? {
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(whole.count)
    var fraction = Substring()
    if rest.first == "." {
      rest = rest.dropFirst()
      fraction = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(fraction.count)
    }
    guard !(whole.isEmpty && fraction.isEmpty) else { return nil }
    let unit = rest.prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
    rest = rest.dropFirst(unit.count)
    guard let scale = units[String(unit)], let count = whole.isEmpty ? 0 : Int64(whole) else {
      return nil
    }
    let (product, overflow) = count.multipliedReportingOverflow(by: scale)
    guard !overflow else { return nil }
    let part = fraction.isEmpty ? 0 : (Double("0." + fraction) ?? 0) * Double(scale)
    let (sum, sumOverflow) = product.addingReportingOverflow(Int64(part))
    return sumOverflow ? nil : sum
  }

  private static let units: [String: Int64] = [
    "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000, "s": 1_000_000_000,
    "m": 60_000_000_000, "h": 3_600_000_000_000,
  ]

  /// What is wrong with a text that is not a duration.
  static func complaint(about text: String) -> String {
    let digits = text.drop { $0 == "-" || $0 == "+" }
    let unit = digits.drop { ($0.isASCII && $0.isNumber) || $0 == "." }
      .prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
    guard digits.first.map({ $0.isNumber || $0 == "." }) == true else {
      return "'\(text)' is not a duration"
    }
    if unit.isEmpty { return "missing unit in duration '\(text)'" }
    return units[String(unit)] == nil
      ? "unknown unit '\(unit)' in duration '\(text)'" : "'\(text)' is not a duration"
  }

  /// Go's text form, such as `1h0m0s`, `25m0s`, `1.5s`, `0s`.
  public var description: String {
    if nanoseconds == 0 { return "0s" }
    let sign = nanoseconds < 0 ? "-" : ""
    let size = nanoseconds.magnitude
    if size < 1_000_000_000 {
      let (scale, unit): (UInt64, String) =
        size < 1_000 ? (1, "ns") : size < 1_000_000 ? (1_000, "µs") : (1_000_000, "ms")
      return sign + GoDuration.decimal(size, scale: scale) + unit
    }
    let minutes = size / 60_000_000_000
    let seconds = GoDuration.decimal(size % 60_000_000_000, scale: 1_000_000_000) + "s"
    if minutes == 0 { return sign + seconds }
    let hours = minutes / 60
    return sign + (hours == 0 ? "" : "\(hours)h") + "\(minutes % 60)m" + seconds
  }

  private static func decimal(_ value: UInt64, scale: UInt64) -> String {
    let rest = value % scale
    guard rest != 0 else { return "\(value / scale)" }
    let width = String(scale).count - 1
    var digits = String(rest)
    digits = String(repeating: "0", count: width - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(value / scale).\(digits)"
  }
}
