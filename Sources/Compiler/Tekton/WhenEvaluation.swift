internal import GantryModel

/// Evaluates `when` expressions as far as they are known before the run.
enum WhenEvaluation {
  /// Whether an expression without open references holds.
  static func holds(_ when: ResolvedWhen) -> Bool {
    when.values.contains(when.input) != when.isNegated
  }

  /// The expression as a condition over other tasks' outcomes; nil when it has none.
  static func statusCondition(
    _ when: ResolvedWhen, positions: [String: Int]
  ) -> StatusCondition? {
    guard ([when.input] + when.values).contains(where: { hasStatus($0) }) else { return nil }
    return StatusCondition(
      input: pieces(of: when.input, positions: positions),
      values: when.values.map { pieces(of: $0, positions: positions) },
      isNegated: when.isNegated)
  }

  /// A CEL expression over other tasks' outcomes as conditions that must all hold: texts compared
  /// with `==`, `!=` or `in`, joined by `&&`; nil for other forms.
  static func statusConditions(
    ofCEL text: String, positions: [String: Int]
  ) -> [StatusCondition]? {
    guard let tokens = CELToken.scan(text) else { return nil }
    var conditions: [StatusCondition] = []
    for part in tokens.split(separator: .mark("&&"), omittingEmptySubsequences: false) {
      guard let when = comparison(Array(part)) else { return nil }
      conditions.append(
        StatusCondition(
          input: pieces(of: when.input, positions: positions),
          values: when.values.map { pieces(of: $0, positions: positions) },
          isNegated: when.isNegated))
    }
    return conditions
  }

  private static func comparison(_ tokens: [CELToken]) -> ResolvedWhen? {
    guard tokens.count >= 3, case .string(let input) = tokens[0] else { return nil }
    switch tokens[1] {
    case .mark("=="), .mark("!="):
      guard tokens.count == 3, case .string(let value) = tokens[2] else { return nil }
      return ResolvedWhen(input: input, isNegated: tokens[1] == .mark("!="), values: [value])
    case .name("in"):
      guard tokens.count >= 4, tokens[2] == .mark("["), tokens.last == .mark("]") else {
        return nil
      }
      let items = tokens[3..<(tokens.count - 1)].split(separator: .mark(","))
      let values = items.compactMap { item -> String? in
        guard item.count == 1, case .string(let value)? = item.first else { return nil }
        return value
      }
      return values.count == items.count
        ? ResolvedWhen(input: input, isNegated: false, values: values) : nil
    default: return nil
    }
  }

  /// Whether a text still refers to another task's result.
  static func hasResult(_ text: String) -> Bool { !ResultExpression.all(in: text).isEmpty }

  /// Whether a text refers to how other tasks ended.
  static func hasStatus(_ text: String) -> Bool {
    references(in: text).contains { StatusExpression($0) != nil }
  }

  private static func pieces(
    of text: String, positions: [String: Int]
  ) -> [StatusCondition.Piece] {
    var pieces: [StatusCondition.Piece] = []
    var rest = text
    for key in references(in: text) {
      guard let expression = StatusExpression(key), let piece = piece(expression, positions),
        let range = rest[...].range(ofText: "$(\(key))")
      else { continue }
      let head = String(rest[..<range.lowerBound])
      if !head.isEmpty { pieces.append(.text(head)) }
      pieces.append(piece)
      rest = String(rest[range.upperBound...])
    }
    if !rest.isEmpty || pieces.isEmpty { pieces.append(.text(rest)) }
    return pieces
  }

  private static func piece(
    _ expression: StatusExpression, _ positions: [String: Int]
  ) -> StatusCondition.Piece? {
    switch expression {
    case .aggregate: .aggregate
    case .status(let task): positions[task].map { .status($0) }
    case .reason(let task): positions[task].map { .reason($0) }
    }
  }
}
