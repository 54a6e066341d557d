import GantryModel

/// One field of a scenario mapping: how it is read, written and described.
struct Field<Root>: Sendable {
  let outline: FieldOutline
  /// Puts a value as written into the mapping's type.
  let read: @Sendable (inout Root, FieldInput) -> Void
  /// The value to write; nil when the field is absent.
  let write: @Sendable (Root) -> FieldOutput?
}

/// A field's value with what is needed to report about it.
struct FieldInput {
  let node: YAMLNode
  let path: String
  let sink: DiagnosticSink

  /// Reports a value of the wrong kind.
  func refuse(expected: String, suggestion: String? = nil) {
    sink.error(
      "E0011", "\(path) must be \(expected), not \(node.kindName)", at: node.location,
      suggestion: suggestion)
  }
}

/// A field's value on its way into YAML.
indirect enum FieldOutput {
  case scalar(String)
  /// Lines of a mapping, already laid out without indentation.
  case lines([String])
  /// A list of mappings, each as lines.
  case items([[String]])
}

/// The fields of one kind of mapping in the order they are written.
struct FieldTable<Root>: Sendable {
  let name: String
  let description: String
  let fields: [Field<Root>]

  /// The table without types.
  var shape: ObjectShape {
    ObjectShape(name: name, description: description, fields: fields.map(\.outline))
  }

  /// Reads a mapping; false when a required field is missing or it is no mapping at all.
  func read(_ input: FieldInput, into root: inout Root) -> Bool {
    guard var reader = ObjectReader(input.node, path: input.path, sink: input.sink) else {
      return false
    }
    var isComplete = true
    for field in fields {
      if let node = reader.node(field.outline.name) {
        field.read(
          &root,
          FieldInput(node: node, path: reader.child(field.outline.name), sink: input.sink))
      } else if field.outline.isRequired {
        reader.missing(field.outline.name)
        isComplete = false
      }
    }
    reader.finish()
    return isComplete
  }

  /// The lines of a mapping: fields that are set, and the others as comments with their defaults.
  func write(_ root: Root, withDefaults: Bool) -> [String] {
    var lines: [String] = []
    for field in fields {
      let name = field.outline.name
      guard let output = field.write(root) else {
        if withDefaults { lines += Self.comment(field.outline) }
        continue
      }
      switch output {
      case .scalar(let text): lines.append("\(name): \(text)")
      case .lines(let inner):
        lines += inner.isEmpty ? ["\(name): {}"] : ["\(name):"] + inner.map { "  " + $0 }
      case .items(let items):
        lines.append("\(name):")
        for item in items {
          let body = item.isEmpty ? ["{}"] : item
          lines += body.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
        }
      }
    }
    return lines
  }

  private static func comment(_ outline: FieldOutline) -> [String] {
    guard let value = outline.defaultText else { return [] }
    return ["# \(outline.name): \(value)"]
  }
}
