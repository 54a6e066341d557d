public import GantryModel

/// Reads the fields of one mapping: remembers which were asked for, reports wrong types, missing
/// and unknown fields with their places.
///
/// Every getter returns nil for an absent (or null) field and, after reporting, for a field of the
/// wrong type. Call `finish()` last: fields that nobody asked for are errors.
public struct ObjectReader {
  /// The mapping's place.
  public let location: SourceLocation
  /// The dotted path of the mapping, for messages (`spec.tasks[0]`).
  public let path: String
  /// Where findings go.
  public let sink: DiagnosticSink
  private let entries: [YAMLNode.Entry]
  private var known: [String] = []

  /// Opens a mapping; anything else is reported and gives nil.
  public init?(_ node: YAMLNode, path: String, sink: DiagnosticSink) {
    self.path = path
    self.sink = sink
    location = node.location
    switch node.content {
    case .mapping(let entries): self.entries = entries
    case .null: self.entries = []
    default:
      sink.error(
        "E0011", "\(path) must be a mapping, not \(node.kindName)", at: node.location)
      return nil
    }
  }

  /// The raw value of a field; null counts as absent.
  public mutating func node(_ name: String) -> YAMLNode? {
    known.append(name)
    guard let value = entries.first(where: { $0.key.value == name })?.value else { return nil }
    if case .null = value.content { return nil }
    return value
  }

  /// Where the field's name is written, or the mapping's place when it is absent.
  public func place(of name: String) -> SourceLocation {
    entries.first { $0.key.value == name }?.key.location ?? location
  }

  /// A text field.
  public mutating func string(_ name: String) -> Located<String>? {
    guard let value = node(name) else { return nil }
    if case .string(let text) = value.content { return Located(text, at: value.location) }
    return wrong(name, value, expected: "a string")
  }

  /// A text field that must be there.
  public mutating func requiredString(_ name: String) -> Located<String>? {
    if node(name) == nil {
      missing(name)
      return nil
    }
    return string(name)
  }

  /// A true or false field.
  public mutating func bool(_ name: String) -> Bool? {
    guard let value = node(name) else { return nil }
    if case .bool(let flag) = value.content { return flag }
    return wrong(name, value, expected: "true or false")
  }

  /// A whole-number field.
  public mutating func int(_ name: String) -> Located<Int>? {
    guard let value = node(name) else { return nil }
    if case .number(let text) = value.content, let number = Int(text) {
      return Located(number, at: value.location)
    }
    return wrong(name, value, expected: "a whole number")
  }

  /// A number field.
  public mutating func double(_ name: String) -> Located<Double>? {
    guard let value = node(name) else { return nil }
    if case .number(let text) = value.content, let number = Double(text), number.isFinite {
      return Located(number, at: value.location)
    }
    return wrong(name, value, expected: "a number")
  }

  /// A list field; empty when absent.
  public mutating func list(_ name: String) -> [YAMLNode] {
    guard let value = node(name) else { return [] }
    if case .sequence(let items) = value.content { return items }
    let none: [YAMLNode]? = wrong(name, value, expected: "a list")
    return none ?? []
  }

  /// A list of texts; empty when absent.
  public mutating func strings(_ name: String) -> [Located<String>] {
    list(name).enumerated().compactMap { index, item in
      if case .string(let text) = item.content { return Located(text, at: item.location) }
      return wrong("\(name)[\(index)]", item, expected: "a string")
    }
  }

  /// A mapping of texts in the order written; empty when absent.
  public mutating func stringMap(_ name: String) -> [(key: Located<String>, value: Located<String>)]
  {
    guard let value = node(name) else { return [] }
    guard case .mapping(let entries) = value.content else {
      let none: Int? = wrong(name, value, expected: "a mapping")
      _ = none
      return []
    }
    return entries.compactMap { entry in
      if case .string(let text) = entry.value.content {
        return (entry.key, Located(text, at: entry.value.location))
      }
      let none: String? = wrong("\(name).\(entry.key.value)", entry.value, expected: "a string")
      _ = none
      return nil
    }
  }

  /// A mapping field.
  public mutating func object(_ name: String) -> ObjectReader? {
    guard let value = node(name) else { return nil }
    return ObjectReader(value, path: child(name), sink: sink)
  }

  /// A list of mappings; empty when absent.
  public mutating func objects(_ name: String) -> [ObjectReader] {
    list(name).enumerated().compactMap { index, item in
      ObjectReader(item, path: "\(child(name))[\(index)]", sink: sink)
    }
  }

  /// A field whose value does not matter but may be there.
  public mutating func ignore(_ names: String...) { known += names }

  /// The names of all fields written.
  public var fieldNames: [Located<String>] { entries.map(\.key) }

  /// How strict `finish` is about fields that nobody asked for.
  public enum Strictness: Sendable {
    /// Every one is an error, as with the admission webhook.
    case all
    /// Only those that look like a mistyped known field; for objects whose API grows.
    case misspelt
    /// None: the object comes from a live cluster, which has validated it.
    case none
  }

  /// Reports the fields that nobody asked for.
  public func finish(_ strictness: Strictness = .all) {
    guard strictness != .none else { return }
    let unknown = entries.filter { !known.contains($0.key.value) }
    let written = Set(entries.map(\.key.value))
    for entry in unknown.prefix(Self.maximumUnknownFields) {
      let name = entry.key.value
      let nearest = nearestName(to: name, in: known.filter { !written.contains($0) })
      if strictness == .misspelt, nearest == nil { continue }
      sink.error(
        "E0012", "unknown field '\(name)' in \(path.isEmpty ? "the document" : path)",
        at: entry.key.location, suggestion: nearest.map { "did you mean '\($0)'?" })
    }
    if strictness == .all, unknown.count > Self.maximumUnknownFields {
      sink.error(
        "E0012",
        "\(path.isEmpty ? "the document" : path) has "
          + "\(unknown.count - Self.maximumUnknownFields) more unknown fields",
        at: unknown[Self.maximumUnknownFields].key.location)
    }
  }

  /// How many unknown fields of one mapping are reported one by one.
  private static let maximumUnknownFields = 20

  /// Reports a field that must be there and is not.
  public func missing(_ name: String) {
    sink.error("E0013", "\(path.isEmpty ? "the document" : path) needs '\(name)'", at: location)
  }

  /// The path of a field.
  public func child(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private func wrong<T>(_ name: String, _ value: YAMLNode, expected: String) -> T? {
    sink.error(
      "E0011", "\(child(name)) must be \(expected), not \(value.kindName)", at: value.location,
      suggestion: expected == "a string" && value.isUnquotedScalar ? "put it in quotes" : nil)
    return nil
  }
}

extension YAMLNode {
  /// Whether quotes would make the value a text.
  var isUnquotedScalar: Bool {
    switch content {
    case .bool, .number: true
    default: false
    }
  }
}
