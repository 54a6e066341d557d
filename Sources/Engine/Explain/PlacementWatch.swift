import GantryModel
import GantryScheduling
import GantryUnits

/// What the scheduler's side writes down: every attempt at a watched pod, and what woke it.
struct PlacementWatch {
  typealias Pod = PodPlacer.PendingPod

  /// The names of all pods, watched or not, since any may be what another waits for.
  private var names: [Pod: String] = [:]
  private var placedNames: [PlacedPodID: String] = [:]
  /// The watched pods.
  private var attempts: [Pod: [SchedulingAttempt]] = [:]
  private var wakes: [Pod: Wake] = [:]

  private struct Wake {
    var cause: SchedulingAttempt.Cause
    var time: Instant
  }

  /// A pod will come into the queue.
  mutating func expect(_ pod: Pod, name: String, isWatched: Bool) {
    names[pod] = name
    if isWatched { attempts[pod] = [] }
  }

  /// A pod has come into the queue.
  mutating func added(_ pod: Pod, at now: Instant) { woke(pod, .created, at: now) }

  /// Whether attempts at a pod are written down.
  func waits(_ pod: Pod) -> Bool { attempts[pod] != nil }

  /// The pods that are watched, in no particular order.
  var watched: some Collection<Pod> { attempts.keys }

  /// A watched pod may be tried again.
  mutating func woke(_ pod: Pod, _ cause: SchedulingAttempt.Cause, at now: Instant) {
    guard attempts[pod] != nil else { return }
    wakes[pod] = Wake(cause: cause, time: now)
  }

  /// A pod has a node; its name.
  mutating func placed(_ pod: Pod, as id: PlacedPodID) -> String {
    let name = names[pod] ?? ""
    placedNames[id] = name
    return name
  }

  /// A pod has left its node; its name.
  mutating func removed(_ id: PlacedPodID) -> String { placedNames.removeValue(forKey: id) ?? "" }

  /// A new entry for an attempt that happens now.
  func attempt(at pod: Pod, now: Instant, nodeCount: Int) -> SchedulingAttempt {
    let wake = wakes[pod] ?? Wake(cause: .created, time: now)
    let last = attempts[pod]?.last?.time ?? wake.time
    return SchedulingAttempt(
      time: now, cause: wake.cause, parked: wake.time - last, backoff: now - wake.time,
      nodeCount: nodeCount)
  }

  mutating func add(_ attempt: SchedulingAttempt, to pod: Pod) { attempts[pod]?.append(attempt) }

  /// Takes out what was written down of a pod.
  mutating func take(_ pod: Pod) -> [SchedulingAttempt] {
    guard let found = attempts[pod] else { return [] }
    attempts[pod] = []
    return found
  }
}

extension PodPlacer {
  /// Changes the queue and writes down which watched pods it woke.
  mutating func observingWakes(
    as cause: SchedulingAttempt.Cause, at now: Instant,
    _ change: (inout SchedulingQueue) -> Void
  ) {
    guard let watched = watch?.watched else { return change(&queue) }
    let parked = watched.filter { queue.place(of: $0.queued) == .unschedulable }
    change(&queue)
    for pod in parked where queue.place(of: pod.queued) != .unschedulable {
      watch?.woke(pod, cause, at: now)
    }
  }

  /// Writes down a decision with all its reasons.
  mutating func note(_ decision: Decision, of pod: PendingPod, at now: Instant) {
    guard
      var attempt = watch?.attempt(at: pod, now: now, nodeCount: plan.nodes.count)
    else { return }
    let explanation = decision.explanation ?? Explanation()
    attempt.refusals = explanation.rejected.map { refused in
      .init(
        node: state.name(of: refused.node), filter: refused.rejection.plugin.name,
        status: refused.rejection.code.rawValue, reasons: refused.rejection.reasons)
    }
    attempt.plugins = explanation.plugins.map(\.name)
    attempt.scores = explanation.scored.map { scored in
      .init(node: state.name(of: scored.node), scores: scored.scores, total: scored.total)
    }
    attempt.best = decision.best.map { state.name(of: $0) }
    attempt.chosen = decision.chosen.map { state.name(of: $0) }
    attempt.message = decision.failureSummary(nodes: plan.nodes.count)
    watch?.add(attempt, to: pod)
  }
}
