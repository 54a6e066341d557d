internal import GantryModel

/// Values of an axis in words and digits.
struct AxisWords {
  let axis: BreakevenAxis
  /// What is told apart from each other on the page, besides what is asked for.
  var values: [Double] = []

  /// More digits than these say nothing that anybody would set.
  private static let mostDigits = 8

  /// What is above the column of values.
  var title: String { axis.unit.map { "builds a \($0)" } ?? axis.path }

  /// The range in a sentence.
  var range: String {
    guard axis.unit != nil else {
      return "over \(axis.path) from \(number(axis.low)) to \(number(axis.high))"
    }
    return "from \(number(axis.low)) to \(value(axis.high))"
  }

  /// A value in a sentence.
  func value(_ value: Double) -> String {
    guard let unit = axis.unit else { return "\(axis.path) \(number(value))" }
    return "\(number(value)) builds a \(unit)"
  }

  /// A value in three digits, or as many more as tell it from its neighbours.
  func number(_ value: Double) -> String {
    if axis.isWhole, value == value.rounded() { return Figures.fixed(value, 0, grouped: true) }
    let neighbours = [
      values.filter { $0 < value }.max(), values.filter { $0 > value }.min(),
    ].compactMap { $0 }
    let digits = (3..<Self.mostDigits).first { digits in
      let own = Figures.significant(value, digits: digits)
      return neighbours.allSatisfy { Figures.significant($0, digits: digits) != own }
    }
    return Figures.significant(value, digits: digits ?? Self.mostDigits)
  }
}
