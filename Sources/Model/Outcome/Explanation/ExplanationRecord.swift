/// Why runs went as they did: what `gantry explain` shows.
public struct ExplanationRecord: Sendable {
  /// The replication that is explained, in full.
  public var record: SimulationRecord
  public var replication: Int
  /// The runs asked for.
  public var runs: [RunExplanation]
  /// Runs that there are besides.
  public var otherRuns: Int

  /// Joins what is known.
  public init(
    record: SimulationRecord, replication: Int, runs: [RunExplanation], otherRuns: Int
  ) {
    self.record = record
    self.replication = replication
    self.runs = runs
    self.otherRuns = otherRuns
  }
}

/// Why one run went as it did.
public struct RunExplanation: Sendable {
  public var run: RunRecord
  /// One for each of the run's TaskRuns, in their order.
  public var taskRuns: [TaskRunStory]
  public var assistants: [AssistantStory]
  public var skips: [SkipStory]
  /// What became of the pipeline's results.
  public var results: [RunResult] = []
  /// What each resource would change, the most helpful first.
  public var levers: [LeverEffect] = []

  /// Makes an explanation without levers.
  public init(
    run: RunRecord, taskRuns: [TaskRunStory], assistants: [AssistantStory], skips: [SkipStory]
  ) {
    self.run = run
    self.taskRuns = taskRuns
    self.assistants = assistants
    self.skips = skips
  }
}

/// How a run ends when one resource is better, everything else and all random numbers the same.
public struct LeverEffect: Sendable, Hashable {
  /// A stable name such as `cpu.arm64`.
  public var id: String
  /// The resource, for people.
  public var resource: String
  /// What was changed: `twice as fast`, `one more`.
  public var change: String
  public var status: RunStatus
  /// From the run's creation to its end; nil when it does not end.
  public var durationSeconds: Double?
  /// How much sooner the run ends; nil when it did not end before or does not now.
  public var savedSeconds: Double?
  /// The tasks on the run's critical path now, in order.
  public var criticalTasks: [String]

  /// Makes an effect.
  public init(
    id: String, resource: String, change: String, status: RunStatus, durationSeconds: Double?,
    savedSeconds: Double?, criticalTasks: [String] = []
  ) {
    self.id = id
    self.resource = resource
    self.change = change
    self.status = status
    self.durationSeconds = durationSeconds
    self.savedSeconds = savedSeconds
    self.criticalTasks = criticalTasks
  }
}
