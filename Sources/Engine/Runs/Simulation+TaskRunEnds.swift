import GantryKernel
import GantryModel
import GantryUnits

// How TaskRuns end, and what they leave behind.

extension Simulation {
  /// A TaskRun's own time is up: its pod is deleted.
  mutating func timeOut(_ index: Int) {
    let limit = prepared.taskRuns[taskRuns[index].prepared].timeout ?? 0
    var message =
      "TaskRun \"\(self[outcomeOf: index].name)\" failed to finish "
      + "within \"\(DurationText.text(limit))\""
    if taskRuns[index].placement == nil, let why = waitReason(of: index) { message += " (\(why))" }
    endTaskRun(index, .taskRunTimeout, reason: "TaskRunTimeout", message: message)
  }

  /// Why a TaskRun has no node yet.
  func waitReason(of index: Int) -> String? {
    let run = runs[taskRuns[index].run]
    if run.waitingForClaims.contains(index) {
      for claim in self[planned: index].claims {
        if let why = pendingReason(of: claim, run: taskRuns[index].run) { return why }
      }
      return "its claims are not bound"
    }
    if taskRuns[index].started == nil {
      return controllerRefusal
    }
    return placer.refusal(of: index)
  }

  private var controllerRefusal: String {
    let workers = plan.control.controllerThreads
    let limit = plan.control.apiQPS > 0 ? " and \(Int(plan.control.apiQPS)) requests a second" : ""
    return
      "the Tekton controller, with \(workers) worker\(workers == 1 ? "" : "s")\(limit), had not "
      + "come to it"
  }

  /// Ends an attempt; a failed one is repeated while retries are left.
  mutating func endTaskRun(
    _ index: Int, _ status: RunStatus, reason: String, message: String, end: TaskRunEnd? = nil
  ) {
    closeOpenSegment(index)
    release(index)
    let canRetry = status == .failed || status == .taskRunTimeout
    if canRetry, Int(taskRuns[index].attempt) < self[plannedTask: index].retries {
      retry(index)
      return
    }
    taskRuns[index].isDone = true
    self[outcomeOf: index].status = status
    self[outcomeOf: index].reason = reason
    self[outcomeOf: index].message = message
    self[outcomeOf: index].completed = now
    let run = taskRuns[index].run
    let task = prepared.taskRuns[taskRuns[index].prepared].task
    runs[run].pipeline.ended(
      task: task, end ?? (status == .succeeded ? .succeeded : .failed))
    requestReconcile(run: run)
    placePods()
  }

  private mutating func retry(_ index: Int) {
    watch?.beginAttempt(index)
    taskRuns[index].attempt += 1
    taskRuns[index].node = nil
    taskRuns[index].placement = nil
    taskRuns[index].nextImage = 0
    taskRuns[index].volumesToMount = 0
    taskRuns[index].step = 0
    taskRuns[index].stepIsOpen = false
    taskRuns[index].failure = nil
    taskRuns[index].isHeld = false
    taskRuns[index].ledger = PodLedger()
    taskRuns[index].cpu = 0
    self[outcomeOf: index].attempts += 1
    self[outcomeOf: index].steps = []
    if let bound = self[outcomeOf: index].scheduled {
      self[outcomeOf: index].failedAttempts += now - bound
    }
    self[outcomeOf: index].scheduled = nil
    requestStart(index)
    placePods()
  }

  /// Accounts for a TaskRun that the end of the simulation cuts off.
  mutating func abandon(_ index: Int) {
    closeOpenSegment(index)
    watchPlacement(of: index)
    cancelFlows(of: index)
    if let node = taskRuns[index].node {
      let seconds = podSeconds(of: index)
      outcome.nodes[node].podSeconds += seconds
      meterReservation(index, seconds: seconds)
    }
  }

  /// Books the stretch that an end interrupts.
  mutating func closeOpenSegment(_ index: Int) {
    guard now > taskRuns[index].segmentStart else { return }
    let state = taskRuns[index]
    if state.started != nil { closeCustomRun(index) }
    if state.isHeld, state.node != nil {
      close(.worker, of: index)
    } else if state.outstanding > 0, state.phase < state.phaseEnd {
      let demands = prepared.phases[state.phase].demands
      let open = demands.first { isUnderWay($0, of: index) } ?? demands.first
      closePhase(open.map { prepared.demands[$0].kind } ?? .overhead, of: index)
    } else if let node = state.node, self[outcomeOf: index].scheduled != nil {
      if nodes[node].waiting.contains(index) {
        closeSegment(index, .image, "pulling images")
      } else if state.volumesToMount > 0 {
        closeSegment(index, .volume, "attaching volumes")
      } else if state.stepIsOpen, let why = endlessReason(of: index, on: node) {
        closeSegment(index, .overhead, why)
      } else if state.ledger.isStalled {
        closeSegment(index, .overhead, "waiting for steps that an OOM kill keeps from starting")
      } else {
        closeSegment(index, .overhead, "interrupted")
      }
    } else {
      let waitsForClaims = runs[state.run].waitingForClaims.contains(index)
      closeSegment(
        index, waitsForClaims ? .volume : .queue,
        waitReason(of: index) ?? Stretch.controller.label)
    }
  }

  /// What keeps the step under way from ever ending.
  private func endlessReason(of index: Int, on node: Int) -> String? {
    let step = self[planned: index].steps[taskRuns[index].step]
    return step.endless[plan.nodes[node].architecture.index].map {
      "step '\(step.name)': \($0) never ends"
    }
  }

  private func isUnderWay(_ demand: Int, of index: Int) -> Bool {
    taskRuns[index].flows.contains { $0.demand == demand && fabric.network.isPending($0.flow) }
  }

  /// Gives back all that a pod held.
  private mutating func release(_ index: Int) {
    watchPlacement(of: index)
    cancelFlows(of: index)
    let run = taskRuns[index].run
    runs[run].waitingForClaims.removeAll { $0 == index }
    placer.withdraw(index)
    if let node = taskRuns[index].node {
      nodes[node].waiting.removeAll { $0 == index }
      nodes[node].pods -= 1
      leaveNode(index)
      let seconds = podSeconds(of: index)
      outcome.nodes[node].podSeconds += seconds
      meterReservation(index, seconds: seconds)
      releaseVolumes(of: index)
    }
    if let placement = taskRuns[index].placement {
      placer.remove(placement, at: now)
      taskRuns[index].placement = nil
    }
  }

  private func podSeconds(of index: Int) -> Double {
    self[outcomeOf: index].scheduled.map { (now - $0).seconds } ?? 0
  }
}
