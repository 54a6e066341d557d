internal import GantryModel
internal import GantryUnits

/// A pipeline of the shape of a multi-architecture build, made in code: clone, one build on each
/// architecture, and an index of both images; all share a file system.
struct BuildPlan {
  /// Nodes of each architecture.
  var nodesPerArchitecture = 1
  /// Runs that are created at once.
  var burst = 1

  /// The plan.
  func make() -> Plan {
    var plan = Plan()
    for architecture in Architecture.allCases {
      for index in 0..<nodesPerArchitecture {
        plan.nodes.append(node("\(architecture.rawValue)-\(index)", architecture))
      }
    }
    var registry = ExternalService(
      name: "registry", perConnection: .mbps(30), latency: 0.05)
    registry.usesNAT = true
    plan.services = [registry]
    let size = PlannedImage.ImageSize(compressed: .mib(200), unpacked: .mib(600))
    plan.images = [PlannedImage(name: "buildah", sizes: [size, size], service: 0)]
    var system = FileSystemSpec(name: "efs")
    system.readCeiling = .mibps(3072)
    system.writeCeiling = .mibps(1024)
    system.perClient = .mibps(500)
    system.readIOPS = 250_000
    system.writeIOPS = 50_000
    system.readLatency = 0.001
    system.writeLatency = 0.0027
    plan.fileSystems = [system]
    plan.templates = [run()]
    var stream = ArrivalStream(template: 0, process: .burst(count: burst))
    stream.start = 0
    plan.workload = [stream]
    return plan
  }

  private func node(_ name: String, _ architecture: Architecture) -> PlannedNode {
    var node = PlannedNode(
      name: name, pool: architecture.rawValue, instanceType: "2xlarge", architecture: architecture,
      zone: "a", region: "r")
    node.vcpu = 8
    node.memory = .gib(32)
    node.totalSpeed = 6
    node.network = BurstRate(baseline: .gigabits(2.5), burst: .gigabits(10), credits: 1e12)
    node.ebs = BurstRate(baseline: .megabits(2880))
    node.allocatable = [
      "cpu": Quantity(milli: 7500), "memory": Quantity(30 << 30), "pods": Quantity(250),
      "ephemeral-storage": Quantity(100 << 30),
    ]
    node.labels = [
      "kubernetes.io/hostname": name, "kubernetes.io/arch": architecture.rawValue,
      "kubernetes.io/os": "linux", "topology.kubernetes.io/zone": "a",
    ]
    return node
  }

  private func run() -> PlannedRun {
    var run = PlannedRun(name: "build-", isGenerated: true, pipelineName: "build")
    run.claims = [
      PlannedClaim(
        name: "work", backing: .fileSystem(0), accessModes: ["ReadWriteMany"], requested: .gib(1),
        isPerRun: true)
    ]
    let clone: [Demand] = [
      .transfer(.init(.read, .service(0), bytes: 5e6, operations: 4)),
      .transfer(.init(.write, .claim(0), bytes: 2e7, operations: 500)),
    ]
    let build: [Demand] = [
      .cpu(seconds: 60, threads: 4),
      .transfer(.init(.write, .claim(0), bytes: 3e8, operations: 8000, concurrency: 4)),
    ]
    run.tasks = [
      task("clone", on: nil, after: [], [clone]),
      task("build-amd64", on: .amd64, after: [0], [build, build]),
      task("build-arm64", on: .arm64, after: [0], [build, build]),
      task(
        "push", on: nil, after: [1, 2],
        [[.transfer(.init(.write, .service(0), bytes: 2e8, operations: 20, concurrency: 6))]]),
    ]
    return run
  }

  private func task(
    _ name: String, on architecture: Architecture?, after: [Int], _ steps: [[Demand]]
  ) -> PlannedTask {
    var pod = PlannedPod()
    if let architecture { pod.nodeSelector = ["kubernetes.io/arch": architecture.rawValue] }
    var taskRun = PlannedTaskRun(name: name, pod: pod)
    taskRun.images = [0]
    taskRun.claims = [0]
    taskRun.steps = steps.enumerated().map { index, demands in
      let phase = Phase(label: "\(name) \(index)", demands: demands)
      return PlannedStep(name: "step-\(index)", phases: [[phase], [phase]])
    }
    var task = PlannedTask(name: name, taskName: name)
    task.dependencies = after
    task.taskRuns = [taskRun]
    return task
  }
}
