import GantryModel
import GantryUnits

/// A phase's footprint with its volumes as positions.
struct PreparedFootprint: Sendable {
  var memory = 0.0
  var heap = 0.0
  var heapShare = 1.0
  /// Positions in the plan's changes.
  var changes: Range<Int> = 0..<0
  /// The most that the phase adds to the node's disk, and to memory through volumes there.
  var diskReach = 0.0
  var memoryReach = 0.0
  /// Positions in the plan's claim changes.
  var claims: Range<Int> = 0..<0

  /// Whether it takes and changes nothing of its node.
  var isNothing: Bool { memory == 0 && heap == 0 && changes.isEmpty }

  /// The working set where the container can see so much memory, in whole bytes.
  func workingSet(visible: Double) -> Double {
    (memory + min(heap, heapShare * visible)).rounded()
  }
}

/// A phase's change of one volume of its TaskRun.
struct PreparedChange: Sendable {
  var volume: Int
  var kept: Double
  var scratch: Double
  var isInMemory: Bool
}

/// A phase's change of the block volume of a claim.
struct PreparedClaimChange: Sendable {
  /// The position among the run's claims.
  var claim: Int
  var kept: Double
  var scratch: Double
}

/// A volume of a TaskRun's pod that takes room on the node.
struct PreparedVolume: Sendable {
  /// The emptyDir's name; nil for a container layer.
  var name: String?
  /// The step whose container layer it is.
  var step: Int?
  var isInMemory: Bool
  var limit: Double?
}

/// What a TaskRun's pod may take, per step and in all.
struct PreparedLimits: Sendable {
  var memory: [Double?] = []
  var memoryRequests: [Double] = []
  /// The sum of the containers' ephemeral-storage limits; nil when none has one.
  var storage: Double?
  /// Whether anything limits the disk it may take.
  var limitsDisk = false
  /// What its waiting containers take of memory together.
  var idleMemory = 0.0
}

/// What a TaskRun's pod can take of its node's disk and memory, and how much it may.
///
/// Apart from `PreparedTaskRun`, which is copied all the time.
struct PreparedPod: Sendable {
  var volumes: [PreparedVolume]
  var limits: PreparedLimits
  var images: [Int]
}

/// Fills the tables of footprints, one TaskRun after another.
///
/// All amounts become whole bytes, so that sums of them are exact in any order: what was taken and
/// given back leaves nothing behind.
struct FootprintBuilder {
  private(set) var changes: [PreparedChange] = []
  private(set) var claimChanges: [PreparedClaimChange] = []
  private(set) var pods: [PreparedPod] = []
  private var volumes: [PreparedVolume] = []
  private var positions: [Key: Int] = [:]
  private var taskRun = PlannedTaskRun(name: "", pod: PlannedPod())

  private struct Key: Hashable {
    var volume: LocalVolume
    var step: Int?
  }

  /// Begins a TaskRun.
  mutating func begin(_ taskRun: PlannedTaskRun) {
    self.taskRun = taskRun
    volumes = []
    positions = [:]
  }

  /// Adds a phase's footprint.
  mutating func add(_ footprint: Footprint, step: Int) -> PreparedFootprint {
    let first = changes.count
    let firstClaim = claimChanges.count
    var prepared = PreparedFootprint(
      memory: footprint.memory, heap: footprint.heap, heapShare: footprint.heapShare)
    for var change in footprint.changes {
      change.kept.round()
      change.scratch.round()
      guard change.kept != 0 || change.scratch != 0 else { continue }
      if case .claim(let claim) = change.volume {
        claimChanges.append(
          PreparedClaimChange(claim: claim, kept: change.kept, scratch: change.scratch))
        continue
      }
      let isInMemory = change.volume.isInMemory
      changes.append(
        PreparedChange(
          volume: position(of: change.volume, step: step), kept: change.kept,
          scratch: change.scratch, isInMemory: isInMemory))
      let reach = max(change.kept, 0) + change.scratch
      if isInMemory { prepared.memoryReach += reach } else { prepared.diskReach += reach }
    }
    prepared.changes = first..<changes.count
    prepared.claims = firstClaim..<claimChanges.count
    return prepared
  }

  private mutating func position(of volume: LocalVolume, step: Int) -> Int {
    let key = Key(volume: volume, step: volume == .layer ? step : nil)
    if let known = positions[key] { return known }
    switch volume {
    case .layer:
      let limit = taskRun.steps[step].limits.ephemeralStorage.map { Double($0.count) }
      volumes.append(PreparedVolume(name: nil, step: step, isInMemory: false, limit: limit))
    case .emptyDir(let name, let inMemory):
      let limit = taskRun.volumeLimits[name].map { Double($0.count) }
      volumes.append(PreparedVolume(name: name, step: nil, isInMemory: inMemory, limit: limit))
    case .claim: preconditionFailure("claims are no volumes of a pod")
    }
    positions[key] = volumes.count - 1
    return volumes.count - 1
  }

  /// Ends the TaskRun begun last.
  mutating func end() {
    var limits = PreparedLimits()
    limits.memory = taskRun.steps.map { $0.limits.memory.map { Double($0.count) } }
    limits.memoryRequests = taskRun.steps.map { Double($0.limits.memoryRequest.count) }
    let storage = taskRun.steps.compactMap { $0.limits.ephemeralStorage.map { Double($0.count) } }
    limits.storage = storage.isEmpty ? nil : storage.reduce(0, +)
    limits.idleMemory = taskRun.idleMemory.rounded()
    limits.limitsDisk = limits.storage != nil || volumes.contains { $0.limit != nil }
    pods.append(PreparedPod(volumes: volumes, limits: limits, images: taskRun.images))
  }
}
