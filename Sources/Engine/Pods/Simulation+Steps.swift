import GantryKernel
import GantryModel
import GantryUnits

// The steps of a TaskRun, phase by phase, until the pod has ended.

extension Simulation {
  /// The first step may go.
  mutating func beginSteps(_ index: Int) {
    close(.containers, of: index)
    takeIdleMemory(index)
    // That may have been more than the node has.
    guard concerns(.stepStarts, index) else { return }
    beginStep(index)
  }

  /// Starts the step that the TaskRun has come to.
  mutating func beginStep(_ index: Int) {
    close(.handOver, of: index)
    guard let node = taskRuns[index].node else { return }
    let step = step(of: index)
    taskRuns[index].stepStart = now
    taskRuns[index].stepIsOpen = true
    if let limit = step.timeout, limit > 0 {
      schedule(.stepTimeout, after: limit, payload: token(index))
    }
    let phases = step.work(on: plan.nodes[node].architecture).phases
    taskRuns[index].phase = phases.lowerBound
    taskRuns[index].phaseEnd = phases.upperBound
    beginPhase(index)
  }

  /// The step that a TaskRun has come to.
  private func step(of index: Int) -> PreparedStep {
    let first = prepared.taskRuns[taskRuns[index].prepared].steps.lowerBound
    return prepared.steps[first + taskRuns[index].step]
  }

  /// Starts all demands of the current phase, or ends the step after the last.
  private mutating func beginPhase(_ index: Int) {
    guard let node = taskRuns[index].node else { return }
    while taskRuns[index].phase < taskRuns[index].phaseEnd {
      let phase = prepared.phases[taskRuns[index].phase]
      taskRuns[index].phaseStart = now
      taskRuns[index].flows.removeAll(keepingCapacity: true)
      taskRuns[index].outstanding = phase.demands.count
      noteLastDemand(of: phase, index: index)
      if watch != nil { watchPhaseStart(index, demands: phase.demands) }
      guard beginFootprint(index, phase.footprint, on: node) else { return }
      takeRoom(index, phase.footprint)
      for demand in phase.demands { start(demand, of: index, node: node) }
      if !phase.demands.isEmpty { return }
      guard endFootprint(index, phase.footprint, on: node), endRoom(index, phase.footprint)
      else { return endStep(index) }
      taskRuns[index].phase += 1
    }
    endPhases(index, on: node)
  }

  /// All phases of a step are over: it ends, well or not, or stays until something ends it.
  private mutating func endPhases(_ index: Int, on node: Int) {
    let architecture = plan.nodes[node].architecture
    let work = step(of: index).work(on: architecture)
    guard !work.isEndless else { return }
    if work.fails {
      taskRuns[index].failure =
        self[planned: index].steps[taskRuns[index].step].failures[architecture.index]
    }
    endStep(index)
  }

  /// A step's own time is up: Tekton's entrypoint kills it.
  mutating func timeOutStep(_ index: Int) {
    guard taskRuns[index].stepIsOpen, let limit = step(of: index).timeout,
      taskRuns[index].stepStart + .seconds(limit) == now
    else { return }
    closeOpenSegment(index)
    cancelFlows(of: index)
    if let node = taskRuns[index].node {
      ledgers[node].pending -= taskRuns[index].ledger.pending
      taskRuns[index].ledger.pending = 0
    }
    let name = self[planned: index].steps[taskRuns[index].step].name
    taskRuns[index].failure =
      "\"step-\(name)\" exited because the step exceeded the specified timeout limit"
    endStep(index)
  }

  private mutating func start(_ demand: Int, of index: Int, node: Int) {
    let need = prepared.demands[demand]
    let amount = amount(of: need, index)
    if let shape = need.shape {
      let flow = fabric.start(
        shape: shape, node: node, volume: need.volume.flatMap { resources(of: $0, for: index) },
        amount: amount, payload: token(index), at: now)
      taskRuns[index].flows.append(.init(flow: flow, demand: demand))
    } else {
      schedule(.timerEnded, after: amount, payload: token(index))
    }
  }

