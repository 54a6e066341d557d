public import GantryModel
public import GantryUnits

// Readers of the scheduling nouns of core/v1, each taking the value as written. All findings go to
// the sink; what could not be read is left out of the result.

/// Reads an amount such as `500m` or `1.5Gi`; numbers and texts are both allowed.
public func readQuantity(_ node: YAMLNode, path: String, sink: DiagnosticSink) -> Quantity? {
  let text: String
  switch node.content {
  case .string(let value), .number(let value): text = value
  default:
    sink.error("E0011", "\(path) must be a quantity, not \(node.kindName)", at: node.location)
    return nil
  }
  guard let quantity = Quantity(text) else {
    sink.error(
      "E0020", "\(path): '\(text)' is not a quantity", at: node.location,
      suggestion: "write a number with a suffix such as m, k, M, G, Ki, Mi or Gi")
    return nil
  }
  return quantity
}

extension ObjectReader {
  /// A quantity field.
  public mutating func quantity(_ name: String) -> Quantity? {
    node(name).flatMap { readQuantity($0, path: child(name), sink: sink) }
  }

  /// A field of amounts by resource name; empty when absent.
  public mutating func resourceList(_ name: String) -> ResourceList {
    guard let value = node(name) else { return [:] }
    guard case .mapping(let entries) = value.content else {
      sink.error(
        "E0011", "\(child(name)) must be a mapping, not \(value.kindName)", at: value.location)
      return [:]
    }
    var result: ResourceList = [:]
    for entry in entries {
      let path = "\(child(name)).\(entry.key.value)"
      guard let amount = readQuantity(entry.value, path: path, sink: sink) else { continue }
      if amount.milli < 0 {
        sink.error("E0021", "\(path) must not be negative", at: entry.value.location)
      } else {
        result[entry.key.value] = amount
      }
    }
    return result
  }

  /// A text field with a fixed set of values, given as the cases of an enumeration.
  public mutating func choice<T: RawRepresentable & CaseIterable>(
    _ name: String, as type: T.Type = T.self
  ) -> T? where T.RawValue == String {
    guard let text = string(name) else { return nil }
    if let value = T(rawValue: text.value) { return value }
    let known = T.allCases.map(\.rawValue)
    sink.error(
      "E0022",
      "\(child(name)) is '\(text.value)'; it must be one of \(known.joined(separator: ", "))",
      at: text.location,
      suggestion: nearestName(to: text.value, in: known).map { "did you mean '\($0)'?" })
    return nil
  }

  /// A choice that must be there.
  public mutating func requiredChoice<T: RawRepresentable & CaseIterable>(
    _ name: String, as type: T.Type = T.self
  ) -> T? where T.RawValue == String {
    if node(name) == nil {
      missing(name)
      return nil
    }
    return choice(name)
  }

  /// A map of texts without places; a repeated key is the loader's error.
  public mutating func labels(_ name: String) -> [String: String] {
    Dictionary(
      stringMap(name).map { ($0.key.value, $0.value.value) },
      uniquingKeysWith: { first, _ in first })
  }
}

/// Reads `resources` of a container.
public func readResourceRequirements(
  _ node: YAMLNode, path: String, sink: DiagnosticSink
) -> ResourceRequirements? {
  guard var reader = ObjectReader(node, path: path, sink: sink) else { return nil }
  var result = ResourceRequirements()
  result.requests = reader.resourceList("requests")
  result.limits = reader.resourceList("limits")
  reader.ignore("claims")
  for name in result.requests.keys.sorted() {
    guard let request = result.requests[name], let limit = result.limits[name], request > limit
    else { continue }
    sink.error(
      "E0023", "\(path): the request of \(name) is larger than its limit",
      at: reader.place(of: "requests"))
  }
  reader.finish()
  return result
}

/// Reads one toleration.
public func readToleration(
  _ node: YAMLNode, path: String, sink: DiagnosticSink
) -> Toleration? {
  guard var reader = ObjectReader(node, path: path, sink: sink) else { return nil }
  var result = Toleration()
  result.key = reader.string("key")?.value ?? ""
  result.operator = reader.choice("operator") ?? .equal
  result.value = reader.string("value")?.value ?? ""
  if let effect = reader.node("effect"), case .string("") = effect.content {
    result.effect = nil
  } else {
    result.effect = reader.choice("effect")
  }
  result.tolerationSeconds = reader.int("tolerationSeconds").map { Int64($0.value) }
  if result.key.isEmpty, result.operator == .equal {
    sink.error(
      "E0024", "\(path): an empty key needs 'operator: Exists'", at: reader.location)
  }
  if result.operator == .exists, !result.value.isEmpty {
    sink.error(
      "E0024", "\(path): 'operator: Exists' allows no value", at: reader.place(of: "value"))
  }
  if result.tolerationSeconds != nil, result.effect != .noExecute {
    sink.error(
      "E0024", "\(path): tolerationSeconds needs 'effect: NoExecute'",
      at: reader.place(of: "tolerationSeconds"))
  }
  reader.finish()
  return result
}

