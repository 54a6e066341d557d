import GantryKernel
import GantryModel
import GantryUnits

/// A plan drawn from a seed: three nodes, a file system, images, two templates with every kind of
/// work, failures, retries, limits and both kinds of claims.
struct RandomPlan {
  private let draws: RandomStream
  private var next: UInt64 = 0

  init(seed: UInt64) { draws = RandomStream(seed: seed).stream(entity: 1, purpose: 1) }

  private mutating func unit() -> Double {
    next += 1
    return draws.uniform(next)
  }

  private mutating func chance(_ share: Double) -> Bool { unit() < share }

  private mutating func below(_ bound: Int) -> Int { Int(unit() * Double(bound)) }

  private mutating func between(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * unit()
  }

  /// The plan; with `capacity` above 1, every machine and service is that much faster.
  mutating func make(capacity: Double = 1) -> PaperPlan {
    var paper = PaperPlan()
    paper.plan.seed = UInt64(below(1000))
    paper.plan.control = ControlTimings()
    paper.plan.tekton.waitsForReadyAnnotation = chance(0.5)
    for name in ["one", "two", "three"] {
      let total = between(2, 12) * capacity
      let disk = between(1e7, 2e8) * capacity
      let card = between(1e7, 1e9) * capacity
      let load = between(0, 2)
      paper.node(name, thread: capacity, total: total) {
        $0.rootVolume.throughput = BytesPerSecond(disk)
        $0.network = BurstRate(
          baseline: BytesPerSecond(card), burst: BytesPerSecond(card * 3), credits: card * 20)
        $0.platformLoad = load
      }
    }
    paper.service(perConnection: between(1e6, 1e8) * capacity, latency: 0.05)
    paper.fileSystem {
      $0.mode = .bursting
      $0.metered = BurstRate(
        baseline: BytesPerSecond(1e7 * capacity), burst: BytesPerSecond(1e8 * capacity),
        credits: 2e9)
    }
    for image in 0..<3 {
      paper.image(
        "image-\(image)", compressed: Int64(between(1e6, 3e8)), unpacked: Int64(between(1e7, 9e8)))
    }
    for template in 0..<2 { addRun("run-\(template)-", to: &paper) }
    paper.plan.workload[0].process = .poisson(ratePerHour: 120, count: 12)
    paper.plan.workload[1].process = .every(interval: 45, count: 12)
    return paper
  }

  private mutating func addRun(_ name: String, to paper: inout PaperPlan) {
    var tasks: [PlannedTask] = []
    for index in 0..<(2 + below(4)) {
      let after = index > 0 && chance(0.6) ? [below(index)] : []
      tasks.append(randomTask("t\(index)", after: after))
    }
    let limit = between(20, 900)
    let isLimited = chance(0.3)
    paper.run(tasks, claims: [claim(), blockClaim(throughput: 5e7)], name: name) {
      $0.isGenerated = true
      $0.pipelineTimeout = isLimited ? limit : 3600
    }
  }

  private mutating func randomTask(_ name: String, after: [Int]) -> PlannedTask {
    let steps = (0..<(1 + below(3))).map { _ in (0..<(1 + below(2))).map { _ in randomDemand() } }
    let images = chance(0.7) ? [below(3)] : [0, 1]
    let fails = chance(0.1)
    let isLimited = chance(0.2)
    let limit = between(5, 300)
    let weight = between(2, 2000)
    var made = PlannedTask(name: name, taskName: name)
    made.dependencies = after
    made.retries = below(3)
    made.timeout = isLimited ? limit : nil
    var taskRun = PlannedTaskRun(name: name, pod: PlannedPod())
    taskRun.pod.cpuWeight = weight
    taskRun.images = images
    taskRun.claims = chance(0.8) ? [0] : [0, 1]
    taskRun.steps = steps.enumerated().map { index, demands in
      let phase = Phase(label: "\(name) \(index)", demands: demands)
      var step = PlannedStep(name: "s\(index)", phases: [[phase], [phase]])
      if fails, index == steps.count - 1 { step.failures = ["broken", "broken"] }
      return step
    }
    made.taskRuns = [taskRun]
    return made
  }

  private mutating func randomDemand() -> Demand {
    switch below(6) {
    case 0: .fixed(seconds: between(0, 30))
    case 1: .move(.read, bytes: between(1e6, 1e9), operations: between(0, 1e4), concurrency: 4)
    case 2: .move(.write, bytes: between(1e6, 1e9), operations: between(0, 1e4))
    case 3: .transfer(.init(.read, .service(0), bytes: between(1e6, 3e8), operations: 10))
    case 4: .transfer(.init(.write, .nodeDisk, bytes: between(1e6, 4e9)))
    default: .compute(between(1, 90), threads: Double(1 + below(8)))
    }
  }
}
