import GantryEngine
import GantryModel
import GantryUnits
import Testing

@testable import GantryExperiments

/// Plans in which one resource alone takes the time: twice as good is half the time.
@Suite("Levers")
struct LeverTests {
  /// A plan without latencies: one node with one thread, and one run of tasks side by side.
  private func plan(
    _ tasks: [[Demand]], claims: [PlannedClaim] = [], images: [Int] = []
  ) -> Plan {
    var plan = Plan()
    var control = ControlTimings()
    let latencies: [WritableKeyPath<ControlTimings, Double>] = [
      \.controller, \.reconcile, \.scheduler, \.sandbox, \.initContainer, \.containerStart, \.ready,
      \.readyJitter, \.stepHandOver, \.completion, \.accessPoint, \.fileSystemMount,
      \.fileSystemTLS, \.volumeCreate, \.volumeAttach, \.volumeMount, \.volumeDetach,
      \.unpackSecondsPerByte,
      \.apiQPS,
    ]
    for field in latencies { control[keyPath: field] = 0 }
    plan.control = control
    var node = PlannedNode(
      name: "workers-0", pool: "workers", instanceType: "paper", architecture: .amd64,
      zone: "here-a", region: "here")
    node.vcpu = 1
    node.memory = Bytes(10_000_000_000)
    node.network = BurstRate(baseline: BytesPerSecond(1e12))
    node.ebs = BurstRate(baseline: BytesPerSecond(1e12))
    node.allocatable = [
      "cpu": Quantity(1), "memory": Quantity(10_000_000_000), "pods": Quantity(250),
    ]
    node.labels = ["kubernetes.io/hostname": "workers-0", "topology.kubernetes.io/zone": "here-a"]
    plan.nodes = [node]
    var run = PlannedRun(name: "run", isGenerated: false, pipelineName: "pipeline")
    run.claims = claims
    run.tasks = tasks.enumerated().map { index, demands in
      var task = PlannedTask(name: "task-\(index)", taskName: "task")
      var pod = PlannedPod()
      // A container without requests counts with 100m: the scheduler spreads the pods.
      pod.containers = [.init(image: "")]
      var taskRun = PlannedTaskRun(name: "task-\(index)", pod: pod)
      let phase = Phase(label: "work", demands: demands)
      taskRun.steps = [PlannedStep(name: "step", phases: [[phase], [phase]])]
      taskRun.claims = Array(claims.indices)
      taskRun.images = images
      task.taskRuns = [taskRun]
      return task
    }
    plan.templates = [run]
    plan.workload = [ArrivalStream(template: 0, process: .burst(count: 1))]
    return plan
  }

  private func effects(_ plan: Plan) async -> [LeverEffect] {
    var simulation = Simulation(PreparedPlan(plan))
    let base = simulation.run(replication: 0)
    return await Levers.effects(of: plan, on: [0], base: base, replication: 0, threads: 2)[0]
  }

  /// Expects that one lever saves so much and that it is the most; those named besides may help.
  private func expect(
    _ id: String, saves seconds: Double, in plan: Plan, alsoHelpful: Set<String> = []
  ) async {
    let effects = await effects(plan)
    #expect(effects.first?.id == id)
    #expect(abs((effects.first?.savedSeconds ?? 0) - seconds) < 1e-6)
    let others = effects.dropFirst().filter { ($0.savedSeconds ?? 0) > 1e-6 }
    #expect(Set(others.map(\.id)) == alsoHelpful)
  }

  @Test("processors: a step of 10 s on one thread takes 5 s")
  func processors() async {
    await expect("cpu.workers", saves: 5, in: plan([[.cpu(seconds: 10, threads: 1)]]))
  }

  @Test("nodes: two tasks share one thread for 20 s, on two nodes they take 10 s")
  func oneMoreNode() async {
    // So do processors that are twice as fast.
    let work = Demand.cpu(seconds: 10, threads: 1)
    let effects = await effects(plan([[work], [work]]))
    let saved = Dictionary(uniqueKeysWithValues: effects.map { ($0.id, $0.savedSeconds) })
    #expect(saved["nodes.workers"] == 10)
    #expect(saved["cpu.workers"] == 10)
    #expect(effects.first?.id == "cpu.workers")
  }

  @Test("file system: 4000 operations of 1 ms take 2 s less at half the latency")
  func latency() async {
    var plan = plan(
      [
        [.transfer(.init(.write, .claim(0), bytes: 0, operations: 4000))]
      ], claims: [claim(.fileSystem(0))])
    plan.fileSystems = [fileSystem()]
    await expect("fileSystem.efs.latency", saves: 2, in: plan)
  }

  @Test("file system: 4e9 bytes at 1e9 a second take 2 s less with twice the throughput")
  func throughput() async {
    var plan = plan(
      [[.transfer(.init(.write, .claim(0), bytes: 4e9))]], claims: [claim(.fileSystem(0))])
    plan.fileSystems = [fileSystem()]
    await expect("fileSystem.efs.throughput", saves: 2, in: plan)
  }

