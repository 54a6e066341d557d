public import GantryModel
import GantryUnits

/// A plan with its work laid out in flat tables: made once, shared by all replications.
public struct PreparedPlan: Sendable {
  /// The plan itself.
  public let plan: Plan
  let templates: [PreparedTemplate]
  let taskRuns: [PreparedTaskRun]
  let steps: [PreparedStep]
  let phases: [PreparedPhase]
  let demands: [PreparedDemand]
  let shapes: [FlowShape]
  /// What drawn amounts are multiplied by, each once.
  let factors: [RandomFactor]
  let pull: PreparedPull

  /// Lays out a plan.
  /// - Complexity: O(size of the plan).
  public init(_ plan: Plan) {
    var builder = PlanBuilder(plan)
    for template in plan.templates { builder.add(template) }
    pull = builder.addPulls()
    self.plan = plan
    templates = builder.templates
    taskRuns = builder.taskRuns
    steps = builder.steps
    phases = builder.phases
    demands = builder.demands
    shapes = builder.shapes
    factors = builder.factors
  }
}

/// Where the TaskRuns of a template's tasks lie.
struct PreparedTemplate: Sendable {
  /// By task: its TaskRuns.
  var taskRuns: [Range<Int>]
}

/// A TaskRun's steps.
struct PreparedTaskRun: Sendable {
  var template: Int
  var task: Int
  var combination: Int
  var steps: Range<Int>
  /// The shape of the processor work that starting its pod takes.
  var startShape: Int
}

/// A step's phases by architecture.
struct PreparedStep: Sendable {
  var phases: [Range<Int>]
}

/// A phase's demands.
struct PreparedPhase: Sendable {
  var label: String
  var assumptions: [Int]
  var demands: Range<Int>
}

/// One flow or timer of a phase.
struct PreparedDemand: Sendable {
  var kind: TimeKind
  /// The flow's shape; nil for a timer.
  var shape: Int?
  /// Units to move, or seconds to wait.
  var amount: Double
  /// Its position among the plan's factors, when the amount is drawn.
  var factor: Int?
  /// What the amount counts as when it is done.
  var meter: Meter

  /// Which account a finished demand goes to.
  enum Meter: Sendable, Hashable {
    case none
    case cpu
    case fileSystemRead(Int, claim: Int)
    case fileSystemWrite(Int, claim: Int)
    case operations(Int)
    case blockWrite(claim: Int)
    case download(service: Int)
    case upload(service: Int)
    case disk
  }
}

/// The shapes of image pulls.
struct PreparedPull: Sendable {
  /// By service: the download's shape.
  var download: [Int]
  var unpack: Int
  var disk: Int
}

/// Fills the tables of a prepared plan.
private struct PlanBuilder {
  let plan: Plan
  var templates: [PreparedTemplate] = []
  var taskRuns: [PreparedTaskRun] = []
  var steps: [PreparedStep] = []
  var phases: [PreparedPhase] = []
  var demands: [PreparedDemand] = []
  var shapes: [FlowShape] = []
  var factors: [RandomFactor] = []
  private var shapeIndex: [FlowShape: Int] = [:]
  private var factorIndex: [RandomFactor: Int] = [:]

  init(_ plan: Plan) { self.plan = plan }

  mutating func add(_ template: PlannedRun) {
    let position = templates.count
    var ranges: [Range<Int>] = []
    for (taskIndex, task) in template.tasks.enumerated() {
      let first = taskRuns.count
      for (combination, taskRun) in task.taskRuns.enumerated() {
        let firstStep = steps.count
        for step in taskRun.steps { add(step, of: taskRun, in: template) }
        taskRuns.append(
          PreparedTaskRun(
            template: position, task: taskIndex, combination: combination,
            steps: firstStep..<steps.count,
            startShape: intern(
              .cpu(
                threads: max(plan.control.startThreads, 1), weight: taskRun.pod.cpuWeight,
                limit: nil))))
      }
      ranges.append(first..<taskRuns.count)
    }
    templates.append(PreparedTemplate(taskRuns: ranges))
  }

  private mutating func add(
    _ step: PlannedStep, of taskRun: PlannedTaskRun, in template: PlannedRun
  ) {
    var ranges: [Range<Int>] = []
    for architecture in Architecture.allCases {
      let first = phases.count
      for phase in step.phases[architecture.index] {
        let firstDemand = demands.count
        for (position, demand) in phase.demands.enumerated() {
          let first = demands.count
          add(demand, pod: taskRun.pod, claims: template.claims)
          guard position < phase.factors.count, let factor = phase.factors[position] else {
            continue
          }
          let index = intern(factor)
          for made in first..<demands.count { demands[made].factor = index }
        }
        phases.append(
          PreparedPhase(
            label: phase.label, assumptions: phase.assumptions,
            demands: firstDemand..<demands.count))
      }
      ranges.append(first..<phases.count)
    }
    steps.append(PreparedStep(phases: ranges))
  }

