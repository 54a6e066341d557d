/// Numbers as people read them; rounding happens here and nowhere before.
///
/// Numbers and their units are joined by no-break spaces, which become plain ones on the page.
enum Figures {
  /// A number with a fixed number of decimals, rounded half away from zero; no locale.
  static func fixed(_ value: Double, _ decimals: Int, grouped: Bool = false) -> String {
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    let scaled = (value.magnitude * factor).rounded()
    // Beyond 2^53 a double has no decimals left; not a number and infinity have none either.
    guard scaled < 9_007_199_254_740_992 else { return value.description }
    let (whole, part) = Int64(scaled).quotientAndRemainder(dividingBy: Int64(factor))
    let digits = String(part)
    let fraction = String(repeating: "0", count: decimals - (decimals > 0 ? digits.count : 0))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let head = grouped ? Self.grouped(whole) : String(whole)
    return sign + head + (decimals > 0 ? "." + fraction + digits : "")
  }

  /// A whole number with commas between thousands.
  static func grouped(_ value: Int64) -> String {
    var text = ""
    let digits = String(value.magnitude)
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + text
  }

  /// A span in tables: `0.4s`, `12.4s`, `4m12.3s`, `1h04m12s`, `2d03h04m`.
  static func duration(_ seconds: Double) -> String {
    span(seconds, tenths: true)
  }

  /// A span in sentences: as in tables, but whole seconds from ten seconds on.
  static func spoken(_ seconds: Double) -> String {
    span(seconds, tenths: seconds.magnitude < 9.95)
  }

  private static func span(_ seconds: Double, tenths: Bool) -> String {
    guard seconds.isFinite, seconds.magnitude < 1e12 else { return "\(seconds)s" }
    let sign = seconds < 0 ? "-" : ""
    let size = seconds.magnitude
    if size == 0 { return "0s" }
    let all = Int64((size * 10).rounded())
    if all == 0 { return "<0.1s" }
    if tenths && all < 36_000 {
      let (minutes, rest) = all.quotientAndRemainder(dividingBy: 600)
      let decimal = "\(rest % 10)s"
      if minutes == 0 { return "\(sign)\(rest / 10).\(decimal)" }
      return "\(sign)\(minutes)m\(two(rest / 10)).\(decimal)"
    }
    return sign + coarse(Int64(size.rounded()))
  }

  /// A span in whole seconds: `0s`, `42s`, `4m12s`.
  static func wholeSeconds(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds.magnitude < 1e12 else { return "\(seconds)s" }
    let whole = Int64(seconds.magnitude.rounded())
    return (seconds < 0 && whole > 0 ? "-" : "") + coarse(whole)
  }

  private static func coarse(_ seconds: Int64) -> String {
    let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
    if minutes == 0 { return "\(rest)s" }
    if minutes < 60 { return "\(minutes)m\(two(rest))s" }
    if minutes < 1440 { return "\(minutes / 60)h\(two(minutes % 60))m\(two(rest))s" }
    return "\(minutes / 1440)d\(two(minutes / 60 % 24))h\(two(minutes % 60))m"
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Money of a run: three significant digits, at least cents, whole dollars from a thousand on.
  static func usd(_ amount: Double) -> String { "USD\u{A0}" + money(amount, decimals(for: amount)) }

  /// Money of a month: whole dollars; less than half a dollar is named as such.
  static func wholeUSD(_ amount: Double) -> String {
    amount.magnitude < 0.5 && amount != 0 ? "<USD\u{A0}1" : "USD\u{A0}" + money(amount, 0)
  }

  /// An amount without the currency.
  static func money(_ amount: Double, _ decimals: Int) -> String {
    fixed(amount, decimals, grouped: true)
  }

  /// The decimals that show three significant digits of an amount, two at least below a thousand.
  static func decimals(for amount: Double) -> Int {
    let size = amount.magnitude
    if size >= 1000 { return 0 }
    if size == 0 { return 2 }
    var decimals = 2
    var limit = 1.0
    while size < limit && decimals < 8 {
      limit /= 10
      if size < limit { decimals += 1 }
    }
    return size < 1 ? decimals + 1 : 2
  }

  /// A share of one: `31 %`, `4.2 %`, `<1 %`.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "" }
    let size = (share * 100).magnitude
    if size == 0 { return "0\u{A0}%" }
    if size < 1 { return "<1\u{A0}%" }
    if size >= 99.5 && size < 100 { return ">99\u{A0}%" }
    return fixed(share * 100, size < 9.95 ? 1 : 0) + "\u{A0}%"
  }

  /// Bytes in powers of ten: `6.6 GB`, `850 MB`.
  static func bytes(_ count: Double) -> String {
    if count == 0 { return "0" }
    for (unit, size) in [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
    where count >= size { return fixed(count / size, count / size < 9.95 ? 1 : 0) + " " + unit }
    return fixed(count, 0) + " B"
  }

  /// A figure of unknown size in as few digits as say it: `0.05`, `180`, `12.5`, `1.21e9` never.
  static func plain(_ value: Double) -> String {
    if value == value.rounded() { return fixed(value, 0, grouped: value.magnitude >= 10_000) }
    var decimals = 1
    var limit = 1.0
    while value.magnitude < limit && decimals < 12 {
      limit /= 10
      decimals += 1
    }
    var text = fixed(value, decimals + 1)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// A figure of unknown size in so many significant digits, with commas between thousands.
  static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value != 0, value.isFinite else { return plain(value) }
    var limit = 1.0
    for _ in 0..<digits { limit *= 10 }
    var scaled = value.magnitude
    var decimals = 0
    var place = 1.0
    while scaled >= limit {
      scaled /= 10
      place *= 10
    }
    while place == 1, scaled < limit / 10, decimals < 15 {
      scaled *= 10
      decimals += 1
    }
    guard decimals > 0 else { return fixed((value / place).rounded() * place, 0, grouped: true) }
    var text = fixed(value, decimals, grouped: true)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// `1 run`, `2 runs`.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    number == 1 ? "1 \(noun)" : "\(grouped(Int64(number))) \(plural ?? noun + "s")"
  }
}
