import GantryKernel
import GantryModel
import GantryUnits

// PipelineRuns: creation, reconciles, ends and timeouts.

extension Simulation {
  /// Queues the next arrival; arrivals are in order, so one event is enough.
  mutating func scheduleNextArrival() {
    guard nextArrival < arrivals.count else { return }
    queue.push(
      at: arrivals[nextArrival].time, phase: .arrival, kind: EventKind.arrival.rawValue,
      payload: 0)
  }

  /// Creates the PipelineRun whose time has come.
  mutating func createRun() {
    let arrival = arrivals[nextArrival]
    let template = plan.templates[arrival.template]
    let index = runs.count
    nextArrival += 1
    scheduleNextArrival()
    let name = nextName(of: arrival.template)
    let count = prepared.templates[arrival.template].taskRuns.reduce(0) { $0 + $1.count }
    runs.append(
      RunState(
        template: arrival.template,
        pipeline: PipelineState(
          plan: template, order: prepared.templates[arrival.template].order, start: now),
        taskRuns: Array(repeating: nil, count: count)))
    records.append(RunOutcome(template: arrival.template, name: name, created: now))
    tallyCreation(template: arrival.template)
    watchRun(index)
    if template.isPending {
      records[index].status = .pending
      records[index].reason = "PipelineRunPending"
      runs[index].isFinished = true
      tallyEnd(of: index)
      return
    }
    openRuns += 1
    requestReconcile(run: index)
  }

  /// The name of the next run of a template: its own when it occurs once, or `<generateName><n>`.
  private mutating func nextName(of index: Int) -> String {
    let name = plan.templates[index].name
    occurrences[index].seen += 1
    if plan.templates[index].isGenerated { return name + String(occurrences[index].seen) }
    guard occurrences[index].total > 1 else { return name }
    return name + "-" + String(occurrences[index].seen)
  }

  /// Queues a reconcile of a run, unless one is queued.
  mutating func requestReconcile(run: Int) {
    guard isOpen(run: run), !runs[run].reconcileIsQueued else { return }
    runs[run].reconcileIsQueued = true
    scheduleLook(.reconcileRun, after: plan.control.controller, payload: UInt32(run))
  }

  /// The PipelineRun controller looks at a run and acts on what it decides; how long the client's limit
  /// makes it send what it creates.
  @discardableResult
  mutating func reconcile(run: Int) -> Span {
    guard isOpen(run: run) else { return .zero }
    runs[run].reconcileIsQueued = false
    if runs[run].started == nil { begin(run: run) }
    let template = plan.templates[runs[run].template]
    let decision = PipelineController(version: plan.tekton.version).decide(
      plan: template, state: &runs[run].pipeline, now: now)
    for task in decision.cancel { cancel(task: task, of: run, as: decision.cancelEnd) }
    let base = prepared.templates[runs[run].template].taskRuns
    var sending = Span.zero
    for task in decision.create {
      for position in base[task] { sending = createTaskRun(run: run, prepared: position) }
    }
    if decision.startsFinally { queueNextTimeout(run: run) }
    if decision.isFinished { end(run: run, decision: decision) }
    return sending
  }

  /// The first reconcile: claims and affinity assistants are made, timeouts start.
  private mutating func begin(run: Int) {
    runs[run].started = now
    runs[run].pipeline.start = now
    let template = plan.templates[runs[run].template]
    makeClaims(of: run, template: template)
    placer.beginRun(run, template: runs[run].template, at: now)
    watchAssistants(of: run)
    placePods()
    queueNextTimeout(run: run)
  }

  private mutating func queueNextTimeout(run: Int) {
    let controller = PipelineController(version: plan.tekton.version)
    let deadline = controller.nextDeadline(
      plan: plan.templates[runs[run].template], state: runs[run].pipeline, now: now)
    guard let deadline else { return }
    queue.push(
      at: deadline, phase: .observation, kind: EventKind.runTimeout.rawValue,
      payload: UInt32(run))
  }

  /// A limit of the run may have passed.
  mutating func checkTimeouts(run: Int) {
    guard isOpen(run: run) else { return }
    reconcile(run: run)
    guard isOpen(run: run) else { return }
    queueNextTimeout(run: run)
  }

  private mutating func cancel(task: Int, of run: Int, as end: TaskRunEnd) {
    let first = prepared.templates[runs[run].template].taskRuns.first?.lowerBound ?? 0
    for position in prepared.templates[runs[run].template].taskRuns[task] {
      guard let index = runs[run].taskRuns[position - first], !taskRuns[index].isDone else {
        continue
      }
      var words =
        end == .cancelledByTimeout
        ? "cancelled because the PipelineRun's time was up" : "cancelled with its PipelineRun"
      if taskRuns[index].placement == nil, let why = waitReason(of: index) { words += " (\(why))" }
      endTaskRun(
        index, .cancelled, reason: "TaskRunCancelled", message: words, end: end)
    }
  }

  private mutating func end(run: Int, decision: PipelineDecision) {
    runs[run].isFinished = true
    openRuns -= 1
    lastEnd = now
    records[run].completed = now
    records[run].status = decision.status
    records[run].reason = decision.reason
    records[run].message = decision.message(run: records[run].name)
    if !plan.templates[runs[run].template].results.isEmpty {
      records[run].results = PipelineController(version: plan.tekton.version).results(
        plan: plan.templates[runs[run].template], state: runs[run].pipeline,
        decision: decision)
    }
    endWatching(assistantsOf: run)
    watchSkips(of: run)
    for (task, reason) in runs[run].pipeline.skips.enumerated() where reason != .none {
      let name = plan.templates[runs[run].template].tasks[task].name
      records[run].skippedTasks.append(.init(name: name, reason: reason.text))
    }
    placer.endRun(run, at: now)
    closeVolumes(of: run)
    scheduleDeletion(of: run)
    if keeping != .times { records[run].criticalPath = criticalPath(of: run) }
    tallyEnd(of: run)
    placePods()
    letGoOfEndedRuns()
  }
}
