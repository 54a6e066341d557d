public import GantryUnits

/// What a phase keeps in memory, and what it leaves on the node's disk, while and after it runs.
///
/// The engine takes memory as in use from the phase's first to its last moment. What is written to
/// disk grows as the phase's own writes do; `scratch` is gone when the phase ends, `kept` stays.
public struct Footprint: Hashable, Sendable {
  /// The working set of the step's processes, in bytes, apart from a heap.
  public var memory: Double
  /// What a garbage-collected heap grows to, in bytes, and the share of the memory that the
  /// container can see (its limit, else the node's) at which the runtime stops it.
  public var heap: Double
  public var heapShare: Double
  /// What changes on volumes of the pod, and on block volumes behind its claims.
  public var changes: [VolumeChange]

  /// Makes a footprint; without arguments, one of nothing.
  public init(
    memory: Double = 0, heap: Double = 0, heapShare: Double = 1, changes: [VolumeChange] = []
  ) {
    self.memory = memory
    self.heap = heap
    self.heapShare = heapShare
    self.changes = changes
  }

  /// The working set where the container can see so much memory, in bytes.
  public func workingSet(visible: Double) -> Double { memory + min(heap, heapShare * visible) }
}

/// What a phase changes on one volume, in bytes.
public struct VolumeChange: Hashable, Sendable {
  public var volume: LocalVolume
  /// Stays after the phase; negative where it removes more than it adds.
  public var kept: Double
  /// Is there until the phase ends.
  public var scratch: Double

  /// Makes a change.
  public init(_ volume: LocalVolume, kept: Double, scratch: Double = 0) {
    self.volume = volume
    self.kept = kept
    self.scratch = scratch
  }
}

/// A volume whose room a step takes: one of the pod's on its node, or a block volume behind a claim.
public enum LocalVolume: Hashable, Sendable {
  /// The writable layer of the step's container: it stays until the container is removed.
  case layer
  /// An emptyDir, by name: it goes with the pod.
  case emptyDir(String, inMemory: Bool)
  /// The block volume of a claim, by position among the run's claims: it stays as long as the claim.
  case claim(Int)

  /// Whether its bytes lie on the node, in memory or on its disk.
  public var isOnNode: Bool { if case .claim = self { false } else { true } }
  /// Whether its bytes count as memory.
  public var isInMemory: Bool { if case .emptyDir(_, true) = self { true } else { false } }
}

/// What a container may use at most; nil is unlimited.
public struct ContainerLimits: Hashable, Sendable {
  public var memory: Bytes?
  /// Container layer and logs.
  public var ephemeralStorage: Bytes?
  /// What it requests of memory.
  public var memoryRequest: Bytes

  /// Makes limits; without arguments, none.
  public init(memory: Bytes? = nil, ephemeralStorage: Bytes? = nil, memoryRequest: Bytes = .zero) {
    self.memory = memory
    self.ephemeralStorage = ephemeralStorage
    self.memoryRequest = memoryRequest
  }
}

/// The class in which Kubernetes protects a pod.
public enum QualityOfService: String, Hashable, Sendable, CaseIterable {
  /// Nothing is requested or limited.
  case bestEffort = "BestEffort"
  case burstable = "Burstable"
  /// Every container has limits of cpu and memory, and requests just that.
  case guaranteed = "Guaranteed"
}

/// When the kubelets of the cluster act.
///
/// Sources: Kubernetes 1.28 documentation, node-pressure eviction and garbage collection, and
/// OpenShift 4.15 documentation, working with nodes (the same defaults), read 2026-11.
public struct KubeletSettings: Hashable, Sendable {
  /// Evicts when less memory than this is available (`memory.available`).
  public var memoryReserve: Bytes = .mib(100)
  /// Evicts when less than this share of the disk is available.
  ///
  /// Images and pods share one file system on RHCOS, so `imagefs.available` (15 %) comes before
  /// `nodefs.available` (10 %).
  public var diskReserve: Double = 0.15
  /// Removes unused images above the one share of the disk used, down to the other.
  public var imageHigh: Double = 0.85
  public var imageLow: Double = 0.80
  /// The youngest an image can be when it is removed by that, in seconds.
  public var imageMinimumAge: Double = 120
  /// Seconds from one look of the eviction manager to the next, and of image garbage collection.
  public var evictionInterval: Double = 10
  public var imageInterval: Double = 300
  /// Seconds until the eviction manager looks again after it has evicted a pod: it waits until
  /// the pod is cleaned up, asking every second.
  public var cleanUp: Double = 1
  /// Seconds that a node's pressure condition outlasts the pressure.
  public var transition: Double = 300

  /// Makes the defaults.
  public init() {}
}
