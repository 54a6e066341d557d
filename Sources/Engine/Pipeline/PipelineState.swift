public import GantryModel
public import GantryUnits

/// Why a pipeline task is skipped, with Tekton's words.
public enum SkipReason: UInt8, Sendable, Hashable, CaseIterable {
  case none
  case stopping
  case gracefullyCancelled
  case gracefullyStopped
  case parentTasks
  case missingResults
  case whenExpressions
  case pipelineTimeout
  case tasksTimeout
  case finallyTimeout
  case emptyMatrix

  /// The text in `status.skippedTasks`.
  public var text: String {
    switch self {
    case .none: "None"
    case .stopping: "PipelineRun was stopping"
    case .gracefullyCancelled: "PipelineRun was gracefully cancelled"
    case .gracefullyStopped: "PipelineRun was gracefully stopped"
    case .parentTasks: "Parent Tasks were skipped"
    case .missingResults: "Results were missing"
    case .whenExpressions: "When Expressions evaluated to false"
    case .pipelineTimeout: "PipelineRun timeout has been reached"
    case .tasksTimeout: "PipelineRun Tasks timeout has been reached"
    case .finallyTimeout: "PipelineRun Finally timeout has been reached"
    case .emptyMatrix: "Matrix Parameters have an empty array"
    }
  }
}

/// What the controller knows of a pipeline task: the sum of its TaskRuns.
public enum TaskPhase: UInt8, Sendable, Hashable {
  /// No TaskRun exists.
  case notStarted
  /// Some TaskRun has not ended.
  case running
  case succeeded
  /// All TaskRuns have ended, at least one in failure.
  case failed
  /// Ended, at least one TaskRun cancelled by the user.
  case cancelled
  /// Ended, at least one TaskRun cancelled because the run's time was up.
  case timedOut

  /// Whether all TaskRuns have ended.
  public var hasEnded: Bool { self != .notStarted && self != .running }
  /// Whether it ended otherwise than well.
  public var hasFailed: Bool { self == .failed || self == .cancelled || self == .timedOut }
}

/// How one TaskRun ended.
public enum TaskRunEnd: UInt8, Sendable, Hashable {
  case succeeded
  case failed
  case cancelled
  /// Cancelled because the run's time was up.
  case cancelledByTimeout
}

/// The state of one PipelineRun between two reconciles.
public struct PipelineState: Sendable {
  /// By task.
  public internal(set) var phases: [TaskPhase]
  /// By task; what the last decision found.
  ///
  /// Derived anew at each decision, as Tekton does.
  public internal(set) var skips: [SkipReason]
  /// The first reconcile, from which the run's timeouts count.
  public var start: Instant
  /// When the finally tasks were let go.
  public internal(set) var finallyStart: Instant?
  /// What `spec.status` asks; may be changed while the run is under way.
  public var request: RunRequest
  /// Whether a decision has ended the run.
  public internal(set) var isFinished: Bool = false

  /// TaskRuns that have not ended, by task.
  var open: [Int32]
  /// The worst end so far, by task.
  var worst: [TaskRunEnd]
  /// Whether a succeeded parent did not return a result the task needs (decision scratch).
  var isInvalid: [Bool]
  /// Graph tasks, parents before children.
  let order: [Int32]
  /// Decision scratch for the walk over the graph.
  var marks: [Bool]

  /// The state before the first reconcile.
  public init(plan: PlannedRun, start: Instant) {
    self.init(plan: plan, order: PipelineState.topologicalOrder(of: plan.tasks), start: start)
  }

  /// The state before the first reconcile, with the graph's order at hand.
  init(plan: PlannedRun, order: [Int32], start: Instant) {
    let count = plan.tasks.count
    phases = Array(repeating: .notStarted, count: count)
    skips = Array(repeating: .none, count: count)
    open = Array(repeating: 0, count: count)
    worst = Array(repeating: .succeeded, count: count)
    isInvalid = Array(repeating: false, count: count)
    marks = Array(repeating: false, count: count)
    self.order = order
    self.start = start
    request = plan.isPending && plan.request == .run ? .pending : plan.request
  }

  /// Notes that a task's TaskRuns were created.
  public mutating func started(task: Int, taskRuns: Int) {
    phases[task] = .running
    open[task] = Int32(taskRuns)
    worst[task] = .succeeded
  }

  /// Notes that one TaskRun of a task has ended for good (its retries are used up).
  public mutating func ended(task: Int, _ end: TaskRunEnd) {
    if end.rawValue > worst[task].rawValue { worst[task] = end }
    open[task] -= 1
    guard open[task] <= 0 else { return }
    phases[task] =
      switch worst[task] {
      case .succeeded: .succeeded
      case .failed: .failed
      case .cancelled: .cancelled
      case .cancelledByTimeout: .timedOut
      }
  }

  /// Whether `decide` could do anything: the run is neither over nor waiting for a user.
  public var isActive: Bool { !isFinished && request != .pending }

  /// Graph tasks, parents before children.
  static func topologicalOrder(of tasks: [PlannedTask]) -> [Int32] {
    var missing = tasks.map { $0.dependencies.count }
    var children = [[Int32]](repeating: [], count: tasks.count)
    for (index, task) in tasks.enumerated() {
      for parent in task.dependencies { children[parent].append(Int32(index)) }
    }
    var order: [Int32] = []
    order.reserveCapacity(tasks.count)
    for index in tasks.indices where !tasks[index].isFinally && missing[index] == 0 {
      order.append(Int32(index))
    }
    var next = 0
    while next < order.count {
      for child in children[Int(order[next])] {
        missing[Int(child)] -= 1
        if missing[Int(child)] == 0 { order.append(child) }
      }
      next += 1
    }
    return order
  }
}
