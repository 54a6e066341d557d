extension Span {
  /// Reads a duration such as `90s`, `1h30m`, `1.5h` or `7d`; nil when it is none or too long.
  ///
  /// The units are Go's (`ns`, `us`, `µs`, `ms`, `s`, `m`, `h`) and `d` for 24 hours; each number
  /// needs one, except a lone `0`. Negative durations are refused.
  public init?(duration text: String) {
    if text == "0" {
      self = .zero
      return
    }
    var rest = Substring(text)
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      rest = rest.dropFirst(unit.count)
      guard number.first != ".", number.last != ".", let value = Double(number),
        let factor = Self.nanoseconds(in: unit)
      else { return nil }
      total += value * factor
    }
    // Above 2^63 nanoseconds (292 years) there is no such moment.
    guard total < 9.2e18 else { return nil }
    self.init(nanoseconds: Int64(total.rounded(.up)))
  }

  private static func nanoseconds(in unit: Substring) -> Double? {
    switch unit {
    case "ns": 1
    case "us", "µs", "μs": 1e3
    case "ms": 1e6
    case "s": 1e9
    case "m": 60e9
    case "h": 3_600e9
    case "d": 86_400e9
    default: nil
    }
  }
}
