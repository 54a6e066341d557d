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

  /// What the scheduler keeps of a run.
  private struct RunPods {
    /// By claim; nil where the claim has no part in placing pods.
    var claims: [ClaimID?] = []
    var assistants: [Assistant] = []
  }

  /// A small pod that draws the run's pods to its node.
  private struct Assistant {
    /// The claims it mounts; its run's pods with one of them follow it.
    var claims: [Int]
    var followsEverything: Bool
    var shape: PodShapeID
    var label: String
    var placed: PlacedPodID?
  }

  private let plan: Plan
  private let places: [PreparedTaskRun]
  private let nodeIDs: [NodeID]
  private let nodeOfID: [NodeID: Int]
  /// The cluster before any run.
  private let fresh: ClusterState
  /// By TaskRun of the plan: its shape without an assistant's affinity.
  private let shapes: [PodShapeID]
  private var state: ClusterState
  private var scheduler: Scheduler
  private var pending = PendingPods()
  private var runs: [Int: RunPods] = [:]
  private var waiting: [Int: (run: Int, position: Int)] = [:]
  private var refusals: [Int: String] = [:]
  /// Counts changes of the cluster; a shape refused at this count is refused again unseen.
  private var version = 0
  private var refusedAt: [PodShapeID: (version: Int, reason: String)] = [:]

  init(_ prepared: PreparedPlan) {
    plan = prepared.plan
    places = prepared.taskRuns
    var state = ClusterState()
    nodeIDs = prepared.plan.nodes.map { state.add(PodPlacer.clusterNode($0, images: [])) }
    nodeOfID = Dictionary(
      uniqueKeysWithValues: nodeIDs.enumerated().map { ($0.element, $0.offset) })
    var late = VolumeClass(name: PodPlacer.lateClass, provisioner: "ebs.csi.aws.com")
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
    pending.reset()
    runs.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    refusals.removeAll(keepingCapacity: true)
    refusedAt.removeAll(keepingCapacity: true)
    version = 0
  }

  /// A run begins: its claims become known, and its affinity assistants are created.
  mutating func beginRun(_ run: Int, template index: Int) {
    let template = plan.templates[index]
    var pods = RunPods()
    pods.claims = template.claims.map { claim in
      guard PodPlacer.mattersForPlacement(claim) else { return nil }
      let name = claim.isPerRun ? "\(claim.name)-\(run)" : claim.name
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
      pending.add(.assistant(run: run, position: position))
    }
  }

  /// A run has ended: its assistants go.
  mutating func endRun(_ run: Int, at now: Instant) {
    guard let pods = runs.removeValue(forKey: run) else { return }
    for (position, assistant) in pods.assistants.enumerated() {
      pending.remove(.assistant(run: run, position: position))
      if let placed = assistant.placed { remove(placed, at: now) }
    }
  }

  /// Gives a TaskRun's pod to the scheduler.
  mutating func enqueue(_ index: Int, run: Int, position: Int) {
    waiting[index] = (run, position)
    pending.add(.taskRun(index))
  }

  /// The next TaskRun whose pod gets a node now, with that node.
  mutating func next(at now: Instant, draw: UInt64) -> (index: Int, placement: Placement)? {
    while let entry = pending.pop(at: now) {
      switch entry.pod {
      case .assistant(let run, let position):
        placeAssistant(position, of: run, entry: entry, at: now, draw: draw)
      case .taskRun(let index):
        guard let (run, position) = waiting[index] else { continue }
        let claims = self.claims(of: position, in: run)
        let shape = self.shape(of: position, in: run)
        guard let node = decide(shape, claims: claims, draw: draw) else {
          refusals[index] = refusedAt[shape]?.reason
          pending.refuse(entry, at: now)
          continue
        }
        waiting[index] = nil
        refusals[index] = nil
        let pod = place(shape, claims: claims, on: node, at: now)
        return (index, Placement(node: node, pod: pod))
      }
    }
    return nil
  }

  /// A pod has ended.
  mutating func remove(_ placement: Placement, at now: Instant) { remove(placement.pod, at: now) }

  /// A TaskRun no longer wants a node.
  mutating func withdraw(_ index: Int) {
    guard waiting.removeValue(forKey: index) != nil else { return }
    pending.remove(.taskRun(index))
  }

  /// When pods should be tried again; nil when nothing is in back-off.
  var nextWake: Instant? { pending.nextWake }

  /// Why a TaskRun has no node, in the scheduler's words.
  func refusal(of index: Int) -> String? { refusals[index] }

  /// A node has pulled an image: image locality counts it.
  mutating func setImages(_ images: [Int], of node: Int) {
    state.update(PodPlacer.clusterNode(plan.nodes[node], images: reported(images, on: node)))
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

  private mutating func decide(_ shape: PodShapeID, claims: [ClaimID], draw: UInt64) -> Int? {
    if claims.isEmpty, let refused = refusedAt[shape], refused.version == version { return nil }
    let decision = scheduler.schedule(shape, claims: claims, in: &state, ties: .seeded(draw))
    if let chosen = decision.chosen { return nodeOfID[chosen] }
    let explained = scheduler.schedule(
      shape, claims: claims, in: &state, ties: .lowestName, explain: true)
    refusedAt[shape] = (version, Refusals.summary(of: explained, nodeCount: plan.nodes.count))
    return nil
  }

  private mutating func place(
    _ shape: PodShapeID, claims: [ClaimID], on node: Int, at now: Instant
  ) -> PlacedPodID {
    let pod = state.place(shape, claims: claims, on: nodeIDs[node], start: now)
    for claim in claims { bind(claim, zone: plan.nodes[node].zone) }
    version += 1
    return pod
  }

  private mutating func remove(_ pod: PlacedPodID, at now: Instant) {
    state.remove(pod)
    version += 1
    pending.clusterChanged(at: now)
  }

  /// A claim that waited for its first consumer gets a volume in the zone of its node.
  private mutating func bind(_ claim: ClaimID, zone: String) {
    guard let description = state.description(of: claim), description.volumeName == nil else {
      return
    }
    var volume = ClusterVolume(name: "pv-\(claim.index)")
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
    guard let pods = runs[run] else { return [] }
    let place = places[position]
    let used = plan.templates[place.template].tasks[place.task].taskRuns[place.combination].claims
    return used.compactMap { pods.claims[$0] }
  }
}

