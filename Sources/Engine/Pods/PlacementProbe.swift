public import GantryModel
import GantryScheduling
import GantryUnits

/// Asks the scheduler where a pod could go on the cluster before any run.
public struct PlacementProbe: Sendable {
  /// Why a node refuses a pod.
  public struct Refusal: Hashable, Sendable {
    /// The filter that refuses, as kube-scheduler calls it, such as `NodeAffinity`.
    public var filter: String
    /// The scheduler's words.
    public var reasons: [String]
  }

  private let state: ClusterState
  private let nodes: [NodeID]
  private let minor: Int

  /// Prepares the plan's nodes with the platform's own pods on them.
  public init(_ plan: Plan) {
    var state = ClusterState()
    nodes = plan.nodes.map { state.add(PodPlacer.clusterNode($0, images: [])) }
    PodPlacer.placePlatform(of: plan, on: nodes, in: &state)
    self.state = state
    minor = plan.kubernetesMinor
  }

  /// Each node's refusal, in the order of the plan's nodes; nil where the pod fits.
  public func refusals(of pod: PlannedPod, namespace: String) -> [Refusal?] {
    var state = state
    let shape = state.register(PodPlacer.shape(of: pod, namespace: namespace))
    var configuration = SchedulerConfiguration()
    configuration.kubernetesMinor = minor
    configuration.percentageOfNodesToScore = 100
    var scheduler = Scheduler(configuration: configuration)
    let decision = scheduler.schedule(shape, in: &state, explain: true)
    var found: [NodeID: Refusal] = [:]
    for rejected in decision.explanation?.rejected ?? [] {
      found[rejected.node] = Refusal(
        filter: rejected.rejection.plugin.name, reasons: rejected.rejection.reasons)
    }
    if let fault = decision.fault {
      return nodes.map { _ in Refusal(filter: "PreFilter", reasons: [fault]) }
    }
    return nodes.map { found[$0] }
  }
}
