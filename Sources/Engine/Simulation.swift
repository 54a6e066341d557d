import GantryKernel
public import GantryModel
import GantryUnits

/// Plays out a plan, one replication after another, on memory that is kept between them.
///
/// The engine is pure: the outcome depends on the plan and the replication's number only.
public struct Simulation: ~Copyable {
  let prepared: PreparedPlan
  let keeping: RunKeeping
  /// The plan, read in place.
  var plan: Plan { _read { yield prepared.plan } }
  var fabric: Fabric
  var queue = EventQueue()
  var placer: PodPlacer
  var draws: RandomStream

  var now: Instant = .zero
  var runs = Window<RunState>()
  var taskRuns = Window<TaskRunState>()
  /// By run: what becomes its outcome.
  var records = Window<RunOutcome>()
  var nodes: [NodeState] = []
  var ledgers: [NodeLedger] = []
  var outcome = Outcome()
  var arrivals: [Arrival] = []
  var nextArrival = 0
  /// By template: the runs created so far, and in all.
  var occurrences: [(seen: Int, total: Int)] = []
  var openRuns = 0
  /// When the last run ended.
  var lastEnd: Instant = .zero
  var controllers: Controllers
  var fileSystemMoments: [Double] = []
  var accessPoints: [AccessPoints] = []
  var volumes: [VolumeState] = []
  /// Volumes of claims that all runs share, by namespace and name.
  var sharedVolumes: [String: Int] = [:]
  var placements = 0
  /// When the scheduler looks at backed-off pods next; an event for it is queued.
  var flushAt: Instant?
  /// What is written down to explain runs; nil costs nothing.
  var watch: Watch?
  /// When something other than a vain try of the scheduler happened last.
  private var quietSince: Instant = .zero
  /// A value whose layout only the run time knows: it makes the compiler hand the simulation to methods
  /// that read it by its address, where it would copy its three kibibytes.
  private let pin: any Sendable = ()

  /// A run that will be created.
  struct Arrival {
    var time: Instant
    var template: Int
    var stream: Int
  }

  /// Prepares for a plan; `keeping` says what outcomes keep of runs that have ended.
  ///
  /// `explaining` asks for an observation of some runs in the outcome, which takes `.everything`.
  public init(
    _ prepared: PreparedPlan, keeping: RunKeeping = .everything,
    explaining scope: ExplainScope? = nil
  ) {
    precondition(scope == nil || keeping == .everything, "runs that are explained are kept")
    self.prepared = prepared
    self.keeping = keeping
    watch = scope.map { Watch($0) }
    fabric = Fabric(prepared)
    placer = PodPlacer(prepared)
    controllers = Controllers(prepared.plan.control)
    draws = RandomStream(seed: prepared.plan.seed, replication: 0)
  }

  /// Plays out one replication.
  /// - Complexity: O(events · log events).
  public mutating func run(replication: Int) -> Outcome {
    reset(replication: replication)
    while openRuns > 0 || nextArrival < arrivals.count, step() {}
    return finish(replication: replication)
  }

  private mutating func reset(replication: Int) {
    fabric.reset()
    queue.reset()
    placer.reset()
    draws = RandomStream(seed: plan.seed, replication: UInt64(replication))
    now = .zero
    runs.removeAll()
    taskRuns.removeAll()
    records.removeAll()
    nodes = plan.nodes.map { NodeState($0, imageCount: plan.images.count) }
    ledgers = plan.nodes.map { NodeLedger($0, images: plan.images, settings: plan.kubelet) }
    outcome = Outcome()
    outcome.nodes = ledgers.map(\.usageAtStart)
    outcome.fileSystems = Array(repeating: FileSystemUsage(), count: plan.fileSystems.count)
    fileSystemMoments = Array(repeating: 0, count: plan.fileSystems.count)
    accessPoints = Array(repeating: AccessPoints(), count: plan.fileSystems.count)
    volumes.removeAll(keepingCapacity: true)
    sharedVolumes.removeAll(keepingCapacity: true)
    openRuns = 0
    lastEnd = .zero
    controllers = Controllers(plan.control)
    arrivals = makeArrivals(replication: replication)
    nextArrival = 0
    occurrences = Array(repeating: (0, 0), count: plan.templates.count)
    for arrival in arrivals { occurrences[arrival.template].total += 1 }
    if keeping != .everything {
      outcome.tally = RunTally(
        templates: plan.templates.count, assumptions: plan.assumptions.count)
      outcome.tally?.runs.reserveCapacity(arrivals.count)
    }
    placements = 0
    flushAt = nil
    quietSince = .zero
    if let scope = watch?.scope {
      watch = Watch(scope)
      placer.watch = PlacementWatch()
    }
    scheduleNextArrival()
  }