// MARK: Affinity assistants

extension PodPlacer {
  /// The label that ties pods to an assistant, and that of all assistants.
  private static let instanceLabel = "app.kubernetes.io/instance"
  private static let componentLabel = "app.kubernetes.io/component"
  private static let component = "affinity-assistant"
  private static let hostname = "kubernetes.io/hostname"

  private mutating func addAssistants(
    of run: Int, template: PlannedRun, to pods: inout RunPods
  ) {
    switch plan.tekton.coschedule {
    case .disabled: return
    case .workspaces:
      for claim in template.claims.indices {
        pods.assistants.append(assistant([claim], run: run, template: template, all: false))
      }
    case .pipelineRuns, .isolatePipelineRun:
      let all = Array(template.claims.indices)
      pods.assistants.append(assistant(all, run: run, template: template, all: true))
    }
  }

  private mutating func assistant(
    _ claims: [Int], run: Int, template: PlannedRun, all: Bool
  ) -> Assistant {
    let label = "affinity-assistant-\(run)-\(claims.first ?? 0)"
    var shape = PodPlacer.shape(of: template.assistant, namespace: template.namespace)
    shape.labels = [
      PodPlacer.instanceLabel: label, PodPlacer.componentLabel: PodPlacer.component,
    ]
    var others = PodAffinityTerm(topologyKey: PodPlacer.hostname)
    others.labelSelector = LabelSelector()
    others.labelSelector?.matchLabels = [PodPlacer.componentLabel: PodPlacer.component]
    var affinity = shape.affinity ?? Affinity()
    var repulsion = affinity.podAntiAffinity ?? PodAffinity()
    if plan.tekton.coschedule == .isolatePipelineRun {
      repulsion.required.append(others)
    } else {
      repulsion.preferred.append(WeightedPodAffinityTerm(weight: 100, term: others))
    }
    affinity.podAntiAffinity = repulsion
    shape.affinity = affinity
    return Assistant(
      claims: claims, followsEverything: all, shape: state.register(shape), label: label)
  }

  private mutating func placeAssistant(
    _ position: Int, of run: Int, entry: PendingPods.Entry, at now: Instant, draw: UInt64
  ) {
    guard let pods = runs[run] else { return }
    let assistant = pods.assistants[position]
    let claims = assistant.claims.compactMap { pods.claims[$0] }
    guard let node = decide(assistant.shape, claims: claims, draw: draw) else {
      pending.refuse(entry, at: now)
      return
    }
    let placed = place(assistant.shape, claims: claims, on: node, at: now)
    runs[run]?.assistants[position].placed = placed
    pending.clusterChanged(at: now)
  }

