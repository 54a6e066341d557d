import GantryKernel
import GantryModel
import GantryUnits

// The looks of Tekton's controllers: each waits for a worker, holds it for the time of a reconcile and for
// as long as the client's limit keeps its requests back, and then acts.

extension Simulation {
  /// Queues a look whose controller acts after `latency`, in seconds, if a worker and the client are free.
  ///
  /// The latency includes the time that the worker takes: that part is not counted twice. A latency
  /// shorter than a reconcile becomes as long as one.
  mutating func scheduleLook(
    _ kind: EventKind, after latency: Double, from start: Instant? = nil, payload: UInt32
  ) {
    let before = Span.seconds(latency) - .seconds(plan.control.reconcile)
    queue.push(
      at: (start ?? now) + max(before, .zero), phase: kind.phase, kind: kind.rawValue,
      payload: payload)
  }

  /// An event has brought an object into a controller's work queue.
  mutating func look(_ kind: Controllers.Look.Kind, _ payload: UInt32) {
    let look = Controllers.Look(kind: kind, payload: payload, came: now)
    let process = process(of: look)
    if controllers.add(look, to: process) {
      work(on: look, in: process)
    } else {
      hold(look)
    }
  }

  /// A worker is done with what took it time.
  mutating func lookEnded(slot: UInt32) {
    let (look, process) = controllers.take(slot)
    let sending = act(on: look)
    guard !keepsWorker(sending, after: look, in: process) else { return }
    if let next = controllers.next(after: look.kind, in: process) { work(on: next, in: process) }
  }

  /// A worker takes a look, and further ones until one takes time.
  private mutating func work(on first: Controllers.Look, in process: Int) {
    var upcoming: Controllers.Look? = first
    while let look = upcoming {
      if isLive(look) {
        let span = begin(look, in: process)
        if span > .zero {
          queueEnd(of: look, after: span, in: process)
          return
        }
        if keepsWorker(act(on: look), after: look, in: process) { return }
      }
      upcoming = controllers.next(after: look.kind, in: process)
    }
  }

  /// Takes the requests of a look out of the client's budget; how long the worker is at it.
  private mutating func begin(_ look: Controllers.Look, in process: Int) -> Span {
    let limited = controllers.processes[process].budget.take(requests(of: look.kind), at: now)
    if limited > .zero { hold(look) }
    if look.kind == .run { records[Int(look.payload)].controllerWait += now - look.came }
    if !look.kind.isOfRun, let index = live(look.payload) {
      // A worker that becomes free at the very moment was not waited for.
      if look.kind != .start, look.came == now, limited == .zero { taskRuns[index].isHeld = false }
      self[outcomeOf: index].controllerWait += now - look.came + limited
      if look.kind == .start { watchLook(index, queued: now - look.came, limited: limited) }
    }
    return limited + .seconds(plan.control.reconcile)
  }

  /// What the controller does; how long its worker goes on sending requests after it.
  private mutating func act(on look: Controllers.Look) -> Span {
    if look.kind == .run { return reconcile(run: Int(look.payload)) }
    guard look.kind != .writes, let index = live(look.payload), concerns(look, index) else {
      return .zero
    }
    if taskRuns[index].isHeld, look.kind != .start {
      close(.worker, of: index)
    }
    switch look.kind {
    case .run, .writes: break
    case .start: startTaskRun(index)
    case .goAhead: beginSteps(index)
    case .end: completeTaskRun(index)
    }
    taskRuns[index].isHeld = false
    return .zero
  }

  /// Keeps the worker of a run's look while its requests are held back.
  private mutating func keepsWorker(
    _ sending: Span, after look: Controllers.Look, in process: Int
  ) -> Bool {
    guard sending > .zero else { return false }
    let rest = Controllers.Look(kind: .writes, payload: look.payload, came: now)
    queueEnd(of: rest, after: sending, in: process)
    return true
  }

  private mutating func queueEnd(of look: Controllers.Look, after span: Span, in process: Int) {
    let end = now + span
    // Beyond what the clock can tell, the worker never comes back.
    guard end > now, end <= .seconds(.infinity) else { return }
    queue.push(
      at: end, phase: EventKind.lookEnded.phase, kind: EventKind.lookEnded.rawValue,
      payload: controllers.keep(look, in: process))
  }

  /// Whether the pod that a look is about is still to be started; other looks always matter.
  private func concerns(_ look: Controllers.Look, _ index: Int) -> Bool {
    look.kind != .goAhead || concerns(.stepStarts, index)
  }

  /// Whether there is still something to do about the object.
  private func isLive(_ look: Controllers.Look) -> Bool {
    look.kind.isOfRun ? isOpen(run: Int(look.payload)) : live(look.payload) != nil
  }

  private func process(of look: Controllers.Look) -> Int {
    guard controllers.processes.count > 1 else { return 0 }
    if look.kind.isOfRun { return process(ofRun: Int(look.payload)) }
    return live(look.payload).map { controllers.process(of: self[outcomeOf: $0].name) } ?? 0
  }

  /// The process that looks after a run.
  func process(ofRun run: Int) -> Int {
    records.indices.contains(run) ? controllers.process(of: records[run].name) : 0
  }

  /// The requests that a look sends.
  private func requests(of kind: Controllers.Look.Kind) -> Double {
    let share =
      switch kind {
      // A run's requests are those of the TaskRuns that it creates.
      case .run, .writes: 0.0
      case .start: RequestShares.start
      case .goAhead: RequestShares.goAhead
      case .end: RequestShares.end
      }
    return share * plan.control.requestsPerTaskRun
  }

  /// A look has to wait: what was before it is over.
  private mutating func hold(_ look: Controllers.Look) {
    guard !look.kind.isOfRun, let index = live(look.payload), concerns(look, index),
      !taskRuns[index].isHeld
    else { return }
    if look.kind == .goAhead { close(.containers, of: index) }
    if look.kind == .end { close(.completion, of: index) }
    taskRuns[index].isHeld = true
  }
}

/// The requests of a TaskRun's life, dealt to the looks that send them.
///
/// Source: reconcilers of Tekton Pipelines v0.59 and v1.15, read 2026-11-25. The PipelineRun controller
/// writes the TaskRun; the TaskRun's writes the pod, labels, status and an event; then the annotation; at
/// the end the status and an event. They come to 8 in all.
enum RequestShares {
  static let create = 1.0 / 8
  static let start = 4.0 / 8
  static let goAhead = 1.0 / 8
  static let end = 2.0 / 8
}
