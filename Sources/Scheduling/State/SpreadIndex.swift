import GantryModel

/// Counts of placed pods by node, for every selector of a spread constraint ever registered.
struct SpreadIndex: Sendable {
  struct MatcherKey: Hashable, Sendable {
    var namespace: Int32
    var selector: LabelSelector?
    /// Labels required beside the selector.
    var labels: [String: String]
  }

  struct Matcher: Sendable {
    var namespace: Int32
    var selector: CompiledSelector
    /// Matching pods of each node slot that are not terminating.
    var counts: [Int32] = []

    mutating func add(_ amount: Int32, to node: Int) {
      while counts.count <= node { counts.append(0) }
      counts[node] += amount
    }

    func count(on node: Int) -> Int32 { node < counts.count ? counts[node] : 0 }
  }

  var matchers: [Matcher] = []
  private var ids: [MatcherKey: Int] = [:]
  private var anchors = AnchorIndex()
  private var shapes: [(namespace: Int32, labels: LabelSet)] = []
  private var matchersOfShape: [[Int]] = []

  func id(of key: MatcherKey) -> Int? { ids[key] }

  /// Adds a matcher; its counts are the caller's to fill.
  mutating func addMatcher(_ key: MatcherKey, _ matcher: Matcher) -> Int {
    let number = matchers.count
    matchers.append(matcher)
    ids[key] = number
    anchors.add(matcher.selector, number: number)
    for shape in anchors.labelSets(for: matcher.selector) { link(shape: shape, to: number) }
    return number
  }

  mutating func addShape(namespace: Int32, labels: LabelSet) {
    let number = shapes.count
    shapes.append((namespace, labels))
    matchersOfShape.append([])
    anchors.add(labels)
    for matcher in anchors.selectors(for: labels) { link(shape: number, to: matcher) }
  }

  private mutating func link(shape: Int, to matcher: Int) {
    let selector = matchers[matcher].selector
    // An empty selector counts no pods, though a pod matches its own.
    guard !selector.isEmpty, matchers[matcher].namespace == shapes[shape].namespace,
      selector.matches(shapes[shape].labels)
    else { return }
    matchersOfShape[shape].append(matcher)
  }

  /// Whether the matcher counts pods of the shape.
  func isMatched(shape: Int, by matcher: Int) -> Bool { matchersOfShape[shape].contains(matcher) }

  /// Counts a pod in (+1) or out (−1).
  mutating func count(shape: Int, on node: Int, times sign: Int32) {
    for matcher in matchersOfShape[shape] { matchers[matcher].add(sign, to: node) }
  }
}
