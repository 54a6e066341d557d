/// What real PipelineRuns and TaskRuns left in a cluster, as dumped by `kubectl get … -o json`.
///
/// Times are seconds since 1970; objects that were written with less than that lack the fields.
public struct RunDump: Sendable {
  public var pipelineRuns: [ObservedPipelineRun] = []
  public var taskRuns: [ObservedTaskRun] = []
  public var pods: [ObservedPod] = []
  public var nodes: [ObservedNode] = []
  /// How many objects of other kinds there were, by kind.
  public var skipped: [String: Int] = [:]
  /// How many objects appeared more than once; the first one counts.
  public var repeated = 0

  /// Makes an empty dump.
  public init() {}
}

/// The times that Tekton keeps about a run.
public struct ObservedTimes: Sendable, Hashable {
  public var created: Double?
  public var started: Double?
  public var completed: Double?

  /// Joins the times.
  public init(created: Double? = nil, started: Double? = nil, completed: Double? = nil) {
    self.created = created
    self.started = started
    self.completed = completed
  }
}

/// The condition `Succeeded` of a run.
public struct ObservedCondition: Sendable, Hashable {
  /// `True`, `False` or `Unknown`.
  public var status: String
  public var reason: String

  /// Joins status and reason.
  public init(status: String, reason: String) {
    self.status = status
    self.reason = reason
  }
}

/// A PipelineRun as it was found.
public struct ObservedPipelineRun: Sendable {
  public var name: String
  public var namespace: String
  /// The pipeline it refers to; nil for one with a specification of its own.
  public var pipeline: String?
  public var times = ObservedTimes()
  public var condition: ObservedCondition?
  public var location: SourceLocation

  /// Makes a run without times.
  public init(name: String, namespace: String, location: SourceLocation) {
    self.name = name
    self.namespace = namespace
    self.location = location
  }
}

/// A TaskRun as it was found, on its own or in the status of its PipelineRun.
public struct ObservedTaskRun: Sendable {
  public var name: String
  public var namespace: String
  /// The PipelineRun it belongs to.
  public var pipelineRun: String?
  public var pipeline: String?
  public var pipelineTask: String?
  public var task: String?
  public var times = ObservedTimes()
  public var condition: ObservedCondition?
  /// Earlier attempts.
  public var retries = 0
  public var pod: String?
  /// The architecture that its pod template asks for.
  public var architecture: String?
  public var steps: [ObservedStep] = []
  public var location: SourceLocation

  /// Makes a TaskRun without times.
  public init(name: String, namespace: String, location: SourceLocation) {
    self.name = name
    self.namespace = namespace
    self.location = location
  }
}

/// A step of a TaskRun as it was found.
public struct ObservedStep: Sendable, Hashable {
  public var name: String
  public var started: Double?
  public var finished: Double?
  public var exitCode: Int?
  /// Why it ended, such as `Completed`, `Error` or `Skipped`.
  public var reason: String?

  /// Makes a step without times.
  public init(name: String) { self.name = name }
}

/// A pod as it was found.
public struct ObservedPod: Sendable, Hashable {
  public var name: String
  public var namespace: String
  public var node: String?
  /// The architecture that its node selector asks for.
  public var architecture: String?

  /// Makes a pod.
  public init(name: String, namespace: String, node: String?, architecture: String? = nil) {
    self.name = name
    self.namespace = namespace
    self.node = node
    self.architecture = architecture
  }
}

/// A node as it was found.
public struct ObservedNode: Sendable, Hashable {
  public var name: String
  public var instanceType: String?
  public var architecture: String?

  /// Makes a node.
  public init(name: String, instanceType: String?, architecture: String?) {
    self.name = name
    self.instanceType = instanceType
    self.architecture = architecture
  }
}
