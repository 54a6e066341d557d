/// The JSON Schema of scenario files, for editors.
public enum ScenarioSchema {
  /// The schema (draft 2020-12) as JSON text.
  public static func json() -> String {
    var definitions: [String: JSONText] = [:]
    let root = object(ScenarioFields.file.shape, &definitions)
    var members: [(String, JSONText)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string("gantry scenario")),
    ]
    members += root
    members.append(
      ("$defs", .object(definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })))
    return JSONText.object(members).rendered() + "\n"
  }

  private static func object(
    _ shape: ObjectShape, _ definitions: inout [String: JSONText]
  ) -> [(String, JSONText)] {
    var properties: [(String, JSONText)] = []
    for field in shape.fields {
      var members = value(field.shape, &definitions)
      var description = field.description
      if let text = field.defaultText { description += " Default: \(text)." }
      members.append(("description", .string(description)))
      properties.append((field.name, .object(members)))
    }
    var members: [(String, JSONText)] = [
      ("description", .string(shape.description)), ("type", .string("object")),
      ("additionalProperties", .bool(false)), ("properties", .object(properties)),
    ]
    let required = shape.fields.filter(\.isRequired)
    if !required.isEmpty {
      members.append(("required", .array(required.map { .string($0.name) })))
    }
    return members
  }

  private static func value(
    _ shape: FieldShape, _ definitions: inout [String: JSONText]
  ) -> [(String, JSONText)] {
    switch shape {
    case .text(.duration?):
      // The number 0 needs no unit.
      [
        ("type", .array([.string("string"), .string("integer")])),
        ("pattern", .string(FieldShape.Format.duration.pattern)), ("minimum", .number("0")),
        ("maximum", .number("0")),
      ]
    case .text(let format):
      [("type", .string("string"))] + (format.map { [("pattern", .string($0.pattern))] } ?? [])
    case .choice(let known):
      [("type", .string("string")), ("enum", .array(known.map { .string($0) }))]
    case .whole(let minimum):
      [("type", .string("integer")), ("minimum", .number(String(minimum)))]
    case .number(let minimum):
      [("type", .string("number"))]
        + (minimum == -Double.greatestFiniteMagnitude
          ? [] : [("minimum", .number(ScalarResolution.canonical(minimum)))])
    case .distribution(let ofDurations):
      distribution(DistributionShape(ofDurations: ofDurations), &definitions)
    case .flag: [("type", .string("boolean"))]
    case .values:
      [
        ("type", .array(["string", "number", "boolean", "array"].map { .string($0) })),
        ("minItems", .number("1")),
      ]
    case .list(let inner):
      [("type", .string("array")), ("items", .object(value(inner, &definitions)))]
    case .map(.text):
      [
        ("type", .string("object")),
        (
          "additionalProperties",
          .object([
            ("type", .array([.string("string"), .string("number"), .string("boolean")]))
          ])
        ),
      ]
    case .map(let inner):
      [
        ("type", .string("object")),
        ("additionalProperties", .object(value(inner, &definitions))),
      ]
    case .object(let object): reference(object, &definitions)
    }
  }

  /// One figure, or a mapping with one of the forms.
  private static func distribution(
    _ shape: DistributionShape, _ definitions: inout [String: JSONText]
  ) -> [(String, JSONText)] {
    let forms: [(String, JSONText)] = shape.forms.fields.map { form in
      guard case .object(let inner) = form.shape else {
        let members = value(form.shape, &definitions) + [("minItems", .number("1"))]
        return (form.name, .object(members))
      }
      return (form.name, .object(object(inner, &definitions)))
    }
    let mapping: [(String, JSONText)] = [
      ("type", .string("object")), ("additionalProperties", .bool(false)),
      ("minProperties", .number("1")), ("maxProperties", .number("1")),
      ("properties", .object(forms)),
    ]
    return [
      ("anyOf", .array([.object(value(shape.figure, &definitions)), .object(mapping)]))
    ]
  }

  private static func reference(
    _ shape: ObjectShape, _ definitions: inout [String: JSONText]
  ) -> [(String, JSONText)] {
    if definitions[shape.name] == nil {
      let members = object(shape, &definitions)
      definitions[shape.name] = .object(members)
    }
    return [("$ref", .string("#/$defs/\(shape.name)"))]
  }
}

/// A JSON value whose members keep their order.
indirect enum JSONText {
  case string(String)
  case number(String)
  case bool(Bool)
  case array([JSONText])
  case object([(String, JSONText)])

  /// The value as text, two blanks for each level.
  func rendered(_ indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .string(let text): return YAMLScalar.quoted(text)
    case .number(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .array(let items):
      return "[" + items.map { $0.rendered(inner) }.joined(separator: ", ") + "]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map { "\(inner)\(YAMLScalar.quoted($0)): \($1.rendered(inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
    }
  }
}