  private func makeArrivals(replication: Int) -> [Arrival] {
    var all: [Arrival] = []
    for (index, stream) in plan.workload.enumerated() {
      let times = arrivalTimes(
        of: stream, index: index, seed: plan.seed, replication: replication,
        horizon: plan.horizon)
      all += times.map { Arrival(time: $0, template: stream.template, stream: index) }
    }
    // Stable by construction: streams in order, and sorted(by:) keeps equal elements in order.
    return all.sorted { $0.time < $1.time }
  }

  /// Plays the next event; false when there is none before the horizon.
  private mutating func step() -> Bool {
    let timed = queue.minTime
    let flow = fabric.network.nextEvent()
    let next: Instant
    switch (timed, flow) {
    case (nil, nil): return false
    case (let only?, nil), (nil, let only?): next = only
    case (let one?, let other?): next = min(one, other)
    }
    if watch != nil { sampleLimits(until: plan.horizon.map { min(next, $0) } ?? next) }
    if let horizon = plan.horizon, next > horizon {
      now = horizon
      return false
    }
    now = next
    outcome.eventCount += 1
    if let flow, timed.map({ flow <= $0 }) ?? true {
      quietSince = now
      while let done = fabric.network.popCompletion(at: now) { flowEnded(done.payload) }
    } else if let event = queue.popMin() {
      let kind = EventKind(rawValue: event.kind) ?? .timerEnded
      let before = placements
      handle(kind, payload: event.payload)
      if kind != .schedulerFlush || placements > before {
        quietSince = now
      } else if flow == nil, isStuck {
        now = quietSince
        return false
      }
    }
    return true
  }

  /// Whether only the scheduler's own rhythm is left and every waiting pod has been tried in vain.
  ///
  /// The scheduler tries each pod at least every 5 minutes and 10 s of back-off; twice that is safe.
  private var isStuck: Bool {
    plan.horizon == nil && queue.count <= 1 && nextArrival >= arrivals.count
      && now - quietSince > .seconds(620)
  }

  /// Puts an event of a TaskRun into the queue.
  mutating func schedule(_ kind: EventKind, after seconds: Double, payload: UInt32) {
    queue.push(
      at: now + .seconds(seconds), phase: kind.phase, kind: kind.rawValue, payload: payload)
  }

  private mutating func handle(_ kind: EventKind, payload: UInt32) {
    switch kind {
    case .arrival: createRun()
    case .reconcileRun: look(.run, payload)
    case .runTimeout: checkTimeouts(run: Int(payload))
    case .claimReady: claimReady(run: Int(payload))
    case .claimsDeleted: deleteClaims(run: Int(payload))
    case .schedulerFlush: placePods()
    case .lookEnded: lookEnded(slot: payload)
    case .kubeletLooks: kubeletLooks(at: Int(payload))
    default:
      guard let index = live(payload), concerns(kind, index) else { return }
      handle(kind, taskRun: index)
    }
  }

  private mutating func handle(_ kind: EventKind, taskRun index: Int) {
    switch kind {
    case .reconcileTaskRun: look(.start, token(index))
    case .podBound: mountVolumes(index)
    case .volumeAttached: volumeAttached(index)
    case .volumesMounted: startSandbox(index)
    case .initialised: pullImages(index)
    case .containersStarted: beginSteps(index)
    case .containersReady: look(.goAhead, token(index))
    case .stepStarts: beginStep(index)
    case .timerEnded: demandEnded(index)
    case .podCompleted: look(.end, token(index))
    case .taskRunTimeout: timeOut(index)
    case .customRunEnded: endCustomRun(index)
    case .stepTimeout: timeOutStep(index)
    default: preconditionFailure("\(kind) is not an event of a TaskRun")
    }
  }
}

/// What happens next, by the raw value in the event queue.
enum EventKind: UInt32 {
  case arrival
  case reconcileRun
  case runTimeout
  case claimReady
  case claimsDeleted
  case schedulerFlush
  case reconcileTaskRun
  case podBound
  case volumeAttached
  case volumesMounted
  case initialised
  case containersReady
  case stepStarts
  case timerEnded
  case podCompleted
  case taskRunTimeout
  /// The containers of a pod that waits for no annotation have started.
  case containersStarted
  /// A controller's worker is done.
  case lookEnded
  case kubeletLooks
  /// Another controller is done with a custom task.
  case customRunEnded
  /// A step's own time is up.
  case stepTimeout

  /// When it runs among the events of its instant.
  var phase: EventPhase {
    switch self {
    case .arrival: .arrival
    case .timerEnded, .podCompleted, .customRunEnded: .completion
    case .reconcileRun, .reconcileTaskRun, .schedulerFlush, .lookEnded: .control
    // What ends at the very moment of a timeout has ended in time.
    case .runTimeout, .taskRunTimeout, .stepTimeout, .kubeletLooks: .observation
    default: .request
    }
  }
}
