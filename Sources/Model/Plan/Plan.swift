public import GantryUnits

/// Everything one simulation needs, resolved: flat, nothing to look up.
public struct Plan: Sendable {
  public var nodes: [PlannedNode] = []
  public var images: [PlannedImage] = []
  public var services: [ExternalService] = []
  public var fileSystems: [FileSystemSpec] = []
  public var templates: [PlannedRun] = []
  public var workload: [ArrivalStream] = []
  public var control = ControlTimings()
  public var kubelet = KubeletSettings()
  public var assumptions: [Assumption] = []
  public var tekton = TektonConfiguration(version: .v0_59, coschedule: .disabled)
  public var kubernetesMinor: Int = 28
  public var seed: UInt64 = 1
  public var replications: Int = 1
  /// Simulated time after which everything stops; nil runs until the last run has ended.
  public var horizon: Instant?

  /// How many runs are created, if the horizon does not come before.
  public var runCount: Int { workload.reduce(0) { $0 + $1.count } }

  /// Makes an empty plan.
  public init() {}
}

/// A node as the engine sees it.
public struct PlannedNode: Sendable, Hashable {
  public var name: String
  /// The pool it belongs to: `controlPlane` or a key of the scenario's `nodes`.
  public var pool: String
  public var instanceType: String
  public var architecture: Architecture
  public var zone: String
  public var region: String
  public var isControlPlane: Bool = false
  public var isSpot: Bool = false
  public var labels: [String: String] = [:]
  public var taints: [Taint] = []
  public var isUnschedulable: Bool = false
  public var allocatable: ResourceList = [:]
  /// What the platform's own pods on the node request; the scheduler counts it.
  public var platformRequests: ResourceList = [:]
  public var vcpu: Int = 0
  public var memory: Bytes = .zero
  /// Processor speed in reference threads (one thread of m5a.2xlarge): one thread, all threads.
  public var threadSpeed: Double = 1
  public var totalSpeed: Double = 1
  /// Processor time the platform itself uses, in vCPU.
  public var platformLoad: Double = 0
  /// What the platform's own pods, and system and images, take of memory and disk, in bytes.
  public var platformMemory: Double = 0
  public var platformDisk: Double = 0
  /// Network, each direction.
  public var network = BurstRate(baseline: BytesPerSecond(0))
  /// The instance's own limit towards EBS.
  public var ebs = BurstRate(baseline: BytesPerSecond(0))
  /// The instance's operations per second towards EBS; 0 when none are published.
  public var ebsIOPS: Double = 0
  public var ebsIOPSBurst: Burst?
  public var rootVolume = VolumeSpec()
  /// The local disk that holds containers and emptyDir volumes; nil where the root volume does.
  public var localDisk: LocalDisk?
  /// The size of what holds the container storage and the pods' emptyDirs.
  public var containerDisk: Bytes { localDisk?.size ?? rootVolume.size }
  /// How many block volumes can be attached besides the root volume; nil when nobody knows.
  public var volumeSlots: Int?
  /// Images that are there from the start (positions in the plan's images).
  public var cachedImages: [Int] = []

  /// Makes a node.
  public init(
    name: String, pool: String, instanceType: String, architecture: Architecture, zone: String,
    region: String
  ) {
    self.name = name
    self.pool = pool
    self.instanceType = instanceType
    self.architecture = architecture
    self.zone = zone
    self.region = region
  }
}

/// A container image that nodes pull.
public struct PlannedImage: Sendable, Hashable {
  public var name: String
  /// By `Architecture.index`; nil where the image does not exist.
  public var sizes: [ImageSize?]
  /// The service it is pulled from.
  public var service: Int
  /// The assumption that holds its size, if it is one.
  public var assumption: Int?

  /// Compressed and unpacked size in bytes.
  public struct ImageSize: Sendable, Hashable {
    public var compressed: Bytes
    public var unpacked: Bytes

    /// Joins both sizes.
    public init(compressed: Bytes, unpacked: Bytes) {
      self.compressed = compressed
      self.unpacked = unpacked
    }
  }

  /// Makes an image.
  public init(name: String, sizes: [ImageSize?], service: Int, assumption: Int? = nil) {
    self.name = name
    self.sizes = sizes
    self.service = service
    self.assumption = assumption
  }
}

/// How a claim of a run is made.
public struct PlannedClaim: Sendable, Hashable {
  /// What stands behind it.
  public enum Backing: Hashable, Sendable {
    /// An access point on a file system, by its position in the plan.
    case fileSystem(Int)
    /// A block volume of its own.
    case block(VolumeSpec, waitsForFirstConsumer: Bool)
    /// No class can serve it: pods that use it never start. The reason, for people.
    case unprovisionable(String)
  }

  public var name: String
  public var backing: Backing
  public var accessModes: [String]
  public var requested: Bytes
  /// Whether every run makes its own (a template) or all share one that exists.
  public var isPerRun: Bool

  /// Makes a claim.
  public init(
    name: String, backing: Backing, accessModes: [String], requested: Bytes, isPerRun: Bool
  ) {
    self.name = name
    self.backing = backing
    self.accessModes = accessModes
    self.requested = requested
    self.isPerRun = isPerRun
  }
}

