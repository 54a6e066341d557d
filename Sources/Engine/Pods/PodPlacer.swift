import GantryModel
import GantryUnits

/// The scheduler's side of the cluster: pods that wait for a node, and pods that have one.
struct PodPlacer {
  /// A placed pod.
  struct Placement: Hashable {
    var node: Int
    var position: Int
  }

  /// A pod that waits.
  private struct Waiting {
    var index: Int
    var position: Int
    var attempts = 0
    var notBefore: Instant = .zero
  }

  private let plan: Plan
  private let pods: [PlannedPod]
  private var used: [(milliCPU: Int64, memory: Int64, pods: Int)] = []
  private var queue: [Waiting] = []
  private var refusals: [Int: String] = [:]

  init(_ prepared: PreparedPlan) {
    plan = prepared.plan
    pods = prepared.taskRuns.map {
      prepared.plan.templates[$0.template].tasks[$0.task].taskRuns[$0.combination].pod
    }
    reset()
  }

  mutating func reset() {
    used = plan.nodes.map { _ in (0, 0, 0) }
    queue = []
    refusals = [:]
  }

  mutating func beginRun(_ run: Int, template: Int, at now: Instant) {}
  mutating func endRun(_ run: Int, at now: Instant) {}

  mutating func enqueue(_ index: Int, position: Int) {
    queue.append(Waiting(index: index, position: position))
  }

  /// The next pod that gets a node now.
  mutating func next(at now: Instant, draw: UInt64) -> (index: Int, placement: Placement)? {
    for entry in queue.indices where queue[entry].notBefore <= now {
      let waiting = queue[entry]
      let pod = pods[waiting.position]
      let fitting = plan.nodes.indices.filter { fits(pod, $0) }
      if let node = fitting.min(by: { used[$0].pods < used[$1].pods }) {
        queue.remove(at: entry)
        used[node].milliCPU += pod.requests["cpu"]?.milli ?? 0
        used[node].memory += pod.requests["memory"]?.value ?? 0
        used[node].pods += 1
        refusals[waiting.index] = nil
        return (waiting.index, Placement(node: node, position: waiting.position))
      }
      refusals[waiting.index] = "no node fits"
      queue[entry].notBefore = Instant(nanoseconds: .max)
    }
    return nil
  }

  mutating func remove(_ placement: Placement, at now: Instant) {
    let pod = pods[placement.position]
    used[placement.node].milliCPU -= pod.requests["cpu"]?.milli ?? 0
    used[placement.node].memory -= pod.requests["memory"]?.value ?? 0
    used[placement.node].pods -= 1
    for entry in queue.indices { queue[entry].notBefore = now }
  }

  mutating func withdraw(_ index: Int) { queue.removeAll { $0.index == index } }
  func nextWake(after now: Instant) -> Instant? { nil }
  func refusal(of index: Int) -> String? { refusals[index] }

  private func fits(_ pod: PlannedPod, _ node: Int) -> Bool {
    let node = (plan.nodes[node], used[node])
    return pod.nodeSelector.allSatisfy { node.0.labels[$0.key] == $0.value }
      && node.0.taints.isEmpty
      && node.1.milliCPU + (pod.requests["cpu"]?.milli ?? 0)
        <= node.0.allocatable["cpu"]?.milli ?? 0
  }
}
