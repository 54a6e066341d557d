internal import GantryModel

/// Values for `$(…)` references, by what stands between the parentheses.
///
/// One pass replaces the innermost reference first; what has no value stays as written, as in
/// Tekton.
struct Replacements {
  var strings: [String: String] = [:]
  var arrays: [String: [String]] = [:]
  var objects: [String: [ParameterValue.ObjectEntry]] = [:]

  var isEmpty: Bool { strings.isEmpty && arrays.isEmpty && objects.isEmpty }

  /// Adds a value under a prefix such as `params` in all notations.
  mutating func add(_ value: ParameterValue, prefix: String, name: String) {
    for key in Replacements.notations(prefix: prefix, name: name) {
      switch value {
      case .string(let text): strings[key] = text
      case .array(let items):
        arrays[key] = items
        for (index, item) in items.enumerated() { strings["\(key)[\(index)]"] = item }
      case .object(let entries):
        objects[key] = entries
        for entry in entries {
          strings["\(key).\(entry.key)"] = entry.value
          strings["\(key)['\(entry.key)']"] = entry.value
          strings["\(key)[\"\(entry.key)\"]"] = entry.value
        }
      }
    }
  }

  /// Forgets a value.
  mutating func remove(prefix: String, name: String) {
    for key in Replacements.notations(prefix: prefix, name: name) {
      for element in 0..<(arrays[key]?.count ?? 0) { strings["\(key)[\(element)]"] = nil }
      for entry in objects[key] ?? [] {
        strings["\(key).\(entry.key)"] = nil
        strings["\(key)['\(entry.key)']"] = nil
        strings["\(key)[\"\(entry.key)\"]"] = nil
      }
      strings[key] = nil
      arrays[key] = nil
      objects[key] = nil
    }
  }

  /// Adds all values of another table; those win.
  mutating func merge(_ other: Replacements) {
    strings.merge(other.strings) { $1 }
    arrays.merge(other.arrays) { $1 }
    objects.merge(other.objects) { $1 }
  }

  /// A text with its references replaced.
  func apply(_ text: String) -> String {
    guard text.contains("$(") else { return text }
    return expandReferences(in: text) { strings[$0] }
  }

  /// A list with its references replaced; an element that is a whole array is spliced in.
  func apply(_ list: [String]) -> [String] {
    list.flatMap { item -> [String] in
      if let key = wholeReference(item), let items = arrays[key] { return items }
      return [apply(item)]
    }
  }

  /// A value with its references replaced; it may change its type when it is one whole reference.
  func apply(_ value: ParameterValue) -> ParameterValue {
    switch value {
    case .array(let items): return .array(apply(items))
    case .object(let entries):
      return .object(entries.map { .init(key: $0.key, value: apply($0.value)) })
    case .string(let text):
      guard let key = wholeReference(text) else { return .string(apply(text)) }
      if let string = strings[key] { return .string(string) }
      if let items = arrays[key] { return .array(items) }
      if let entries = objects[key] { return .object(entries) }
      return .string(text)
    }
  }

  func apply(_ text: Located<String>) -> Located<String> {
    Located(apply(text.value), at: text.location)
  }

  func apply(_ parameter: Parameter) -> Parameter {
    Parameter(
      name: parameter.name,
      value: Located(apply(parameter.value.value), at: parameter.value.location))
  }

  static func notations(prefix: String, name: String) -> [String] {
    ["\(prefix).\(name)", "\(prefix)['\(name)']", "\(prefix)[\"\(name)\"]"]
  }
}

/// The key of a text that is one reference and nothing else, without a trailing `[*]`.
func wholeReference(_ text: String) -> String? {
  guard text.hasPrefix("$("), text.hasSuffix(")") else { return nil }
  let inner = text.dropFirst(2).dropLast()
  guard !inner.contains("$("), !inner.contains(")") else { return nil }
  return String(inner.hasSuffix("[*]") ? inner.dropLast(3) : inner)
}

/// Calls `value` for each innermost `$(…)` and puts the result in its place; nil leaves it.
func expandReferences(in text: String, value: (String) -> String?) -> String {
  var result = ""
  var rest = Substring(text)
  while let close = rest.firstIndex(of: ")") {
    let head = rest[..<close]
    guard let open = lastOpening(in: head) else {
      result += rest[...close]
      rest = rest[rest.index(after: close)...]
      continue
    }
    let key = head[head.index(open, offsetBy: 2)...]
    result += head[..<open]
    result += value(String(key)) ?? "$(\(key))"
    rest = rest[rest.index(after: close)...]
  }
  return result + rest
}

/// The keys of all innermost `$(…)` of a text, in order.
func references(in text: String) -> [String] {
  guard text.contains("$(") else { return [] }
  var keys: [String] = []
  _ = expandReferences(in: text) {
    keys.append($0)
    return nil
  }
  return keys
}

private func lastOpening(in text: Substring) -> Substring.Index? {
  var found: Substring.Index?
  var index = text.startIndex
  while index < text.endIndex {
    let next = text.index(after: index)
    if text[index] == "$", next < text.endIndex, text[next] == "(" { found = index }
    index = next
  }
  return found
}

extension ParameterValue {
  /// All texts of the value, in order.
  var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let items): items
    case .object(let entries): entries.map(\.value)
    }
  }
}