  /// One demand of the current phase is met; the phase ends with its last.
  mutating func demandEnded(_ index: Int) {
    if taskRuns[index].startFlow != nil { return endStartWork(index) }
    taskRuns[index].outstanding -= 1
    let phase = prepared.phases[taskRuns[index].phase]
    guard taskRuns[index].outstanding == 0 else {
      noteLastDemand(of: phase, index: index)
      return
    }
    closePhase(taskRuns[index].lastKind, of: index)
    if watch != nil { watchPhaseEnd(index) }
    for demand in phase.demands {
      let done = prepared.demands[demand]
      meter(done, amount: amount(of: done, index), of: index)
    }
    taskRuns[index].flows.removeAll(keepingCapacity: true)
    if let node = taskRuns[index].node {
      let hasRoom = endFootprint(index, phase.footprint, on: node)
      guard endRoom(index, phase.footprint), hasRoom else { return endStep(index) }
    }
    taskRuns[index].phase += 1
    beginPhase(index)
  }

  /// Remembers what a phase waits for once a single demand is left: its time goes there.
  private mutating func noteLastDemand(of phase: PreparedPhase, index: Int) {
    guard taskRuns[index].outstanding == 1, keeping != .times else { return }
    let running = taskRuns[index].flows.first { fabric.network.isPending($0.flow) }?.demand
    let timer = phase.demands.first { prepared.demands[$0].shape == nil }
    guard let last = running ?? timer ?? phase.demands.first else { return }
    taskRuns[index].lastKind = prepared.demands[last].kind
  }

  /// Ends all flows of a TaskRun early and accounts for what they moved.
  mutating func cancelFlows(of index: Int) {
    cancelStartWork(of: index)
    if watch != nil { watchPhaseEnd(index, isCut: true) }
    for running in taskRuns[index].flows {
      // A flow that has ended is metered with its phase, which this one never reaches.
      let rest =
        fabric.network.isPending(running.flow) ? fabric.network.cancel(running.flow, at: now) : 0
      let demand = prepared.demands[running.demand]
      meter(demand, amount: amount(of: demand, index) - rest, of: index)
    }
    taskRuns[index].flows.removeAll(keepingCapacity: true)
    taskRuns[index].outstanding = 0
  }

  /// The step has ended: the next follows, or the pod is done.
  private mutating func endStep(_ index: Int) {
    let step = taskRuns[index].step
    let failed = taskRuns[index].failure != nil
    taskRuns[index].stepIsOpen = false
    endWorkingSet(index)
    noteStep(index, failed: failed)
    if failed, self[planned: index].steps[step].continuesOnError { taskRuns[index].failure = nil }
    taskRuns[index].step += 1
    let count = prepared.taskRuns[taskRuns[index].prepared].steps.count
    if taskRuns[index].failure != nil || taskRuns[index].step == count {
      scheduleLook(.podCompleted, after: plan.control.completion, payload: token(index))
      return
    }
    let wait = plan.control.stepHandOver * draw(index, .handOver, taskRuns[index].step)
    schedule(.stepStarts, after: wait, payload: token(index))
  }

  /// Writes down the step that ends, where steps are kept.
  mutating func noteStep(_ index: Int, failed: Bool) {
    guard keeping != .times else { return }
    let name = self[planned: index].steps[taskRuns[index].step].name
    let step = TaskRunOutcome.StepOutcome(
      name: name, started: taskRuns[index].stepStart, finished: now, failed: failed)
    self[outcomeOf: index].steps.append(step)
  }

  /// The controller has seen the end of the pod.
  mutating func completeTaskRun(_ index: Int) {
    close(.completion, of: index)
    if let failure = taskRuns[index].failure {
      endTaskRun(index, .failed, reason: "Failed", message: failure)
    } else {
      endTaskRun(index, .succeeded, reason: "Succeeded", message: "")
    }
  }
}
