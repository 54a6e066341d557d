/// A finished simulation with every name resolved: what is stored, shown and compared.
public struct SimulationRecord: Sendable {
  /// The position in the store; nil when it was not stored.
  public var id: Int64?
  /// The scenario's name.
  public var scenario: String
  /// The user's name for it (`--label`); nil when none was given.
  public var label: String?
  /// When it was simulated, ISO 8601 in UTC; empty in output that must be repeatable.
  public var createdAt: String = ""
  public var programVersion: String
  public var catalogVersion: String
  public var region: String
  public var seed: UInt64
  public var replicationCount: Int
  /// The resolved scenario and the content of all manifests as canonical JSON.
  public var inputs: String
  /// SHA-256 of inputs, catalogue version, program version, seed and replications, in hex.
  public var inputHash: String
  /// Where the cluster came from: `article (built-in default)`, `scenario`, `./my-cluster`.
  public var clusterOrigin: String
  public var nodes: [NodeRecord] = []
  /// What nodes did because memory or disk ran short in the first replication, in order.
  public var nodeEvents: [NodeEventRecord] = []
  /// The runs of the first replication.
  public var runs: [RunRecord] = []
  /// What the runs of the first replication came to where they were too many to be kept; nil where
  /// `runs` has them.
  public var tally: RunTallyRecord?
  public var makespanSeconds: Double = 0
  public var cost = Cost()
  public var assumptions: [AssumptionUse] = []
  public var diagnostics: [Diagnostic] = []
  /// One entry per replication, the first included.
  public var replications: [ReplicationSummary] = []

  /// Makes a record without results.
  public init(
    scenario: String, label: String?, programVersion: String, catalogVersion: String,
    region: String, seed: UInt64, replicationCount: Int, inputs: String, inputHash: String,
    clusterOrigin: String
  ) {
    self.scenario = scenario
    self.label = label
    self.programVersion = programVersion
    self.catalogVersion = catalogVersion
    self.region = region
    self.seed = seed
    self.replicationCount = replicationCount
    self.inputs = inputs
    self.inputHash = inputHash
    self.clusterOrigin = clusterOrigin
  }

  /// Whether every run reached its goal.
  public var allSucceeded: Bool {
    tally.map { $0.all.failed == 0 } ?? runs.allSatisfy { $0.status.isSuccess }
  }

  /// PipelineRuns of the first replication, kept or summed up.
  public var runCount: Int { tally?.all.runs ?? runs.count }
}

/// A node of the simulated cluster.
public struct NodeRecord: Sendable, Hashable, Codable {
  public var name: String
  public var pool: String
  public var instanceType: String
  public var architecture: Architecture
  public var zone: String
  public var isControlPlane: Bool
  public var vcpu: Int
  public var memoryGiB: Double
  /// Processor use over the makespan, 0 to 1.
  public var cpuUtilisation: Double
  public var peakPods: Int
  public var bytesIn: Double
  public var bytesOut: Double
  public var imageBytes: Double
  /// The most in use at once, in bytes; nil in results of versions that did not know.
  public var peakMemoryBytes: Double?
  public var peakDiskBytes: Double?
  /// The size of the root volume in bytes; nil likewise.
  public var diskBytes: Double?

  /// Makes a node's record.
  public init(
    name: String, pool: String, instanceType: String, architecture: Architecture, zone: String,
    isControlPlane: Bool, vcpu: Int, memoryGiB: Double, cpuUtilisation: Double, peakPods: Int,
    bytesIn: Double, bytesOut: Double, imageBytes: Double
  ) {
    self.name = name
    self.pool = pool
    self.instanceType = instanceType
    self.architecture = architecture
    self.zone = zone
    self.isControlPlane = isControlPlane
    self.vcpu = vcpu
    self.memoryGiB = memoryGiB
    self.cpuUtilisation = cpuUtilisation
    self.peakPods = peakPods
    self.bytesIn = bytesIn
    self.bytesOut = bytesOut
    self.imageBytes = imageBytes
  }
}

/// A PipelineRun's result; times in seconds from the start of the simulation.
public struct RunRecord: Sendable, Hashable {
  public var name: String
  public var pipeline: String
  public var status: RunStatus
  public var reason: String
  public var message: String
  public var createdSeconds: Double
  /// nil when it never ended.
  public var completionSeconds: Double?
  public var cost: Cost.RunCost
  public var taskRuns: [TaskRunRecord]
  public var skippedTasks: [RunOutcome.SkippedTask]
  public var criticalPath: [PathRecord]

  /// From creation to completion; nil when it never ended.
  public var durationSeconds: Double? { completionSeconds.map { $0 - createdSeconds } }

  /// Makes a run's record.
  public init(
    name: String, pipeline: String, status: RunStatus, reason: String, message: String,
    createdSeconds: Double, completionSeconds: Double?, cost: Cost.RunCost,
    taskRuns: [TaskRunRecord], skippedTasks: [RunOutcome.SkippedTask], criticalPath: [PathRecord]
  ) {
    self.name = name
    self.pipeline = pipeline
    self.status = status
    self.reason = reason
    self.message = message
    self.createdSeconds = createdSeconds
    self.completionSeconds = completionSeconds
    self.cost = cost
    self.taskRuns = taskRuns
    self.skippedTasks = skippedTasks
    self.criticalPath = criticalPath
  }
}

