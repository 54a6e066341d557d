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

  /// A comparison of a field with one value.
  struct FieldRequirement: Sendable {
    /// Whether the field is the node's name; every other field is empty.
    var isName: Bool
    var isIn: Bool
    var value: Int32
  }

  var expressions: [Requirement]
  var fields: [FieldRequirement]
  /// Whether the term has a form that the real code rejects, so that it never matches.
  var isInvalid = false

  var isEmpty: Bool { expressions.isEmpty && fields.isEmpty && !isInvalid }

  init(_ term: NodeSelectorTerm, _ symbols: inout Symbols) {
    expressions = []
    fields = []
    for each in term.matchExpressions {
      if !LabelSyntax.isRequirement(each) { isInvalid = true }
      expressions.append(
        .init(
          key: symbols.intern(each.key), operator: each.operator,
          values: each.values.map { symbols.intern($0) },
          bound: each.values.count == 1 ? Int64(each.values[0]) : nil))
    }
    for each in term.matchFields {
      // A field is compared with exactly one value.
      guard each.operator == .in || each.operator == .notIn, each.values.count == 1 else {
        isInvalid = true
        continue
      }
      fields.append(
        .init(
          isName: each.key == "metadata.name", isIn: each.operator == .in,
          value: symbols.intern(each.values[0])))
    }
  }

  /// Whether a node with this name and these labels meets all comparisons.
  ///
  /// Without a name, as where the real scheduler checks volumes, fields are not compared.
  func matches(name: Int32?, labels: LabelSet, _ symbols: Symbols) -> Bool {
    guard !isEmpty, !isInvalid else { return false }
    for each in expressions where !each.matches(labels, symbols) { return false }
    guard let name else { return true }
    for each in fields {
      let isEqual = each.isName ? each.value == name : symbols[each.value].isEmpty
      if isEqual != each.isIn { return false }
    }
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
