import GantryModel
import GantryUnits

extension FieldInput {
  /// The value as a text of a shape; nil after reporting.
  func text(_ shape: FieldShape) -> Located<String>? {
    if case .text(.duration?) = shape, case .number("0") = node.content {
      return Located("0", at: node.location)
    }
    guard case .string(let text) = node.content else {
      let isScalar = scalarNodeText != nil
      let expected = if case .text(let format?) = shape { format.expectation } else { "a string" }
      refuse(expected: expected, suggestion: isScalar ? "put it in quotes" : nil)
      return nil
    }
    switch shape {
    case .choice(let known) where !known.contains(text):
      sink.error(
        "E0022", "\(path) is '\(text)'; it must be one of \(known.joined(separator: ", "))",
        at: node.location,
        suggestion: nearestName(to: text, in: known).map { "did you mean '\($0)'?" })
      return nil
    case .text(let format?) where !format.accepts(text):
      sink.error(
        "E0060", "\(path): '\(text)' is not \(format.expectation)", at: node.location)
      return nil
    default:
      return Located(text, at: node.location)
    }
  }

  /// Reports what is no number; not-a-number and infinity, which YAML takes for texts, by their names.
  private func refuseNumber(expected: String) {
    guard case .string(let text) = node.content, let number = Double(text), !number.isFinite else {
      return refuse(expected: expected)
    }
    sink.error("E0011", "\(path) must be \(expected), not '\(text)'", at: node.location)
  }

  /// The value as a whole number of at least the minimum; nil after reporting.
  func whole(minimum: Int) -> Located<Int>? {
    guard case .number(let text) = node.content, let number = Int(text) else {
      refuseNumber(expected: "a whole number")
      return nil
    }
    guard number >= minimum else {
      sink.error("E0061", "\(path) must be at least \(minimum)", at: node.location)
      return nil
    }
    return Located(number, at: node.location)
  }

  /// The value as a number of at least the minimum; nil after reporting.
  func number(minimum: Double) -> Located<Double>? {
    guard case .number(let text) = node.content, let number = Double(text), number.isFinite else {
      refuseNumber(expected: "a number")
      return nil
    }
    guard number >= minimum else {
      sink.error(
        "E0061", "\(path) must be at least \(ScalarResolution.canonical(minimum))",
        at: node.location)
      return nil
    }
    return Located(number, at: node.location)
  }

  /// A text, number or switch as text; nil after reporting.
  var scalarText: Located<String>? {
    guard let text = scalarNodeText else {
      refuse(expected: "a text")
      return nil
    }
    return Located(text, at: node.location)
  }

  /// One value or a list of them, each as text.
  var valuesToTry: [Located<String>] {
    if scalarNodeText != nil { return [scalarText].compactMap { $0 } }
    return items.compactMap { item in
      // A list as a value, such as the zones of a pool, is kept as it would follow `--set`.
      guard case .sequence = item.node.content else { return item.scalarText }
      let inner = item.items.compactMap(\.scalarText).map {
        YAMLScalar.text($0.value, isInFlow: true)
      }
      return Located("[\(inner.joined(separator: ", "))]", at: item.node.location)
    }
  }

  private var scalarNodeText: String? {
    switch node.content {
    case .string(let text), .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// The items of a list; none after reporting anything else.
  var items: [FieldInput] {
    guard case .sequence(let items) = node.content else {
      refuse(expected: "a list")
      return []
    }
    return items.enumerated().map {
      FieldInput(node: $1, path: "\(path)[\($0)]", sink: sink)
    }
  }

  /// The entries of a mapping; none after reporting anything else.
  var entries: [(key: Located<String>, value: FieldInput)] {
    guard case .mapping(let entries) = node.content else {
      refuse(expected: "a mapping")
      return []
    }
    return entries.filter { !$0.value.isNull }.map { entry in
      (entry.key, FieldInput(node: entry.value, path: "\(path).\(entry.key.value)", sink: sink))
    }
  }
}

extension FieldShape.Format {
  /// Whether a text has the syntax.
  func accepts(_ text: String) -> Bool {
    switch self {
    case .duration: Span(duration: text) != nil
    case .taint: Self.isTaint(text)
    case .businessHours: Self.isHours(text)
    case .tektonRelease, .openShiftPipelinesRelease: Self.isRelease(text)
    }
  }

  /// Two or three numbers, maybe after a `v`.
  private static func isRelease(_ text: String) -> Bool {
    let numbers = (text.first == "v" ? text.dropFirst() : Substring(text))
      .split(separator: ".", omittingEmptySubsequences: false)
    return (2...3).contains(numbers.count)
      && numbers.allSatisfy { part in
        !part.isEmpty && part.count <= 6 && part.unicodeScalars.allSatisfy { ("0"..."9") ~= $0 }
      }
  }

  private static func isTaint(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, TaintEffect(rawValue: String(parts[1])) != nil else { return false }
    let pair = parts[0].split(separator: "=", omittingEmptySubsequences: false)
    return pair.count <= 2 && pair.first?.isEmpty == false
  }

  private static func isHours(_ text: String) -> Bool {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 1 || (words.count == 2 && words[1] == "weekdays") else { return false }
    let times = words[0].split(separator: "-", omittingEmptySubsequences: false).map(minutes)
    guard times.count == 2, let from = times[0], let to = times[1] else { return false }
    return from < to && from < 24 * 60
  }

  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
      hour < 24 || (hour == 24 && minute == 0)
    else { return nil }
    return hour * 60 + minute
  }
}
