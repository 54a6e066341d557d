/// Two bars from a common zero in the middle: what the low and the high end of a range change.
struct TornadoBar {
  let columns: Int
  let unicode: Bool
  /// The largest change on the page: it fills half the width.
  let scale: Double

  private var half: Int { (columns - 1) / 2 }
  private var lowSign: Character { unicode ? "▒" : "-" }
  private var highSign: Character { unicode ? "█" : "#" }

  /// What the two kinds of bars mean, in at most as many columns.
  var title: String {
    let long = "\(lowSign) low  \(highSign) high"
    return long.displayWidth <= columns ? long : "\(lowSign) \(highSign)"
  }

  /// The bars; where both ends change the same way, the shorter one lies over the longer one.
  func text(low: Double, high: Double) -> String {
    var cells = [Character](repeating: " ", count: 2 * half + 1)
    cells[half] = unicode ? "│" : "|"
    let ends = [(low, lowSign), (high, highSign)].sorted { $0.0.magnitude > $1.0.magnitude }
    for (value, sign) in ends {
      for step in 0..<length(value) { cells[half + (value < 0 ? -1 - step : 1 + step)] = sign }
    }
    return String(cells)
  }

  /// A change that is not 0 has a column at least.
  private func length(_ value: Double) -> Int {
    guard value != 0, scale > 0, value.isFinite else { return 0 }
    return min(half, max(1, Int((value.magnitude / scale * Double(half)).rounded())))
  }
}
