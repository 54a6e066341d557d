/// A place where the inputs of two simulations differ.
struct InputDifference: Hashable {
  /// What became of the place.
  enum Change: String {
    case added = "+"
    case removed = "-"
    case changed = "~"

    var name: String {
      switch self {
      case .added: "added"
      case .removed: "removed"
      case .changed: "changed"
      }
    }
  }

  var change: Change
  /// `scenario.nodes.arm64.type`, `manifests[Task/build].spec.steps[0].image`.
  var path: String
  var old: JSONValue?
  var new: JSONValue?

  /// All differences of two canonical JSON texts, in the order of the first; nil when one of them
  /// is not JSON.
  static func between(_ old: String, _ new: String) -> [InputDifference]? {
    guard let old = JSONParser.parse(old), let new = JSONParser.parse(new) else { return nil }
    var found: [InputDifference] = []
    compare(old.withoutReading, new.withoutReading, at: "", &found)
    return found
  }

  private static func compare(
    _ old: JSONValue, _ new: JSONValue, at path: String, _ found: inout [InputDifference]
  ) {
    if old == new { return }
    switch (old, new) {
    case (.object(let a), .object(let b)):
      compare(
        a.map { ($0.name, $0.value) }, b.map { ($0.name, $0.value) }, &found
      ) { path.isEmpty ? $0 : "\(path).\($0)" }
    case (.array(let a), .array(let b)):
      let keys = identities(a), others = identities(b)
      let isNamed = keys != nil && others != nil
      let left = isNamed ? keys ?? [] : a.indices.map(String.init)
      let right = isNamed ? others ?? [] : b.indices.map(String.init)
      compare(Array(zip(left, a)), Array(zip(right, b)), &found) { "\(path)[\($0)]" }
    default:
      found.append(InputDifference(change: .changed, path: path, old: old, new: new))
    }
  }

  private static func compare(
    _ old: [(String, JSONValue)], _ new: [(String, JSONValue)],
    _ found: inout [InputDifference], _ path: (String) -> String
  ) {
    let now = Dictionary(new, uniquingKeysWith: { first, _ in first })
    let before = Set(old.map(\.0))
    for (name, value) in old {
      if let other = now[name] {
        compare(value, other, at: path(name), &found)
      } else {
        found.append(InputDifference(change: .removed, path: path(name), old: value))
      }
    }
    for (name, value) in new where !before.contains(name) {
      found.append(InputDifference(change: .added, path: path(name), new: value))
    }
  }

  /// Names that tell an array's elements apart, so that an inserted one does not shift the rest;
  /// nil when not all have one of their own.
  private static func identities(_ values: [JSONValue]) -> [String]? {
    var names: [String] = []
    for value in values {
      guard case .object = value else { return nil }
      let metadata = value["metadata"]
      guard
        let name = value["name"]?.asText ?? metadata?["name"]?.asText ?? value["file"]?.asText
      else { return nil }
      names.append([value["kind"]?.asText ?? "", name].joinedUnlessEmpty("/"))
    }
    return Set(names).count == names.count ? names : nil
  }
}

extension JSONValue {
  /// A member of an object.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text of a string.
  var asText: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value for people: texts without quotes, objects and arrays only hinted at.
  var brief: String {
    switch self {
    case .string(let text): text.isEmpty ? "\"\"" : text
    case .array(let values): Figures.count(values.count, "element")
    case .object(let members): "{\(members.map(\.name).joined(separator: ", "))}"
    case .double(let value): Figures.plain(value)
    default: String(prettyText.dropLast())
    }
  }
}

extension JSONValue {
  /// The inputs themselves: how they are read again follows from them.
  fileprivate var withoutReading: JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.name != "reading" })
  }
}
