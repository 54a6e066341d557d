import GantryModel
import GantryScheduling
import GantryUnits

/// The scheduler's side of the cluster: pods that wait for a node, and pods that have one.
struct PodPlacer {
  /// A placed pod.
  struct Placement {
    var node: Int
    var pod: PlacedPodID
  }

  /// A pod in the queue.
  enum PendingPod: Hashable, Sendable {
    case taskRun(Int)
    case assistant(run: Int, position: Int)

    /// Its number in the queue: TaskRuns are even, assistants odd.
    var queued: SchedulingQueue.Pod {
      switch self {
      case .taskRun(let index): .init(index << 1)
      case .assistant(let run, let position): .init((run << 16 | position) << 1 | 1)
      }
    }

    init(_ pod: SchedulingQueue.Pod) {
      let rest = pod.number >> 1
      self =
        pod.number & 1 == 0
        ? .taskRun(rest) : .assistant(run: rest >> 16, position: rest & 0xFFFF)
    }
  }

  /// Why a shape found no node, and when.
  private struct Refusal {
    var version: Int
    var rejecters: FilterPluginSet
    var reason: String
  }

  /// What the scheduler keeps of a run.
  struct RunPods {
    /// By claim; nil where the claim has no part in placing pods.
    var claims: [ClaimID?] = []
    var assistants: [Assistant] = []
  }

  /// A small pod that draws the run's pods to its node.
  struct Assistant {
    /// The claims it mounts; its run's pods with one of them follow it.
    var claims: [Int]
    var followsEverything: Bool
    var shape: PodShapeID
    var label: String
    var placed: PlacedPodID?
  }

  let plan: Plan
  let places: [PreparedTaskRun]
  private let nodeIDs: [NodeID]
  private let nodeOfID: [NodeID: Int]
  /// The cluster before any run.
  private let fresh: ClusterState
  /// By TaskRun of the plan: its shape without an assistant's affinity.
  let shapes: [PodShapeID]
  var state: ClusterState
  private var scheduler: Scheduler
  var queue = SchedulingQueue()
  var runs: [Int: RunPods] = [:]
  /// What is written down to explain placements; nil costs nothing.
  var watch: PlacementWatch?
  private var waiting: [Int: (run: Int, position: Int)] = [:]
  private var refusals: [Int: String] = [:]
  /// Counts changes of the cluster; a shape refused at this count is refused again unseen.
  private var version = 0
  private var refusedAt: [PodShapeID: Refusal] = [:]
  /// By node: the taints of its pressure conditions, and the images it has pulled.
  private var pressure: [Int: [Taint]] = [:]
  private var images: [Int: [Int]] = [:]

  init(_ prepared: PreparedPlan) {
    plan = prepared.plan
    places = prepared.taskRuns
    var state = ClusterState()
    nodeIDs = prepared.plan.nodes.map { state.add(PodPlacer.clusterNode($0, images: [])) }
    nodeOfID = Dictionary(
      uniqueKeysWithValues: nodeIDs.enumerated().map { ($0.element, $0.offset) })
    var late = VolumeClass(name: PodPlacer.lateClass, provisioner: PodPlacer.blockDriver)
    late.waitsForFirstConsumer = true
    state.add(late)
    PodPlacer.placePlatform(of: prepared.plan, on: nodeIDs, in: &state)
    shapes = prepared.taskRuns.map { place in
      let template = prepared.plan.templates[place.template]
      let pod = template.tasks[place.task].taskRuns[place.combination].pod
      return state.register(PodPlacer.shape(of: pod, namespace: template.namespace))
    }
    fresh = state
    self.state = state
    var configuration = SchedulerConfiguration()
    configuration.kubernetesMinor = prepared.plan.kubernetesMinor
    scheduler = Scheduler(configuration: configuration)
  }

  /// Forgets all pods.
  mutating func reset() {
    state = fresh
    scheduler = Scheduler(configuration: scheduler.configuration)
    queue = SchedulingQueue()
    runs.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    refusals.removeAll(keepingCapacity: true)
    refusedAt.removeAll(keepingCapacity: true)
    pressure.removeAll(keepingCapacity: true)
    images.removeAll(keepingCapacity: true)
    version = 0
    watch = nil
  }