  private mutating func add(_ demand: Demand, pod: PlannedPod, claims: [PlannedClaim]) {
    switch demand {
    case .fixed(let seconds):
      addTimer(.overhead, seconds: seconds)
    case .cpu(let seconds, let threads):
      addFlow(
        .cpu, .cpu(threads: max(threads, 1), weight: pod.cpuWeight, limit: pod.cpuLimit),
        amount: seconds, meter: .cpu)
    case .transfer(let transfer):
      add(transfer, claims: claims)
    }
  }

  private mutating func add(_ transfer: Demand.Transfer, claims: [PlannedClaim]) {
    let isRead = transfer.direction == .read
    let kind: TimeKind = isRead ? .read : .write
    switch transfer.target {
    case .memory:
      addFlow(kind, .memory, amount: transfer.bytes, meter: .none)
    case .nodeDisk:
      // What a build reads from the node's disk it has just written: the page cache has it.
      addFlow(
        kind, isRead ? .memory : .diskWrite, amount: transfer.bytes, meter: isRead ? .none : .disk)
    case .service(let service):
      addServiceTransfer(transfer, service: service, kind: kind)
    case .claim(let claim):
      switch claims[claim].backing {
      case .fileSystem(let system):
        addFileTransfer(transfer, system: system, claim: claim, kind: kind)
      case .block(let volume, _):
        addFlow(
          kind, .block(throughput: volume.throughput.value), amount: transfer.bytes,
          meter: isRead ? .none : .blockWrite(claim: claim))
      case .unprovisionable:
        break
      }
    }
  }

  private mutating func addServiceTransfer(
    _ transfer: Demand.Transfer, service: Int, kind: TimeKind
  ) {
    let connections = max(transfer.concurrency, 1)
    let waiting = transfer.operations * plan.services[service].latency / connections
    if waiting > 0 { addTimer(kind, seconds: waiting) }
    if transfer.direction == .read {
      addFlow(
        kind, .download(service: service, connections: connections), amount: transfer.bytes,
        meter: .download(service: service))
    } else {
      addFlow(
        kind, .upload(service: service, connections: connections), amount: transfer.bytes,
        meter: .upload(service: service))
    }
  }

  private mutating func addFileTransfer(
    _ transfer: Demand.Transfer, system: Int, claim: Int, kind: TimeKind
  ) {
    let concurrency = max(transfer.concurrency, 1)
    if transfer.direction == .read {
      addFlow(
        kind, .fileSystemReadOperations(system, concurrency: concurrency),
        amount: transfer.operations, meter: .operations(system))
      addFlow(
        kind, .fileSystemRead(system), amount: transfer.bytes,
        meter: .fileSystemRead(system, claim: claim))
    } else {
      addFlow(
        kind, .fileSystemWriteOperations(system, concurrency: concurrency),
        amount: transfer.operations, meter: .operations(system))
      addFlow(
        kind, .fileSystemWrite(system), amount: transfer.bytes,
        meter: .fileSystemWrite(system, claim: claim))
    }
  }

  private mutating func addTimer(_ kind: TimeKind, seconds: Double) {
    guard seconds > 0 else { return }
    demands.append(PreparedDemand(kind: kind, shape: nil, amount: seconds, meter: .none))
  }

  private mutating func addFlow(
    _ kind: TimeKind, _ shape: FlowShape, amount: Double, meter: PreparedDemand.Meter
  ) {
    guard amount > 0 else { return }
    demands.append(
      PreparedDemand(kind: kind, shape: intern(shape), amount: amount, meter: meter))
  }

  private mutating func intern(_ factor: RandomFactor) -> Int {
    if let known = factorIndex[factor] { return known }
    factors.append(factor)
    factorIndex[factor] = factors.count - 1
    return factors.count - 1
  }

  private mutating func intern(_ shape: FlowShape) -> Int {
    if let known = shapeIndex[shape] { return known }
    shapes.append(shape)
    shapeIndex[shape] = shapes.count - 1
    return shapes.count - 1
  }

  /// The kubelet's pulls: layers come over three connections, as CRI-O's default of concurrent
  /// layer downloads allows at most six and images have few large layers.
  mutating func addPulls() -> PreparedPull {
    let downloads = plan.services.indices.map {
      intern(.download(service: $0, connections: 3))
    }
    return PreparedPull(
      download: downloads,
      unpack: intern(.cpu(threads: plan.control.unpackThreads, weight: 100, limit: nil)),
      disk: intern(.diskWrite))
  }
}