/// A PipelineRun ready to be played out any number of times.
public struct PlannedRun: Sendable {
  public var name: String
  /// Whether each occurrence gets a number after the name.
  public var isGenerated: Bool
  public var pipelineName: String
  public var namespace: String = "default"
  public var claims: [PlannedClaim] = []
  public var tasks: [PlannedTask] = []
  /// The results of the pipeline.
  public var results: [PlannedResult] = []
  /// The pod of an affinity assistant, where Tekton's configuration makes any.
  public var assistant = PlannedPod()
  public var pipelineTimeout: Double?
  public var tasksTimeout: Double?
  public var finallyTimeout: Double?
  /// Refused before any task starts.
  public var failure: ResolvedPipelineRun.RunFailure?
  /// The run is created `PipelineRunPending` and never started.
  public var isPending: Bool = false
  /// What `spec.status` asks when the run is created.
  public var request: RunRequest = .run

  /// Makes an empty run.
  public init(name: String, isGenerated: Bool, pipelineName: String) {
    self.name = name
    self.isGenerated = isGenerated
    self.pipelineName = pipelineName
  }
}

/// A pipeline task in a plan.
public struct PlannedTask: Sendable {
  public var name: String
  public var taskName: String
  public var isFinally: Bool = false
  public var dependencies: [Int] = []
  public var resultDependencies: [Int] = []
  /// Whether its `when` expressions hold, as far as known before the run.
  public var whenHolds: Bool = true
  public var retries: Int = 0
  public var timeout: Double?
  public var continuesOnError: Bool = false
  /// Uses of other tasks' results, in the order Tekton looks at them (params, matrix, when).
  public var resultReferences: [ResultUse] = []
  /// `when` expressions over the outcome of other tasks; they count besides `whenHolds`.
  public var statusConditions: [StatusCondition] = []
  /// All `when` expressions, for people.
  public var when: [ResolvedWhen] = []
  /// Whether a matrix parameter is an empty list, so that the task is skipped.
  public var hasEmptyMatrix: Bool = false
  public var taskRuns: [PlannedTaskRun] = []

  /// Makes a task without TaskRuns.
  public init(name: String, taskName: String) {
    self.name = name
    self.taskName = taskName
  }
}

/// A TaskRun in a plan: the pod and the work of its steps.
public struct PlannedTaskRun: Sendable {
  /// `<task>` or `<task>-<i>` for a matrix.
  public var name: String
  public var pod: PlannedPod
  public var steps: [PlannedStep] = []
  public var initContainerCount: Int = 1
  /// Whether the first step waits for the annotation that Tekton puts on a ready pod.
  public var waitsForReady: Bool = true
  /// Positions of the distinct images of steps and sidecars, in pull order.
  public var images: [Int] = []
  /// Positions of the run's claims that the pod mounts.
  public var claims: [Int] = []
  /// Refused when it is reached.
  public var rejection: ResolvedPipelineRun.RunFailure?
  /// What another controller does instead of a pod; nil for a TaskRun.
  public var customRun: CustomRun?
  /// Size limits of emptyDir volumes, by name.
  public var volumeLimits: [String: Bytes] = [:]
  /// What the waiting containers of the pod take of memory together, in bytes.
  public var idleMemory: Double = 0

  /// Makes a TaskRun without steps.
  public init(name: String, pod: PlannedPod) {
    self.name = name
    self.pod = pod
  }
}

/// A run of a custom task, of which only the duration is known.
public struct CustomRun: Sendable {
  public var seconds: Double
  public var label: String
  /// Positions of the assumptions behind it.
  public var assumptions: [Int]

  /// Makes a run.
  public init(seconds: Double, label: String, assumptions: [Int]) {
    self.seconds = seconds
    self.label = label
    self.assumptions = assumptions
  }
}

/// What the scheduler sees of a pod.
public struct PlannedPod: Sendable, Hashable {
  /// What all containers together request, by the Kubernetes rule.
  public var requests: ResourceList = [:]
  /// Steps and sidecars, then init containers.
  public var containers: [Container] = []
  public var initContainers: [Container] = []
  public var nodeSelector: [String: String] = [:]
  public var tolerations: [Toleration] = []
  public var affinity: Affinity?
  public var topologySpreadConstraints: [TopologySpreadConstraint] = []
  public var labels: [String: String] = [:]
  /// The cgroup weight: requested milli-CPU, at least 2.
  public var cpuWeight: Double = 2
  /// The cpu limit in cores; nil is unlimited.
  public var cpuLimit: Double?
  public var qualityOfService = QualityOfService.bestEffort

  /// A container as the scheduler sees it.
  public struct Container: Sendable, Hashable {
    public var image: String
    public var requests: ResourceList

    /// Joins image and requests.
    public init(image: String, requests: ResourceList = [:]) {
      self.image = image
      self.requests = requests
    }
  }

  /// Makes a pod that requests nothing.
  public init() {}
}

/// A step in a plan: its phases per architecture of the node it lands on.
public struct PlannedStep: Sendable {
  public var name: String
  /// By `Architecture.index`.
  public var phases: [[Phase]]
  public var timeout: Double?
  public var continuesOnError: Bool = false
  /// Why the step fails on that architecture (by index) once its phases are over; nil where it does
  /// not.
  public var failures: [String?] = [nil, nil]
  /// What keeps the step from ending on that architecture (by index) once its phases are over; nil
  /// where it ends.
  public var endless: [String?] = [nil, nil]
  public var limits = ContainerLimits()

  /// Makes a step.
  public init(name: String, phases: [[Phase]]) {
    self.name = name
    self.phases = phases
  }
}
