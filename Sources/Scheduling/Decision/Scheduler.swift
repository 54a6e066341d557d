/// Rules that depend on the release and on the scheduler's configuration.
public struct SchedulerConfiguration: Hashable, Sendable {
  /// The minor release of Kubernetes 1 whose rules hold (28 is OpenShift 4.15).
  public var kubernetesMinor = 28
  /// The share of nodes to find before scoring; nil adapts it to the number of nodes.
  public var percentageOfNodesToScore: Int?

  /// Makes the default configuration of 1.28.
  public init() {}

  /// Fewer nodes than this are always all examined.
  ///
  /// Source: Kubernetes 1.28, minFeasibleNodesToFind, read 2026-11-23.
  private static let leastNodesToFind = 100

  /// How many feasible nodes are looked for among `count`.
  public func nodesToFind(among count: Int) -> Int {
    guard count >= Self.leastNodesToFind else { return count }
    let percentage = percentageOfNodesToScore ?? max(50 - count / 125, 5)
    return min(count, max(count * percentage / 100, Self.leastNodesToFind))
  }
}

/// The kube-scheduler's decisions for one cluster: it chooses nodes and changes nothing.
public struct Scheduler: Sendable {
  /// The rules in force.
  public var configuration: SchedulerConfiguration
  /// Where the next search among many nodes begins.
  public private(set) var nextStartIndex = 0

  /// Makes a scheduler.
  public init(configuration: SchedulerConfiguration = .init()) {
    self.configuration = configuration
  }

  /// Decides where a pod goes.
  ///
  /// The state is changed only in what it remembers between decisions.
  /// - Parameters:
  ///   - shape: The registered shape of the pod.
  ///   - claims: The claims it uses.
  ///   - nomination: The pod's own promise of a node, if it has one.
  ///   - state: The cluster.
  ///   - ties: How one of several best nodes is chosen.
  ///   - explain: Whether to give reasons, scores and all best nodes.
  /// - Returns: The node to bind to, or what refused the pod.
  public mutating func schedule(
    _ shape: PodShapeID, claims: [ClaimID] = [], nomination: NominationID? = nil,
    in state: inout ClusterState, ties: TieBreaker = .lowestName, explain: Bool = false
  ) -> Decision {
    state.tree.refresh()
    if !explain, nomination == nil,
      let decision = quickly(shape, claims, in: &state, ties: ties)
    {
      return decision
    }
    var attempt = Attempt(
      id: shape, shape: state.shapes[shape.index], claims: claims,
      minor: configuration.kubernetesMinor, nomination: nomination)
    var cycle = PlainCycle(configuration: configuration, start: nextStartIndex)
    let decision = cycle.decide(&attempt, in: state, ties: ties, explain: explain)
    nextStartIndex = cycle.nextStart
    return decision
  }

  /// Decides by the fast path where that gives the same; nil where it does not apply.
  private mutating func quickly(
    _ shape: PodShapeID, _ claims: [ClaimID], in state: inout ClusterState, ties: TieBreaker
  ) -> Decision? {
    guard
      var cycle = QuickCycle(
        shape, claims, in: &state, configuration: configuration, start: nextStartIndex)
    else { return nil }
    let decision = cycle.decide(in: &state, ties: ties)
    nextStartIndex = cycle.nextStart
    return decision
  }
}
