import GantryModel

extension ClusterState {
  /// Registers a pod shape; equal shapes get the same id.
  ///
  /// - Complexity: Grows with the number of placed pods for terms not seen before.
  public mutating func register(_ shape: PodShape) -> PodShapeID {
    if let known = shapeIDs[shape] { return known }
    let id = PodShapeID(index: shapes.count)
    shapeIDs[shape] = id
    var compiled = CompiledShape(shape, profile: cache.profile(of: shape), &symbols)
    compiled.resourceProfile = cache.resourceProfile(of: compiled.requests)
    shapes.append(compiled)
    affinity.addShape(
      .init(namespace: compiled.namespace, labels: compiled.labels), namespaces)
    spread.addShape(namespace: compiled.namespace, labels: compiled.labels)
    compilePodTerms(of: id.index)
    compileSpread(of: id.index)
    return id
  }

  private mutating func compilePodTerms(of index: Int) {
    let shape = shapes[index].shape
    let attraction = shape.affinity?.podAffinity
    let repulsion = shape.affinity?.podAntiAffinity
    let required = attraction?.required.map { term($0, owner: shape.namespace) } ?? []
    let refused = repulsion?.required.map { term($0, owner: shape.namespace) } ?? []
    let wanted =
      attraction?.preferred.map { (term($0.term, owner: shape.namespace), Int64($0.weight)) } ?? []
    let unwanted =
      repulsion?.preferred.map { (term($0.term, owner: shape.namespace), -Int64($0.weight)) } ?? []
    shapes[index].affinityGroup = required.isEmpty ? nil : group(required)
    shapes[index].antiAffinityTerms = refused
    shapes[index].preferredPodTerms = (wanted + unwanted).map { (term: $0.0, weight: $0.1) }
    var owned = required.map { affinity.addOwned(.init(term: $0, kind: .requiredAffinity)) }
    owned += refused.map { affinity.addOwned(.init(term: $0, kind: .requiredAntiAffinity)) }
    owned += (wanted + unwanted).map {
      affinity.addOwned(.init(term: $0.0, kind: .preferred($0.1)))
    }
    affinity.shapes[index].owned = owned
  }

  /// The number of a term, with its counts taken if it is new.
  private mutating func term(_ term: PodAffinityTerm, owner namespace: String) -> Int {
    let key = AffinityIndex.TermKey(term, owner: namespace)
    if let known = affinity.id(of: key) { return known }
    let compiled = AffinityIndex.Term(
      namespaces: Set(key.namespaces.map { symbols.intern($0) }),
      namespaceSelector: CompiledSelector(key.namespaceSelector, &symbols),
      selector: CompiledSelector(key.labelSelector, &symbols), column: column(for: key.topologyKey))
    let number = affinity.addTerm(key, compiled, namespaces)
    let matching = affinity.shapes.map { $0.matchedTerms.last == number }
    let domains = columns[compiled.column].domainOfNode
    for pod in pods where pod.isPresent && matching[pod.shape] {
      affinity.terms[number].matched.add(1, to: domains[pod.node])
    }
    return number
  }

  private mutating func group(_ members: [Int]) -> Int {
    let (number, isNew) = affinity.addGroup(members)
    guard isNew else { return number }
    let matching = affinity.shapes.map { $0.matchedGroups.last == number }
    for pod in pods where pod.isPresent && matching[pod.shape] {
      affinity.count(group: number, on: pod.node, times: 1, columns)
    }
    return number
  }
}
