public import GantryModel

/// Reads limits as they are written: `p95 < 12m`, `wait <= 5%`, `month < 900`.
public struct GoalText {
  /// Which option a limit belongs to.
  public enum Family: String, Sendable {
    case slo = "--slo"
    case budget = "--budget"

    var measures: [ServiceGoal.Measure] {
      ServiceGoal.Measure.allCases.filter { ($0.unit == .usd) == (self == .budget) }
    }

    var example: String { self == .budget ? "month < 900" : "p95 < 12m" }
  }

  private let sink: DiagnosticSink

  /// Reports to a sink.
  public init(sink: DiagnosticSink) { self.sink = sink }

  /// All limits of an option, each on a line of its own; those that cannot be read are reported.
  public func goals(_ texts: [String], of family: Family) -> [ServiceGoal] {
    var found: [ServiceGoal] = []
    for (index, text) in texts.enumerated() {
      let place = SourceLocation(file: family.rawValue, line: index + 1, column: 1)
      guard let goal = goal(text, at: place, of: family) else { continue }
      if found.contains(where: { $0.measure == goal.measure }) {
        sink.error("E0098", "\(goal.measure.rawValue) has a limit twice", at: place)
      } else {
        found.append(goal)
      }
    }
    return found
  }

  /// A limit that starts at `place`; nil after reporting.
  public func goal(_ text: String, at place: SourceLocation, of family: Family) -> ServiceGoal? {
    func refuse(_ problem: String, column: Int, help: String? = nil) -> ServiceGoal? {
      sink.error(
        "E0098", "cannot read '\(text)': \(problem)", at: place.moved(by: column),
        suggestion: help ?? "write \(family.example)")
      return nil
    }
    let characters = Array(text)
    guard let sign = characters.firstIndex(where: { "<>=".contains($0) }) else {
      return refuse("expected '<' and a limit", column: characters.count)
    }
    guard characters[sign] == "<" else {
      return refuse("limits are upper ones, with '<'", column: sign)
    }
    let name = String(characters[..<sign]).withoutBlanks
    let start = characters.firstIndex { $0 != " " } ?? 0
    guard let measure = Self.measure(name) else {
      let known = family.measures.map(\.rawValue)
      return refuse(
        name.isEmpty ? "expected what is limited before '<'" : "'\(name)' is not known",
        column: start,
        help: nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
          ?? "known are \(known.joined(separator: ", "))")
    }
    guard family.measures.contains(measure) else {
      let other: Family = family == .slo ? .budget : .slo
      return refuse(
        "\(measure.rawValue) is not for \(family.rawValue)", column: start,
        help: "give it with \(other.rawValue)")
    }
    var rest = sign + 1
    if rest < characters.count, characters[rest] == "=" { rest += 1 }
    while rest < characters.count, characters[rest] == " " { rest += 1 }
    guard let limit = Self.limit(String(characters[rest...]).withoutBlanks, of: measure) else {
      return refuse(
        "expected \(Self.expected(measure))", column: rest,
        help: "write \(measure.rawValue) < \(Self.example(measure))")
    }
    return ServiceGoal(measure, below: limit)
  }

  /// The names of `gantry compare --fail-if` are known as well.
  private static func measure(_ name: String) -> ServiceGoal.Measure? {
    switch name {
    case "month-usd": .monthUSD
    case "run-usd": .runUSD
    default: ServiceGoal.Measure(rawValue: name)
    }
  }

  private static func limit(_ text: String, of measure: ServiceGoal.Measure) -> Double? {
    let number: Double? =
      switch measure.unit {
      case .seconds: DurationText.seconds(text) ?? Double(text)
      case .usd: Double(text)
      case .share:
        text.hasSuffix("%")
          ? Double(String(text.dropLast()).withoutBlanks).map { $0 / 100 } : Double(text)
      }
    guard let number, number.isFinite, number > 0 else { return nil }
    return measure.unit == .share && number > 1 ? nil : number
  }

  private static func expected(_ measure: ServiceGoal.Measure) -> String {
    switch measure.unit {
    case .seconds: "a duration above 0"
    case .usd: "an amount in USD above 0"
    case .share: "a share above 0, at most 100%"
    }
  }

  private static func example(_ measure: ServiceGoal.Measure) -> String {
    switch measure {
    case .monthUSD: "900"
    case .runUSD: "0.20"
    case .waitShare, .failed: "5%"
    default: "12m"
    }
  }
}

extension String {
  /// Without blanks at both ends.
  fileprivate var withoutBlanks: String {
    var rest = self[...]
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
