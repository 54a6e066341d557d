/// One scheduling cycle over remembered verdicts and scores; it decides as `PlainCycle` does.
struct QuickCycle {
  /// Counts of pods by domain that must or must not be there.
  private struct DomainRule {
    var domainOfNode: [Int32]
    var counts: DomainCounts

    func count(on node: Int) -> Int32 { counts[domainOfNode[node]] }

    init(column: Int, counts: DomainCounts, in state: ClusterState) {
      domainOfNode = state.columns[column].domainOfNode
      self.counts = counts
    }
  }

  private let requests: PodRequests
  private let profile: Int
  private let resourceProfile: Int
  private let minor: Int
  private let configuration: SchedulerConfiguration
  private let start: Int
  private(set) var nextStart: Int
  /// Set when volumes have a say in it.
  private var volumeAttempt: Attempt?
  private var attraction: [DomainRule] = []
  /// Whether nobody is there yet to be drawn to, so that any node with the labels will do.
  private var isFirstOfSeries = false
  private var repulsion: [DomainRule] = []
  private var otherRepulsion: [DomainRule] = []
  private var pulls: [(rule: DomainRule, weight: Int64)] = []

  /// Nil when the pod or the state needs what only the plain cycle does.
  init?(
    _ id: PodShapeID, _ claims: [ClaimID], in state: inout ClusterState,
    configuration: SchedulerConfiguration, start: Int
  ) {
    requests = state.shapes[id.index].requests
    profile = state.shapes[id.index].profile
    resourceProfile = state.shapes[id.index].resourceProfile
    minor = configuration.kubernetesMinor
    self.configuration = configuration
    self.start = start
    nextStart = start
    guard state.nominations.isEmpty, state.shapes[id.index].isPlain(minor: minor) else {
      return nil
    }
    if !claims.allSatisfy({ state.isInert($0) }) {
      var attempt = Attempt(
        id: id, shape: state.shapes[id.index], claims: claims, minor: minor)
      guard case .nodes(nil) = FilterChain.preFilter(&attempt, in: state),
        attempt.skipsVolumeRestrictions
      else { return nil }
      volumeAttempt = attempt
    }
    state.refreshProfile(of: id.index, minor: minor)
    if state.hasPodRules(id.index) { linkPods(id, in: state) }
  }

  private mutating func linkPods(_ id: PodShapeID, in state: ClusterState) {
    let index = state.affinity
    let shape = state.shapes[id.index]
    if let group = shape.affinityGroup {
      attraction = index.groups[group].counts.map {
        DomainRule(column: $0.column, counts: $0.matched, in: state)
      }
      isFirstOfSeries =
        !index.groups[group].isAnyMatched && index.isMatched(shape: id.index, by: group)
    }
    repulsion = shape.antiAffinityTerms.filter { index.terms[$0].matched.total > 0 }.map {
      DomainRule(column: index.terms[$0].column, counts: index.terms[$0].matched, in: state)
    }
    for term in index.shapes[id.index].attractingTerms {
      for each in index.terms[term].owned
      where index.owned[each].key.kind == .requiredAntiAffinity
        && index.owned[each].owners.total > 0
      {
        otherRepulsion.append(
          DomainRule(
            column: index.terms[term].column, counts: index.owned[each].owners, in: state))
      }
    }
    let isConcerned =
      !shape.preferredPodTerms.isEmpty || !index.shapes[id.index].attractingTerms.isEmpty
    guard isConcerned else { return }
    let attempt = Attempt(id: id, shape: shape, claims: [], minor: minor)
    pulls = InterPodAffinity.pulls(attempt, in: state).map {
      (DomainRule(column: $0.column, counts: $0.counts, in: state), $0.weight)
    }
  }

