import GantryModel

/// One pass over a dump that tells usable runs from others.
struct Sorting {
  private let dump: RunDump
  private(set) var taskRuns: [Observations.TaskRun] = []
  private(set) var runs: [Observations.Run] = []
  private(set) var excluded: [Key: [String]] = [:]
  private(set) var overlapping = 0
  private let pods: [String: ObservedPod]
  private let nodes: [String: ObservedNode]

  /// What exclusions are counted by.
  struct Key: Hashable {
    var kind: ExclusionCount.Kind
    var reason: Exclusion
  }

  init(_ dump: RunDump) {
    self.dump = dump
    pods = Dictionary(dump.pods.map { ("\($0.namespace)/\($0.name)", $0) }) { first, _ in first }
    nodes = Dictionary(dump.nodes.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The TaskRuns of one run: those that can be used, and whether some cannot.
  private struct Members {
    var usable: [Int] = []
    var hasExcluded = false
    /// The times of all, for a run whose own object is not in the dump.
    var started: [Double] = []
    var completed: [Double] = []
    var pipeline: String?
  }

  mutating func sort() {
    var members: [String: Members] = [:]
    for observed in dump.taskRuns.sorted(by: { ($0.namespace, $0.name) < ($1.namespace, $1.name) })
    {
      let key = "\(observed.namespace)/\(observed.pipelineRun ?? "taskrun:" + observed.name)"
      var own = members[key] ?? Members()
      own.pipeline = own.pipeline ?? observed.pipeline
      switch usable(observed) {
      case .success(let taskRun):
        own.usable.append(taskRuns.count)
        own.started.append(taskRun.created)
        own.completed.append(taskRun.completed)
        taskRuns.append(taskRun)
      case .failure(let failure):
        own.hasExcluded = true
        excluded[Key(kind: .taskRun, reason: failure.reason), default: []].append(observed.name)
      }
      members[key] = own
    }
    for run in dump.pipelineRuns {
      let key = "\(run.namespace)/\(run.name)"
      add(run, members.removeValue(forKey: key) ?? Members())
    }
    // Runs of which only the TaskRuns were dumped, and TaskRuns of their own.
    for (key, own) in members where !own.hasExcluded {
      guard let start = own.started.min(), let end = own.completed.max() else { continue }
      runs.append(
        Observations.Run(
          name: String(key.drop { $0 != "/" }.dropFirst()).replacing("taskrun:", with: ""),
          pipeline: own.pipeline, started: start, completed: end, taskRuns: own.usable))
    }
    runs.sort { ($0.name, $0.started) < ($1.name, $1.started) }
  }

  /// Why a TaskRun cannot be used.
  private struct Failure: Error {
    var reason: Exclusion
  }

  private mutating func add(_ run: ObservedPipelineRun, _ members: Members) {
    var reason = reason(of: run.condition)
    let start = run.times.started ?? run.times.created
    if reason == nil, start == nil || run.times.completed == nil { reason = .missingTimes }
    if reason == nil, let start, let end = run.times.completed, end < start {
      reason = .reversedTimes
    }
    if reason == nil, members.hasExcluded { reason = .partOfItExcluded }
    if reason == nil, members.usable.isEmpty { reason = .noTaskRuns }
    guard reason == nil, let start, let end = run.times.completed else {
      excluded[Key(kind: .pipelineRun, reason: reason ?? .missingTimes), default: []]
        .append(run.name)
      return
    }
    runs.append(
      Observations.Run(
        name: run.name, pipeline: run.pipeline, started: start, completed: end,
        taskRuns: members.usable))
  }

  /// Why an outcome is not that of a success; nil when it is one.
  private func reason(of condition: ObservedCondition?) -> Exclusion? {
    guard let condition else { return .noStatus }
    switch condition.status {
    case "True": return nil
    case "False":
      if condition.reason.contains("Timeout") || condition.reason.contains("TimedOut") {
        return .timedOut
      }
      if condition.reason.contains("Cancelled") || condition.reason.contains("Stopped") {
        return .cancelled
      }
      return .failed
    default: return .running
    }
  }

  private mutating func usable(
    _ observed: ObservedTaskRun
  ) -> Result<Observations.TaskRun, Failure> {
    if let reason = reason(of: observed.condition) { return .failure(Failure(reason: reason)) }
    if observed.retries > 0 { return .failure(Failure(reason: .retried)) }
    guard !observed.steps.isEmpty else { return .failure(Failure(reason: .noSteps)) }
    if observed.steps.contains(where: { ($0.exitCode ?? 0) != 0 || $0.reason == "Skipped" }) {
      return .failure(Failure(reason: .stepFailed))
    }
    guard let start = observed.times.started, let end = observed.times.completed else {
      return .failure(Failure(reason: .missingTimes))
    }
    let created = observed.times.created
    guard end >= start, created.map({ $0 <= start }) ?? true else {
      return .failure(Failure(reason: .reversedTimes))
    }
    return steps(observed, start: start, end: end).map { steps in
      let place = place(of: observed)
      return Observations.TaskRun(
        name: observed.name,
        task: TaskKey(
          pipeline: observed.pipeline,
          task: observed.pipelineTask ?? observed.task ?? observed.name),
        architecture: place.architecture, instance: place.instance,
        queueing: created.map { start - $0 }, created: created ?? start, started: start,
        completed: end, overhead: steps.first - start, steps: steps.all,
        remainder: end - steps.first - steps.all.reduce(0) { $0 + $1.seconds })
    }
  }

  /// The steps' times, and when the first one began.
  ///
  /// Before 2020 Tekton gave the start of a container, not of its step; then a step begins when the one
  /// before it has ended.
  private mutating func steps(
    _ observed: ObservedTaskRun, start: Double, end: Double
  ) -> Result<(first: Double, all: [Observations.Step]), Failure> {
    var steps: [Observations.Step] = []
    var first: Double?
    var previousEnd = start
    var overlaps = false
    for step in observed.steps {
      guard let begun = step.started, let ended = step.finished else {
        return .failure(Failure(reason: .missingTimes))
      }
      guard ended >= begun, begun >= start, ended <= end, ended >= previousEnd else {
        return .failure(Failure(reason: .reversedTimes))
      }
      if begun < previousEnd { overlaps = true }
      steps.append(.init(name: step.name, seconds: ended - max(begun, previousEnd)))
      first = first ?? begun
      previousEnd = ended
    }
    if overlaps { overlapping += 1 }
    return .success((first ?? start, steps))
  }

  private func place(
    of observed: ObservedTaskRun
  ) -> (architecture: String?, instance: String?) {
    let pod = observed.pod.flatMap { pods["\(observed.namespace)/\($0)"] }
    let node = pod?.node.flatMap { nodes[$0] }
    return (
      node?.architecture ?? pod?.architecture ?? observed.architecture, node?.instanceType
    )
  }
}
