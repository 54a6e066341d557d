public import GantryModel

/// What a dump tells about how long things take: the runs and TaskRuns that can be used, and why the
/// others cannot.
public struct Observations: Sendable {
  /// One TaskRun that succeeded at the first attempt, with all its times.
  public struct TaskRun: Sendable, Hashable {
    public var name: String
    public var task: TaskKey
    public var architecture: String?
    public var instance: String?
    /// Seconds from its creation to its start; nil where the creation is not known.
    public var queueing: Double?
    public var created: Double
    public var started: Double
    public var completed: Double
    /// Seconds from its start to the start of the first step.
    public var overhead: Double
    public var steps: [Step]
    /// Seconds between steps, and from the last one to the completion.
    public var remainder: Double
  }

  /// A step of a TaskRun.
  public struct Step: Sendable, Hashable {
    public var name: String
    public var seconds: Double
  }

  /// A run whose TaskRuns are all usable, or a TaskRun of its own.
  public struct Run: Sendable, Hashable {
    public var name: String
    public var pipeline: String?
    public var started: Double
    public var completed: Double
    /// Positions among the TaskRuns.
    public var taskRuns: [Int]

    /// Seconds from start to completion.
    public var seconds: Double { completed - started }
  }

  public private(set) var taskRuns: [TaskRun] = []
  /// Complete runs, sorted by name.
  public private(set) var runs: [Run] = []
  public private(set) var exclusions: [ExclusionCount] = []
  /// TaskRuns whose steps overlap, as Tekton reported them before 2020.
  public private(set) var overlapping = 0

  /// Sorts out a dump.
  public init(_ dump: RunDump) {
    var sorting = Sorting(dump)
    sorting.sort()
    (taskRuns, runs, overlapping) = (sorting.taskRuns, sorting.runs, sorting.overlapping)
    exclusions = sorting.excluded.map { key, names in
      ExclusionCount(kind: key.kind, reason: key.reason, names: names.sorted())
    }
    .sorted { ($0.kind.rawValue, $0.reason.text) < ($1.kind.rawValue, $1.reason.text) }
  }
}

/// A task within its pipeline: what is fitted together.
public struct TaskKey: Hashable, Sendable, Comparable {
  /// nil for TaskRuns of their own and for runs with a specification of their own.
  public var pipeline: String?
  public var task: String

  /// Joins pipeline and task.
  public init(pipeline: String?, task: String) {
    self.pipeline = pipeline
    self.task = task
  }

  public static func < (a: TaskKey, b: TaskKey) -> Bool {
    (a.pipeline ?? "", a.task) < (b.pipeline ?? "", b.task)
  }

  /// The key for people.
  public var text: String { pipeline.map { "\($0)/\(task)" } ?? task }
}
