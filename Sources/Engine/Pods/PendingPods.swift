import GantryUnits

/// Pods that wait for the scheduler, with its back-off.
///
/// A refused pod is tried again when the cluster has changed and its back-off is over: 1 s after the
/// first refusal, doubling up to 10 s; pods whose back-off is over are let go once a second.
/// Source: Kubernetes 1.28, pkg/scheduler/internal/queue, read 2026-11-22.
struct PendingPods {
  /// A pod that waits.
  struct Entry {
    /// Who it is: a TaskRun by its number, or an affinity assistant.
    var pod: Pod
    var attempts = 0
    var refused: Instant = .zero
  }

  /// What a pod is for.
  enum Pod: Hashable {
    case taskRun(Int)
    case assistant(run: Int, position: Int)
  }

  private var active: [Entry] = []
  private var next = 0
  private var backingOff: [(wake: Instant, entry: Entry)] = []
  private var refused: [Entry] = []

  /// Forgets all pods.
  mutating func reset() {
    active.removeAll(keepingCapacity: true)
    next = 0
    backingOff = []
    refused = []
  }

  /// A new pod, behind those that wait already.
  mutating func add(_ pod: Pod) { active.append(Entry(pod: pod)) }

  /// The pod to try next; nil when all wait for something.
  mutating func pop(at now: Instant) -> Entry? {
    release(at: now)
    guard next < active.count else {
      active.removeAll(keepingCapacity: true)
      next = 0
      return nil
    }
    defer { next += 1 }
    return active[next]
  }

  /// A pod found no node.
  mutating func refuse(_ entry: Entry, at now: Instant) {
    var entry = entry
    entry.attempts += 1
    entry.refused = now
    refused.append(entry)
  }

  /// The cluster has changed in a way that may help.
  mutating func clusterChanged(at now: Instant) {
    for entry in refused {
      let seconds = min(10, 1 << min(entry.attempts - 1, 4))
      let end = entry.refused + .seconds(Double(seconds))
      if end <= now {
        active.append(entry)
      } else {
        let second: Int64 = 1_000_000_000
        let tick = (end.nanoseconds + second - 1) / second * second
        backingOff.append((Instant(nanoseconds: tick), entry))
      }
    }
    refused = []
  }

  /// When the next back-off is over; nil when none is running.
  var nextWake: Instant? { backingOff.map(\.wake).min() }

  /// Takes out a pod that is gone.
  mutating func remove(_ pod: Pod) {
    refused.removeAll { $0.pod == pod }
    backingOff.removeAll { $0.entry.pod == pod }
    for index in stride(from: active.count - 1, through: next, by: -1)
    where active[index].pod == pod {
      active.remove(at: index)
    }
  }

  private mutating func release(at now: Instant) {
    guard backingOff.contains(where: { $0.wake <= now }) else { return }
    active += backingOff.filter { $0.wake <= now }.map(\.entry)
    backingOff.removeAll { $0.wake <= now }
  }
}
