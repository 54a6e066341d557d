internal import GantryModel

/// Keys of object parameters that neither a default nor what is given provides.
struct MissingKeys {
  /// The first parameter that lacks keys, in the order declared.
  let first: String
  /// All of them as Go prints a map of lists.
  let text: String

  /// Nil when nothing lacks.
  ///
  /// A parameter without any value is no matter of keys.
  init?(_ specs: [ParameterSpec], given: [(name: String, value: ParameterValue)]) {
    var lacks: [(name: String, keys: [String])] = []
    for spec in specs where spec.type == .object {
      let values = [spec.defaultValue] + given.filter { $0.name == spec.name.value }.map(\.value)
      var keys: Set<String>?
      for case .object(let entries)? in values {
        keys = (keys ?? []).union(entries.map(\.key))
      }
      guard let keys else { continue }
      let missing = spec.properties.filter { !keys.contains($0) }.sorted()
      if !missing.isEmpty { lacks.append((spec.name.value, missing)) }
    }
    guard let first = lacks.first?.name else { return nil }
    self.first = first
    let map = lacks.sorted { $0.name < $1.name }
      .map { "\($0.name):[\($0.keys.joined(separator: " "))]" }
    text = "map[\(map.joined(separator: " "))]"
  }
}

/// Parameters whose values have another type than the task declares.
enum WrongTypes {
  /// Their names: those given, then those of a matrix, whose values are always texts.
  ///
  /// A text that refers to something may stand for a whole list or object.
  static func names(
    _ specs: [ParameterSpec], given: [(name: String, value: ParameterValue)], matrix: [String] = []
  ) -> [String] {
    func type(_ name: String) -> ParameterType? { specs.first { $0.name.value == name }?.type }
    let wrong = given.filter { name, value in
      guard let declared = type(name) else { return false }
      if case .string(let text) = value, declared != .string, !references(in: text).isEmpty {
        return false
      }
      return value.type != declared
    }
    return wrong.map(\.name) + matrix.filter { type($0).map { $0 != .string } ?? false }
  }
}
