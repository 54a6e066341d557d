import GantryKernel
import GantryModel
import GantryUnits

// What is written down of watched runs; every call costs nothing when none are.

extension Simulation {
  /// A run was created.
  mutating func watchRun(_ run: Int) {
    guard let scope = watch?.scope else { return }
    if scope.contains(run: run, name: records[run].name) { watch?.runs.insert(run) }
  }

  /// A run begins: its affinity assistants will be placed.
  mutating func watchAssistants(of run: Int) {
    guard let isWatched = watch?.runs.contains(run) else { return }
    let name = "the affinity assistant of \(records[run].name)"
    for position in placer.assistantClaims(of: run).indices {
      placer.watch?.expect(
        .assistant(run: run, position: position), name: name, isWatched: isWatched)
    }
  }

  /// A TaskRun was created.
  mutating func watchTaskRun(_ index: Int) {
    guard let runs = watch?.runs else { return }
    let state = taskRuns[index]
    let isWatched = runs.contains(state.run)
    let name = self[outcomeOf: index].name
    placer.watch?.expect(.taskRun(index), name: name, isWatched: isWatched)
    if isWatched { watch?.begin(index, run: state.run, taskRun: state.outcome) }
  }

  /// Takes over what the scheduler's side wrote down.
  mutating func watchPlacement(of index: Int) {
    guard watch?.watches(index) == true,
      let attempts = placer.watch?.take(.taskRun(index)), !attempts.isEmpty
    else { return }
    watch?.tell(index) { $0.scheduling += attempts }
  }

  /// A run is over: its assistants' story is complete.
  mutating func endWatching(assistantsOf run: Int) {
    guard watch?.runs.contains(run) == true else { return }
    for (position, claims) in placer.assistantClaims(of: run).enumerated() {
      let pod = PodPlacer.PendingPod.assistant(run: run, position: position)
      let names = claims.map { claimName($0, of: run) }
      let attempts = placer.watch?.take(pod) ?? []
      watch?.observation.assistants.append(
        AssistantStory(run: run, claims: names, scheduling: attempts))
    }
  }

  /// A run is over: why its tasks were skipped.
  mutating func watchSkips(of run: Int) {
    guard watch?.runs.contains(run) == true else { return }
    let template = plan.templates[runs[run].template]
    let state = runs[run].pipeline
    let clock = RunClock(
      plan: template, start: state.start, finallyStart: state.finallyStart, now: now)
    let rules = SkipRules(plan: template, clock: clock)
    for (task, reason) in state.skips.enumerated() where reason != .none {
      watch?.observation.skips.append(
        SkipStory(
          run: run, task: template.tasks[task].name, reason: reason.text,
          facts: rules.facts(of: task, in: template, state: state)))
    }
  }

  /// The TaskRun is created once the request for it is sent, and waits for its controller.
  mutating func watchController(_ index: Int, sending: Span) {
    guard watch?.watches(index) == true else { return }
    let control = plan.control
    let now = now
    watch?.tell(index) { story in
      story.controller = .init(
        from: now, reaction: max(.seconds(control.controller), .seconds(control.reconcile)),
        limited: sending, requestsPerSecond: control.apiQPS, burst: control.apiBurst,
        workers: control.controllerThreads)
    }
  }

  /// A worker takes the TaskRun.
  mutating func watchLook(_ index: Int, queued: Span, limited: Span) {
    watch?.tell(index) { story in
      story.controller?.queued = queued
      story.controller?.limited += limited
    }
  }

  // MARK: Phases

  /// A phase of a step begins.
  mutating func watchPhaseStart(_ index: Int, demands: Range<Int>) {
    guard watch?.watches(index) == true else { return }
    watch?.beginPhase(index, demands: demands.count)
    for (position, demand) in demands.enumerated() where prepared.demands[demand].shape == nil {
      let seconds = amount(of: prepared.demands[demand], index)
      watch?.add(
        prepared.timerLimits[demand], others: 0, for: .seconds(seconds), to: position, of: index)
    }
  }

  /// A phase ends, or is cut off.
  mutating func watchPhaseEnd(_ index: Int, isCut: Bool = false) {
    guard var limits = watch?.endPhase(index) else { return }
    let start = taskRuns[index].phaseStart
    if isCut {
      // Timers were written down in full when they began.
      let elapsed = now - start
      for position in limits.indices { limits[position].span = min(limits[position].span, elapsed) }
    }
    let label = prepared.phaseNotes[taskRuns[index].phase].label
    let number = taskRuns[index].step
    let count = self[planned: index].steps.count
    let step = number < count ? self[planned: index].steps[number].name : ""
    let end = isCut ? nil : now
    watch?.tell(index) { story in
      story.phases.append(
        .init(step: step, label: label, start: start, end: end, limits: limits))
    }
  }

  /// Writes down what limits watched work until the next event.
  mutating func sampleLimits(until next: Instant) {
    guard next > now, let working = watch?.working else { return }
    let span = next - now
    for index in working {
      guard let node = taskRuns[index].node else { continue }
      let first = prepared.phases[taskRuns[index].phase].demands.lowerBound
      for running in taskRuns[index].flows where fabric.network.isPending(running.flow) {
        guard let shape = prepared.demands[running.demand].shape else { continue }
        let volume = prepared.demands[running.demand].volume.flatMap {
          resources(of: $0, for: index)
        }
        let (limit, others) = fabric.limit(
          of: running.flow, shape: shape, node: node, volume: volume)
        watch?.add(limit, others: others, for: span, to: running.demand - first, of: index)
      }
    }
    // Nodes are told apart, so their order does not matter.
    for (node, pull) in watch?.pulls ?? [:] {
      for (position, part) in pull.flows.enumerated() where fabric.network.isPending(part.flow) {
        let (limit, others) = fabric.limit(
          of: part.flow, shape: part.shape, node: node, volume: nil)
        watch?.pulls[node]?.limits[position].add(limit, for: span, others: others)
      }
    }
  }
}
