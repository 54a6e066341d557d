import GantryModel

/// Finds the selectors that may match some labels, and the labels that a selector may match,
/// without trying all pairs: by one required key and value of the selector, its anchor.
struct AnchorIndex: Sendable {
  struct Pair: Hashable, Sendable {
    var key: Int32
    var value: Int32
  }

  private var selectorsByAnchor: [Pair: [Int]] = [:]
  private var unanchoredSelectors: [Int] = []
  private var labelSetsByPair: [Pair: [Int]] = [:]
  private var labelSetCount = 0

  private func anchor(of selector: CompiledSelector) -> Pair? {
    for each in selector.requirements where each.operator == .in && each.values.count == 1 {
      return Pair(key: each.key, value: each.values[0])
    }
    return nil
  }

  /// Adds a selector under a number of the caller's.
  mutating func add(_ selector: CompiledSelector, number: Int) {
    if let anchor = anchor(of: selector) {
      selectorsByAnchor[anchor, default: []].append(number)
    } else {
      unanchoredSelectors.append(number)
    }
  }

  /// Adds labels under the next number from zero.
  mutating func add(_ labels: LabelSet) {
    for (key, value) in labels {
      labelSetsByPair[Pair(key: key, value: value), default: []].append(labelSetCount)
    }
    labelSetCount += 1
  }

  /// The selectors that may match the labels, in ascending order.
  func selectors(for labels: LabelSet) -> [Int] {
    var found = unanchoredSelectors
    for (key, value) in labels {
      found += selectorsByAnchor[Pair(key: key, value: value)] ?? []
    }
    return found.sorted()
  }

  /// The labels that the selector may match, in ascending order.
  func labelSets(for selector: CompiledSelector) -> [Int] {
    guard let anchor = anchor(of: selector) else { return Array(0..<labelSetCount) }
    return labelSetsByPair[anchor] ?? []
  }
}