  @Test("servers outside: 1000 bytes at 100 a second beside an answer of 2 s take 5 s less")
  func service() async {
    // Both run at once: 10 s of bytes decide, 5 s are saved.
    var plan = plan([[.transfer(.init(.read, .service(0), bytes: 1000, operations: 1))]])
    plan.services = [
      ExternalService(name: "mirror", perConnection: BytesPerSecond(100), latency: 2)
    ]
    await expect("service.mirror", saves: 5, in: plan)
  }

  @Test("images: a pull of 10 s is saved when the node has the image")
  func images() async {
    // 3000 bytes over three connections of 100 a second; a faster registry saves half of it.
    var plan = plan([[.fixed(seconds: 1)]], images: [0])
    plan.services = [
      ExternalService(name: "registry", perConnection: BytesPerSecond(100), latency: 0)
    ]
    let size = PlannedImage.ImageSize(compressed: Bytes(3000), unpacked: Bytes(0))
    plan.images = [PlannedImage(name: "tool", sizes: [size, size], service: 0)]
    await expect("images", saves: 10, in: plan, alsoHelpful: ["service.registry"])
  }

  @Test("requests: 24 of them at 1 a second, 8 at once")
  func requests() async {
    // Three TaskRuns of 8: the last one waits (24 - 8) / 1 = 16 s. At 2 a second and 16 at once:
    // (24 - 16) / 2 = 4 s.
    var plan = plan([[.fixed(seconds: 1)], [.fixed(seconds: 1)], [.fixed(seconds: 1)]])
    plan.control.apiQPS = 1
    plan.control.apiBurst = 8
    plan.control.requestsPerTaskRun = 8
    await expect("tekton.requests", saves: 12, in: plan)
  }

  @Test("pods: a sandbox of 4 s and two hand-overs")
  func pods() async {
    var plan = plan([[.fixed(seconds: 1)]])
    plan.control.sandbox = 4
    plan.control.completion = 2
    await expect("pods", saves: 3, in: plan)
  }

  @Test("controllers and scheduler: half of their reaction")
  func reaction() async {
    // The run, the TaskRun, the binding and the run's end: 4 s each.
    var plan = plan([[.fixed(seconds: 1)]])
    plan.control.controller = 4
    plan.control.scheduler = 4
    await expect("control.reaction", saves: 8, in: plan)
  }

  @Test("block volumes: made, attached and mounted in 20 s; 1000 bytes at 100 a second")
  func blockVolumes() async {
    var volume = VolumeSpec()
    volume.throughput = BytesPerSecond(100)
    var plan = plan(
      [[.transfer(.init(.read, .claim(0), bytes: 1000))]],
      claims: [claim(.block(volume, waitsForFirstConsumer: true))])
    plan.control.volumeCreate = 4
    plan.control.volumeAttach = 10
    plan.control.volumeMount = 6
    await expect(
      "blockVolume.attach", saves: 10, in: plan, alsoHelpful: ["blockVolume.throughput"])
  }

  @Test("access points: made in 6 s, mounted in 4 s")
  func accessPoints() async {
    var plan = plan([[.fixed(seconds: 1)]], claims: [claim(.fileSystem(0))])
    plan.fileSystems = [fileSystem()]
    plan.control.accessPoint = 6
    plan.control.fileSystemMount = 4
    await expect("fileSystem.mount", saves: 5, in: plan)
  }

  @Test("network: 1000 bytes through a card of 100 a second")
  func network() async {
    var plan = plan([[.transfer(.init(.read, .service(0), bytes: 1000))]])
    plan.services = [
      ExternalService(name: "mirror", perConnection: BytesPerSecond(1e6), latency: 0)
    ]
    plan.nodes[0].network = BurstRate(baseline: BytesPerSecond(100))
    await expect("network.workers", saves: 5, in: plan)
  }

  @Test("root volume: written behind a page cache that is full at once")
  func rootVolume() async {
    // No memory, so no page cache: 1000 bytes at 100 a second.
    var plan = plan([[.transfer(.init(.write, .nodeDisk, bytes: 1000))]])
    plan.nodes[0].memory = .zero
    plan.nodes[0].rootVolume.throughput = BytesPerSecond(100)
    await expect("rootVolume.workers", saves: 5, in: plan)
  }

  @Test("a lever that lets a failed run succeed comes first")
  func failure() async {
    // 10 s of work, 8 s to do it.
    var plan = plan([[.cpu(seconds: 10, threads: 1)]])
    plan.templates[0].tasks[0].timeout = 8
    let first = await effects(plan)[0]
    #expect(first.id == "cpu.workers")
    #expect(first.status == .succeeded)
    #expect(first.durationSeconds == 5)
    #expect(first.savedSeconds == nil)
  }

  private func claim(_ backing: PlannedClaim.Backing) -> PlannedClaim {
    PlannedClaim(
      name: "files", backing: backing, accessModes: ["ReadWriteMany"], requested: .gib(1),
      isPerRun: true)
  }

  private func fileSystem() -> FileSystemSpec {
    var system = FileSystemSpec(name: "efs")
    system.readCeiling = BytesPerSecond(1e9)
    system.writeCeiling = BytesPerSecond(1e9)
    system.perClient = BytesPerSecond(1e9)
    system.readIOPS = 1e6
    system.writeIOPS = 1e6
    system.readLatency = 0.001
    system.writeLatency = 0.001
    return system
  }
}
