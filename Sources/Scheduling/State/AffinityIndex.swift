import GantryModel

/// Counts of placed pods by topology domain, for every pod affinity term ever registered.
///
/// A term is stored once however many shapes have it. Placing a pod touches only the terms that
/// match it and the terms it owns.
struct AffinityIndex: Sendable {
  struct TermKey: Hashable, Sendable {
    var namespaces: [String]
    var namespaceSelector: LabelSelector?
    var labelSelector: LabelSelector?
    var topologyKey: String

    /// Resolves the default namespace: the owner's own, when the term names none.
    init(_ term: PodAffinityTerm, owner namespace: String) {
      let isDefault = term.namespaces.isEmpty && term.namespaceSelector == nil
      namespaces = isDefault ? [namespace] : Set(term.namespaces).sorted()
      namespaceSelector = term.namespaceSelector
      labelSelector = term.labelSelector
      topologyKey = term.topologyKey
    }
  }

  struct Term: Sendable {
    var namespaces: Set<Int32>
    var namespaceSelector: CompiledSelector
    var selector: CompiledSelector
    var column: Int
    /// Placed pods that the term matches, by domain of their node.
    var matched = DomainCounts()
    /// The owned forms of the term.
    var owned: [Int] = []
  }

  enum OwnedKind: Hashable, Sendable {
    case requiredAffinity
    case requiredAntiAffinity
    /// With the weight, which is negative for anti-affinity.
    case preferred(Int64)
  }

  struct OwnedKey: Hashable, Sendable {
    var term: Int
    var kind: OwnedKind
  }

  struct Owned: Sendable {
    var key: OwnedKey
    /// Placed pods that have the term, by domain of their node.
    var owners = DomainCounts()
  }

  /// The required affinity terms of a pod, which a placed pod must match all at once to count.
  struct Group: Sendable {
    var terms: [Int]
    /// For each distinct column of the terms: how many pods match all terms.
    var counts: [(column: Int, matched: DomainCounts)]

    /// Whether any placed pod counts.
    var isAnyMatched: Bool { counts.contains { $0.matched.total > 0 } }
  }

  /// What a shape has to do with the terms.
  struct ShapeLinks: Sendable {
    var namespace: Int32
    var labels: LabelSet
    /// Terms that match pods of the shape, as seen by another pod that has them.
    var matchedTerms: [Int] = []
    var matchedGroups: [Int] = []
    /// Terms of placed pods that match pods of the shape when these are to be scheduled.
    var attractingTerms: [Int] = []
    /// Terms that pods of the shape have.
    var owned: [Int] = []
  }

  var terms: [Term] = []
  var owned: [Owned] = []
  var groups: [Group] = []
  var shapes: [ShapeLinks] = []
  private var termIDs: [TermKey: Int] = [:]
  private var ownedIDs: [OwnedKey: Int] = [:]
  private var groupIDs: [[Int]: Int] = [:]
  private var groupsOfTerm: [[Int]] = []
  private var anchors = AnchorIndex()

  /// The number of a known term.
  func id(of key: TermKey) -> Int? { termIDs[key] }

  /// Adds a term and finds the shapes that it matches; its counts are the caller's to fill.
  mutating func addTerm(_ key: TermKey, _ term: Term, _ namespaces: NamespaceTable) -> Int {
    let number = terms.count
    terms.append(term)
    termIDs[key] = number
    groupsOfTerm.append([])
    anchors.add(term.selector, number: number)
    for shape in anchors.labelSets(for: term.selector) {
      link(shape: shape, to: number, namespaces)
    }
    return number
  }

  /// The owned form of a term, and whether it is new.
  mutating func addOwned(_ key: OwnedKey) -> Int {
    if let number = ownedIDs[key] { return number }
    ownedIDs[key] = owned.count
    terms[key.term].owned.append(owned.count)
    owned.append(Owned(key: key))
    return owned.count - 1
  }

