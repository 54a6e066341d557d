import GantryModel

extension ClusterState {
  /// The built-in constraints of pods that have none, as key and skew.
  ///
  /// Source: Kubernetes 1.28, PodTopologySpread systemDefaultConstraints, read 2026-11-23.
  private static let defaultSpread: [(key: String, maxSkew: Int)] = [
    ("kubernetes.io/hostname", 3), ("topology.kubernetes.io/zone", 5),
  ]

  /// Resolves a shape's spread constraints to counters.
  mutating func compileSpread(of index: Int) {
    let shape = shapes[index].shape
    guard shape.topologySpreadConstraints.isEmpty else {
      let all = shape.topologySpreadConstraints
      shapes[index].hardSpread = all.filter { $0.whenUnsatisfiable == .doNotSchedule }
        .map { spread($0, of: index) }
      shapes[index].softSpread = all.filter { $0.whenUnsatisfiable == .scheduleAnyway }
        .map { spread($0, of: index) }
      return
    }
    shapes[index].softSpread = []
    shapes[index].usesDefaultSpread = false
    guard let selector = defaultSelector(of: shape) else { return }
    shapes[index].usesDefaultSpread = true
    shapes[index].softSpread = Self.defaultSpread.map {
      var constraint = TopologySpreadConstraint(
        maxSkew: $0.maxSkew, topologyKey: $0.key, whenUnsatisfiable: .scheduleAnyway)
      constraint.labelSelector = selector
      return spread(constraint, of: index)
    }
  }

  private mutating func spread(
    _ constraint: TopologySpreadConstraint, of index: Int
  ) -> CompiledShape.Spread {
    let shape = shapes[index].shape
    let own = shape.labels.filter { constraint.matchLabelKeys.contains($0.key) }
    var selector = constraint.labelSelector
    if selector == nil, !own.isEmpty { selector = LabelSelector() }
    let matcher = matcher(
      .init(namespace: shapes[index].namespace, selector: selector, labels: own))
    return CompiledShape.Spread(
      column: column(for: constraint.topologyKey),
      isHostname: constraint.topologyKey == "kubernetes.io/hostname",
      maxSkew: Int64(constraint.maxSkew), minDomains: constraint.minDomains ?? 1, matcher: matcher,
      matchesItself: spread.matchers[matcher].selector.matches(shapes[index].labels),
      honoursAffinity: constraint.nodeAffinityPolicy == .honor,
      honoursTaints: constraint.nodeTaintsPolicy == .honor)
  }

  private mutating func matcher(_ key: SpreadIndex.MatcherKey) -> Int {
    if let known = spread.id(of: key) { return known }
    var selector = CompiledSelector(key.selector, &symbols)
    for (label, value) in key.labels.sorted(by: { $0.key < $1.key }) {
      selector.requirements.append(
        .init(key: symbols.intern(label), operator: .in, values: [symbols.intern(value)]))
    }
    let number = spread.addMatcher(key, .init(namespace: key.namespace, selector: selector))
    let matching = shapes.indices.map { spread.isMatched(shape: $0, by: number) }
    for pod in pods where pod.isPresent && !pod.isTerminating && matching[pod.shape] {
      spread.matchers[number].add(1, to: pod.node)
    }
    return number
  }

  /// What the pods of the same services and owner have in common; nil without any.
  private func defaultSelector(of shape: PodShape) -> LabelSelector? {
    var selector = shape.ownerSelector ?? LabelSelector()
    var labels: [String: String] = [:]
    for service in services where service.namespace == shape.namespace {
      guard let wanted = service.selector,
        wanted.allSatisfy({ shape.labels[$0.key] == $0.value })
      else { continue }
      labels.merge(wanted) { _, later in later }
    }
    for (key, value) in selector.matchLabels.sorted(by: { $0.key < $1.key }) {
      selector.matchExpressions.append(.init(key: key, operator: .in, values: [value]))
    }
    selector.matchLabels = labels
    return labels.isEmpty && selector.matchExpressions.isEmpty ? nil : selector
  }

  /// Adds a service or replaces the one of the same namespace and name.
  public mutating func add(_ service: ClusterService) {
    services.removeAll { $0.namespace == service.namespace && $0.name == service.name }
    services.append(service)
    services.sort { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
    compileDefaultSpread(in: service.namespace)
  }

  /// Removes a service.
  public mutating func removeService(namespace: String, name: String) {
    services.removeAll { $0.namespace == namespace && $0.name == name }
    compileDefaultSpread(in: namespace)
  }

  private mutating func compileDefaultSpread(in namespace: String) {
    for index in shapes.indices where shapes[index].shape.namespace == namespace {
      if shapes[index].shape.topologySpreadConstraints.isEmpty { compileSpread(of: index) }
    }
  }
}
