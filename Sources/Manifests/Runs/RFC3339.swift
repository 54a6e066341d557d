/// Times as Kubernetes writes them.
enum RFC3339 {
  /// Seconds since 1970 of `2026-01-31T08:00:00Z`, with a fraction or an offset if need be; nil when
  /// the text is no time.
  static func seconds(_ text: String) -> Double? {
    var rest = Substring(text)
    guard let year = digits(4, &rest), take("-", &rest), let month = digits(2, &rest),
      take("-", &rest), let day = digits(2, &rest), take("T", &rest) || take("t", &rest),
      let hour = digits(2, &rest), take(":", &rest), let minute = digits(2, &rest),
      take(":", &rest), let second = digits(2, &rest)
    else { return nil }
    guard (1...12).contains(month), (1...length(of: month, in: year)).contains(day), hour < 24,
      minute < 60, second <= 60, let fraction = fraction(&rest), let offset = offset(&rest),
      rest.isEmpty
    else { return nil }
    let days = Self.days(year, month, day)
    return Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset) + fraction
  }

  private static func take(_ sign: Character, _ rest: inout Substring) -> Bool {
    guard rest.first == sign else { return false }
    rest.removeFirst()
    return true
  }

  private static func digits(_ count: Int, _ rest: inout Substring) -> Int? {
    let text = rest.prefix(count)
    guard text.utf8.count == count, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    rest.removeFirst(count)
    return Int(text)
  }

  private static func fraction(_ rest: inout Substring) -> Double? {
    guard take(".", &rest) else { return 0 }
    let text = rest.prefix { $0.isASCII && $0.isNumber }
    guard !text.isEmpty else { return nil }
    rest.removeFirst(text.count)
    return Double("0." + text)
  }

  /// Seconds that the clock is ahead of UTC.
  private static func offset(_ rest: inout Substring) -> Int? {
    if take("Z", &rest) || take("z", &rest) { return 0 }
    let isAhead = rest.first == "+"
    guard take("+", &rest) || take("-", &rest), let hours = digits(2, &rest), take(":", &rest),
      let minutes = digits(2, &rest), hours < 24, minutes < 60
    else { return nil }
    return (isAhead ? 1 : -1) * (hours * 3600 + minutes * 60)
  }

  private static func length(of month: Int, in year: Int) -> Int {
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Days since 1970 in the Gregorian calendar, counted from years that begin in March.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
