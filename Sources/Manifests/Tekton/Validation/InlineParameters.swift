import GantryModel

/// The parameters that texts inside a run may use: what the run gives, and what its embedded
/// specifications declare, by name in the order first seen.
struct InlineParameters {
  private(set) var specs: [ParameterSpec] = []
  /// Object parameters that lack the declaration of their keys.
  private(set) var withoutProperties: [Located<String>] = []

  /// Adds parameters that a run gives; they take the type of the value.
  mutating func add(given parameters: [Parameter]) {
    for parameter in parameters {
      let value = parameter.value.value
      var spec = ParameterSpec(name: parameter.name, type: value.type, defaultValue: value)
      if case .object(let entries) = value {
        spec.properties = entries.map(\.key)
        spec.places["properties"] = parameter.value.location
      }
      if let index = index(of: parameter) { specs[index] = spec } else { specs.append(spec) }
    }
  }

  /// Adds parameters that a pipeline task gives: new ones, and new keys of known objects.
  mutating func add(givenByTask parameters: [Parameter]) {
    for parameter in parameters {
      guard let index = index(of: parameter) else {
        add(given: [parameter])
        continue
      }
      guard case .object(let entries) = parameter.value.value else { continue }
      for entry in entries where !specs[index].properties.contains(entry.key) {
        specs[index].properties.append(entry.key)
      }
    }
  }

  /// Adds declarations; a value given before keeps its type.
  mutating func add(declared parameters: [ParameterSpec]) {
    for declared in parameters {
      guard let index = specs.firstIndex(where: { $0.name.value == declared.name.value }) else {
        specs.append(declared)
        continue
      }
      let needsKeys = declared.defaultValue?.type == .object || specs[index].type == .object
      guard needsKeys else { continue }
      if declared.hasProperties {
        if specs[index].type == .object { specs[index].properties = declared.properties }
      } else {
        withoutProperties.append(declared.name)
      }
    }
  }

  private func index(of parameter: Parameter) -> Int? {
    specs.firstIndex { $0.name.value == parameter.name.value }
  }
}