  /// The shape of a TaskRun's pod: drawn to the assistant of its claim, where there is one.
  private mutating func shape(of position: Int, in run: Int) -> PodShapeID {
    guard let pods = runs[run], !pods.assistants.isEmpty else { return shapes[position] }
    let place = places[position]
    let template = plan.templates[place.template]
    let taskRun = template.tasks[place.task].taskRuns[place.combination]
    guard
      let assistant = pods.assistants.first(where: { assistant in
        assistant.followsEverything || taskRun.claims.contains { assistant.claims.contains($0) }
      })
    else { return shapes[position] }
    var shape = PodPlacer.shape(of: taskRun.pod, namespace: template.namespace)
    var term = PodAffinityTerm(topologyKey: PodPlacer.hostname)
    term.labelSelector = LabelSelector()
    term.labelSelector?.matchLabels = [PodPlacer.instanceLabel: assistant.label]
    var affinity = shape.affinity ?? Affinity()
    var attraction = affinity.podAffinity ?? PodAffinity()
    attraction.required.append(term)
    affinity.podAffinity = attraction
    shape.affinity = affinity
    return state.register(shape)
  }
}

// MARK: From plan to scheduler

extension PodPlacer {
  private static func clusterNode(_ node: PlannedNode, images: [ReportedImage]) -> ClusterNode {
    var result = ClusterNode(name: node.name)
    result.labels = node.labels
    result.allocatable = node.allocatable
    result.taints = node.taints
    result.isUnschedulable = node.isUnschedulable
    result.images = images
    return result
  }

  private static func shape(of pod: PlannedPod, namespace: String) -> PodShape {
    var shape = PodShape()
    shape.namespace = namespace
    shape.labels = pod.labels
    shape.containers = pod.containers.map {
      ShapeContainer(image: $0.image, requests: $0.requests)
    }
    shape.initContainers = pod.initContainers.map {
      ShapeContainer(image: $0.image, requests: $0.requests)
    }
    shape.nodeSelector = pod.nodeSelector
    shape.tolerations = pod.tolerations
    shape.affinity = pod.affinity
    shape.topologySpreadConstraints = pod.topologySpreadConstraints
    return shape
  }

  /// The platform's own pods: one stands for all of a node's requests, the rest for their number.
  private static func placePlatform(
    of plan: Plan, on nodeIDs: [NodeID], in state: inout ClusterState
  ) {
    for (index, node) in plan.nodes.enumerated() where !node.platformRequests.isEmpty {
      var requests = node.platformRequests
      let count = max(1, Int(requests.removeValue(forKey: "pods")?.value ?? 1))
      var large = PodShape()
      large.namespace = "openshift"
      large.containers = [ShapeContainer(requests: requests)]
      state.place(state.register(large), on: nodeIDs[index], start: .zero)
      var small = PodShape()
      small.namespace = "openshift"
      // Named requests of nothing, so that only the one above counts.
      small.containers = [ShapeContainer(requests: ["cpu": Quantity(0), "memory": Quantity(0)])]
      let shape = state.register(small)
      for _ in 1..<count { state.place(shape, on: nodeIDs[index], start: .zero) }
    }
  }

  /// The name under which the scheduler knows classes that wait for their first consumer.
  private static let lateClass = "wait-for-first-consumer"

  private static func mattersForPlacement(_ claim: PlannedClaim) -> Bool {
    if claim.accessModes.contains("ReadWriteOncePod") { return true }
    if case .block = claim.backing { return true }
    return false
  }

  private static func volumeClaim(_ claim: PlannedClaim) -> VolumeClaim {
    var result = VolumeClaim()
    result.accessModes = claim.accessModes.compactMap(VolumeAccessMode.init(rawValue:))
    result.request = claim.requested
    switch claim.backing {
    case .fileSystem: result.volumeName = "efs"
    case .block: result.storageClass = lateClass
    case .unprovisionable: break
    }
    return result
  }
}

/// The scheduler's event message about a pod that found no node.
enum Refusals {
  static func summary(of decision: Decision, nodeCount: Int) -> String {
    if let message = decision.explanation?.preFilterMessage {
      return "0/\(nodeCount) nodes are available: \(message)"
    }
    var counts: [String: Int] = [:]
    for rejected in decision.explanation?.rejected ?? [] {
      for reason in rejected.rejection.reasons { counts[reason, default: 0] += 1 }
    }
    let reasons = counts.map { "\($0.value) \($0.key)" }.sorted()
    return "0/\(nodeCount) nodes are available: \(reasons.joined(separator: ", "))"
  }
}
