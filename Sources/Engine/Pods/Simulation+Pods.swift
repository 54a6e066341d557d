import GantryKernel
import GantryModel
import GantryUnits

// A TaskRun from its creation to the start of its first step.

extension Simulation {
  /// Creates a TaskRun; how long the client's limit keeps the request for it back.
  mutating func createTaskRun(run: Int, prepared position: Int) -> Span {
    let place = prepared.taskRuns[position]
    let template = plan.templates[place.template]
    let task = template.tasks[place.task]
    let index = taskRuns.count
    let name = records[run].name + "-" + task.taskRuns[place.combination].name
    taskRuns.append(
      TaskRunState(
        run: run, prepared: position, outcome: records[run].taskRuns.count,
        segmentStart: now))
    let first = prepared.templates[place.template].taskRuns.first?.lowerBound ?? 0
    runs[run].taskRuns[position - first] = index
    records[run].taskRuns.append(
      TaskRunOutcome(task: place.task, pipelineTask: task.name, name: name, ready: now))
    watchTaskRun(index)
    let sending = controllers.processes[process(ofRun: run)].budget.take(
      RequestShares.create * plan.control.requestsPerTaskRun, at: now)
    if sending > .zero { taskRuns[index].isHeld = true }
    self[outcomeOf: index].controllerWait += sending
    requestStart(index, after: sending)
    return sending
  }

  /// Queues the first look of an attempt, whose TaskRun is written after `sending`.
  mutating func requestStart(_ index: Int, after sending: Span = .zero) {
    watchController(index, sending: sending)
    scheduleLook(
      .reconcileTaskRun, after: plan.control.controller, from: now + sending,
      payload: token(index))
  }

  /// The TaskRun's first reconcile: it is refused, or its pod is made.
  mutating func startTaskRun(_ index: Int) {
    closeSegment(
      index, .queue, "waiting for the Tekton controller",
      assumptions: timing("controller") + (taskRuns[index].isHeld ? heldAssumptions : []))
    if taskRuns[index].started == nil {
      self[outcomeOf: index].started = now
    }
    taskRuns[index].started = now
    let run = taskRuns[index].run
    if let rejection = planned(index).rejection {
      endTaskRun(index, .failed, reason: rejection.reason, message: rejection.message)
      return
    }
    if let timeout = plannedTask(index).timeout {
      schedule(.taskRunTimeout, after: timeout, payload: token(index))
    }
    if let custom = planned(index).customRun {
      // It waits for no node.
      self[outcomeOf: index].scheduled = now
      schedule(.customRunEnded, after: custom.seconds, payload: token(index))
    } else if unboundClaim(of: index) != nil {
      runs[run].waitingForClaims.append(index)
      watchClaims(index)
    } else {
      queuePod(index)
    }
  }

  /// Another controller has done what a custom task asks for.
  mutating func endCustomRun(_ index: Int) {
    closeCustomRun(index)
    endTaskRun(index, .succeeded, reason: "Succeeded", message: "")
  }

  /// Books the time of a custom task, if it is one.
  mutating func closeCustomRun(_ index: Int) {
    guard let custom = planned(index).customRun else { return }
    closeSegment(index, .overhead, custom.label, assumptions: custom.assumptions)
  }

  /// The first claim that the pod's scheduling has to wait for.
  private func unboundClaim(of index: Int) -> Int? {
    let run = runs[taskRuns[index].run]
    let template = plan.templates[run.template]
    return planned(index).claims.first { claim in
      switch template.claims[claim].backing {
      case .block(_, waitsForFirstConsumer: true): false
      case .unprovisionable: true
      default:
        run.claims[claim].waitsForAccessPoint || (run.claims[claim].ready ?? .zero) > now
      }
    }
  }

