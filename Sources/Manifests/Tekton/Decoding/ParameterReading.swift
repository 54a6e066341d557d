import GantryModel

// Parameters, results and conditions from checked values.

extension YAMLNode {
  /// The value as Tekton takes it: a list of texts, a mapping of texts, or else a text; whatever is
  /// none of these becomes its JSON text.
  var parameterValue: ParameterValue {
    switch content {
    case .string(let text): return .string(text)
    case .null: return .string("")
    case .sequence(let items):
      let texts = items.compactMap(\.textOrNull)
      return texts.count == items.count ? .array(texts) : .string(json)
    case .mapping(let entries):
      let pairs = entries.compactMap { entry in
        entry.value.textOrNull.map {
          ParameterValue.ObjectEntry(key: entry.key.value, value: $0)
        }
      }
      return pairs.count == entries.count ? .object(pairs) : .string(json)
    case .bool, .number: return .string(json)
    }
  }

  private var textOrNull: String? {
    if case .null = content { "" } else { text }
  }

  /// Compact JSON with sorted keys, as the webhook sees it.
  private var json: String {
    switch content {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text): text
    case .string(let text): YAMLNode.quoted(text)
    case .sequence(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{"
        + entries.sorted { $0.key.value < $1.key.value }
        .map { YAMLNode.quoted($0.key.value) + ":" + $0.value.json }
        .joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "<", ">", "&", "\u{0}"..."\u{1F}":
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A value with its place.
  func locatedValue(_ name: String) -> Located<ParameterValue> {
    guard let value = self[name] else { return Located(.string(""), at: location) }
    return Located(value.parameterValue, at: value.location)
  }

  /// The parameters given in a list field.
  func parameters(_ name: String = "params") -> [Parameter] {
    items(name).map {
      Parameter(name: $0.requiredText("name"), value: $0.locatedValue("value"))
    }
  }

  /// The parameters declared in a list field, with the types that Tekton infers.
  func parameterSpecs() -> [ParameterSpec] {
    items("params").map { node in
      let value = node["default"]?.parameterValue
      let written = node["type"]?.located.flatMap { $0.value.isEmpty ? nil : $0 }
      let inferred = node["properties"] != nil ? .object : value?.type ?? ParameterType.string
      let known = written.flatMap { ParameterType(rawValue: $0.value) }
      var spec = ParameterSpec(
        name: node.requiredText("name"), type: written == nil ? inferred : known ?? .string,
        defaultValue: value)
      spec.unknownType = known == nil ? written : nil
      spec.properties = node["properties"]?.entries.map(\.key.value) ?? []
      spec.invalidProperties = node.invalidProperties
      if node["enum"] != nil { spec.allowedValues = node.texts("enum").map(\.value) }
      spec.places = node.places(depth: 1)
      return spec
    }
  }

  private var invalidProperties: [String] {
    (self["properties"]?.entries ?? [])
      .filter { !["", "string"].contains($0.value["type"]?.text ?? "") }
      .map(\.key.value)
  }

  /// The results declared in a list field.
  func resultSpecs() -> [ResultSpec] {
    items("results").map { node in
      let written = node["type"]?.located.flatMap { $0.value.isEmpty ? nil : $0 }
      let known = written.flatMap { ParameterType(rawValue: $0.value) }
      let inferred: ParameterType = node["properties"] == nil ? .string : .object
      var spec = ResultSpec(
        name: node.requiredText("name"), type: written == nil ? inferred : known ?? .string)
      spec.unknownType = known == nil ? written : nil
      spec.properties = node["properties"]?.entries.map(\.key.value) ?? []
      spec.invalidProperties = node.invalidProperties
      spec.value = node["value"].map { Located($0.parameterValue, at: $0.location) }
      spec.places = node.places(depth: 1)
      return spec
    }
  }

  /// The conditions in a list field.
  func whenExpressions() -> [WhenExpression] {
    items("when").map { node in
      var when = WhenExpression(
        input: node.requiredText("input"), operator: node.requiredText("operator"),
        values: node.texts("values"), location: node.location)
      when.cel = node["cel"]?.located.flatMap { $0.value.isEmpty ? nil : $0 }
      return when
    }
  }

  /// A reference to a task, pipeline or step action.
  func reference() -> Reference {
    var reference = Reference(
      name: self["name"]?.located.flatMap { $0.value.isEmpty ? nil : $0 }, location: location)
    reference.kind = self["kind"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    reference.apiVersion = self["apiVersion"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    reference.resolver = self["resolver"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    reference.params = parameters()
    reference.places = places(depth: 1)
    return reference
  }
}