  /// A run begins: its claims become known, and its affinity assistants are created.
  mutating func beginRun(_ run: Int, template index: Int, at now: Instant) {
    let template = plan.templates[index]
    var pods = RunPods()
    pods.claims = template.claims.enumerated().map { position, claim in
      guard PodPlacer.mattersForPlacement(claim) else { return nil }
      // Templates without a name all make a 'pvc': Tekton tells them apart by a hash.
      let name = claim.isPerRun ? "\(claim.name)-\(run)-\(position)" : claim.name
      let id = state.claim(namespace: template.namespace, name: name)
      if state.description(of: id) == nil {
        state.set(id, to: PodPlacer.volumeClaim(claim))
        if case .block(_, waitsForFirstConsumer: false) = claim.backing {
          // Bound before any pod is known: the provisioner takes the zones of the nodes in turn.
          bind(id, zone: plan.nodes[run % plan.nodes.count].zone)
        }
      }
      return id
    }
    addAssistants(of: run, template: template, to: &pods)
    guard !pods.assistants.isEmpty || pods.claims.contains(where: { $0 != nil }) else { return }
    runs[run] = pods
    for position in pods.assistants.indices {
      let pod = PendingPod.assistant(run: run, position: position)
      queue.add(pod.queued, shape: pods.assistants[position].shape, priority: 0, at: now)
      watch?.added(pod, at: now)
    }
  }

  /// A run has ended: its assistants go.
  mutating func endRun(_ run: Int, at now: Instant) {
    guard let pods = runs.removeValue(forKey: run) else { return }
    for (position, assistant) in pods.assistants.enumerated() {
      queue.remove(PendingPod.assistant(run: run, position: position).queued)
      if let placed = assistant.placed { remove(placed, at: now) }
    }
  }

  /// Gives a TaskRun's pod to the scheduler.
  mutating func enqueue(_ index: Int, run: Int, position: Int, at now: Instant) {
    waiting[index] = (run, position)
    watch?.added(.taskRun(index), at: now)
    queue.add(
      PendingPod.taskRun(index).queued, shape: shape(of: position, in: run), priority: 0, at: now)
  }

  /// The next TaskRun whose pod gets a node now, with that node.
  mutating func next(at now: Instant, draw: UInt64) -> (index: Int, placement: Placement)? {
    observingWakes(as: .longWait, at: now) { $0.flush(at: now) }
    while let queued = queue.pop() {
      let pod = PendingPod(queued)
      switch pod {
      case .assistant(let run, let position):
        placeAssistant(position, of: run, at: now, draw: draw)
      case .taskRun(let index):
        guard let (run, position) = waiting[index] else { continue }
        let claims = self.claims(of: position, in: run)
        let shape = self.shape(of: position, in: run)
        guard let node = decide(pod, shape, claims: claims, at: now, draw: draw) else {
          refusals[index] = refusedAt[shape]?.reason
          continue
        }
        waiting[index] = nil
        if !refusals.isEmpty { refusals[index] = nil }
        return (index, Placement(node: node, pod: place(pod, shape, claims, on: node, at: now)))
      }
    }
    return nil
  }

  /// A pod has ended.
  mutating func remove(_ placement: Placement, at now: Instant) { remove(placement.pod, at: now) }

  /// A TaskRun no longer wants a node.
  mutating func withdraw(_ index: Int) {
    guard waiting.removeValue(forKey: index) != nil else { return }
    queue.remove(PendingPod.taskRun(index).queued)
  }

  /// Whether no pod waits for a node.
  var isIdle: Bool { queue.count == 0 }

  /// When pods should be tried again; nil when nothing is in back-off.
  mutating func nextWake() -> Instant? { queue.nextFlush() }

  /// Why a TaskRun has no node, in the scheduler's words.
  func refusal(of index: Int) -> String? { refusals[index] }

  /// A node has pulled an image: image locality counts it.
  mutating func setImages(_ images: [Int], of node: Int) {
    self.images[node] = images
    state.setImages(reported(images, on: node), of: nodeIDs[node])
    version += 1
  }

  /// A node's pressure conditions have changed: pods that its taints kept away are tried again.
  mutating func setTaints(_ taints: [Taint], of node: Int, at now: Instant) {
    pressure[node] = taints
    update(node)
    let (state, id) = (state, nodeIDs[node])
    queue.move(on: .nodeTaintsChanged, at: now) { state.passesPreCheck($0, on: id) }
  }