/// Reads one taint of a node or MachineSet.
public func readTaint(_ node: YAMLNode, path: String, sink: DiagnosticSink) -> Taint? {
  guard var reader = ObjectReader(node, path: path, sink: sink) else { return nil }
  let key = reader.requiredString("key")
  let value = reader.string("value")?.value ?? ""
  let effect = reader.requiredChoice("effect", as: TaintEffect.self)
  reader.ignore("timeAdded")
  reader.finish()
  guard let key, let effect else { return nil }
  return Taint(key: key.value, value: value, effect: effect)
}

/// Reads a label selector.
public func readLabelSelector(
  _ node: YAMLNode, path: String, sink: DiagnosticSink
) -> LabelSelector? {
  guard var reader = ObjectReader(node, path: path, sink: sink) else { return nil }
  var result = LabelSelector()
  result.matchLabels = reader.labels("matchLabels")
  result.matchExpressions = reader.objects("matchExpressions").compactMap {
    readRequirement($0, as: LabelSelectorRequirement.Operator.self, sink: sink) {
      LabelSelectorRequirement(key: $0, operator: $1, values: $2)
    }
  }
  reader.finish()
  return result
}

/// Reads one key, operator and values; the number of values must suit the operator.
func readRequirement<O: RawRepresentable & CaseIterable, R>(
  _ source: ObjectReader, as type: O.Type, sink: DiagnosticSink,
  make: (String, O, [String]) -> R
) -> R? where O.RawValue == String {
  var reader = source
  let key = reader.requiredString("key")
  let comparison = reader.requiredChoice("operator", as: type)
  let values = reader.strings("values").map(\.value)
  reader.finish()
  guard let key, let comparison else { return nil }
  let problem: String? =
    switch comparison.rawValue {
    case "In", "NotIn": values.isEmpty ? "needs at least one value" : nil
    case "Exists", "DoesNotExist": values.isEmpty ? nil : "allows no values"
    case "Gt", "Lt": values.count == 1 && Int64(values[0]) != nil ? nil : "needs one whole number"
    default: nil
    }
  if let problem {
    sink.error(
      "E0025", "\(reader.path): operator \(comparison.rawValue) \(problem)",
      at: reader.place(of: "operator"))
    return nil
  }
  return make(key.value, comparison, values)
}

/// Reads one topology spread constraint.
public func readTopologySpreadConstraint(
  _ node: YAMLNode, path: String, sink: DiagnosticSink
) -> TopologySpreadConstraint? {
  guard var reader = ObjectReader(node, path: path, sink: sink) else { return nil }
  if reader.node("maxSkew") == nil { reader.missing("maxSkew") }
  let maxSkew = reader.int("maxSkew")
  let topologyKey = reader.requiredString("topologyKey")
  let unsatisfiable = reader.requiredChoice(
    "whenUnsatisfiable", as: TopologySpreadConstraint.WhenUnsatisfiable.self)
  let selector = reader.node("labelSelector").flatMap {
    readLabelSelector($0, path: reader.child("labelSelector"), sink: sink)
  }
  let minDomains = reader.int("minDomains")
  let labelKeys = reader.strings("matchLabelKeys").map(\.value)
  let affinityPolicy: TopologySpreadConstraint.InclusionPolicy? = reader.choice(
    "nodeAffinityPolicy")
  let taintsPolicy: TopologySpreadConstraint.InclusionPolicy? = reader.choice("nodeTaintsPolicy")
  reader.finish()
  for number in [maxSkew, minDomains].compactMap({ $0 }) where number.value < 1 {
    sink.error("E0026", "\(path): maxSkew and minDomains must be 1 or more", at: number.location)
  }
  guard let maxSkew, let topologyKey, let unsatisfiable else { return nil }
  var result = TopologySpreadConstraint(
    maxSkew: maxSkew.value, topologyKey: topologyKey.value, whenUnsatisfiable: unsatisfiable)
  result.labelSelector = selector
  result.minDomains = minDomains?.value
  result.matchLabelKeys = labelKeys
  result.nodeAffinityPolicy = affinityPolicy ?? .honor
  result.nodeTaintsPolicy = taintsPolicy ?? .ignore
  return result
}
