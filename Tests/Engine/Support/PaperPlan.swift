import GantryEngine
import GantryModel
import GantryUnits

/// A plan on round figures: every latency is 0 and every rate is what the test says.
struct PaperPlan {
  var plan = Plan()

  init() {
    var control = ControlTimings()
    for field in PaperPlan.latencies { control[keyPath: field] = 0 }
    control.unpackThreads = 2
    // No limit.
    control.apiQPS = 0
    plan.control = control
  }

  private static var latencies: [WritableKeyPath<ControlTimings, Double>] {
    [
      \.controller, \.reconcile, \.scheduler, \.sandbox, \.initContainer, \.containerStart, \.ready,
      \.readyJitter, \.stepHandOver, \.completion, \.accessPoint, \.fileSystemMount,
      \.fileSystemTLS,
      \.volumeCreate, \.volumeAttach, \.volumeMount, \.volumeDetach, \.unpackSecondsPerByte,
    ]
  }

  /// Adds a node with 8 vCPU whose threads together do `total` reference-thread seconds a second,
  /// one of them at most `thread`.
  @discardableResult
  mutating func node(
    _ name: String = "node", thread: Double = 1, total: Double = 8,
    architecture: Architecture = .amd64, _ change: (inout PlannedNode) -> Void = { _ in }
  ) -> Int {
    var node = PlannedNode(
      name: name, pool: "workers", instanceType: "paper", architecture: architecture,
      zone: "here-a", region: "here")
    node.vcpu = 8
    node.memory = Bytes(10_000_000_000)
    node.threadSpeed = thread
    node.totalSpeed = total
    node.network = BurstRate(baseline: BytesPerSecond(1e12))
    node.ebs = BurstRate(baseline: BytesPerSecond(1e12))
    node.allocatable = [
      "cpu": Quantity(8), "memory": Quantity(10_000_000_000), "pods": Quantity(250),
      "ephemeral-storage": Quantity(1 << 40),
    ]
    node.labels = [
      "kubernetes.io/hostname": name, "kubernetes.io/arch": architecture.rawValue,
      "kubernetes.io/os": "linux", "topology.kubernetes.io/zone": "here-a",
      "topology.kubernetes.io/region": "here", "topology.ebs.csi.aws.com/zone": "here-a",
    ]
    change(&node)
    plan.nodes.append(node)
    return plan.nodes.count - 1
  }

  /// Adds a registry that sends and takes this much per connection.
  @discardableResult
  mutating func service(perConnection: Double, latency: Double = 0) -> Int {
    plan.services.append(
      ExternalService(
        name: "registry", perConnection: BytesPerSecond(perConnection), latency: latency))
    return plan.services.count - 1
  }

  /// Adds an image for both architectures, or for one.
  @discardableResult
  mutating func image(
    _ name: String, compressed: Int64, unpacked: Int64 = 0, service: Int = 0,
    only: Architecture? = nil
  ) -> Int {
    let size = PlannedImage.ImageSize(compressed: Bytes(compressed), unpacked: Bytes(unpacked))
    plan.images.append(
      PlannedImage(
        name: name,
        sizes: Architecture.allCases.map { only == nil || only == $0 ? size : nil },
        service: service))
    return plan.images.count - 1
  }

  /// Adds a file system with wide limits, to be narrowed by the test.
  @discardableResult
  mutating func fileSystem(_ change: (inout FileSystemSpec) -> Void = { _ in }) -> Int {
    var system = FileSystemSpec(name: "efs")
    system.readCeiling = BytesPerSecond(1e9)
    system.writeCeiling = BytesPerSecond(1e9)
    system.perClient = BytesPerSecond(1e9)
    system.readIOPS = 1e6
    system.writeIOPS = 1e6
    system.readLatency = 0.001
    system.writeLatency = 0.001
    change(&system)
    plan.fileSystems.append(system)
    return plan.fileSystems.count - 1
  }

