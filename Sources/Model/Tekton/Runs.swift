public import GantryUnits

/// The claim that a run or a manifest asks for.
public struct PersistentVolumeClaimSpec: Hashable, Sendable {
  /// nil is the cluster's default class.
  public var storageClassName: String?
  /// `ReadWriteOnce`, `ReadWriteMany`, `ReadOnlyMany`, `ReadWriteOncePod`.
  public var accessModes: [String] = []
  /// The storage requested; nil when none is written.
  public var storage: Quantity?
  public var volumeName: String?

  /// Makes an empty specification.
  public init() {}
}

/// What a run gives for a workspace.
public struct WorkspaceBinding: Sendable {
  /// What backs it.
  public enum Source: Hashable, Sendable {
    case emptyDir(inMemory: Bool, sizeLimit: Bytes?)
    case persistentVolumeClaim(name: String)
    case volumeClaimTemplate(name: String?, PersistentVolumeClaimSpec)
    case secret(name: String)
    case configMap(name: String)
    case projected
    case csi(driver: String)
  }

  public var name: Located<String>
  public var source: Source
  public var subPath: String?
  /// Where each field is written.
  public var places = FieldPlaces()
  public var location: SourceLocation

  /// Makes a binding.
  public init(name: Located<String>, source: Source, location: SourceLocation) {
    self.name = name
    self.source = source
    self.location = location
  }
}

/// Settings of the pods of a run.
public struct PodTemplate: Sendable {
  public var nodeSelector: [NodeSelectorEntry] = []
  public var tolerations: [Toleration] = []
  public var affinity: Affinity?
  public var topologySpreadConstraints: [TopologySpreadConstraint] = []
  public var runAsUser: Int64?
  public var fsGroup: Int64?
  public var schedulerName: String?
  public var priorityClassName: String?
  public var runtimeClassName: String?
  public var hostNetwork: Bool = false
  public var volumes: [Volume] = []
  public var environment: [EnvironmentVariable] = []

  /// One label a node must have, with its place.
  public struct NodeSelectorEntry: Hashable, Sendable {
    public var key: String
    public var value: String
    public var location: SourceLocation

    /// Makes an entry.
    public init(key: String, value: String, location: SourceLocation) {
      self.key = key
      self.value = value
      self.location = location
    }
  }

  /// Makes empty settings.
  public init() {}
}

/// Settings of a run for one pipeline task.
public struct TaskRunSpecOverride: Sendable {
  public var pipelineTaskName: Located<String>
  public var podTemplate: PodTemplate?
  public var serviceAccountName: String?
  /// Overrides per step: name and resources.
  public var stepSpecs: [ComputeOverride] = []
  public var sidecarSpecs: [ComputeOverride] = []
  public var computeResources: ResourceRequirements?
  public var timeout: Located<String>?
  /// Where each field is written.
  public var places = FieldPlaces()

  /// Resources for one step or sidecar.
  public struct ComputeOverride: Sendable {
    public var name: Located<String>
    public var resources: ResourceRequirements

    /// Joins name and resources.
    public init(name: Located<String>, resources: ResourceRequirements) {
      self.name = name
      self.resources = resources
    }
  }

  /// Makes empty settings.
  public init(pipelineTaskName: Located<String>) { self.pipelineTaskName = pipelineTaskName }
}

/// A PipelineRun.
public struct PipelineRun: Sendable {
  public var apiVersion: String
  /// `metadata.name`, or `generateName` when `isGenerated`.
  public var name: Located<String>
  public var isGenerated: Bool = false
  public var namespace: String?
  public var pipelineRef: Reference?
  public var pipelineSpec: PipelineSpec?
  public var params: [Parameter] = []
  public var workspaces: [WorkspaceBinding] = []
  /// As written (Go durations).
  public var pipelineTimeout: Located<String>?
  public var tasksTimeout: Located<String>?
  public var finallyTimeout: Located<String>?
  public var serviceAccountName: String?
  public var podTemplate: PodTemplate?
  public var taskRunSpecs: [TaskRunSpecOverride] = []
  /// The status the user asks for (`spec.status`), such as `PipelineRunPending`.
  public var requestedStatus: String?
  /// `metadata.labels`.
  public var labels: [String: String] = [:]
  /// `metadata.annotations`.
  public var annotations: [String: String] = [:]
  /// Where each field is written.
  public var places = FieldPlaces()
  public var location: SourceLocation

  /// Makes an empty run.
  public init(apiVersion: String, name: Located<String>, location: SourceLocation) {
    self.apiVersion = apiVersion
    self.name = name
    self.location = location
  }
}

/// A stand-alone TaskRun.
public struct TaskRun: Sendable {
  public var apiVersion: String
  public var name: Located<String>
  public var isGenerated: Bool = false
  public var namespace: String?
  public var taskRef: Reference?
  public var taskSpec: TaskSpec?
  public var params: [Parameter] = []
  public var workspaces: [WorkspaceBinding] = []
  public var timeout: Located<String>?
  public var retries: Int = 0
  public var serviceAccountName: String?
  public var podTemplate: PodTemplate?
  public var stepSpecs: [TaskRunSpecOverride.ComputeOverride] = []
  public var sidecarSpecs: [TaskRunSpecOverride.ComputeOverride] = []
  public var computeResources: ResourceRequirements?
  public var requestedStatus: String?
  /// `metadata.labels`.
  public var labels: [String: String] = [:]
  /// `metadata.annotations`.
  public var annotations: [String: String] = [:]
  /// Where each field is written.
  public var places = FieldPlaces()
  public var location: SourceLocation

  /// Makes an empty run.
  public init(apiVersion: String, name: Located<String>, location: SourceLocation) {
    self.apiVersion = apiVersion
    self.name = name
    self.location = location
  }
}
