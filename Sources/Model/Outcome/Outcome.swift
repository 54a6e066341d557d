public import GantryUnits

/// What one replication of a plan came to.
public struct Outcome: Sendable {
  public var replication: Int = 0
  /// The end of the last run, or the horizon.
  public var makespan: Instant = .zero
  public var runs: [RunOutcome] = []
  public var nodes: [NodeUsage] = []
  public var fileSystems: [FileSystemUsage] = []
  public var claims: [ClaimUsage] = []
  public var network = NetworkUsage()
  public var objects = ObjectStoreUsage()
  /// What nodes did because memory or disk ran short, in order.
  public var nodeEvents: [NodeEvent] = []
  /// What the runs came to where they were not kept; nil where `runs` has them.
  public var tally: RunTally?
  /// Events played out.
  public var eventCount: Int = 0
  /// What explains the runs that were asked about; nil when none were.
  public var observation: Observation?

  /// Makes an empty outcome.
  public init() {}
}

/// How a run or TaskRun ended, in Tekton's words.
public enum RunStatus: String, Sendable, Hashable, Codable, CaseIterable {
  case succeeded = "Succeeded"
  /// Succeeded with skipped tasks.
  case completed = "Completed"
  case failed = "Failed"
  case cancelled = "Cancelled"
  /// The PipelineRun's own timeout.
  case pipelineRunTimeout = "PipelineRunTimeout"
  case taskRunTimeout = "TaskRunTimeout"
  /// Never finished: it waits for something that cannot come, or the horizon cut it off.
  case running = "Running"
  case pending = "PipelineRunPending"
  case skipped = "Skipped"

  /// Whether the run reached its goal.
  public var isSuccess: Bool { self == .succeeded || self == .completed }
}

/// What time was spent on.
public enum TimeKind: UInt8, Sendable, Hashable, CaseIterable, Codable {
  /// Waiting for a controller, or for a node with room.
  case queue
  /// Making, attaching and mounting volumes.
  case volume
  /// Pulling and unpacking images.
  case image
  /// Computing.
  case cpu
  /// Waiting for bytes or operations that come in.
  case read
  /// Waiting for bytes or operations that go out.
  case write
  /// Start-up, hand-over and completion of pods and steps, and fixed waits.
  case overhead

  /// The kind's name as output uses it.
  public var name: String { String(describing: self) }
}

/// Seconds by kind.
public struct TimeBreakdown: Sendable, Hashable {
  /// By `TimeKind.rawValue`, in nanoseconds.
  public var spans: [Span] = Array(repeating: .zero, count: TimeKind.allCases.count)

  /// Makes an empty breakdown.
  public init() {}

  /// The time of one kind.
  public subscript(kind: TimeKind) -> Span {
    get { spans[Int(kind.rawValue)] }
    set { spans[Int(kind.rawValue)] = newValue }
  }

  public static func += (sum: inout TimeBreakdown, other: TimeBreakdown) {
    for kind in other.spans.indices { sum.spans[kind] += other.spans[kind] }
  }
}

/// One stretch of a TaskRun's life.
public struct TimeSegment: Sendable, Hashable {
  public var kind: TimeKind
  public var start: Instant
  public var end: Instant
  /// What happened, for people.
  public var label: String
  /// Positions in the plan's assumptions.
  public var assumptions: [Int]

  /// Makes a segment.
  public init(
    kind: TimeKind, start: Instant, end: Instant, label: String, assumptions: [Int] = []
  ) {
    self.kind = kind
    self.start = start
    self.end = end
    self.label = label
    self.assumptions = assumptions
  }
}

/// What one run used; the base of its share of the bill.
public struct ResourceUse: Sendable, Hashable {
  /// Reference-thread seconds by node (position in the plan).
  public var cpuByNode: [Double] = []
  /// What pods kept from others beyond that, by their requests, in the same seconds by node.
  public var reservedByNode: [Double] = []
  public var fileSystemRead: Double = 0
  public var fileSystemWritten: Double = 0
  /// The same as EFS meters it: small requests count as 4 KiB.
  public var fileSystemMeteredRead: Double = 0
  public var fileSystemMeteredWritten: Double = 0
  /// Requests to S3, and bytes put there.
  public var objectReads: Double = 0
  public var objectWrites: Double = 0
  public var objectBytes: Double = 0
  /// Bytes through NAT gateways, both ways; bytes that left for the internet.
  public var natBytes: Double = 0
  public var egressBytes: Double = 0
  public var crossZoneBytes: Double = 0

  /// Makes a use of nothing.
  public init() {}
}

/// How one PipelineRun went.
public struct RunOutcome: Sendable {
  public var template: Int
  public var name: String
  public var status: RunStatus = .running
  /// Tekton's reason and message, or why it never ended.
  public var reason: String = ""
  public var message: String = ""
  /// When the PipelineRun was created.
  public var created: Instant
  /// When it ended; nil when it did not.
  public var completed: Instant?
  /// How long Tekton's controller kept it waiting because its workers were busy, over all its looks at the
  /// run; the TaskRuns' waits come on top.
  public var controllerWait: Span = .zero
  public var taskRuns: [TaskRunOutcome] = []
  public var skippedTasks: [SkippedTask] = []
  /// What became of the pipeline's results; empty before the end.
  public var results: [RunResult] = []
  public var use = ResourceUse()
  /// The chain of segments that decided when the run ended, in order, gapless.
  public var criticalPath: [PathSegment] = []

