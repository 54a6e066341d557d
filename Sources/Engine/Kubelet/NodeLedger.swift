import GantryModel
import GantryUnits

/// What is in use of a node's memory and disk, and where its limits lie; all in bytes.
struct NodeLedger {
  /// In use by the platform and by all pods.
  var memory: Double
  /// The kernel's limit for pods, and what makes the kubelet evict.
  let memoryLimit: Double
  let memoryThreshold: Double
  /// On disk: the platform, images, and what phases that have ended left.
  var disk: Double
  /// The most that phases and pulls under way may add to that.
  var pending = 0.0
  let diskSize: Double
  let diskThreshold: Double
  /// Container layers of pods that have ended: part of `disk`.
  var deadLayers = 0.0
  /// The TaskRuns whose pods are on the node, in the order they came.
  var pods: [Int] = []
  /// By image: when it came, when a pod used it last, and whether ended containers refer to it.
  var detected: [Instant]
  var lastUsed: [Instant]
  var hasDeadUser: [Bool]
  /// When each pressure was observed last; nil without the condition.
  var pressure: [NodeEvent.Resource: Instant] = [:]
  /// When the kubelet looks next.
  var nextLook: Instant?
  /// The first moment at which it may look again.
  var quietUntil: Instant = .zero
  /// Whether a pod on the node may pass a size limit of its own.
  var mayPassLimit = false

  /// The limit of pods is what can be allocated, and the kubelet's reserve above it: it evicts when
  /// less than its reserve is left of that (`allocatableMemory.available`).
  ///
  /// Source: Kubernetes documentation, reserve compute resources, enforcing node allocatable.
  init(_ node: PlannedNode, images: [PlannedImage], settings: KubeletSettings) {
    let reserve = Double(settings.memoryReserve.count)
    let whole = Double(node.memory.count)
    memoryThreshold = node.allocatable["memory"].map { Double($0.value) } ?? whole - reserve
    memoryLimit = memoryThreshold + reserve
    memory = node.platformMemory.rounded()
    diskSize = Double(node.containerDisk.count)
    diskThreshold = diskSize * (1 - settings.diskReserve)
    let cached = node.cachedImages.compactMap { images[$0].sizes[node.architecture.index] }
    disk = cached.reduce(node.platformDisk.rounded()) { $0 + Double($1.unpacked.count) }
    detected = Array(repeating: .zero, count: images.count)
    lastUsed = detected
    hasDeadUser = Array(repeating: false, count: images.count)
  }

  /// What was in use before any run.
  var usageAtStart: NodeUsage {
    var usage = NodeUsage()
    usage.peakMemory = memory
    usage.peakDisk = disk
    return usage
  }

  /// Whether a look of the kubelet could find anything to do.
  var isWorthALook: Bool {
    memory > memoryThreshold || disk + pending > diskThreshold || mayPassLimit
  }
}

/// What one pod takes of its node; all in bytes.
struct PodLedger {
  /// Its working set, what lies in its volumes in memory, and what its waiting containers take.
  var workingSet = 0.0
  var inMemory = 0.0
  var idle = 0.0
  /// All of that.
  var memory: Double { workingSet + inMemory + idle }
  /// By volume of its TaskRun.
  var volumes: [Double] = []
  /// The most that the phase under way may add to the disk.
  var pending = 0.0
  /// Whether it is in the node's ledger.
  var isCounted = false
  /// Whether the kubelet or the kernel has ended it.
  var hasEnded = false
  /// Whether it stays although nothing in it will run any more.
  var isStalled = false
}
