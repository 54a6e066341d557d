// What the scheduler reads of claims, volumes and classes. Source: Kubernetes API reference v1.28,
// PersistentVolumeClaim, PersistentVolume and StorageClass, read 2026-11-23.
public import GantryModel
public import GantryUnits

/// How many pods or nodes may use a volume at once.
public enum VolumeAccessMode: String, Hashable, Sendable, CaseIterable {
  case readWriteOnce = "ReadWriteOnce"
  case readOnlyMany = "ReadOnlyMany"
  case readWriteMany = "ReadWriteMany"
  case readWriteOncePod = "ReadWriteOncePod"
}

/// What the scheduler reads of a PersistentVolumeClaim.
public struct VolumeClaim: Hashable, Sendable {
  /// The volume it is bound to; nil while unbound.
  public var volumeName: String?
  /// The name of its StorageClass, if any.
  public var storageClass: String?
  /// The ways in which the volume may be used.
  public var accessModes: [VolumeAccessMode] = [.readWriteOnce]
  /// The space asked for.
  public var request = Bytes.zero
  /// The node that an earlier decision chose, while the volume is being provisioned.
  public var selectedNode: String?

  /// Makes an unbound claim.
  public init() {}
}

/// What the scheduler reads of a PersistentVolume.
public struct ClusterVolume: Hashable, Sendable {
  /// The volume's name.
  public var name: String
  /// The volume's labels; those for zone and region bind it to nodes.
  public var labels: [String: String] = [:]
  /// Terms of which a node must meet one; nil when every node will do.
  public var nodeAffinity: [NodeSelectorTerm]?
  /// The CSI driver, if it is a CSI volume.
  public var driver: String?
  /// The driver's name of the volume; nil when it is the volume's own name.
  public var handle: String?
  /// The name of its StorageClass, if any.
  public var storageClass: String?
  /// The ways in which the volume may be used.
  public var accessModes: [VolumeAccessMode] = [.readWriteOnce]
  /// Its size.
  public var capacity = Bytes.zero
  /// The claim it is bound or reserved to, as `namespace/name`.
  public var claim: String?
  /// Whether it is a local volume, whose nodes narrow the search.
  public var isLocal = false

  /// Makes a volume that nobody claims.
  public init(name: String) { self.name = name }
}

/// Values of a node label that a StorageClass allows.
public struct AllowedTopology: Hashable, Sendable {
  /// The node label.
  public var key: String
  /// The values allowed.
  public var values: [String]

  /// Makes a rule.
  public init(key: String, values: [String]) {
    self.key = key
    self.values = values
  }
}

/// What the scheduler reads of a StorageClass.
public struct VolumeClass: Hashable, Sendable {
  /// The class's name.
  public var name: String
  /// The name of the provisioner.
  public var provisioner: String
  /// Whether a claim is bound only when its first pod is scheduled.
  public var waitsForFirstConsumer = false
  /// Terms of which a node must meet one, each term all of its rules; empty allows all nodes.
  public var allowedTopologies: [[AllowedTopology]] = []

  /// Makes a class that binds at once.
  public init(name: String, provisioner: String) {
    self.name = name
    self.provisioner = provisioner
  }
}
