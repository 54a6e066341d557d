import GantryKernel
import GantryModel
import GantryUnits

/// A PipelineRun under way.
struct RunState {
  var template: Int
  /// The first reconcile; nil before it.
  var started: Instant?
  var isFinished = false
  /// Whether its claims are yet to be deleted.
  var awaitsDeletion = false
  var reconcileIsQueued = false
  var pipeline: PipelineState
  /// The TaskRuns created so far, by their position among the template's TaskRuns.
  var taskRuns: [Int?]
  var claims: [ClaimState] = []
  /// TaskRuns whose pods wait for claims to be bound.
  var waitingForClaims: [Int] = []
}

/// A claim of a run under way.
struct ClaimState {
  /// When it is bound; nil for one that waits for its first consumer, or for an access point.
  var ready: Instant?
  /// Whether it waits until another claim gives an access point back.
  var waitsForAccessPoint = false
  /// Its block volume, by position among the simulation's volumes.
  var volume: Int?
  /// Its life so far.
  var usage: ClaimUsage
}

/// A block volume: of one run's claim, or of a claim that all runs share.
struct VolumeState {
  var spec: VolumeSpec
  /// Whether it is there, or made when its first consumer has a node.
  var exists: Bool
  /// The node it is attached to, from when on, and how many pods use it there.
  var node: Int?
  var attached: Instant = .zero
  var users = 0
  /// TaskRuns whose pods wait for the volume to leave another node, and their claim.
  var waiting: [(taskRun: Int, claim: Int)] = []
  /// Its resources in the fabric while it has any.
  var resources: Int?
  /// Bytes of files on it, with those that phases under way will have written.
  var used = 0.0
}

/// A TaskRun under way.
struct TaskRunState {
  var run: Int
  /// Its position in the prepared plan.
  var prepared: Int
  /// Its position among the run's outcomes.
  var outcome: Int
  var attempt: UInt32 = 0
  var isDone = false
  var started: Instant?
  /// The node and the scheduler's handle of its pod.
  var node: Int?
  var placement: PodPlacer.Placement?
  /// Where the current stretch of its life began.
  var segmentStart: Instant
  var nextImage = 0
  var volumesToMount = 0
  /// The block volumes it keeps attached to its node, by position among the run's claims.
  var heldVolumes: [Int] = []
  var step = 0
  var stepStart: Instant = .zero
  /// The phase in the prepared plan, and the end of its step's phases.
  var phase = 0
  var phaseEnd = 0
  var phaseStart: Instant = .zero
  var outstanding = 0
  var lastKind: TimeKind = .overhead
  var flows: [RunningDemand] = []
  /// The part of the phase under way for which its block volumes have room.
  var phaseShare = 1.0
  /// The processor work of the pod's start, while it is under way.
  var startFlow: FlowID?
  /// Whether it waits for a controller that is busy, or whose client may not send.
  var isHeld = false
  /// The failed step, when one has failed.
  var failure: String?
  /// Whether a step has begun and not ended.
  var stepIsOpen = false
  /// What its pod takes of its node.
  var ledger = PodLedger()
  /// Reference-thread seconds that its pod has taken.
  var cpu = 0.0

  /// A flow under way and the demand it serves.
  struct RunningDemand {
    var flow: FlowID
    var demand: Int
  }
}

/// A node during a replication.
struct NodeState {
  var hasImage: [Bool]
  /// Images to pull, in order; the first is under way.
  var pulls: [Int] = []
  /// Flows of the pull under way that have not ended.
  var pullOutstanding = 0
  /// TaskRuns that wait for an image.
  var waiting: [Int] = []
  var pods = 0

  init(_ node: PlannedNode, imageCount: Int) {
    hasImage = Array(repeating: false, count: imageCount)
    for image in node.cachedImages { hasImage[image] = true }
  }
}

extension Simulation {
  /// The event payload of a TaskRun: its number and attempt, so that events of an attempt that
  /// has been given up are told apart.
  func token(_ index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: index) << 5 | (taskRuns[index].attempt & 31)
  }

  /// The TaskRun of a payload; nil when that attempt is over.
  func live(_ payload: UInt32) -> Int? {
    let index = Int(payload >> 5)
    guard taskRuns.indices.contains(index), !taskRuns[index].isDone,
      taskRuns[index].attempt & 31 == payload & 31
    else { return nil }
    return index
  }

  /// Whether a run is there and has not finished.
  func isOpen(run: Int) -> Bool { runs.indices.contains(run) && !runs[run].isFinished }

  /// The plan's description of a TaskRun, read in place.
  subscript(planned index: Int) -> PlannedTaskRun {
    _read {
      let place = prepared.taskRuns[taskRuns[index].prepared]
      yield prepared.plan.templates[place.template].tasks[place.task].taskRuns[place.combination]
    }
  }

  /// The plan's description of a TaskRun's pipeline task, read in place.
  subscript(plannedTask index: Int) -> PlannedTask {
    _read {
      let place = prepared.taskRuns[taskRuns[index].prepared]
      yield prepared.plan.templates[place.template].tasks[place.task]
    }
  }

  /// Ends the current stretch of a TaskRun's life, if it has any length.
  mutating func close(_ stretch: Stretch, of index: Int) {
    guard let start = endStretch(of: index) else { return }
    let end = now
    self[outcomeOf: index].add(
      stretch.kind, start, end, stretch.label, prepared.stretchAssumptions[stretch.rawValue])
  }

  /// Ends the current stretch, which the phase under way took.
  mutating func closePhase(_ kind: TimeKind, of index: Int) {
    guard let start = endStretch(of: index) else { return }
    let end = now
    let note = prepared.phaseNotes[taskRuns[index].phase]
    self[outcomeOf: index].add(kind, start, end, note.label, note.assumptions)
  }

  /// Ends the current stretch of a TaskRun's life, if it has any length.
  mutating func closeSegment(
    _ index: Int, _ kind: TimeKind, _ label: String, assumptions: [Int] = []
  ) {
    guard let start = endStretch(of: index) else { return }
    let end = now
    self[outcomeOf: index].add(kind, start, end, label, assumptions)
  }

  /// Begins a new stretch; where the old one began, if it has any length and is kept.
  private mutating func endStretch(of index: Int) -> Instant? {
    let start = taskRuns[index].segmentStart
    guard now > start else { return nil }
    taskRuns[index].segmentStart = now
    return keeping == .times ? nil : start
  }

  /// A TaskRun's outcome, changed in place.
  subscript(outcomeOf index: Int) -> TaskRunOutcome {
    _read { yield records[taskRuns[index].run].taskRuns[taskRuns[index].outcome] }
    _modify { yield &records[taskRuns[index].run].taskRuns[taskRuns[index].outcome] }
  }
}

extension TaskRunOutcome {
  /// Adds a stretch; one that goes on as the last did makes that longer.
  fileprivate mutating func add(
    _ kind: TimeKind, _ start: Instant, _ end: Instant, _ label: String, _ assumptions: [Int]
  ) {
    breakdown[kind] += end - start
    let last = segments.count - 1
    if last >= 0, segments[last].kind == kind, segments[last].label == label {
      segments[last].end = end
    } else {
      segments.append(
        TimeSegment(kind: kind, start: start, end: end, label: label, assumptions: assumptions))
    }
  }
}
