public import GantryModel

/// How far figures without a range of their own may be off, by what they rest on.
///
/// Each is an assumption itself, which the scenario's `assumptions:` replaces. Stated ranges are
/// taken from the text of the figure: `(2 to 6)`, `range 1.5 to 4`.
public enum RangeFigure {
  /// Of a figure that was measured on something else than the user's cluster.
  public static let measured = share("measured", 0.1)
  /// Of a price or a benchmark that somebody published.
  public static let published = share("published", 0.1)
  /// Of a figure derived from something close.
  public static let estimate = share("estimate", 0.3)
  /// Of a figure that nobody measured: it may be half as much or twice as much.
  public static let guess = Assumption(
    id: "sensitivity.guess", text: "a guess may be off by this factor, either way", value: 2,
    unit: "ratio", confidence: .guess, source: "gantry's guess, 2026-11; not measured")

  /// All of them.
  public static let all = [measured, published, estimate, guess]

  private static func share(_ name: String, _ value: Double) -> Assumption {
    let what = name == "estimate" ? "an estimate" : "a \(name) figure"
    return Assumption(
      id: "sensitivity.\(name)", text: "\(what) may be off by this share, either way",
      value: value, unit: "share", confidence: .guess,
      source: "gantry's guess, 2026-11; not measured")
  }

  /// The range that a figure's text or source states; nil when there is none that holds its value.
  ///
  /// Ranges in millions of the unit (`50 to 250 MB` of a figure in bytes) are understood.
  public static func stated(_ assumption: Assumption) -> ClosedRange<Double>? {
    for text in [assumption.text, assumption.source] {
      for found in ranges(in: text) {
        for scale in [1, 1e6] {
          let range = (found.lowerBound * scale)...(found.upperBound * scale)
          if range.contains(assumption.value), found.lowerBound < found.upperBound {
            return range
          }
        }
      }
    }
    return nil
  }

  /// Two numbers with `to` between them, right after a bracket, a semicolon or the word `range`.
  private static func ranges(in text: String) -> [ClosedRange<Double>] {
    let words = text.split(separator: " ")
    return words.indices.dropFirst().dropLast().compactMap { index in
      guard words[index] == "to" else { return nil }
      let before = words[index - 1]
      let isMarked =
        before.hasPrefix("(")
        || index > 1 && (words[index - 2] == "range" || words[index - 2].hasSuffix(";"))
      let end = words[index + 1].prefix { $0.isNumber || $0 == "." }
      guard isMarked, let low = Double(before.drop { $0 == "(" }), let high = Double(end),
        low <= high
      else { return nil }
      return low...high
    }
  }
}