  /// Adds a run and lets one occurrence arrive at the start.
  @discardableResult
  mutating func run(
    _ tasks: [PlannedTask], claims: [PlannedClaim] = [], name: String = "run",
    _ change: (inout PlannedRun) -> Void = { _ in }
  ) -> Int {
    var run = PlannedRun(name: name, isGenerated: false, pipelineName: "pipeline")
    run.tasks = tasks
    run.claims = claims
    change(&run)
    plan.templates.append(run)
    plan.workload.append(
      ArrivalStream(template: plan.templates.count - 1, process: .burst(count: 1)))
    return plan.templates.count - 1
  }

  /// Plays out one replication.
  func outcome(replication: Int = 0) -> Outcome {
    var simulation = Simulation(PreparedPlan(plan))
    return simulation.run(replication: replication)
  }
}

/// A task of one TaskRun with one step per list of demands, each list one phase.
func task(
  _ name: String, _ steps: [Demand]..., after: [Int] = [], claims: [Int] = [], images: [Int] = [],
  on node: String? = nil, _ change: (inout PlannedTask) -> Void = { _ in }
) -> PlannedTask {
  var task = PlannedTask(name: name, taskName: name)
  task.dependencies = after
  var pod = PlannedPod()
  if let node { pod.nodeSelector = ["kubernetes.io/hostname": node] }
  var taskRun = PlannedTaskRun(name: name, pod: pod)
  taskRun.steps = steps.enumerated().map { index, demands in
    let phase = Phase(label: "\(name) \(index)", demands: demands)
    return PlannedStep(name: "step-\(index)", phases: [[phase], [phase]])
  }
  taskRun.claims = claims
  taskRun.images = images
  task.taskRuns = [taskRun]
  change(&task)
  return task
}

/// A claim of each run on a file system of the plan.
func claim(onFileSystem system: Int = 0) -> PlannedClaim {
  PlannedClaim(
    name: "files", backing: .fileSystem(system), accessModes: ["ReadWriteMany"],
    requested: .gib(1), isPerRun: true)
}

/// A claim of each run on a block volume with this throughput in bytes per second.
func blockClaim(
  throughput: Double = 1e9, waitsForFirstConsumer: Bool = true,
  _ change: (inout VolumeSpec) -> Void = { _ in }
) -> PlannedClaim {
  var volume = VolumeSpec()
  volume.throughput = BytesPerSecond(throughput)
  change(&volume)
  return PlannedClaim(
    name: "block", backing: .block(volume, waitsForFirstConsumer: waitsForFirstConsumer),
    accessModes: ["ReadWriteOnce"], requested: .gib(1), isPerRun: true)
}

extension Demand {
  /// Processor work of one thread, or more.
  static func compute(_ seconds: Double, threads: Double = 1) -> Demand {
    .cpu(seconds: seconds, threads: threads)
  }

  /// A transfer from or to a claim of the run.
  static func move(
    _ direction: IODirection, claim: Int = 0, bytes: Double, operations: Double = 0,
    concurrency: Double = 1
  ) -> Demand {
    .transfer(
      .init(
        direction, .claim(claim), bytes: bytes, operations: operations, concurrency: concurrency))
  }
}

extension Instant {
  /// A whole number of seconds, exactly.
  static func s(_ seconds: Int64) -> Instant { Instant(nanoseconds: seconds * 1_000_000_000) }
}

extension Outcome {
  /// The TaskRun of a task in the first run that has one.
  func taskRun(_ name: String, run: Int = 0) -> TaskRunOutcome? {
    runs[run].taskRuns.first { $0.pipelineTask == name }
  }

  /// When a task's TaskRun ended.
  func end(of name: String, run: Int = 0) -> Instant? { taskRun(name, run: run)?.completed }
}

/// A stretch of a life in whole seconds, to compare with what was worked out by hand.
struct Stretch: Hashable, CustomStringConvertible {
  var kind: TimeKind
  var start: Instant
  var end: Instant

  init(_ kind: TimeKind, _ start: Int64, _ end: Int64) {
    self.kind = kind
    self.start = .s(start)
    self.end = .s(end)
  }

  init(_ segment: TimeSegment) {
    kind = segment.kind
    start = segment.start
    end = segment.end
  }

  var description: String { "\(kind.name) \(start.nanoseconds)-\(end.nanoseconds)" }
}
