import GantryModel
import GantryUnits

// Reading of values whose shape has been checked: nothing here reports.

extension YAMLNode {
  /// The text of a string.
  var text: String? {
    if case .string(let text) = content { text } else { nil }
  }

  /// The text of a string with its place.
  var located: Located<String>? { text.map { Located($0, at: location) } }

  var flag: Bool? {
    if case .bool(let flag) = content { flag } else { nil }
  }

  var wholeNumber: Int64? {
    if case .number(let text) = content { Int64(text) } else { nil }
  }

  /// The elements of a list; empty for anything else.
  var items: [YAMLNode] {
    if case .sequence(let items) = content { items } else { [] }
  }

  /// The fields of a mapping; empty for anything else.
  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The elements of a list field; empty when it is absent.
  func items(_ name: String) -> [YAMLNode] { self[name]?.items ?? [] }

  /// The texts of a list field.
  func texts(_ name: String) -> [Located<String>] { items(name).compactMap(\.located) }

  /// A text field, or an empty text at the mapping's place when it is absent.
  func requiredText(_ name: String) -> Located<String> {
    self[name]?.located ?? Located("", at: location)
  }

  /// The entries of a mapping of texts.
  func stringMap(_ name: String) -> [String: String] {
    Dictionary(
      (self[name]?.entries ?? []).map { ($0.key.value, $0.value.text ?? "") },
      uniquingKeysWith: { $1 })
  }

  /// Where each field down to a depth is written.
  func places(depth: Int) -> FieldPlaces {
    var places = FieldPlaces()
    collectPlaces("", depth: depth, into: &places)
    return places
  }

  private func collectPlaces(_ path: String, depth: Int, into places: inout FieldPlaces) {
    guard depth > 0 else { return }
    switch content {
    case .mapping(let entries):
      for entry in entries {
        let child = path.isEmpty ? entry.key.value : "\(path).\(entry.key.value)"
        places[child] = entry.value.location
        entry.value.collectPlaces(child, depth: depth - 1, into: &places)
      }
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        places["\(path)[\(index)]"] = item.location
        item.collectPlaces("\(path)[\(index)]", depth: depth - 1, into: &places)
      }
    default: break
    }
  }
}