  /// The group of some terms; `isNew` tells that its counts are the caller's to fill.
  mutating func addGroup(_ members: [Int]) -> (number: Int, isNew: Bool) {
    if let number = groupIDs[members] { return (number, false) }
    let number = groups.count
    var columns: [Int] = []
    for term in members where !columns.contains(terms[term].column) {
      columns.append(terms[term].column)
    }
    groups.append(Group(terms: members, counts: columns.map { ($0, DomainCounts()) }))
    groupIDs[members] = number
    for term in Set(members) { groupsOfTerm[term].append(number) }
    for shape in shapes.indices where matches(group: number, shape: shape) {
      shapes[shape].matchedGroups.append(number)
    }
    return (number, true)
  }

  /// Adds the next shape and links it to the terms that match it.
  mutating func addShape(_ links: ShapeLinks, _ namespaces: NamespaceTable) {
    let number = shapes.count
    shapes.append(links)
    anchors.add(links.labels)
    for term in anchors.selectors(for: links.labels) {
      link(shape: number, to: term, namespaces)
    }
    linkGroups(of: number)
  }

  /// Links all shapes anew after the labels of a namespace changed.
  mutating func relink(_ namespaces: NamespaceTable) {
    for shape in shapes.indices {
      shapes[shape].matchedTerms = []
      shapes[shape].attractingTerms = []
      for term in anchors.selectors(for: shapes[shape].labels) {
        link(shape: shape, to: term, namespaces)
      }
      linkGroups(of: shape)
    }
  }

  private mutating func link(shape: Int, to term: Int, _ namespaces: NamespaceTable) {
    let links = shapes[shape]
    guard terms[term].selector.matches(links.labels) else { return }
    let isNamed = terms[term].namespaces.contains(links.namespace)
    let selector = terms[term].namespaceSelector
    let labels = namespaces.labels(of: links.namespace)
    // The real code resolves a waiting pod's own selectors against the namespaces that exist, but
    // a placed pod's selectors against the labels of the waiting pod's namespace, if it has any.
    if isNamed || selector.isEmpty || labels.map(selector.matches) ?? false {
      shapes[shape].matchedTerms.append(term)
    }
    if isNamed || selector.matches(labels ?? [:]) {
      shapes[shape].attractingTerms.append(term)
    }
  }

  private mutating func linkGroups(of shape: Int) {
    let candidates = Set(shapes[shape].matchedTerms.flatMap { groupsOfTerm[$0] })
    shapes[shape].matchedGroups = candidates.sorted().filter { matches(group: $0, shape: shape) }
  }

  private func matches(group: Int, shape: Int) -> Bool {
    groups[group].terms.allSatisfy(shapes[shape].matchedTerms.contains)
  }

  /// Whether pods of a shape match all terms of a group.
  func isMatched(shape: Int, by group: Int) -> Bool {
    shapes[shape].matchedGroups.contains(group)
  }

  /// Counts a pod in (+1) or out (−1).
  mutating func count(shape: Int, on node: Int, times sign: Int32, _ columns: [TopologyColumn]) {
    let links = shapes[shape]
    for term in links.matchedTerms {
      terms[term].matched.add(sign, to: columns[terms[term].column].domainOfNode[node])
    }
    for group in links.matchedGroups { count(group: group, on: node, times: sign, columns) }
    for each in links.owned {
      let column = terms[owned[each].key.term].column
      owned[each].owners.add(sign, to: columns[column].domainOfNode[node])
    }
  }

  mutating func count(group: Int, on node: Int, times sign: Int32, _ columns: [TopologyColumn]) {
    for index in groups[group].counts.indices {
      let domain = columns[groups[group].counts[index].column].domainOfNode[node]
      groups[group].counts[index].matched.add(sign, to: domain)
    }
  }

  /// Forgets all counts, before they are taken again.
  mutating func resetCounts() {
    for index in terms.indices { terms[index].matched.reset() }
    for index in owned.indices { owned[index].owners.reset() }
    for group in groups.indices {
      for index in groups[group].counts.indices { groups[group].counts[index].matched.reset() }
    }
  }
}

/// The labels of the namespaces that exist.
struct NamespaceTable: Sendable {
  private var labelsByName: [Int32: LabelSet] = [:]

  func labels(of namespace: Int32) -> LabelSet? { labelsByName[namespace] }

  mutating func set(_ namespace: Int32, to labels: LabelSet?) { labelsByName[namespace] = labels }
}
