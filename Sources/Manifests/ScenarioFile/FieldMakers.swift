import GantryModel
import GantryUnits

typealias FieldPath<Root, Value> = WritableKeyPath<Root, Value> & Sendable

/// What is said about a field besides its type.
struct FieldText: Sendable {
  let description: String
  let defaultText: String?

  /// Joins description and default.
  init(_ description: String, default defaultText: String? = nil) {
    self.description = description
    self.defaultText = defaultText
  }
}

extension Field {
  private init(
    _ name: String, _ shape: FieldShape, _ text: FieldText, isRequired: Bool = false,
    read: @escaping @Sendable (inout Root, FieldInput) -> Void,
    write: @escaping @Sendable (Root) -> FieldOutput?
  ) {
    outline = FieldOutline(
      name: name, shape: shape, description: text.description, defaultText: text.defaultText,
      isRequired: isRequired)
    self.read = read
    self.write = write
  }

  /// A text.
  static func text(
    _ name: String, _ path: any FieldPath<Root, Located<String>?>, _ text: FieldText,
    shape: FieldShape = .text(nil)
  ) -> Field {
    Field(name, shape, text) { root, input in
      if let value = input.text(shape) { root[keyPath: path] = value }
    } write: { root in
      root[keyPath: path].map { .scalar(YAMLScalar.text($0.value) + $0.originComment) }
    }
  }

  /// A text that must be there.
  static func requiredText(
    _ name: String, _ path: any FieldPath<Root, Located<String>>, _ text: FieldText
  ) -> Field {
    Field(name, .text(nil), text, isRequired: true) { root, input in
      if let value = input.text(.text(nil)) { root[keyPath: path] = value }
    } write: { root in
      .scalar(YAMLScalar.text(root[keyPath: path].value) + root[keyPath: path].originComment)
    }
  }

  /// A text whose place does not matter.
  static func plainText(
    _ name: String, _ path: any FieldPath<Root, String?>, _ text: FieldText
  ) -> Field {
    Field(name, .text(nil), text) { root, input in
      if let value = input.text(.text(nil)) { root[keyPath: path] = value.value }
    } write: { root in
      root[keyPath: path].map { .scalar(YAMLScalar.text($0)) }
    }
  }

  /// A whole number.
  static func whole(
    _ name: String, _ path: any FieldPath<Root, Located<Int>?>, _ text: FieldText, minimum: Int = 0
  ) -> Field {
    Field(name, .whole(minimum: minimum), text) { root, input in
      if let value = input.whole(minimum: minimum) { root[keyPath: path] = value }
    } write: { root in
      root[keyPath: path].map { .scalar(String($0.value) + $0.originComment) }
    }
  }

  /// A number.
  static func number(
    _ name: String, _ path: any FieldPath<Root, Located<Double>?>, _ text: FieldText,
    minimum: Double = 0
  ) -> Field {
    Field(name, .number(minimum: minimum), text) { root, input in
      if let value = input.number(minimum: minimum) { root[keyPath: path] = value }
    } write: { root in
      root[keyPath: path].map {
        .scalar(ScalarResolution.canonical($0.value) + $0.originComment)
      }
    }
  }

  /// A number or duration, or a distribution of such.
  static func distribution(
    _ name: String, _ path: any FieldPath<Root, Located<ProbabilityDistribution>?>,
    _ text: FieldText,
    ofDurations: Bool = false
  ) -> Field {
    let shape = DistributionShape(ofDurations: ofDurations)
    return Field(name, .distribution(ofDurations: ofDurations), text) { root, input in
      if let value = shape.read(input) { root[keyPath: path] = value }
    } write: { root in
      root[keyPath: path].map { .scalar(shape.text(of: $0.value) + $0.originComment) }
    }
  }

  /// A switch.
  static func flag(_ name: String, _ path: any FieldPath<Root, Bool?>, _ text: FieldText) -> Field {
    Field(name, .flag, text) { root, input in
      if case .bool(let value) = input.node.content {
        root[keyPath: path] = value
      } else {
        input.refuse(expected: "true or false")
      }
    } write: { root in
      root[keyPath: path].map { .scalar($0 ? "true" : "false") }
    }
  }

  /// A list of texts.
  static func texts(
    _ name: String, _ path: any FieldPath<Root, [Located<String>]>, _ text: FieldText,
    shape: FieldShape = .text(nil)
  ) -> Field {
    Field(name, .list(shape), text) { root, input in
      root[keyPath: path] = input.items.compactMap { $0.text(shape) }
    } write: { root in
      let values = root[keyPath: path]
      let texts = values.map { YAMLScalar.text($0.value, isInFlow: true) }
      let comment = values.first?.originComment ?? ""
      return values.isEmpty ? nil : .scalar("[\(texts.joined(separator: ", "))]\(comment)")
    }
  }