  mutating func decide(in state: inout ClusterState, ties: TieBreaker) -> Decision {
    var decision = Decision()
    let feasible = search(in: &state, &decision)
    decision.feasibleCount = feasible.count
    guard feasible.count > 1 else {
      decision.chosen = feasible.first.map(NodeID.init)
      decision.best = decision.chosen.map { [$0] } ?? []
      return decision
    }
    let totals = totals(of: feasible, in: &state)
    decision.chosen = pick(totals, of: feasible, in: &state, ties)
    return decision
  }

  /// The state is inout so that it is not copied; it stays as it is.
  private mutating func search(
    in state: inout ClusterState, _ decision: inout Decision
  ) -> [Int] {
    let order = state.tree.order
    let refuser = state.cache.profiles[profile].refuser
    let usage = state.usage
    let isNothing = requests.isNothing
    let hasPodRules = !attraction.isEmpty || !repulsion.isEmpty || !otherRepulsion.isEmpty
    let wanted = configuration.nodesToFind(among: order.count)
    var feasible: [Int] = []
    feasible.reserveCapacity(min(wanted, order.count))
    var examined = 0
    var position = order.isEmpty ? 0 : start % order.count
    while examined < order.count {
      let node = order[position].index
      examined += 1
      position = position + 1 == order.count ? 0 : position + 1
      if let plugin = refuser[node] {
        decision.rejecters.insert(FilterPluginSet(plugin))
        continue
      }
      let fits =
        isNothing
        ? usage[node].podCount < usage[node].allowedPods
        : NodeResourcesFit.isRoomy(requests, usage[node])
      guard fits else {
        decision.reject(.nodeResourcesFit, .unschedulable)
        continue
      }
      if volumeAttempt != nil, let refusal = volumeRefusal(node, in: state) {
        decision.reject(refusal.plugin, refusal.code)
        continue
      }
      if hasPodRules, let code = podRefusal(node) {
        decision.reject(.interPodAffinity, code)
        continue
      }
      if feasible.count == wanted {
        examined -= 1
        break
      }
      feasible.append(node)
    }
    if !order.isEmpty { nextStart = (start + examined) % order.count }
    return feasible
  }

  private func volumeRefusal(_ node: Int, in state: ClusterState) -> Refusal? {
    guard let attempt = volumeAttempt else { return nil }
    if NodeVolumeLimits.isExceeded(attempt, node: node, in: state) { return .tooManyVolumes }
    if let fault = VolumeBinding.fault(attempt, node: node, in: state) {
      return .volumeBinding(fault)
    }
    return VolumeZone.isElsewhere(attempt, node: node, in: state) ? .volumeZone : nil
  }

  private func podRefusal(_ node: Int) -> RefusalCode? {
    var isPopulated = true
    for rule in attraction {
      let domain = rule.domainOfNode[node]
      if domain == TopologyColumn.noDomain { return .unresolvable }
      if rule.counts[domain] <= 0 { isPopulated = false }
    }
    if !isPopulated, !isFirstOfSeries { return .unresolvable }
    for rule in repulsion where rule.count(on: node) > 0 { return .unschedulable }
    for rule in otherRepulsion where rule.count(on: node) > 0 { return .unschedulable }
    return nil
  }

  /// The weighted sums of all scores.
  private func totals(of feasible: [Int], in state: inout ClusterState) -> [Int64] {
    var totals = resourceScores(of: feasible, in: &state)
    let table = state.cache.profiles[profile]
    var aversion: Int64 = 0
    var preference: Int64 = 0
    for node in feasible {
      aversion = max(aversion, table.aversion[node])
      preference = max(preference, table.preference[node])
    }
    for (position, node) in feasible.enumerated() {
      var sum = table.locality[node] * ScorePlugin.imageLocality.weight
      sum +=
        TaintToleration.normalised(table.aversion[node], most: aversion)
        * ScorePlugin.taintToleration.weight
      if preference != 0 {
        sum +=
          NodeAffinityPlugin.normalised(table.preference[node], most: preference)
          * ScorePlugin.nodeAffinity.weight
      }
      totals[position] += sum
    }
    addPulls(to: &totals, of: feasible)
    return totals
  }

