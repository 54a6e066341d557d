import GantryModel

/// A label selector over interned labels.
struct CompiledSelector: Sendable {
  struct Requirement: Sendable {
    var key: Int32
    var `operator`: LabelSelectorRequirement.Operator
    var values: [Int32]

    func matches(_ labels: LabelSet) -> Bool {
      let value = labels[key]
      switch `operator` {
      case .in: return value.map(values.contains) ?? false
      case .notIn: return !(value.map(values.contains) ?? false)
      case .exists: return value != nil
      case .doesNotExist: return value == nil
      }
    }
  }

  /// All must hold.
  var requirements: [Requirement]
  /// Whether this comes from an absent selector.
  var matchesNothing = false

  /// Whether every pod matches.
  var isEmpty: Bool { requirements.isEmpty && !matchesNothing }

  /// Compiles a selector; nil matches nothing.
  init(_ selector: LabelSelector?, _ symbols: inout Symbols) {
    requirements = []
    guard let selector else {
      matchesNothing = true
      return
    }
    for (key, value) in selector.matchLabels.sorted(by: { $0.key < $1.key }) {
      requirements.append(
        .init(key: symbols.intern(key), operator: .in, values: [symbols.intern(value)]))
    }
    for each in selector.matchExpressions {
      requirements.append(
        .init(
          key: symbols.intern(each.key), operator: each.operator,
          values: each.values.map { symbols.intern($0) }))
    }
  }

  func matches(_ labels: LabelSet) -> Bool {
    guard !matchesNothing else { return false }
    for requirement in requirements where !requirement.matches(labels) { return false }
    return true
  }
}
