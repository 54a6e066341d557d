/// A scenario file as written: every field may be absent; the compiler puts the defaults.
///
/// `--set` changes the file's YAML before it is read, so each field below is reachable by its path.
public struct ScenarioFile: Sendable {
  public var name: Located<String>?
  public var description: String?
  /// Files and folders with manifests, relative to the scenario file.
  public var manifests: [Located<String>] = []
  /// Files and folders that describe the cluster, relative to the scenario file.
  public var cluster: [Located<String>] = []
  /// An AWS region; default: the install-config's or MachineSets', else eu-west-3.
  public var region: Located<String>?
  public var controlPlane: PoolSettings?
  /// Worker pools by name, in the order written; a name that MachineSets give is refined.
  public var nodes: [NamedPool] = []
  public var storage = StorageSettings()
  public var network = NetworkSettings()
  public var registry = RegistrySettings()
  public var tekton = TektonSettings()
  public var kubernetesVersion: Located<String>?
  /// A release of Tekton Pipelines (`0.59`, `v1.15.0`); default: what the manifests need.
  public var tektonVersion: Located<String>?
  /// A release of Red Hat OpenShift Pipelines (`1.14`), which ships a release of Tekton.
  public var openshiftPipelinesVersion: Located<String>?
  public var workload: [WorkloadEntry] = []
  public var seed: Located<Int>?
  public var replications: Located<Int>?
  /// A duration (`8h`); the simulation stops there.
  public var horizon: Located<String>?
  /// Work of steps, instead of what gantry reads in their scripts; the last one that fits wins.
  public var profiles: [StepProfile] = []
  /// Files with profiles, such as `gantry calibrate` writes, relative to the scenario file; they
  /// come before `profiles`.
  public var profileFiles: [Located<String>] = []
  /// Sizes of container images.
  public var images: [ImageSettings] = []
  /// Values of assumptions by their id.
  public var assumptions: [Override] = []
  /// Prices and other catalogue figures by their path (`ec2.m6g.2xlarge`, `natGateway.hour`).
  public var prices: [Override] = []
  /// Values that task results take, as `<pipeline task>.<result>`.
  public var results: [Setting] = []
  /// Folders that hold what Git repositories hold, by URL, relative to the scenario file: sizes and
  /// Containerfiles are read there.
  public var sources: [Setting] = []
  /// Fields that `gantry sweep` varies, with lists and ranges as written.
  public var axes: [Axis] = []
  public var location: SourceLocation

  /// Makes an empty file.
  public init(location: SourceLocation) { self.location = location }

  /// A number under a name.
  public struct Override: Sendable, Hashable {
    public var id: Located<String>
    public var value: Double

    /// Joins name and number.
    public init(id: Located<String>, value: Double) {
      self.id = id
      self.value = value
    }
  }

  /// A field by its path, with the values to try.
  public struct Axis: Sendable, Hashable {
    public var path: Located<String>
    /// Values, ranges such as `1..6` among them.
    public var values: [Located<String>]

    /// Joins path and values.
    public init(path: Located<String>, values: [Located<String>]) {
      self.path = path
      self.values = values
    }
  }

  /// A text under a name.
  public struct Setting: Sendable, Hashable {
    public var key: Located<String>
    public var value: Located<String>

    /// Joins name and text.
    public init(key: Located<String>, value: Located<String>) {
      self.key = key
      self.value = value
    }
  }

  /// A pool under its name.
  public struct NamedPool: Sendable {
    public var name: Located<String>
    public var settings: PoolSettings

    /// Joins name and settings.
    public init(name: Located<String>, settings: PoolSettings) {
      self.name = name
      self.settings = settings
    }
  }

  /// Nodes of one kind.
  public struct PoolSettings: Sendable {
    /// An EC2 instance type.
    public var type: Located<String>?
    public var count: Located<Int>?
    /// Zones, full (`eu-west-3a`) or as a letter; nodes are dealt over them in turn.
    public var zones: [Located<String>] = []
    public var rootVolume: VolumeSettings?
    public var labels: [Setting] = []
    /// `key=value:Effect`.
    public var taints: [Located<String>] = []
    public var spot: Bool?
    /// Where containers and emptyDir volumes lie: `rootVolume` (default) or `localDisk`.
    public var containerStorage: Located<String>?
    /// Whether pods may run there (control plane; default: when it is the only node of its kind,
    /// as on a single-node installation).
    public var schedulable: Bool?
    /// Processor time the platform uses on each node, in vCPU.
    public var platformLoad: Located<Double>?
    public var location: SourceLocation

