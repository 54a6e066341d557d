internal import GantryModel

/// A figure with its interval, in no more digits than the interval supports.
///
/// The half width has one significant digit, two when it starts with 1; the value ends at the same
/// place. A value without an interval, one of a single replication included, has two significant digits
/// and is marked as rough; a month's bill keeps its dollars, as most of it is known without any run.
struct EstimateText {
  let page: Page

  /// What follows a change of which chance cannot be told.
  static let unknownMark = "\u{A0}?"
  /// What the mark means.
  static let unknown = "? is not known: \(noInterval)"
  /// Why chance cannot be told.
  static let noInterval = "too few replications for an interval"

  /// A time: `4m12s ± 3s`.
  func time(_ estimate: Estimate?, signed: Bool = false) -> String {
    text(estimate, finest: 0.1, signed: signed) { value, place in
      place < 1 ? Figures.duration(value) : Figures.wholeSeconds(value)
    }
  }

  /// Money of a run: `0.122 ± 0.003`.
  func usd(_ estimate: Estimate?, signed: Bool = false) -> String {
    text(estimate, finest: 0.0001, signed: signed, Self.number)
  }

  /// Money of a month, at most to the dollar.
  func wholeUSD(_ estimate: Estimate?, signed: Bool = false) -> String {
    text(estimate, finest: 1, signed: signed, rough: 1, Self.number)
  }

  /// A share of one in percent: `31 ± 2 %`.
  func percent(_ estimate: Estimate?) -> String {
    guard let estimate else { return page.dash }
    let scaled = Estimate(
      value: estimate.value * 100, halfWidth: estimate.halfWidth.map { $0 * 100 })
    return text(scaled, finest: 0.1, signed: false, Self.number) + "\u{A0}%"
  }

  /// The place of the last digit that a half width supports: 10 for 83, 0.1 for 0.34, 1 for 14.
  static func place(of halfWidth: Double) -> Double {
    let leading = power(below: halfWidth)
    let digit = (halfWidth / leading).rounded()
    // 9.7 is 10 in one digit: the next place then.
    if digit >= 10 { return leading }
    return digit < 2 ? leading / 10 : leading
  }

  /// The largest power of ten that is not above a number.
  private static func power(below number: Double) -> Double {
    var power = 1.0
    while power > number, power > 1e-12 { power /= 10 }
    while power * 10 <= number, power < 1e15 { power *= 10 }
    return power
  }

  private static func number(_ value: Double, _ place: Double) -> String {
    var decimals = 0
    var left = place
    while left < 0.999, decimals < 9 {
      left *= 10
      decimals += 1
    }
    return Figures.fixed(value, decimals, grouped: true)
  }

  private func text(
    _ estimate: Estimate?, finest: Double, signed: Bool, rough: Double? = nil,
    _ format: (_ value: Double, _ place: Double) -> String
  ) -> String {
    guard let estimate else { return page.dash }
    func written(_ place: Double) -> String {
      let place = max(place, finest)
      let value = (estimate.value / place).rounded() * place
      return (signed && value > 0 ? "+" : "") + format(value, place)
    }
    guard let half = estimate.halfWidth else {
      let size = estimate.value.magnitude
      let sign = page.options.unicode ? "≈" : "~"
      return size > 0 ? sign + written(rough ?? Self.power(below: size) / 10) : written(finest)
    }
    guard half >= finest / 2 else { return written(finest) }
    let place = max(Self.place(of: half), finest)
    let width = (half / place).rounded() * place
    return "\(written(place))\u{A0}\(page.plusMinus)\u{A0}\(format(width, place))"
  }
}
