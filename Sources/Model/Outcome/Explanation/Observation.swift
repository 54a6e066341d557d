/// What was written down of some runs while they were played out, to explain them.
public struct Observation: Sendable, Hashable {
  public var taskRuns: [TaskRunStory] = []
  public var assistants: [AssistantStory] = []
  public var skips: [SkipStory] = []

  /// Makes an empty observation.
  public init() {}
}

/// The story of a TaskRun, attempt by attempt.
public struct TaskRunStory: Sendable, Hashable {
  /// The run's position in the outcome, and the TaskRun's among the run's.
  public var run: Int
  public var taskRun: Int
  /// At least one; more with retries.
  public var attempts: [PodStory]

  /// Makes a story of one attempt.
  public init(run: Int, taskRun: Int) {
    self.run = run
    self.taskRun = taskRun
    attempts = [PodStory()]
  }
}

/// How the scheduler placed an affinity assistant: the run's pods follow it.
public struct AssistantStory: Sendable, Hashable {
  public var run: Int
  /// The claims whose pods follow it.
  public var claims: [String]
  public var scheduling: [SchedulingAttempt]

  /// Makes a story.
  public init(run: Int, claims: [String], scheduling: [SchedulingAttempt]) {
    self.run = run
    self.claims = claims
    self.scheduling = scheduling
  }
}

/// Why a task was skipped: Tekton's reason, and the facts behind it.
public struct SkipStory: Sendable, Hashable {
  /// A fact behind a skip.
  public enum Fact: Sendable, Hashable {
    /// A `when` expression that does not hold, with its values put in, and where it is written.
    case condition(String, SourceLocation?)
    /// A parent that was skipped itself.
    case parent(String)
    /// A task that did not return a result this one needs.
    case missingResult(task: String, result: String)
    /// A task whose end stops the run from starting new ones.
    case failedTask(String)
    /// A limit that was used up: the field that sets it, and its seconds.
    case limit(String, seconds: Double)
    /// `spec.status` of the run asks for it.
    case request(String)
  }

  public var run: Int
  public var task: String
  public var reason: String
  public var facts: [Fact]

  /// Makes a story.
  public init(run: Int, task: String, reason: String, facts: [Fact]) {
    self.run = run
    self.task = task
    self.reason = reason
    self.facts = facts
  }
}
