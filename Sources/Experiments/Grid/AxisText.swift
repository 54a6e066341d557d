public import GantryModel

/// Reads axes as they are written: `path=a,b,c`, `path=1..6`, `path=1..9:2`.
public struct AxisText {
  /// Longer ranges are a mistake, not a question.
  static let mostValues = 1_000_000

  private let sink: DiagnosticSink

  /// Reports to a sink.
  public init(sink: DiagnosticSink) { self.sink = sink }

  /// An axis of an option such as `--vary`, which starts at `place`; nil after reporting.
  public func axis(_ text: String, at place: SourceLocation) -> GridAxis? {
    guard let equals = Self.splits(text, at: "=").first?.text.count, equals < text.count else {
      sink.error(
        "E0090", "cannot read '\(text)': expected '=' and values", at: place,
        suggestion: "write path=values, such as nodes.arm64.count=1..6")
      return nil
    }
    let path = String(text.prefix(equals))
    guard !path.isEmpty else {
      sink.error("E0090", "cannot read '\(text)': expected a path before '='", at: place)
      return nil
    }
    let values = values(
      String(text.dropFirst(equals + 1)), at: place.moved(by: equals + 1), of: path)
    return values.map { GridAxis(path: Located(path, at: place), values: $0) }
  }

  /// The values of a list with commas, ranges written out; nil after reporting.
  public func values(
    _ text: String, at place: SourceLocation, of path: String
  ) -> [Located<String>]? {
    var found: [Located<String>] = []
    for part in Self.splits(text, at: ",") {
      let start = place.moved(by: part.offset)
      guard !part.text.isEmpty else {
        sink.error("E0090", "\(path) has an empty value", at: start)
        return nil
      }
      guard let range = Self.range(part.text) else {
        found.append(Located(part.text, at: start))
        continue
      }
      guard let values = expand(range, part.text, at: start) else { return nil }
      found += values.map { Located($0, at: start) }
    }
    return found
  }

  // MARK: Ranges

  /// The three numbers of `from..to:step`, as written.
  private struct Range {
    var from: Substring
    var to: Substring
    var step: Substring
  }

  /// Nil for what is no range: the two points stand between numbers.
  private static func range(_ text: String) -> Range? {
    guard let points = text.firstRange(of: "..") else { return nil }
    let rest = text[points.upperBound...].split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let range = Range(
      from: text[..<points.lowerBound], to: rest[0], step: rest.count > 1 ? rest[1] : "1")
    // A path such as ../cluster has no number before the points.
    return Double(range.from) == nil ? nil : range
  }

  private func expand(_ range: Range, _ text: String, at place: SourceLocation) -> [String]? {
    func refuse(_ reason: String) -> [String]? {
      sink.error(
        "E0090", "cannot read the range '\(text)': \(reason)", at: place,
        suggestion: "write from..to or from..to:step, such as 1..9:2")
      return nil
    }
    guard let from = Decimal6(range.from), let to = Decimal6(range.to),
      let step = Decimal6(range.step)
    else { return refuse("expected numbers with at most six decimals") }
    guard step.millionths > 0 else { return refuse("the step must be above 0") }
    guard from.millionths <= to.millionths else { return refuse("it is empty") }
    let (steps, rest) = (to.millionths - from.millionths).quotientAndRemainder(
      dividingBy: step.millionths)
    // Whoever gives a step knows that it may not come out even.
    guard rest == 0 || text.contains(":") else {
      return refuse("steps of 1 from \(from.text) do not reach \(to.text)")
    }
    let count = steps + 1
    guard count <= Self.mostValues else {
      return refuse("it has \(count) values, more than \(Self.mostValues)")
    }
    return (0..<count).map {
      Decimal6(millionths: from.millionths + $0 * step.millionths).text
    }
  }

  /// The parts between separators outside of quotes and brackets, with their offsets.
  public static func splits(
    _ text: String, at separator: Character
  ) -> [(text: String, offset: Int)] {
    var parts: [(text: String, offset: Int)] = [("", 0)]
    var quote: Character?
    var depth = 0
    for (offset, character) in text.enumerated() {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "[{".contains(character) {
        depth += 1
      } else if "]}".contains(character) {
        depth -= 1
      } else if character == separator, depth == 0 {
        parts.append(("", offset + 1))
        continue
      }
      parts[parts.count - 1].text.append(character)
    }
    return parts
  }
}

extension SourceLocation {
  /// A place further right on the same line.
  func moved(by columns: Int) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column + columns)
  }
}