  /// A task that was not run.
  public struct SkippedTask: Sendable, Hashable {
    public var name: String
    public var reason: String

    /// Joins name and reason.
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// A stretch of the critical path.
  public struct PathSegment: Sendable, Hashable {
    /// The TaskRun it belongs to, by position; nil for the run's own controller.
    public var taskRun: Int?
    public var segment: TimeSegment

    /// Makes a stretch.
    public init(taskRun: Int?, segment: TimeSegment) {
      self.taskRun = taskRun
      self.segment = segment
    }
  }

  /// Makes the outcome of a run that was created.
  public init(template: Int, name: String, created: Instant) {
    self.template = template
    self.name = name
    self.created = created
  }
}

/// How one TaskRun went.
public struct TaskRunOutcome: Sendable {
  /// The position of its pipeline task in the template.
  public var task: Int
  public var pipelineTask: String
  public var name: String
  public var status: RunStatus = .running
  public var reason: String = ""
  public var message: String = ""
  /// When its parents were done and it could be created.
  public var ready: Instant
  /// Tekton's startTime: the TaskRun's first reconcile.
  public var started: Instant?
  /// When its (last) pod was bound to a node.
  public var scheduled: Instant?
  public var completed: Instant?
  /// The node it ran on, by position in the plan.
  public var node: Int?
  public var attempts: Int = 1
  /// The time on nodes of attempts that failed and were repeated.
  public var failedAttempts: Span = .zero
  /// How long Tekton's controllers kept it waiting because their workers were busy, or their client had
  /// sent all that it may; over all their looks at it.
  public var controllerWait: Span = .zero
  public var breakdown = TimeBreakdown()
  public var segments: [TimeSegment] = []
  public var steps: [StepOutcome] = []

  /// How one step went.
  public struct StepOutcome: Sendable, Hashable {
    public var name: String
    public var started: Instant
    public var finished: Instant
    public var failed: Bool

    /// Makes the outcome of a step.
    public init(name: String, started: Instant, finished: Instant, failed: Bool) {
      self.name = name
      self.started = started
      self.finished = finished
      self.failed = failed
    }
  }

  /// Makes the outcome of a TaskRun that may start.
  public init(task: Int, pipelineTask: String, name: String, ready: Instant) {
    self.task = task
    self.pipelineTask = pipelineTask
    self.name = name
    self.ready = ready
  }

  /// From ready to a node, in all attempts: the wait for controllers, volumes to be made and room; of a
  /// custom task, that for the controller alone.
  ///
  /// The time of attempts that failed on a node is no wait.
  public var wait: Span? { scheduled.map { $0 - ready - failedAttempts } }
}

/// What a node was used for.
public struct NodeUsage: Sendable, Hashable {
  /// Reference-thread seconds of steps and image unpacking.
  public var cpuSeconds: Double = 0
  public var podSeconds: Double = 0
  public var bytesIn: Double = 0
  public var bytesOut: Double = 0
  public var diskBytesWritten: Double = 0
  public var imagesPulled: Int = 0
  public var imageBytes: Double = 0
  /// The most pods of runs that were on it at once.
  public var peakPods: Int = 0
  /// The most that was in use of memory and disk at once, in bytes, the platform's share included.
  ///
  /// Memory counts all pods; the disk's peak is taken when phases, pulls and pods end.
  public var peakMemory: Double = 0
  public var peakDisk: Double = 0

  /// Makes a usage of nothing.
  public init() {}
}

/// What a file system was used for.
public struct FileSystemUsage: Sendable, Hashable {
  public var bytesRead: Double = 0
  public var bytesWritten: Double = 0
  /// The same as EFS meters and bills it: small requests count as 4 KiB.
  public var meteredRead: Double = 0
  public var meteredWritten: Double = 0
  public var operations: Double = 0
  /// Bytes stored times seconds.
  public var byteSeconds: Double = 0
  /// Bytes stored at the end.
  public var storedAtEnd: Double = 0
  public var accessPointsPeak: Int = 0

  /// Makes a usage of nothing.
  public init() {}
}

/// A claim's life.
public struct ClaimUsage: Sendable, Hashable {
  /// A volume that is there for less is billed for so long.
  ///
  /// Source: Amazon EBS pricing, billed by the second with a 60-second minimum, as known on 2026-11-28.
  public static let leastBilledSeconds = 60.0

  public var run: Int
  public var claim: Int
  public var created: Instant
  /// Bytes written to it by the end.
  public var bytes: Double
  /// The zone of a block volume.
  public var zone: String?
  /// When it was deleted; nil for one that is there at the end.
  public var deleted: Instant?

  /// Makes a claim's life.
  public init(run: Int, claim: Int, created: Instant, bytes: Double = 0) {
    self.run = run
    self.claim = claim
    self.created = created
    self.bytes = bytes
  }
}

/// What an object store was used for.
public struct ObjectStoreUsage: Sendable, Hashable {
  public var reads: Double = 0
  public var writes: Double = 0
  /// Bytes stored by the end, and bytes times seconds.
  public var bytes: Double = 0
  public var byteSeconds: Double = 0

  /// Makes a usage of nothing.
  public init() {}
}

/// Traffic that is billed.
public struct NetworkUsage: Sendable, Hashable {
  public var natBytesIn: Double = 0
  public var natBytesOut: Double = 0
  public var egressBytes: Double = 0
  public var crossZoneBytes: Double = 0

  /// Makes a usage of nothing.
  public init() {}
}
