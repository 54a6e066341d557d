import GantryModel

/// What rarely changes of a node, and its lists of pods and claims.
struct NodeRecord: Sendable {
  var node: ClusterNode
  var name: Int32
  var labels: LabelSet
  /// The zone for the order of nodes: region and zone labels together; nil without either.
  var zone: String?
  /// Allocatable amounts of resources other than the native ones.
  var extendedAllocatable: [Int32: Int64] = [:]
  /// Amounts in use of resources other than the native ones.
  var extendedUsed: [Int32: Int64] = [:]
  /// Most volumes attached at once, by CSI driver.
  var volumeLimits: [String: Int] = [:]
  /// The pods on the node, in the order in which the real scheduler keeps them.
  var pods: [PlacedPodID] = []
  /// How many pods of the node use each claim.
  var claims: [ClaimID: Int] = [:]
  /// Host ports in use; a port is free as soon as one of its users goes, as in the real scheduler,
  /// which keeps no number of users.
  var ports: Set<HostPort> = []
  var isPresent = true

  /// The zone key of a node's labels: of the beta labels, else of the stable ones.
  ///
  /// Source: Kubernetes component-helpers, GetZoneKey, read 2026-11-25.
  static func zone(of labels: [String: String]) -> String? {
    let zone =
      labels["failure-domain.beta.kubernetes.io/zone"]
      ?? labels["topology.kubernetes.io/zone"] ?? ""
    let region =
      labels["failure-domain.beta.kubernetes.io/region"]
      ?? labels["topology.kubernetes.io/region"] ?? ""
    return zone.isEmpty && region.isEmpty ? nil : region + ":\0:" + zone
  }
}

/// What of a node changes with every pod; kept apart so that a scan touches little memory.
struct NodeUsage: Sendable {
  var allocatableCPU: Int64 = 0
  var allocatableMemory: Int64 = 0
  var allocatableEphemeral: Int64 = 0
  var allowedPods: Int64 = 0
  var cpu: Int64 = 0
  var memory: Int64 = 0
  var ephemeral: Int64 = 0
  var nonZeroCPU: Int64 = 0
  var nonZeroMemory: Int64 = 0
  var podCount: Int64 = 0
  /// Changes with every change of this node; no two states of nodes share one.
  var generation: UInt64 = 0

  /// Counts a pod in (+1) or out (−1); absurd sums wrap round as in the real scheduler.
  mutating func add(_ requests: PodRequests, times sign: Int64) {
    cpu &+= sign &* requests.cpu
    memory &+= sign &* requests.memory
    ephemeral &+= sign &* requests.ephemeralStorage
    nonZeroCPU &+= sign &* requests.nonZeroCPU
    nonZeroMemory &+= sign &* requests.nonZeroMemory
    podCount += sign
  }
}