    /// Makes empty settings.
    public init(location: SourceLocation) { self.location = location }
  }

  /// A root volume.
  public struct VolumeSettings: Sendable {
    public var type: Located<String>?
    public var sizeGiB: Located<Int>?
    public var iops: Located<Int>?
    public var throughputMiBps: Located<Int>?

    /// Makes empty settings.
    public init() {}
  }

  /// File systems and classes.
  public struct StorageSettings: Sendable {
    public var efs = EFSSettings()
    /// The class of claims that name none.
    public var defaultClass: Located<String>?

    /// Makes empty settings.
    public init() {}
  }

  /// The EFS file system behind all EFS classes.
  public struct EFSSettings: Sendable {
    /// `elastic`, `bursting` or `provisioned`.
    public var throughputMode: Located<String>?
    public var provisionedMiBps: Located<Double>?
    /// GiB stored besides what the runs write.
    public var storedGiB: Located<Double>?
    public var oneZone: Bool?
    /// GiB of burst credits at the start, in the mode `bursting`; default: a full bucket.
    public var initialCreditsGiB: Located<Double>?
    /// The quota of access points; claims beyond it stay pending.
    public var accessPoints: Located<Int>?
    /// Whether clients mount through TLS (default: as the CSI driver does).
    public var tls: Bool?
    /// Zones with a mount target; empty is every zone.
    public var mountTargetZones: [Located<String>] = []
    /// How long claims of finished runs are kept (a duration), for the monthly bill.
    public var keepClaims: Located<String>?

    /// Makes empty settings.
    public init() {}
  }

  /// What the cluster's network costs.
  public struct NetworkSettings: Sendable {
    public var natGateways: Located<Int>?
    public var loadBalancers: Located<Int>?
    public var publicIPv4Addresses: Located<Int>?

    /// Makes empty settings.
    public init() {}
  }

  /// Registries in the cluster.
  public struct RegistrySettings: Sendable {
    /// OpenShift's own registry.
    public var `internal`: InternalRegistrySettings?

    /// Makes empty settings.
    public init() {}
  }

  /// Where OpenShift's internal registry keeps its images.
  public struct InternalRegistrySettings: Sendable {
    /// `s3` (default, as the installer sets it up on AWS), `emptyDir`, or an EBS volume type.
    public var storage: Located<String>?
    /// The EBS volume's figures.
    public var sizeGiB: Located<Int>?
    public var iops: Located<Int>?
    public var throughputMiBps: Located<Int>?
    /// The pool whose first node the registry's pod runs on; default: the first worker.
    public var pool: Located<String>?

    /// Makes empty settings.
    public init() {}
  }

  /// Tekton's version and switches.
  public struct TektonSettings: Sendable {
    /// The same as the scenario's `tektonVersion`.
    public var version: Located<String>?
    /// Entries of the ConfigMap `feature-flags`.
    public var featureFlags: [Setting] = []
    /// Workers, clients and replicas of the controllers.
    public var performance = ControllerSettings()

    /// Makes empty settings.
    public init() {}
  }

  /// Which PipelineRun is created when.
  public struct WorkloadEntry: Sendable {
    /// A PipelineRun's name or generateName, or its Pipeline's name; nil is every run found.
    public var pipelineRun: Located<String>?
    /// That many at once (default 1).
    public var count: Located<Int>?
    /// One every so often (a duration); `count` in all.
    public var every: Located<String>?
    /// Poisson arrivals with this mean number an hour; `count` in all.
    public var ratePerHour: Located<Double>?
    /// Times after the start, as durations.
    public var times: [Located<String>] = []
    /// A CSV file whose first column has times: seconds, or RFC 3339.
    public var csv: Located<String>?
    /// When the entry starts, a duration after the start of the simulation.
    public var start: Located<String>?
    /// `08:00-18:00`, with ` weekdays` behind it to close on Saturday and Sunday.
    public var businessHours: Located<String>?
    public var location: SourceLocation

    /// Makes an empty entry.
    public init(location: SourceLocation) { self.location = location }
  }

  /// The size of an image.
  public struct ImageSettings: Sendable {
    /// The reference as steps and Containerfiles write it.
    public var name: Located<String>
    public var compressedMiB: Located<Double>?
    public var unpackedMiB: Located<Double>?
    public var files: Located<Double>?
    /// Architectures it exists for; empty is both.
    public var architectures: [Located<String>] = []

    /// Makes empty settings.
    public init(name: Located<String>) { self.name = name }
  }
}
