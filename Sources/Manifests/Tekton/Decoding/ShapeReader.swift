import GantryModel
import GantryUnits

/// Checks a document against a shape and hands it back in canonical form: fields by their exact
/// names, no nulls, nothing of a wrong type.
///
/// Field names match as Go's JSON decoder matches them: exactly, else regardless of case.
struct ShapeReader {
  /// Where findings go.
  let sink: DiagnosticSink
  /// Whether something was wrong.
  private(set) var failed = false

  init(sink: DiagnosticSink) { self.sink = sink }

  /// The canonical value; nil when it is null or wrong.
  mutating func read(_ node: YAMLNode, as shape: Shape, path: String) -> YAMLNode? {
    if case .null = node.content { return nil }
    switch shape {
    case .any, .parameterValue: return node
    case .deferred(let make): return read(node, as: make(), path: path)
    case .list(let element): return readList(node, element, path)
    case .stringMap: return readMap(node, .string, path)
    case .map(let value): return readMap(node, value, path)
    case .object(let fields): return readObject(node, fields, path)
    case .string, .integer, .boolean, .quantity, .duration, .integerOrString:
      return readScalar(node, shape, path)
    }
  }

  private mutating func readScalar(_ node: YAMLNode, _ shape: Shape, _ path: String) -> YAMLNode? {
    switch (shape, node.content) {
    case (.string, .string), (.boolean, .bool), (.integerOrString, .string): return node
    case (.integer, .number(let text)), (.integerOrString, .number(let text)):
      if let number = wholeNumber(text) { return YAMLNode(.number(number), at: node.location) }
      return wrong(node, path, expected: "a whole number")
    case (.quantity, .string(let text)), (.quantity, .number(let text)):
      if Quantity(text) != nil { return YAMLNode(.string(text), at: node.location) }
      return invalid(
        "E0102", "\(path): '\(text)' is not a quantity such as 500m, 2 or 1Gi", node)
    case (.duration, .string(let text)):
      if GoDuration(text) != nil { return node }
      return invalid(
        "E0101", "\(path): \(GoDuration.complaint(about: text)) (write 90s, 5m or 1h30m)", node)
    case (.boolean, _): return wrong(node, path, expected: "true or false")
    case (.integer, _): return wrong(node, path, expected: "a whole number")
    case (.integerOrString, _): return wrong(node, path, expected: "a whole number or a string")
    case (.quantity, _): return wrong(node, path, expected: "a quantity")
    case (.duration, _): return wrong(node, path, expected: "a duration such as 1h30m")
    default: return wrong(node, path, expected: "a string")
    }
  }

  /// A number without fraction in plain digits; YAML's `1.0` becomes `1` on its way to JSON.
  private func wholeNumber(_ text: String) -> String? {
    if Int64(text) != nil { return text }
    guard let number = Double(text), let whole = Int64(exactly: number) else { return nil }
    return String(whole)
  }

  private mutating func readList(_ node: YAMLNode, _ element: Shape, _ path: String) -> YAMLNode? {
    guard case .sequence(let items) = node.content else {
      return wrong(node, path, expected: "a list")
    }
    var read: [YAMLNode] = []
    for (index, item) in items.enumerated() {
      if case .null = item.content {
        read.append(YAMLNode(zero(of: element), at: item.location))
      } else if let value = self.read(item, as: element, path: "\(path)[\(index)]") {
        read.append(value)
      }
    }
    return YAMLNode(.sequence(read), at: node.location)
  }

  private func zero(of shape: Shape) -> YAMLNode.Content {
    switch shape {
    case .string, .parameterValue: .string("")
    default: .mapping([])
    }
  }

  private mutating func readMap(_ node: YAMLNode, _ value: Shape, _ path: String) -> YAMLNode? {
    guard case .mapping(let entries) = node.content else {
      return wrong(node, path, expected: "a mapping")
    }
    var read: [YAMLNode.Entry] = []
    for entry in entries {
      if case .null = entry.value.content {
        read.append(.init(key: entry.key, value: .init(zero(of: value), at: entry.value.location)))
      } else if let item = self.read(entry.value, as: value, path: "\(path).\(entry.key.value)") {
        read.append(.init(key: entry.key, value: item))
      }
    }
    return YAMLNode(.mapping(read), at: node.location)
  }

  private mutating func readObject(
    _ node: YAMLNode, _ fields: [String: Shape], _ path: String
  ) -> YAMLNode? {
    guard case .mapping(let entries) = node.content else {
      return wrong(node, path, expected: "a mapping")
    }
    var read: [YAMLNode.Entry] = []
    for entry in entries {
      guard let (name, shape) = field(entry.key.value, in: fields) else {
        unknown(entry.key, fields, path)
        continue
      }
      let child = path.isEmpty ? name : "\(path).\(name)"
      if let value = self.read(entry.value, as: shape, path: child) {
        read.append(.init(key: Located(name, at: entry.key.location), value: value))
      }
    }
    return YAMLNode(.mapping(read), at: node.location)
  }

  private func field(_ name: String, in fields: [String: Shape]) -> (String, Shape)? {
    if let shape = fields[name] { return (name, shape) }
    let folded = name.lowercased()
    return fields.first { $0.key.lowercased() == folded }.map { ($0.key, $0.value) }
  }

  private mutating func unknown(
    _ key: Located<String>, _ fields: [String: Shape], _ path: String
  ) {
    failed = true
    sink.error(
      "E0012", "unknown field '\(key.value)' in \(path.isEmpty ? "the document" : path)",
      at: key.location, suggestion: UnknownField.suggestion(for: key.value, at: path, in: fields))
  }

  private mutating func wrong(_ node: YAMLNode, _ path: String, expected: String) -> YAMLNode? {
    invalid(
      "E0011", "\(path) must be \(expected), not \(node.kindName)", node,
      suggestion: expected == "a string" && node.isUnquotedScalar ? "put it in quotes" : nil)
  }

  private mutating func invalid(
    _ code: String, _ message: String, _ node: YAMLNode, suggestion: String? = nil
  ) -> YAMLNode? {
    failed = true
    sink.error(code, message, at: node.location, suggestion: suggestion)
    return nil
  }
}
