/// The runs of a result that were summed up instead of kept.
public struct RunTallyRecord: Sendable, Hashable {
  /// Times of several runs, in seconds from creation to completion.
  public struct Group: Sendable, Hashable {
    /// The pipeline; empty for all of them.
    public var pipeline: String
    public var runs = 0
    /// Runs without success, those that never ended among them; and runs that ended.
    public var failed = 0
    public var ended = 0
    /// Of the runs that ended; nil when none did.
    public var meanSeconds: Double?
    public var p50Seconds: Double?
    public var p95Seconds: Double?
    public var p99Seconds: Double?
    public var shortestSeconds: Double?
    public var longestSeconds: Double?
    /// Time of TaskRuns that ended: before a node was found, and from ready to completion.
    public var waitedSeconds = 0.0
    public var livedSeconds = 0.0
    /// Seconds of all TaskRuns by kind.
    public var breakdown: [TimeKind: Double] = [:]

    /// Makes a group without runs.
    public init(pipeline: String) { self.pipeline = pipeline }

    /// The share of their time that TaskRuns waited for a node; nil when none ended.
    public var waitShare: Double? { livedSeconds > 0 ? waitedSeconds / livedSeconds : nil }
  }

  /// Time of critical paths that was spent on one thing.
  public struct Stretch: Sendable, Hashable {
    public var pipeline: String
    /// nil for the PipelineRuns' own controller.
    public var pipelineTask: String?
    public var kind: TimeKind
    public var label: String
    public var seconds: Double

    /// Joins what it was spent on and how long.
    public init(
      pipeline: String, pipelineTask: String?, kind: TimeKind, label: String, seconds: Double
    ) {
      self.pipeline = pipeline
      self.pipelineTask = pipelineTask
      self.kind = kind
      self.label = label
      self.seconds = seconds
    }
  }

  public var all = Group(pipeline: "")
  /// By pipeline, in the order of the plan.
  public var pipelines: [Group] = []
  /// The longest first.
  public var paths: [Stretch] = []
  /// The first runs without success.
  public var failures: [FailedRun] = []
  /// Node events beyond those of the record.
  public var furtherNodeEvents = 0

  /// Makes an empty one.
  public init() {}
}

extension RunTallyRecord {
  /// The runs of some pipelines together; without percentiles where these are not known of them.
  public func group(of names: Set<String>) -> Group {
    let chosen = pipelines.filter { names.contains($0.pipeline) }
    if chosen.count == pipelines.count { return all }
    if chosen.count == 1 { return chosen[0] }
    var sum = Group(pipeline: "")
    var seconds = 0.0
    for group in chosen {
      sum.runs += group.runs
      sum.failed += group.failed
      sum.ended += group.ended
      seconds += (group.meanSeconds ?? 0) * Double(group.ended)
      sum.waitedSeconds += group.waitedSeconds
      sum.livedSeconds += group.livedSeconds
      sum.breakdown.merge(group.breakdown, uniquingKeysWith: +)
    }
    if sum.ended > 0 { sum.meanSeconds = seconds / Double(sum.ended) }
    sum.shortestSeconds = chosen.compactMap(\.shortestSeconds).min()
    sum.longestSeconds = chosen.compactMap(\.longestSeconds).max()
    return sum
  }
}

/// A run that did not reach its goal, in a line.
public struct FailedRun: Sendable, Hashable {
  public var run: String
  public var pipeline: String
  public var status: RunStatus
  /// From creation to completion; nil when it never ended.
  public var durationSeconds: Double?
  /// Which task is to blame and why; the run's own reason where no task is.
  public var cause: String

  /// Joins what is known of the run.
  public init(
    run: String, pipeline: String, status: RunStatus, durationSeconds: Double?, cause: String
  ) {
    self.run = run
    self.pipeline = pipeline
    self.status = status
    self.durationSeconds = durationSeconds
    self.cause = cause
  }
}

extension RunRecord {
  /// The run in a line.
  public var failure: FailedRun {
    FailedRun(
      run: name, pipeline: pipeline, status: status, durationSeconds: durationSeconds, cause: cause)
  }

  /// The first TaskRun that did not reach its goal, if one is to blame.
  private var failedTask: TaskRunRecord? {
    let all = taskRuns.filter { !$0.status.isSuccess && $0.status != .skipped }
    // One that failed by itself explains more than those that were cancelled because of it.
    return all.first { $0.status == .failed || $0.status == .taskRunTimeout }
      ?? all.first { $0.status != .cancelled } ?? all.first
  }

  /// Which task is to blame and why; the run's own reason where no task is.
  private var cause: String {
    let parts: [String]
    if let task = failedTask {
      let why = task.message.isEmpty ? task.reason : task.message
      parts = [task.pipelineTask, why.isEmpty ? task.status.rawValue : why]
    } else {
      parts = [reason, message]
    }
    var text = parts.filter { !$0.isEmpty }.joined(separator: ": ")[...]
    // The kubelet's words end with a stop and a space; others go on after them here.
    while let last = text.last, last == "." || last == " " { text.removeLast() }
    return String(text)
  }
}

extension SimulationRecord {
  /// The runs that did not succeed; of many, those of the tally.
  public var failures: [FailedRun] {
    tally?.failures ?? runs.filter { !$0.status.isSuccess }.map(\.failure)
  }

  /// The pipelines that were run.
  public var pipelines: Set<String> {
    Set(tally?.pipelines.map(\.pipeline) ?? runs.map(\.pipeline))
  }

  /// How many runs did not succeed.
  public var failedRunCount: Int {
    tally?.all.failed ?? runs.count { !$0.status.isSuccess }
  }
}
