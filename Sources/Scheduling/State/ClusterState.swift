import GantryModel
import GantryUnits

/// All that the scheduler knows of a cluster, kept up to date in small steps.
///
/// A value: a copy is an independent cluster, which is how preemption tries things out.
public struct ClusterState: Sendable {
  /// A pod on a node.
  struct PlacedPod: Sendable {
    var shape: Int
    var claims: [ClaimID]
    var node: Int
    /// The place in the node's list.
    var position: Int
    /// When the pod started; nil if the kubelet did not report it yet.
    var start: Instant?
    var isTerminating = false
    /// Whether it ends because it was evicted for a more important pod.
    var isPreempted = false
    var isPresent = true
  }

  /// A claim that exists or was only named by a pod.
  struct ClaimRecord: Sendable {
    var key: String
    var claim: VolumeClaim?
    /// How many placed pods use it.
    var users = 0
  }

  var symbols = Symbols()
  var nodes: [NodeRecord] = []
  var usage: [NodeUsage] = []
  var nodeIDs: [String: NodeID] = [:]
  var tree = NodeTree()
  var images = ImageTable()
  var columns: [TopologyColumn] = []
  var columnOfKey: [Int32: Int] = [:]
  var namespaces = NamespaceTable()
  var affinity = AffinityIndex()
  var spread = SpreadIndex()
  var shapes: [CompiledShape] = []
  var shapeIDs: [PodShape: PodShapeID] = [:]
  var pods: [PlacedPod] = []
  var freePods: [Int] = []
  var claims: [ClaimRecord] = []
  var claimIDs: [String: ClaimID] = [:]
  var volumes: [String: ClusterVolume] = [:]
  /// The compiled node affinity of volumes that have one.
  var volumeTerms: [String: [NodeTerm]] = [:]
  var volumesOfClass: [String: [String]] = [:]
  var classes: [String: VolumeClass] = [:]
  var services: [ClusterService] = []
  var budgets: [DisruptionBudget] = []
  var nominations: [Nomination] = []
  var nominationCount = 0
  /// CSI drivers for which some node has, or had, a limit.
  var limitedDrivers: Set<String> = []
  /// Grows with every change of a node or its pods.
  var generation: UInt64 = 0
  /// Grows with every change of nodes themselves.
  var nodeGeneration: UInt64 = 0
  /// Counts changes of the images that nodes report, apart from those of whole nodes.
  var imageGeneration: UInt64 = 0
  /// What the fast path remembers between decisions.
  var cache = DecisionCache()
  /// A value whose layout only the run time knows: it makes the compiler hand the state to what reads it
  /// by its address, where it would copy it and count all its references.
  private let pin: any Sendable = ()

  /// Makes an empty cluster.
  public init() {}

  /// The number of nodes.
  public var nodeCount: Int { nodeIDs.count }

  /// The node of a name, if there is one.
  public func node(named name: String) -> NodeID? { nodeIDs[name] }

  /// The name of a node, also of one that was removed.
  public func name(of node: NodeID) -> String { nodes[node.index].node.name }

  /// What is known of a node.
  public func description(of node: NodeID) -> ClusterNode { nodes[node.index].node }

  /// The nodes in the order in which the scheduler examines them.
  public mutating func nodeOrder() -> [NodeID] {
    tree.refresh()
    return tree.order
  }

  /// The number of pods on a node.
  public func podCount(on node: NodeID) -> Int { nodes[node.index].pods.count }

  /// The pods on a node, in no particular order.
  public func pods(on node: NodeID) -> [PlacedPodID] { nodes[node.index].pods }

  /// The node of a placed pod.
  public func node(of pod: PlacedPodID) -> NodeID { NodeID(index: pods[pod.index].node) }

  /// The shape of a placed pod.
  public func shape(of pod: PlacedPodID) -> PodShapeID {
    PodShapeID(index: pods[pod.index].shape)
  }

  /// The registered description of a shape.
  public func description(of shape: PodShapeID) -> PodShape { shapes[shape.index].shape }

  /// What pods on a node request and what the node offers, for cpu (in thousandths of a core) and
  /// memory (in bytes).
  public func requested(
    on node: NodeID
  ) -> (cpu: Int64, allocatableCPU: Int64, memory: Int64, allocatableMemory: Int64) {
    let now = usage[node.index]
    return (now.cpu, now.allocatableCPU, now.memory, now.allocatableMemory)
  }

  /// Notes that a node or its pods changed, so that nothing remembered of it holds.
  mutating func touch(_ node: Int) {
    generation += 1
    usage[node].generation = generation
  }
}
