/// All files and images that the steps of a run have left so far, on nodes of one architecture.
struct World: Sendable {
  private var volumes: [VolumeID: FileVolume] = [:]
  private var stores: [Place: ContainerStore] = [:]
  private var occupancies: [VolumeID: Occupancy] = [:]
  /// What registries have, and what the pod's own blob-info cache knows of that.
  var registries = KnownBlobs()
  var blobCache = KnownBlobs()
  /// The images that steps of the run pushed to registries.
  var pushed = PushedImages()
  /// Layers built so far.
  var builds = 0

  subscript(volume: VolumeID) -> FileVolume {
    get { volumes[volume] ?? FileVolume() }
    set { volumes[volume] = newValue }
  }

  subscript(store place: Place) -> ContainerStore {
    get { stores[place] ?? ContainerStore() }
    set { stores[place] = newValue }
  }

  /// A command that gantry does not follow may have left files on any volume.
  mutating func noteUnknownWork() {
    for volume in volumes.keys { volumes[volume]?.mayHoldMore = true }
  }

  /// The paths of claims that changed since this was last asked, by claim and path.
  mutating func takeChangesOfClaims() -> [(claim: Int, path: String)] {
    var all: [(claim: Int, path: String)] = []
    for case .claim(let claim) in volumes.keys {
      for path in volumes[.claim(claim)]?.takeChanges() ?? [] { all.append((claim, path)) }
    }
    return all.sorted { ($0.claim, $0.path) < ($1.claim, $1.path) }
  }

  /// What containers keep on a volume.
  subscript(occupancy volume: VolumeID) -> Occupancy {
    get { occupancies[volume] ?? Occupancy() }
    set { occupancies[volume] = newValue }
  }

  /// The bytes removed since this was last asked, by volume, in the order of their names.
  mutating func takeFreed() -> [(volume: VolumeID, bytes: Double)] {
    var all: [(volume: VolumeID, bytes: Double)] = []
    for volume in volumes.filter({ $0.value.freed > 0 }).keys {
      if let bytes = volumes[volume]?.takeFreed() { all.append((volume, bytes)) }
    }
    return all.count < 2 ? all : all.sorted { "\($0.volume)" < "\($1.volume)" }
  }

  /// Forgets what a pod keeps for itself; claims and buckets stay.
  mutating func startPod() {
    volumes = volumes.filter { $0.key.outlivesPod }
    stores = stores.filter { $0.key.volume.isClaim }
    occupancies = occupancies.filter { $0.key.isClaim }
    blobCache = KnownBlobs()
  }
}

extension VolumeID {
  /// Whether the volume outlives a pod.
  var isClaim: Bool { if case .claim = self { true } else { false } }
}

/// What is carried through the tasks of a PipelineRun, in topological order.
///
/// Two worlds are kept: one where tasks without a fixed architecture run on amd64 nodes, one where
/// they run on arm64. A task that its pod binds to an architecture runs there in both.
public struct RunContext: Sendable {
  var worlds = [World(), World()]
  /// Claims that are not on a network file system: operations there are not round trips.
  var localClaims: Set<Int>
  /// What the steps planned since it was last emptied read and changed on claims.
  var accesses: Set<FileAccess> = []

  /// Work that gantry does not follow may have left files on any claim.
  mutating func noteUnknownWork() {
    for index in worlds.indices { worlds[index].noteUnknownWork() }
  }

  /// Makes the context of a run before its first task; `localClaims` lie on block volumes.
  public init(localClaims: Set<Int> = []) { self.localClaims = localClaims }
}
