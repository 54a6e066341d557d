import GantryModel
import GantryUnits

/// Fills the tables of a prepared plan.
struct PlanBuilder {
  let plan: Plan
  var templates: [PreparedTemplate] = []
  var taskRuns: [PreparedTaskRun] = []
  var steps: [PreparedStep] = []
  var phases: [PreparedPhase] = []
  var phaseNotes: [PhaseNote] = []
  var demands: [PreparedDemand] = []
  var timerLimits: [Limit] = []
  var shapes: [FlowShape] = []
  var factors: [RandomFactor] = []
  var footprints = FootprintBuilder()
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
        footprints.begin(taskRun)
        for step in taskRun.steps.indices { add(step, of: taskRun, in: template) }
        footprints.end()
        taskRuns.append(
          PreparedTaskRun(
            template: position, task: taskIndex, combination: combination,
            steps: firstStep..<steps.count,
            startShape: intern(
              .cpu(
                threads: max(plan.control.startThreads, 1), weight: taskRun.pod.cpuWeight,
                limit: nil)),
            initContainerCount: taskRun.initContainerCount, waitsForReady: taskRun.waitsForReady,
            timeout: task.timeout))
      }
      ranges.append(first..<taskRuns.count)
    }
    templates.append(
      PreparedTemplate(
        taskRuns: ranges, order: PipelineState.topologicalOrder(of: template.tasks)))
  }

  private mutating func add(
    _ number: Int, of taskRun: PlannedTaskRun, in template: PlannedRun
  ) {
    steps.append(
      PreparedStep(
        amd64: addWork(on: .amd64, number, of: taskRun, in: template),
        arm64: addWork(on: .arm64, number, of: taskRun, in: template),
        timeout: taskRun.steps[number].timeout))
  }

  private mutating func addWork(
    on architecture: Architecture, _ number: Int, of taskRun: PlannedTaskRun,
    in template: PlannedRun
  ) -> PreparedStep.StepWork {
    let step = taskRun.steps[number]
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
          demands: firstDemand..<demands.count,
          footprint: footprints.add(phase.footprint, step: number)))
      phaseNotes.append(PhaseNote(label: phase.label, assumptions: phase.assumptions))
    }
    return PreparedStep.StepWork(
      phases: first..<phases.count, isEndless: step.endless[architecture.index] != nil,
      fails: step.failures[architecture.index] != nil)
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

  /// Adds time that passes; `limit` tells what it is waited for, when that has a name.
  mutating func addTimer(_ kind: TimeKind, seconds: Double, limit: Limit = Limit(.fixedTime)) {
    guard seconds > 0 else { return }
    demands.append(PreparedDemand(kind: kind, shape: nil, amount: seconds, meter: .none))
    timerLimits.append(limit)
  }

  mutating func addFlow(
    _ kind: TimeKind, _ shape: FlowShape, amount: Double, meter: PreparedDemand.Meter,
    volume: Int? = nil
  ) {
    guard amount > 0 else { return }
    demands.append(
      PreparedDemand(
        kind: kind, shape: intern(shape), amount: amount, meter: meter, volume: volume))
    timerLimits.append(Limit(.fixedTime))
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
