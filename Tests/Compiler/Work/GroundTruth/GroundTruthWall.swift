import GantryEngine
import GantryModel
import GantryUnits

@testable import GantryCompiler

/// A two-core node of the measuring machine's speed, on which the whole engine plays a command.
enum GroundTruthWall {
  /// Seconds that a step of these phases takes; `speed` is that of one thread.
  static func seconds(_ outcome: GroundTruthOutcome, speed: Double) -> Double? {
    var plan = Plan()
    plan.services = outcome.services.map {
      // The registry was on the loopback interface: it needs its own time for a request.
      ExternalService(name: $0.name, perConnection: BytesPerSecond(2e9), latency: 0.003)
    }
    plan.nodes = [node(speed: speed)]
    var taskRun = PlannedTaskRun(name: "task", pod: PlannedPod())
    taskRun.steps = [PlannedStep(name: "step", phases: [outcome.phases, outcome.phases])]
    var task = PlannedTask(name: "task", taskName: "task")
    task.taskRuns = [taskRun]
    var run = PlannedRun(name: "run", isGenerated: false, pipelineName: "pipeline")
    run.tasks = [task]
    plan.templates = [run]
    plan.workload = [ArrivalStream(template: 0, process: .burst(count: 1))]
    var simulation = Simulation(PreparedPlan(plan))
    let played = simulation.run(replication: 0)
    guard let step = played.runs.first?.taskRuns.first?.steps.first else { return nil }
    return (step.finished - step.started).seconds
  }

  private static func node(speed: Double) -> PlannedNode {
    var node = PlannedNode(
      name: "node", pool: "workers", instanceType: "measured", architecture: .amd64,
      zone: "here-a", region: "here")
    node.vcpu = 2
    node.memory = .gib(16)
    node.threadSpeed = speed
    node.totalSpeed = 2 * speed
    node.network = BurstRate(baseline: BytesPerSecond(1e12))
    node.ebs = BurstRate(baseline: BytesPerSecond(1e12))
    node.ebsIOPS = 1e6
    // Writes went to the page cache: what was measured is the command, not the write-back.
    node.rootVolume.throughput = BytesPerSecond(2e9)
    node.allocatable = [
      "cpu": Quantity(2), "memory": Quantity(1 << 34), "pods": Quantity(250),
      "ephemeral-storage": Quantity(1 << 40),
    ]
    node.labels = [
      "kubernetes.io/hostname": "node", "kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux",
      "topology.kubernetes.io/zone": "here-a", "topology.kubernetes.io/region": "here",
    ]
    return node
  }
}
