/// Why a run or TaskRun says nothing about how long work takes.
public enum Exclusion: String, Hashable, Sendable, CaseIterable {
  case failed
  case cancelled
  case timedOut
  case running
  case noStatus
  case retried
  case stepFailed
  case noSteps
  case missingTimes
  case reversedTimes
  case noTaskRuns
  case partOfItExcluded

  /// The reason in words.
  public var text: String {
    switch self {
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .timedOut: "timed out"
    case .running: "not finished"
    case .noStatus: "no status"
    case .retried: "retried"
    case .stepFailed: "a step failed or was skipped"
    case .noSteps: "no steps in the status"
    case .missingTimes: "times are missing"
    case .reversedTimes: "an end is before its start"
    case .noTaskRuns: "none of its TaskRuns is in the dump"
    case .partOfItExcluded: "a TaskRun of it is excluded"
    }
  }
}

/// How many objects one reason excluded, with the first names.
public struct ExclusionCount: Hashable, Sendable {
  /// What was excluded.
  public enum Kind: String, Hashable, Sendable {
    case pipelineRun = "PipelineRun"
    case taskRun = "TaskRun"
  }

  public var kind: Kind
  public var reason: Exclusion
  /// The names of all of them, sorted.
  public var names: [String]
}