  /// A claim of the run was bound: pods that waited for it go to the scheduler.
  mutating func claimReady(run: Int) {
    guard runs.indices.contains(run) else { return }
    let waiting = runs[run].waitingForClaims
    runs[run].waitingForClaims = []
    for index in waiting where !taskRuns[index].isDone {
      if unboundClaim(of: index) == nil {
        closeSegment(
          index, .volume, "waiting for its claims to be provisioned",
          assumptions: timing("accessPoint"))
        watchClaimsReady(index)
        queuePod(index)
      } else {
        runs[run].waitingForClaims.append(index)
      }
    }
  }

  /// Gives the pod to the scheduler.
  mutating func queuePod(_ index: Int) {
    placer.enqueue(index, run: taskRuns[index].run, position: taskRuns[index].prepared, at: now)
    placePods()
  }

  /// Lets the scheduler work through its queue.
  mutating func placePods() {
    while let (index, placement) = placer.next(at: now, draw: placementDraw()) {
      let node = placement.node
      placements += 1
      taskRuns[index].node = node
      taskRuns[index].placement = placement
      nodes[node].pods += 1
      enterNode(index, node)
      outcome.nodes[node].peakPods = max(outcome.nodes[node].peakPods, nodes[node].pods)
      schedule(.podBound, after: plan.control.scheduler, payload: token(index))
    }
    if let wake = placer.nextWake(), flushAt.map({ $0 <= now || wake < $0 }) ?? true {
      flushAt = wake
      queue.push(
        at: wake, phase: .control, kind: EventKind.schedulerFlush.rawValue, payload: 0)
    }
  }

  /// The pod is bound: its volumes are attached and mounted.
  mutating func mountVolumes(_ index: Int) {
    closeSegment(
      index, .queue, "waiting for a node", assumptions: timing("scheduler"))
    self[outcomeOf: index].scheduled = now
    self[outcomeOf: index].node = taskRuns[index].node
    if let node = taskRuns[index].node, isRefused(index, on: node) { return }
    let template = plan.templates[runs[taskRuns[index].run].template]
    var mount = 0.0
    var blocks: [Int] = []
    for claim in planned(index).claims {
      switch template.claims[claim].backing {
      case .fileSystem(let system): mount = max(mount, mountTime(of: system))
      case .block: blocks.append(claim)
      case .unprovisionable: break
      }
    }
    guard !blocks.isEmpty else {
      schedule(.volumesMounted, after: mount, payload: token(index))
      return
    }
    taskRuns[index].volumesToMount = blocks.count
    if mount > 0 {
      taskRuns[index].volumesToMount += 1
      schedule(.volumeAttached, after: mount, payload: token(index))
    }
    for claim in blocks { attach(claim, for: index) }
  }

  private func mountTime(of system: Int) -> Double {
    plan.control.fileSystemMount
      + (plan.fileSystems[system].usesTLS ? plan.control.fileSystemTLS : 0)
  }

  /// Volumes are there: sandbox, network and init containers follow.
  mutating func startSandbox(_ index: Int) {
    closeSegment(
      index, .volume, "mounting volumes",
      assumptions: timing("fileSystemMount", "fileSystemTLS", "volumeMount"))
    beginStartWork(index)
  }

  /// All images are there: the containers start, and Tekton lets the first step go.
  mutating func startContainers(_ index: Int) {
    closeSegment(
      index, .image, "pulling images", assumptions: timing("unpackSecondsPerByte"))
    let time = containerStartTime(index)
    if planned(index).waitsForReady {
      scheduleLook(.containersReady, after: time, payload: token(index))
    } else {
      schedule(.containersStarted, after: time, payload: token(index))
    }
  }

  /// Random bits that decide between equally good nodes.
  private func placementDraw() -> UInt64 {
    draws.stream(entity: 0, purpose: Purpose.tieBreak.rawValue).bits(UInt64(placements))
  }

  /// The positions of the assumptions behind timings.
  func timing(_ names: String...) -> [Int] {
    names.compactMap { plan.control.assumptions[$0] }
  }
}
