public import GantryUnits

/// A workspace that a task or pipeline declares.
public struct WorkspaceDeclaration: Sendable {
  public var name: Located<String>
  /// Where a task sees it; nil is `/workspace/<name>`.
  public var mountPath: String?
  public var readOnly: Bool = false
  public var optional: Bool = false

  /// Makes a declaration.
  public init(name: Located<String>) { self.name = name }
}

/// An environment variable of a step.
public struct EnvironmentVariable: Hashable, Sendable {
  public var name: String
  /// nil when the value comes from a Secret, ConfigMap or field.
  public var value: String?

  /// Joins name and value.
  public init(name: String, value: String?) {
    self.name = name
    self.value = value
  }
}

/// A volume of a pod.
public struct Volume: Sendable {
  /// What backs it.
  public enum Source: Hashable, Sendable {
    /// On the node's disk, or in memory; `sizeLimit` in bytes.
    case emptyDir(inMemory: Bool, sizeLimit: Bytes?)
    case persistentVolumeClaim(name: String)
    case secret
    case configMap
    case hostPath(String)
    case projected
    /// An inline CSI volume, by driver.
    case csi(driver: String)
    /// Any other kind, by its field name.
    case other(String)
  }

  public var name: Located<String>
  public var source: Source

  /// Joins name and source.
  public init(name: Located<String>, source: Source) {
    self.name = name
    self.source = source
  }
}

/// Where a container mounts a volume.
public struct VolumeMount: Hashable, Sendable {
  public var name: String
  public var mountPath: String
  public var subPath: String?
  public var readOnly: Bool = false

  /// Makes a mount.
  public init(name: String, mountPath: String, subPath: String? = nil) {
    self.name = name
    self.mountPath = mountPath
    self.subPath = subPath
  }
}

/// A reference to a StepAction or a task kept elsewhere.
public struct Reference: Sendable {
  /// The object's name; nil when only a resolver is named.
  public var name: Located<String>?
  /// `Task`, `ClusterTask`, `Pipeline`, `StepAction` or a custom task's kind.
  public var kind: String?
  public var apiVersion: String?
  /// The remote resolver (`git`, `bundles`, `hub`, `cluster`, `http`), if any.
  public var resolver: String?
  /// The resolver's parameters.
  public var params: [Parameter] = []
  /// Where each field is written.
  public var places = FieldPlaces()
  public var location: SourceLocation

  /// Makes a reference.
  public init(name: Located<String>?, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

/// One container of a task, run in order; also the shape of sidecars and the step template.
public struct Step: Sendable {
  public var name: String?
  /// nil when a step template or StepAction gives it.
  public var image: Located<String>?
  public var script: Located<String>?
  public var command: [String] = []
  public var args: [String] = []
  public var environment: [EnvironmentVariable] = []
  public var workingDir: String?
  public var resources = ResourceRequirements()
  /// As written (a Go duration).
  public var timeout: Located<String>?
  /// `continue` or `stopAndFail`.
  public var onError: String?
  public var volumeMounts: [VolumeMount] = []
  /// The StepAction that defines the step.
  public var ref: Reference?
  public var params: [Parameter] = []
  public var results: [ResultSpec] = []
  public var runAsUser: Int64?
  public var privileged: Bool = false
  /// The workspaces that only this step sees; empty when it sees all of the task's.
  public var workspaceUses: [Located<String>] = []
  /// The conditions of the step.
  public var when: [WhenExpression] = []
  /// For sidecars: `Always` makes it a Kubernetes-native sidecar.
  public var restartPolicy: String?
  /// Where each field is written.
  public var places = FieldPlaces()
  public var location: SourceLocation

  /// Makes an empty step.
  public init(location: SourceLocation) { self.location = location }
}

/// What a task does.
public struct TaskSpec: Sendable {
  public var params: [ParameterSpec] = []
  public var workspaces: [WorkspaceDeclaration] = []
  public var results: [ResultSpec] = []
  public var steps: [Step] = []
  public var stepTemplate: Step?
  public var sidecars: [Step] = []
  public var volumes: [Volume] = []
  /// Where each field is written.
  public var places = FieldPlaces()
  public var location: SourceLocation

  /// Makes an empty specification.
  public init(location: SourceLocation) { self.location = location }
}

/// A Task, ClusterTask or StepAction (whose one step is `spec.steps[0]`).
public struct Task: Sendable {
  /// `Task`, `ClusterTask` or `StepAction`.
  public var kind: String
  public var apiVersion: String
  public var name: Located<String>
  public var namespace: String?
  public var spec: TaskSpec
  /// `metadata.annotations`, where catalogue tasks name their platforms.
  public var annotations: [String: String] = [:]
  /// `metadata.labels`.
  public var labels: [String: String] = [:]
  /// Whether it comes from gantry's own library of tasks that clusters have built in.
  public var isBuiltIn: Bool = false

  /// Makes a task.
  public init(kind: String, apiVersion: String, name: Located<String>, spec: TaskSpec) {
    self.kind = kind
    self.apiVersion = apiVersion
    self.name = name
    self.spec = spec
  }
}