/// A TaskRun's result; times in seconds from the start of the simulation.
public struct TaskRunRecord: Sendable, Hashable {
  public var name: String
  public var pipelineTask: String
  public var status: RunStatus
  public var reason: String
  public var message: String
  /// nil when no node ever took it.
  public var node: String?
  public var instanceType: String?
  public var architecture: Architecture?
  /// When its parents were done.
  public var readySeconds: Double
  /// Tekton's startTime.
  public var startSeconds: Double?
  public var completionSeconds: Double?
  /// From ready until a node was found, or the end when none was, without the time on nodes of attempts
  /// that failed.
  public var waitSeconds: Double
  public var attempts: Int
  /// Seconds by `TimeKind` (queue, volume, image, cpu, read, write, overhead), ready to completion.
  public var breakdown: [TimeKind: Double]
  public var steps: [StepRecord]
  public var segments: [SegmentRecord]

  /// From start to completion; nil when it never ended.
  public var durationSeconds: Double? {
    guard let startSeconds, let completionSeconds else { return nil }
    return completionSeconds - startSeconds
  }

  /// Makes a TaskRun's record.
  public init(
    name: String, pipelineTask: String, status: RunStatus, reason: String, message: String,
    node: String?, instanceType: String?, architecture: Architecture?, readySeconds: Double,
    startSeconds: Double?, completionSeconds: Double?, waitSeconds: Double, attempts: Int,
    breakdown: [TimeKind: Double], steps: [StepRecord], segments: [SegmentRecord]
  ) {
    self.name = name
    self.pipelineTask = pipelineTask
    self.status = status
    self.reason = reason
    self.message = message
    self.node = node
    self.instanceType = instanceType
    self.architecture = architecture
    self.readySeconds = readySeconds
    self.startSeconds = startSeconds
    self.completionSeconds = completionSeconds
    self.waitSeconds = waitSeconds
    self.attempts = attempts
    self.breakdown = breakdown
    self.steps = steps
    self.segments = segments
  }
}

/// A step's result.
public struct StepRecord: Sendable, Hashable {
  public var name: String
  public var startSeconds: Double
  public var endSeconds: Double
  public var failed: Bool

  /// Makes a step's record.
  public init(name: String, startSeconds: Double, endSeconds: Double, failed: Bool) {
    self.name = name
    self.startSeconds = startSeconds
    self.endSeconds = endSeconds
    self.failed = failed
  }
}

/// A stretch of a TaskRun's life.
public struct SegmentRecord: Sendable, Hashable {
  public var kind: TimeKind
  public var startSeconds: Double
  public var endSeconds: Double
  public var label: String

  /// Makes a stretch.
  public init(kind: TimeKind, startSeconds: Double, endSeconds: Double, label: String) {
    self.kind = kind
    self.startSeconds = startSeconds
    self.endSeconds = endSeconds
    self.label = label
  }
}

/// A stretch of the critical path.
public struct PathRecord: Sendable, Hashable {
  /// nil for the PipelineRun's own controller.
  public var pipelineTask: String?
  public var segment: SegmentRecord
  /// Identifiers of the assumptions it rests on.
  public var assumptions: [String]

  /// Makes a stretch.
  public init(pipelineTask: String?, segment: SegmentRecord, assumptions: [String]) {
    self.pipelineTask = pipelineTask
    self.segment = segment
    self.assumptions = assumptions
  }
}

/// An assumption and how much rests on it.
public struct AssumptionUse: Sendable, Hashable, Codable {
  public var assumption: Assumption
  /// Seconds of all critical paths that rest on it, and their share of those paths.
  public var criticalPathSeconds: Double
  public var criticalPathShare: Double

  /// Joins an assumption and its weight.
  public init(assumption: Assumption, criticalPathSeconds: Double, criticalPathShare: Double) {
    self.assumption = assumption
    self.criticalPathSeconds = criticalPathSeconds
    self.criticalPathShare = criticalPathShare
  }
}

/// One replication in a line.
public struct ReplicationSummary: Sendable, Hashable, Codable {
  public var replication: Int
  public var makespanSeconds: Double
  public var meanRunSeconds: Double
  public var p95RunSeconds: Double
  public var failedRuns: Int
  public var totalUSD: Double
  /// Runs that ended, and their times; none when no run ended, or in results of versions that did not
  /// keep them.
  public var endedRuns = 0
  public var times: PointSample.RunTimes?

  /// Makes a summary without run times.
  public init(
    replication: Int, makespanSeconds: Double, meanRunSeconds: Double, p95RunSeconds: Double,
    failedRuns: Int, totalUSD: Double
  ) {
    self.replication = replication
    self.makespanSeconds = makespanSeconds
    self.meanRunSeconds = meanRunSeconds
    self.p95RunSeconds = p95RunSeconds
    self.failedRuns = failedRuns
    self.totalUSD = totalUSD
  }
}
