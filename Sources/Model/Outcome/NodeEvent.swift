public import GantryUnits

/// Something that a node did because memory or disk ran short.
public struct NodeEvent: Sendable, Hashable {
  /// What happened.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The node took on a pressure condition and its taint.
    case pressure = "Pressure"
    case pressureEnded = "PressureEnded"
    /// Unused images were removed.
    case imagesRemoved = "ImagesRemoved"
    /// The kubelet ended a pod.
    case evicted = "Evicted"
    /// The kubelet refused a pod that came while the node was under pressure.
    case refused = "Refused"
    /// The kernel killed a container.
    case outOfMemory = "OOMKilled"
    /// A write failed because the disk was full.
    case diskFull = "DiskFull"
  }

  /// What ran short.
  public enum Resource: String, Sendable, Hashable, Codable, CaseIterable {
    case memory
    case disk = "ephemeral-storage"
  }

  public var kind: Kind
  public var resource: Resource
  /// The node's position in the plan.
  public var node: Int
  public var time: Instant
  /// The TaskRun it befell: positions of its run, and among the run's TaskRuns.
  public var run: Int?
  public var taskRun: Int?
  /// Their names.
  public var runName: String?
  public var taskRunName: String?
  /// In use of what was limited, and the limit, in bytes.
  public var used: Double
  public var limit: Double
  /// What happened and why, for people.
  public var message: String

  /// Makes an event that befell no TaskRun.
  public init(
    _ kind: Kind, _ resource: Resource, node: Int, time: Instant, used: Double, limit: Double,
    message: String
  ) {
    self.kind = kind
    self.resource = resource
    self.node = node
    self.time = time
    self.used = used
    self.limit = limit
    self.message = message
  }
}

/// The same with names, as it is stored and shown.
public struct NodeEventRecord: Sendable, Hashable {
  public var kind: NodeEvent.Kind
  public var resource: NodeEvent.Resource
  public var node: String
  public var seconds: Double
  /// The PipelineRun and TaskRun it befell; nil where it befell none.
  public var pipelineRun: String?
  public var taskRun: String?
  public var usedBytes: Double
  public var limitBytes: Double
  public var message: String

  /// Makes a record.
  public init(
    kind: NodeEvent.Kind, resource: NodeEvent.Resource, node: String, seconds: Double,
    pipelineRun: String?, taskRun: String?, usedBytes: Double, limitBytes: Double, message: String
  ) {
    self.kind = kind
    self.resource = resource
    self.node = node
    self.seconds = seconds
    self.pipelineRun = pipelineRun
    self.taskRun = taskRun
    self.usedBytes = usedBytes
    self.limitBytes = limitBytes
    self.message = message
  }
}
