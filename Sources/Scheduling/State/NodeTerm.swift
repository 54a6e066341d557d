import GantryModel

/// A node selector term over interned labels.
struct NodeTerm: Sendable {
  struct Requirement: Sendable {
    var key: Int32
    var `operator`: NodeSelectorRequirement.Operator
    var values: [Int32]
    /// The bound of Gt and Lt; nil when it is no number, which makes the term invalid.
    var bound: Int64?
  }

  var expressions: [Requirement]
  /// Comparisons of the node's name.
  var names: [(isIn: Bool, name: Int32)]
  /// Whether the term has a form that the real code rejects, so that it never matches.
  var isInvalid = false

  var isEmpty: Bool { expressions.isEmpty && names.isEmpty && !isInvalid }

  init(_ term: NodeSelectorTerm, _ symbols: inout Symbols) {
    expressions = []
    names = []
    for each in term.matchExpressions {
      let needsBound = each.operator == .greaterThan || each.operator == .lessThan
      let bound = needsBound && each.values.count == 1 ? Int64(each.values[0]) : nil
      let needsValues = each.operator == .in || each.operator == .notIn
      if needsBound && bound == nil || needsValues && each.values.isEmpty { isInvalid = true }
      expressions.append(
        .init(
          key: symbols.intern(each.key), operator: each.operator,
          values: each.values.map { symbols.intern($0) }, bound: bound))
    }
    for each in term.matchFields {
      // The API knows one field, and a field is compared with exactly one value.
      guard each.key == "metadata.name", each.operator == .in || each.operator == .notIn,
        each.values.count == 1
      else {
        isInvalid = true
        continue
      }
      names.append((each.operator == .in, symbols.intern(each.values[0])))
    }
  }

  /// Whether a node with this name and these labels meets all comparisons.
  func matches(name: Int32, labels: LabelSet, _ symbols: Symbols) -> Bool {
    guard !isEmpty, !isInvalid else { return false }
    for each in expressions where !each.matches(labels, symbols) { return false }
    for each in names where (each.name == name) != each.isIn { return false }
    return true
  }
}

extension NodeTerm.Requirement {
  func matches(_ labels: LabelSet, _ symbols: Symbols) -> Bool {
    let value = labels[key]
    switch `operator` {
    case .in: return value.map(values.contains) ?? false
    case .notIn: return !(value.map(values.contains) ?? false)
    case .exists: return value != nil
    case .doesNotExist: return value == nil
    case .greaterThan, .lessThan:
      guard let bound, let value, let number = Int64(symbols[value]) else { return false }
      return `operator` == .greaterThan ? number > bound : number < bound
    }
  }
}