  private mutating func update(_ node: Int) {
    let images = images[node] ?? plan.nodes[node].cachedImages
    var cluster = PodPlacer.clusterNode(plan.nodes[node], images: reported(images, on: node))
    cluster.taints += pressure[node] ?? []
    state.update(cluster)
    version += 1
  }

  private func reported(_ images: [Int], on node: Int) -> [ReportedImage] {
    let architecture = plan.nodes[node].architecture.index
    return images.compactMap { image in
      plan.images[image].sizes[architecture].map {
        ReportedImage(names: [plan.images[image].name], size: $0.unpacked)
      }
    }
  }

  // MARK: Decisions

  /// The node for a pod; a pod that gets none goes back into the queue.
  mutating func decide(
    _ pod: PendingPod, _ shape: PodShapeID, claims: [ClaimID], at now: Instant, draw: UInt64
  ) -> Int? {
    let isWatched = watch?.waits(pod) ?? false
    if !isWatched, claims.isEmpty, let refused = refusedAt[shape], refused.version == version {
      queue.fail(pod.queued, rejecters: refused.rejecters, at: now)
      return nil
    }
    let decision = scheduler.schedule(
      shape, claims: claims, in: &state, ties: .seeded(draw), explain: isWatched)
    if isWatched { note(decision, of: pod, at: now) }
    if let chosen = decision.chosen { return nodeOfID[chosen] }
    let explained =
      isWatched ? decision : scheduler.schedule(shape, claims: claims, in: &state, explain: true)
    refusedAt[shape] = Refusal(
      version: version, rejecters: decision.rejecters,
      reason: explained.failureSummary(nodes: plan.nodes.count) ?? "no node fits")
    queue.fail(pod.queued, rejecters: decision.rejecters, at: now)
    if isWatched, queue.place(of: pod.queued) == .backoff {
      watch?.woke(pod, .changedMeanwhile, at: now)
    }
    return nil
  }

  mutating func place(
    _ pod: PendingPod, _ shape: PodShapeID, _ claims: [ClaimID], on node: Int, at now: Instant
  ) -> PlacedPodID {
    queue.remove(pod.queued)
    let placed = state.place(shape, claims: claims, on: nodeIDs[node], start: now)
    for claim in claims { bind(claim, zone: plan.nodes[node].zone) }
    version += 1
    let name = watch?.placed(pod, as: placed) ?? ""
    // Telling whom it concerns takes a copy of the state.
    guard queue.hasUnschedulable else {
      queue.move(on: .podAssigned, at: now)
      return placed
    }
    let state = state
    observingWakes(as: .podPlaced(name), at: now) { queue in
      queue.move(on: .podAssigned, at: now) { state.awaits($0, shape) }
    }
    return placed
  }

  private mutating func remove(_ pod: PlacedPodID, at now: Instant) {
    state.remove(pod)
    version += 1
    let name = watch?.removed(pod) ?? ""
    observingWakes(as: .podEnded(name), at: now) { $0.move(on: .podDeleted, at: now) }
  }

  /// A claim that waited for its first consumer gets a volume in the zone of its node.
  private mutating func bind(_ claim: ClaimID, zone: String) {
    guard let description = state.description(of: claim), description.volumeName == nil else {
      return
    }
    var volume = ClusterVolume(name: "pv-\(claim.index)")
    volume.driver = PodPlacer.blockDriver
    volume.storageClass = description.storageClass
    volume.accessModes = description.accessModes
    volume.capacity = description.request
    var term = NodeSelectorTerm()
    term.matchExpressions = [
      NodeSelectorRequirement(
        key: "topology.kubernetes.io/zone", operator: .in, values: [zone])
    ]
    volume.nodeAffinity = [term]
    state.add(volume)
    state.bind(claim, to: volume.name)
  }

  private func claims(of position: Int, in run: Int) -> [ClaimID] {
    guard !runs.isEmpty, let pods = runs[run] else { return [] }
    let place = places[position]
    let used = plan.templates[place.template].tasks[place.task].taskRuns[place.combination].claims
    return used.compactMap { pods.claims[$0] }
  }
}
