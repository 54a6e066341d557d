import GantryKernel
import GantryModel
import GantryUnits

// A TaskRun from its creation to the start of its first step.

extension Simulation {
  /// Creates a TaskRun; how long the client's limit keeps the request for it back.
  mutating func createTaskRun(run: Int, prepared position: Int) -> Span {
    let place = prepared.taskRuns[position]
    let index = taskRuns.count
    let record = newRecord(of: place, run: run)
    taskRuns.append(
      TaskRunState(
        run: run, prepared: position, outcome: records[run].taskRuns.count,
        segmentStart: now))
    let first = prepared.templates[place.template].taskRuns.first?.lowerBound ?? 0
    runs[run].taskRuns[position - first] = index
    records[run].taskRuns.append(record)
    watchTaskRun(index)
    let sending = controllers.processes[process(ofRun: run)].budget.take(
      RequestShares.create * plan.control.requestsPerTaskRun, at: now)
    if sending > .zero { taskRuns[index].isHeld = true }
    self[outcomeOf: index].controllerWait += sending
    requestStart(index, after: sending)
    return sending
  }

  private func newRecord(of place: PreparedTaskRun, run: Int) -> TaskRunOutcome {
    let tasks = plan.templates[place.template].tasks
    let name = records[run].name + "-" + tasks[place.task].taskRuns[place.combination].name
    return TaskRunOutcome(
      task: place.task, pipelineTask: tasks[place.task].name, name: name, ready: now)
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
    close(taskRuns[index].isHeld ? .heldController : .controller, of: index)
    if taskRuns[index].started == nil {
      self[outcomeOf: index].started = now
    }
    taskRuns[index].started = now
    let run = taskRuns[index].run
    if let rejection = self[planned: index].rejection {
      endTaskRun(index, .failed, reason: rejection.reason, message: rejection.message)
      return
    }
    if let timeout = prepared.taskRuns[taskRuns[index].prepared].timeout {
      schedule(.taskRunTimeout, after: timeout, payload: token(index))
    }
    if let custom = self[planned: index].customRun {
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
    guard let custom = self[planned: index].customRun else { return }
    closeSegment(index, .overhead, custom.label, assumptions: custom.assumptions)
  }

  /// The first claim that the pod's scheduling has to wait for.
  private func unboundClaim(of index: Int) -> Int? {
    let run = taskRuns[index].run
    let template = runs[run].template
    for claim in self[planned: index].claims {
      switch plan.templates[template].claims[claim].backing {
      case .block(_, waitsForFirstConsumer: true): continue
      case .unprovisionable: return claim
      default:
        if runs[run].claims[claim].waitsForAccessPoint { return claim }
        if (runs[run].claims[claim].ready ?? .zero) > now { return claim }
      }
    }
    return nil
  }

  /// A claim of the run was bound: pods that waited for it go to the scheduler.
  mutating func claimReady(run: Int) {
    guard runs.indices.contains(run) else { return }
    let waiting = runs[run].waitingForClaims
    runs[run].waitingForClaims = []
    for index in waiting where !taskRuns[index].isDone {
      if unboundClaim(of: index) == nil {
        close(.claims, of: index)
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
    guard !placer.isIdle else { return }
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
    close(.scheduling, of: index)
    self[outcomeOf: index].scheduled = now
    self[outcomeOf: index].node = taskRuns[index].node
    if let node = taskRuns[index].node, isRefused(index, on: node) { return }
    let template = runs[taskRuns[index].run].template
    var mount = 0.0
    var blocks: [Int] = []
    for claim in self[planned: index].claims {
      switch plan.templates[template].claims[claim].backing {
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
    close(.mounting, of: index)
    beginStartWork(index)
  }

  /// All images are there: the containers start, and Tekton lets the first step go.
  mutating func startContainers(_ index: Int) {
    close(.images, of: index)
    let time = containerStartTime(index)
    if prepared.taskRuns[taskRuns[index].prepared].waitsForReady {
      scheduleLook(.containersReady, after: time, payload: token(index))
    } else {
      schedule(.containersStarted, after: time, payload: token(index))
    }
  }

  /// Random bits that decide between equally good nodes.
  private func placementDraw() -> UInt64 {
    draws.stream(entity: 0, purpose: Purpose.tieBreak.rawValue).bits(UInt64(placements))
  }
}
