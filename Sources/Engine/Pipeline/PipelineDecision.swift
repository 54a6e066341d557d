public import GantryModel

/// Tasks by what became of them, as the messages of a PipelineRun count them.
public struct TaskCounts: Sendable, Hashable {
  public var succeeded = 0
  public var failed = 0
  /// Failed with `onError: continue`.
  public var ignoredFailed = 0
  public var cancelled = 0
  public var skipped = 0
  public var skippedByTimeout = 0
  /// Not started because a result it needs was not returned.
  public var invalid = 0
  /// Running or still to start.
  public var incomplete = 0

  /// Makes zero counts.
  public init() {}

  /// Tasks that have ended.
  var completed: Int { succeeded + failed + cancelled + ignoredFailed }
}

/// What a reconcile of a PipelineRun decides.
public struct PipelineDecision: Sendable {
  /// Tasks whose TaskRuns are created now, in the order of the plan; already noted as running.
  public var create: [Int] = []
  /// Tasks whose running TaskRuns are cancelled now.
  public var cancel: [Int] = []
  /// How the cancelled TaskRuns end.
  public var cancelEnd: TaskRunEnd = .cancelled
  /// Whether the finally tasks were let go by this reconcile.
  public var startsFinally: Bool = false
  /// Whether the run is over.
  public var isFinished: Bool = false
  public var status: RunStatus = .running
  /// Tekton's reason of the condition.
  public var reason: String = "Running"
  public var counts = TaskCounts()
  /// The pipeline's results that the run gives, by position; filled when it is over.
  public var results: [Int] = []
  /// The reconcile ended with Tekton's "invalid list of done tasks": nothing changes until the
  /// next event.
  public var isStale: Bool = false
  /// What the message says instead of the counts, or after them.
  var detail: Detail = .counts

  /// The words of the condition beyond the counts.
  enum Detail: Sendable {
    case counts
    /// Counts, and why tasks could not be validated.
    case invalid(String)
    /// The whole message, after `PipelineRun "<name>" `.
    case run(String)
    /// The whole message.
    case text(String)
    /// Why results could not be given.
    case results(String)
  }

  /// Makes a decision to do nothing.
  public init() {}

  /// The message of the condition of a run of that name.
  public func message(run: String) -> String {
    switch detail {
    case .text(let text): text
    case .results(let why):
      "Failed to get PipelineResult from TaskRun Results for PipelineRun \(run): \(why)"
    case .run(let text): "PipelineRun \"\(run)\" \(text)"
    case .counts: countMessage
    case .invalid(let why): countMessage + ", Failed Validation: \(counts.invalid) (\(why))"
    }
  }

  private var countMessage: String {
    let failures: String
    if isFinished, counts.ignoredFailed > 0 {
      failures = "\(counts.failed + counts.ignoredFailed) (Ignored: \(counts.ignoredFailed))"
    } else {
      failures = "\(counts.failed)"
    }
    let open = isFinished ? "" : "Incomplete: \(counts.incomplete), "
    return "Tasks Completed: \(counts.completed) (Failed: \(failures), "
      + "Cancelled \(counts.cancelled)), \(open)Skipped: \(counts.skipped)"
  }
}
