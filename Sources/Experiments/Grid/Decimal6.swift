/// A number with at most six decimals, held exactly: 0.1 + 0.2 is 0.3.
struct Decimal6: Hashable {
  /// The number times a million.
  var millionths: Int

  init(millionths: Int) { self.millionths = millionths }

  /// Nil for what is no such number, and beyond a billion.
  init?(_ text: Substring) {
    let isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, text.count - (isNegative ? 1 : 0) > 0, let whole = Int(parts[0]),
      (0...1_000_000_000).contains(whole)
    else { return nil }
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard (1...6).contains(fraction.count), fraction.allSatisfy({ $0.isASCII && $0.isNumber }),
      let decimals = Int(fraction + String(repeating: "0", count: 6 - fraction.count))
    else { return nil }
    millionths = (whole * 1_000_000 + decimals) * (isNegative ? -1 : 1)
  }

  /// The number in as few digits as say it.
  var text: String {
    let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    let sign = millionths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    var digits = String(rest)
    digits = String(repeating: "0", count: 6 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }
}
