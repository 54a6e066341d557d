// Cluster objects as users have them. Sources: OpenShift 4.15 documentation (installer
// configuration for AWS; machine.openshift.io/v1beta1 MachineSet, AWSMachineProviderConfig) and
// Kubernetes API reference v1.28, read 2026-11-22.
public import GantryUnits

/// An EBS root volume as written.
public struct RootVolumeSpec: Hashable, Sendable {
  /// `gp2`, `gp3`, `io1`, `io2`, `st1`; nil when not written.
  public var type: String?
  /// In GiB; nil when not written.
  public var sizeGiB: Int?
  public var iops: Int?
  /// In MiB/s (gp3).
  public var throughputMiBps: Int?

  /// Makes an empty specification.
  public init() {}
}

/// The control plane or one compute pool of an install-config.
public struct MachinePool: Sendable {
  public var name: Located<String>
  public var architecture: Located<String>?
  public var instanceType: Located<String>?
  public var zones: [Located<String>] = []
  public var replicas: Int?
  public var rootVolume = RootVolumeSpec()
  public var location: SourceLocation

  /// Makes an empty pool.
  public init(name: Located<String>, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

/// An OpenShift install-config for AWS.
public struct InstallConfig: Sendable {
  public var clusterName: String?
  public var region: Located<String>
  public var controlPlane: MachinePool?
  public var compute: [MachinePool] = []
  public var networkType: String?
  /// `External` or `Internal`.
  public var publish: String = "External"
  public var location: SourceLocation

  /// Makes an empty configuration.
  public init(region: Located<String>, location: SourceLocation) {
    self.region = region
    self.location = location
  }
}

/// A MachineSet with an AWS provider specification.
public struct MachineSet: Sendable {
  public var name: Located<String>
  public var replicas: Int = 1
  public var instanceType: Located<String>
  public var zone: Located<String>?
  public var region: String?
  public var rootVolume = RootVolumeSpec()
  /// The architecture that the set's node labels or annotations name, if any.
  public var architecture: Located<String>?
  /// Labels of the nodes (`spec.template.spec.metadata.labels`).
  public var labels: [String: String] = [:]
  public var taints: [Taint] = []
  /// Whether `spotMarketOptions` is there, and the highest price per hour if one is written.
  public var isSpot: Bool = false
  public var spotMaxPrice: String?
  public var location: SourceLocation

  /// Makes a set.
  public init(name: Located<String>, instanceType: Located<String>, location: SourceLocation) {
    self.name = name
    self.instanceType = instanceType
    self.location = location
  }
}

/// A Node as `oc get nodes -o yaml` prints it.
public struct NodeManifest: Sendable {
  public var name: Located<String>
  public var labels: [String: String] = [:]
  public var taints: [Taint] = []
  public var isUnschedulable: Bool = false
  public var capacity: ResourceList = [:]
  public var allocatable: ResourceList = [:]
  /// Names and sizes of images on the node.
  public var images: [NodeImage] = []
  public var location: SourceLocation

  /// An image that the node reports.
  public struct NodeImage: Hashable, Sendable {
    public var names: [String]
    public var size: Bytes

    /// Makes an image.
    public init(names: [String], size: Bytes) {
      self.names = names
      self.size = size
    }
  }

  /// Makes a node.
  public init(name: Located<String>, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

/// A StorageClass.
public struct StorageClass: Sendable {
  public var name: Located<String>
  public var provisioner: Located<String>
  public var parameters: [String: String] = [:]
  public var waitsForFirstConsumer: Bool = false
  public var isDefault: Bool = false
  public var allowedZones: [String] = []
  public var reclaimPolicy: String = "Delete"
  public var location: SourceLocation

  /// Makes a class.
  public init(name: Located<String>, provisioner: Located<String>, location: SourceLocation) {
    self.name = name
    self.provisioner = provisioner
    self.location = location
  }
}

/// A PersistentVolumeClaim.
public struct PersistentVolumeClaim: Sendable {
  public var name: Located<String>
  public var namespace: String?
  public var spec: PersistentVolumeClaimSpec
  public var location: SourceLocation

  /// Makes a claim.
  public init(name: Located<String>, spec: PersistentVolumeClaimSpec, location: SourceLocation) {
    self.name = name
    self.spec = spec
    self.location = location
  }
}

/// The container part of a LimitRange.
public struct LimitRange: Sendable {
  public var name: Located<String>
  public var namespace: String?
  public var defaultRequest: ResourceList = [:]
  public var defaultLimit: ResourceList = [:]
  public var min: ResourceList = [:]
  public var max: ResourceList = [:]

  /// Makes an empty range.
  public init(name: Located<String>) { self.name = name }
}

/// A ConfigMap that matters: Tekton's `feature-flags` and `config-defaults`.
public struct ConfigMap: Sendable {
  public var name: Located<String>
  public var namespace: String?
  public var data: [String: Located<String>] = [:]
  /// `default-pod-template` of `config-defaults`, read from its text.
  public var podTemplate: PodTemplate?
  /// `default-task-run-workspace-binding` of `config-defaults`, read from its text.
  public var workspaceBinding: WorkspaceBinding?

  /// Makes an empty map.
  public init(name: Located<String>) { self.name = name }
}

/// An object whose kind does not matter to a simulation.
public struct SkippedObject: Sendable, Hashable {
  public var apiVersion: String
  public var kind: String
  public var name: String
  public var location: SourceLocation

  /// Makes an entry.
  public init(apiVersion: String, kind: String, name: String, location: SourceLocation) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.name = name
    self.location = location
  }
}

/// A file that was found in a folder and not used.
public struct SkippedFile: Sendable, Hashable {
  /// The path as shown to the user.
  public var path: String
  /// Why it was not used.
  public var reason: String

  /// Joins path and reason.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// Everything that was read from a set of files.
public struct ManifestSet: Sendable {
  public var tasks: [Task] = []
  public var pipelines: [Pipeline] = []
  public var pipelineRuns: [PipelineRun] = []
  public var taskRuns: [TaskRun] = []
  public var installConfigs: [InstallConfig] = []
  public var machineSets: [MachineSet] = []
  public var nodes: [NodeManifest] = []
  public var storageClasses: [StorageClass] = []
  public var persistentVolumeClaims: [PersistentVolumeClaim] = []
  public var limitRanges: [LimitRange] = []
  public var configMaps: [ConfigMap] = []
  /// What Deployments and leader election's ConfigMaps say of Tekton's controllers, in order.
  public var deployedControllers: [ControllerSettings] = []
  /// What TektonConfigs say of them; an operator writes the Deployment from it.
  public var tektonConfigControllers: [ControllerSettings] = []
  public var skipped: [SkippedObject] = []
  /// Files found in folders that hold nothing for a simulation.
  public var skippedFiles: [SkippedFile] = []
  /// The files read, in order, as shown to the user.
  public var files: [String] = []

  /// Whether there is no object in it, not even one of a kind that plays no part.
  public var isEmpty: Bool {
    let counts = [
      tasks.count, pipelines.count, pipelineRuns.count, taskRuns.count, installConfigs.count,
      machineSets.count, nodes.count, storageClasses.count, persistentVolumeClaims.count,
      limitRanges.count, configMaps.count, deployedControllers.count,
      tektonConfigControllers.count, skipped.count,
    ]
    return counts.allSatisfy { $0 == 0 }
  }

  /// Makes an empty set.
  public init() {}
}