  /// Texts under free names; numbers and switches count as their text.
  static func settings(
    _ name: String, _ path: any FieldPath<Root, [ScenarioFile.Setting]>, _ text: FieldText
  ) -> Field {
    Field(name, .map(.text(nil)), text) { root, input in
      root[keyPath: path] = input.entries.compactMap { key, value in
        value.scalarText.map { ScenarioFile.Setting(key: key, value: $0) }
      }
    } write: { root in
      let settings = root[keyPath: path]
      return settings.isEmpty
        ? nil
        : .lines(
          settings.map {
            "\(YAMLScalar.text($0.key.value)): "
              + "\(YAMLScalar.text($0.value.value))\($0.value.originComment)"
          })
    }
  }

  /// Numbers under free names.
  static func overrides(
    _ name: String, _ path: any FieldPath<Root, [ScenarioFile.Override]>, _ text: FieldText,
    minimum: Double
  ) -> Field {
    Field(name, .map(.number(minimum: minimum)), text) { root, input in
      root[keyPath: path] = input.entries.compactMap { key, value in
        value.number(minimum: minimum).map { ScenarioFile.Override(id: key, value: $0.value) }
      }
    } write: { root in
      let overrides = root[keyPath: path]
      return overrides.isEmpty
        ? nil
        : .lines(
          overrides.map {
            "\(YAMLScalar.text($0.id.value)): "
              + "\(ScalarResolution.canonical($0.value))\($0.id.originComment)"
          })
    }
  }

  /// Values to try, by the path of a field.
  static func axes(
    _ name: String, _ path: any FieldPath<Root, [ScenarioFile.Axis]>, _ text: FieldText
  ) -> Field {
    Field(name, .map(.values), text) { root, input in
      root[keyPath: path] = input.entries.map { key, value in
        ScenarioFile.Axis(path: key, values: value.valuesToTry)
      }
    } write: { root in
      let axes = root[keyPath: path]
      return axes.isEmpty
        ? nil
        : .lines(
          axes.map { axis in
            let values = axis.values.map { YAMLScalar.text($0.value, isInFlow: true) }
            return "\(YAMLScalar.text(axis.path.value)): [\(values.joined(separator: ", "))]"
          })
    }
  }

  /// A mapping that is always there.
  static func group<Inner>(
    _ name: String, _ path: any FieldPath<Root, Inner>, _ table: FieldTable<Inner>,
    _ text: FieldText
  ) -> Field {
    Field(name, .object(table.shape), text) { root, input in
      _ = table.read(input, into: &root[keyPath: path])
    } write: { root in
      let lines = table.write(root[keyPath: path], withDefaults: true)
      return lines.isEmpty ? nil : .lines(lines)
    }
  }

  /// A mapping that may be absent.
  static func object<Inner>(
    _ name: String, _ path: any FieldPath<Root, Inner?>, _ table: FieldTable<Inner>,
    _ text: FieldText,
    make: @escaping @Sendable (SourceLocation) -> Inner
  ) -> Field {
    Field(name, .object(table.shape), text) { root, input in
      var inner = make(input.node.location)
      if table.read(input, into: &inner) { root[keyPath: path] = inner }
    } write: { root in
      root[keyPath: path].map { .lines(table.write($0, withDefaults: false)) }
    }
  }

  /// A list of mappings.
  static func objects<Inner>(
    _ name: String, _ path: any FieldPath<Root, [Inner]>, _ table: FieldTable<Inner>,
    _ text: FieldText,
    make: @escaping @Sendable (SourceLocation) -> Inner
  ) -> Field {
    Field(name, .list(.object(table.shape)), text) { root, input in
      root[keyPath: path] = input.items.compactMap { item in
        var inner = make(item.node.location)
        return table.read(item, into: &inner) ? inner : nil
      }
    } write: { root in
      let items = root[keyPath: path].map { table.write($0, withDefaults: false) }
      return items.isEmpty ? nil : .items(items)
    }
  }

  /// Node pools under their names.
  static func pools(
    _ name: String, _ path: any FieldPath<Root, [ScenarioFile.NamedPool]>,
    _ table: FieldTable<ScenarioFile.PoolSettings>, _ text: FieldText
  ) -> Field {
    Field(name, .map(.object(table.shape)), text) { root, input in
      root[keyPath: path] = input.entries.compactMap { key, value in
        var settings = ScenarioFile.PoolSettings(location: key.location)
        guard table.read(value, into: &settings) else { return nil }
        return ScenarioFile.NamedPool(name: key, settings: settings)
      }
    } write: { root in
      let pools = root[keyPath: path]
      let lines = pools.flatMap { pool -> [String] in
        let name = YAMLScalar.text(pool.name.value)
        let lines = table.write(pool.settings, withDefaults: false)
        return lines.isEmpty ? ["\(name): {}"] : ["\(name):"] + lines.map { "  " + $0 }
      }
      return pools.isEmpty ? nil : .lines(lines)
    }
  }
}

extension Located {
  /// A comment behind values that nobody wrote.
  fileprivate var originComment: String {
    location.file == ScenarioFileWriter.defaultFile ? "  # default" : ""
  }
}
