import GantryModel

/// Checks of parameter declarations and given parameters.
struct ParameterChecks {
  let subject: String
  let context: ValidationContext

  init(subject: String, _ context: ValidationContext) {
    self.subject = subject
    self.context = context
  }

  /// Types, defaults and properties of declarations.
  func checkTypes(_ specs: [ParameterSpec]) {
    for spec in specs {
      if let unknown = spec.unknownType {
        context.error(
          "E0122",
          "\(subject): parameter '\(spec.name.value)' has the type '\(unknown.value)'; it must be"
            + " string, array or object",
          at: unknown.location,
          suggestion: nearestName(
            to: unknown.value, in: ParameterType.allCases.map(\.rawValue)
          ).map { "did you mean '\($0)'?" })
      } else if let value = spec.defaultValue, value.type != spec.type {
        context.error(
          "E0122",
          "\(subject): parameter '\(spec.name.value)': \"\(spec.type.rawValue)\" type does not match"
            + " default value's type: \"\(value.type.rawValue)\"",
          at: spec.places["default"] ?? spec.name.location)
      } else if !spec.invalidProperties.isEmpty {
        context.error(
          "E0122",
          "\(subject): parameter '\(spec.name.value)': the properties"
            + " \(spec.invalidProperties.joined(separator: ", ")) must be of type string",
          at: spec.places["properties"] ?? spec.name.location)
      }
    }
  }

  /// Object parameters must say which keys they have.
  func checkProperties(_ specs: [ParameterSpec]) {
    for spec in specs where spec.type == .object && !spec.hasProperties {
      context.error(
        "E0122", "\(subject): missing field(s): \(spec.name.value).properties",
        at: spec.name.location)
    }
  }

  /// Names written twice and lists of allowed values.
  func checkNamesAndEnums(_ specs: [ParameterSpec]) {
    context.unique(specs.map(\.name)) {
      "\(subject): parameter '\($0)' appears more than once"
    }
    for spec in specs where !(spec.allowedValues ?? []).isEmpty { checkEnum(spec) }
  }

  private func checkEnum(_ spec: ParameterSpec) {
    let values = spec.allowedValues ?? []
    let place = spec.places["enum"] ?? spec.name.location
    let parameter = "\(subject): parameter '\(spec.name.value)'"
    if !context.features.allowsEnum {
      context.error(
        "E0116", "\(parameter): feature flag `enable-param-enum` should be set to true to use Enum",
        at: place)
    }
    if spec.type != .string {
      context.error(
        "E0122", "\(parameter): enum can only be set with string type param", at: place)
    }
    if Set(values).count != values.count {
      context.error("E0122", "\(parameter): a value of enum appears more than once", at: place)
    }
    if case .string(let text)? = spec.defaultValue, !text.isEmpty, !values.contains(text) {
      context.error(
        "E0122", "\(parameter): the default '\(text)' is not in the enum list",
        at: spec.places["default"] ?? place)
    }
  }

  /// Forms of names, which tasks check and pipelines do not.
  func checkNameForms(_ specs: [ParameterSpec]) {
    for spec in specs {
      let allowsDots = spec.type != .object
      let names = [spec.name.value] + (allowsDots ? [] : spec.properties)
      for name in names where !NameRules.isParameterName(name, allowsDots: allowsDots) {
        context.error(
          "E0110",
          "\(subject): '\(name)' is not a name of a parameter: begin with a letter or '_', then"
            + " letters, digits, '-', '_'\(allowsDots ? " and '.'" : "")",
          at: spec.name.location)
      }
    }
  }

  /// Parameters given twice.
  func checkGiven(_ parameters: [Parameter]) {
    context.unique(parameters.map(\.name)) {
      "\(subject): parameter names must be unique, '\($0)' is given twice"
    }
  }
}

extension ParameterSpec {
  /// Whether properties are declared, even none.
  var hasProperties: Bool { places["properties"] != nil || !properties.isEmpty }
}

/// The names of declared parameters by what a reference to them may be.
struct DeclaredParameters {
  let all: Set<String>
  let arrays: Set<String>
  /// Object parameters with their keys, in the order declared.
  let objects: [(name: String, keys: Set<String>)]

  init(_ specs: [ParameterSpec]) {
    all = Set(specs.map(\.name.value))
    arrays = Set(specs.filter { $0.type == .array }.map(\.name.value))
    objects = specs.filter { $0.type == .object }
      .map { ($0.name.value, Set($0.properties)) }
  }

  var objectNames: Set<String> { Set(objects.map(\.name)) }

  /// What is wrong with a text that stands for one value.
  func complaintAboutString(_ text: String) -> String? {
    guard text.contains("$(") else { return nil }
    return VariableRules.unknown(in: text, prefix: "params", known: all)
      ?? complaintAboutObjects(text)
      ?? VariableRules.prohibited(in: text, prefix: "params", names: arrays)
  }

  /// What is wrong with an element of a list, which an array may replace.
  func complaintAboutElement(_ text: String) -> String? {
    guard text.contains("$(") else { return nil }
    return VariableRules.unknown(in: text, prefix: "params", known: all)
      ?? complaintAboutObjects(text)
      ?? VariableRules.notIsolated(in: text, prefix: "params", names: arrays)
  }

  private func complaintAboutObjects(_ text: String) -> String? {
    for object in objects {
      if let complaint = VariableRules.unknown(
        in: text, prefix: "params.\(object.name)", known: object.keys)
      {
        return complaint
      }
    }
    return VariableRules.prohibitedWhole(in: text, prefix: "params", names: objectNames)
  }

  /// The declared name nearest to an unknown one in a text.
  func suggestion(for text: String) -> String? {
    guard let name = VariableRules.unknownName(in: text, prefix: "params", known: all) else {
      return nil
    }
    return nearestName(to: name, in: all.sorted()).map { "did you mean '\($0)'?" }
  }
}