  private func resourceScores(of feasible: [Int], in state: inout ClusterState) -> [Int64] {
    // Taken out of the state so that writing to it copies nothing.
    var table = DecisionCache.ResourceTable()
    swap(&table, &state.cache.resources[resourceProfile])
    if table.minor != minor || table.entries.count < state.nodes.count {
      table.minor = minor
      table.entries = .init(repeating: .init(), count: state.nodes.count)
    }
    let isBalanced = minor < 33 || requests.cpu != 0 || requests.memory != 0
    var scores: [Int64] = []
    scores.reserveCapacity(feasible.count)
    let usage = state.usage
    for node in feasible {
      let generation = usage[node].generation
      if table.entries[node].generation != generation {
        var score = LeastAllocated.score(requests, usage[node])
        if isBalanced { score += BalancedAllocation.score(requests, usage[node]) }
        table.entries[node] = .init(generation: generation, score: score)
      }
      scores.append(table.entries[node].score)
    }
    swap(&table, &state.cache.resources[resourceProfile])
    return scores
  }

  private func addPulls(to totals: inout [Int64], of feasible: [Int]) {
    guard !pulls.isEmpty else { return }
    var raw = [Int64](repeating: 0, count: feasible.count)
    for pull in pulls {
      for (position, node) in feasible.enumerated() {
        raw[position] += pull.weight * Int64(pull.rule.count(on: node))
      }
    }
    let least = raw.min() ?? 0
    let most = raw.max() ?? 0
    guard most > least else { return }
    for position in raw.indices {
      totals[position] +=
        InterPodAffinity.normalised(raw[position], least: least, most: most)
        * ScorePlugin.interPodAffinity.weight
    }
  }

  private func pick(
    _ totals: [Int64], of feasible: [Int], in state: inout ClusterState, _ ties: TieBreaker
  ) -> NodeID? {
    guard let top = totals.max() else { return nil }
    switch ties {
    case .lowestName:
      let best = totals.indices.lazy.filter { totals[$0] == top }.map { feasible[$0] }
      let nodes = state.nodes
      return best.min { nodes[$0].node.name < nodes[$1].node.name }.map(NodeID.init)
    case .seeded:
      var left = ties.position(among: totals.count { $0 == top })
      for (position, total) in totals.enumerated() where total == top {
        if left == 0 { return NodeID(index: feasible[position]) }
        left -= 1
      }
      return nil
    }
  }
}

extension Decision {
  /// Notes that a filter refused a node.
  fileprivate mutating func reject(_ plugin: FilterPlugin, _ code: RefusalCode) {
    rejecters.insert(FilterPluginSet(plugin))
    if code == .unschedulable { preemptionMightHelp = true }
  }
}

extension CompiledShape {
  /// Whether nothing about it takes the plain cycle.
  fileprivate func isPlain(minor: Int) -> Bool {
    guard case .all = namedNodes else { return false }
    return hostPorts.isEmpty && requests.extended.isEmpty && hardSpread.isEmpty
      && softSpread.isEmpty && (!hasSidecar || minor > 28)
  }
}

extension ClusterState {
  /// Whether other pods have a say in where pods of a shape go.
  fileprivate func hasPodRules(_ shape: Int) -> Bool {
    shapes[shape].affinityGroup != nil || !shapes[shape].antiAffinityTerms.isEmpty
      || !shapes[shape].preferredPodTerms.isEmpty
      || !affinity.shapes[shape].attractingTerms.isEmpty
  }

  /// Whether a claim keeps its pods from no node at all: bound to a volume that every node
  /// reaches and any number of pods and nodes may use.
  func isInert(_ id: ClaimID) -> Bool {
    guard let claim = claims[id.index].claim, let name = claim.volumeName,
      let volume = volumes[name], volumeTerms[name] == nil, volume.labels.isEmpty,
      !claim.accessModes.contains(.readWriteOncePod)
    else { return false }
    guard let driver = volume.driver else { return true }
    return !limitedDrivers.contains(driver)
  }
}
