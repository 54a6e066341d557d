import GantryModel

/// The figures of controllers, kubelet and platform that nobody can read in a manifest.
///
/// The defaults of a pod's start were chosen so that, as in 80 TaskRuns of public OpenShift and Konflux
/// clusters, a TaskRun of one step starts its step 4 to 13 s after its own start on a quiet node, and
/// 8 to 67 s after it on a contended one (quartiles of all 6, 8 and 12 s); no single part was measured
/// alone. Part of it is processor work, which is why a busy node starts pods late.
enum ControlFigure {
  private static let runs = "fitted as a sum to 80 public OpenShift and Konflux TaskRuns, 2026-11"
  private static let starts =
    "chosen so that a busy node starts pods after 8 to 67 s, as among 80 public OpenShift and Konflux "
    + "TaskRuns, and an idle one of 8 vCPU starts at most one each 1.2 s, 2026-11"
  private static let volumes =
    "range of public reports: EBS attach 10 to 17 s (woodpecker-ci/helm 142, kubernetes 62119), "
    + "access points 1 to 3 s (aws-efs-csi-driver 499), read 2026-11"

  /// Processor time of the platform's own pods.
  static func platformLoad(controlPlane: Bool) -> Assumption {
    controlPlane
      ? Assumption(
        id: "platform.controlPlane.cpu",
        text: "processor time that control plane, operators and monitoring use on their node",
        value: 2.5, unit: "vCPU", confidence: .guess,
        source: "no measurement of a single-node 4.15 control plane is published; range 1.5 to 4")
      : Assumption(
        id: "platform.worker.cpu",
        text: "processor time that daemons of OpenShift use on each worker", value: 0.4,
        unit: "vCPU", confidence: .guess,
        source: "half a core is reserved for the system by default; range 0.2 to 0.8")
  }

  /// How long a full bucket of network credits lasts.
  static let networkBurst = Assumption(
    id: "ec2.network.burstMinutes",
    text: "how long a full bucket of network credits allows the burst rate", value: 30,
    unit: "min", confidence: .guess,
    source: "Amazon EC2 user guide gives 5 to 60 minutes without bucket sizes, 2023-06-15")

  /// How long the EBS link bursts.
  static let ebsBurst = Assumption(
    id: "ec2.ebs.burstMinutes", text: "how long the EBS link of an instance can burst",
    value: 30, unit: "min", confidence: .measured,
    source: "Amazon EC2 user guide, EBS optimisation: 30 minutes at least once in 24 hours, "
      + "2023-06-15")

  /// How fast local disks are.
  static let localDiskRate = Assumption(
    id: "ec2.localDisk.writePerGB",
    text: "bytes a second that an instance's local disks write for each GB of their size",
    value: 600_000, unit: "bytes/s", confidence: .guess,
    source: "AWS publishes no throughput, only random operations per type; range 400000 to 1200000")

  /// One timing: its assumption and the field it fills.
  struct Timing {
    var field: String
    var keyPath: any WritableKeyPath<ControlTimings, Double> & Sendable
    var assumption: Assumption
  }

  /// All timings, by field.
  static let timings: [Timing] = [
    timing("controller", \.controller, "a Tekton controller reacts to an event", 0.3, runs),
    timing("scheduler", \.scheduler, "a pod is scheduled and bound", 0.2, runs),
    Timing(
      field: "startWork", keyPath: \.startWork,
      assumption: Assumption(
        id: "timing.startWork",
        text: "processor time on the reference thread to start a pod, median", value: 6, unit: "s",
        confidence: .estimate, source: starts)),
    Timing(
      field: "startThreads", keyPath: \.startThreads,
      assumption: Assumption(
        id: "timing.startThreads", text: "threads that the start of a pod keeps busy", value: 3,
        unit: "threads", confidence: .guess, source: starts)),
    spread("startWork", \.startWorkSpread, 0.4),
    timing("sandbox", \.sandbox, "sandbox and network of a pod are made, median", 2.2, runs),
    spread("sandbox", \.sandboxSpread, 0.6),
    timing(
      "initContainer", \.initContainer, "one init container of Tekton runs, median", 0.7, runs),
    spread("initContainer", \.initContainerSpread, 0.5),
    timing(
      "containerStart", \.containerStart, "one step's container starts, median", 0.3, runs),
    spread("containerStart", \.containerStartSpread, 0.5),
    timing("ready", \.ready, "Tekton lets the first step go, at least", 1.0, runs),
    timing("readyJitter", \.readyJitter, "and up to this much later, evenly spread", 1.0, runs),
    timing(
      "stepHandOver", \.stepHandOver, "the next step notices the end of the last, at most", 1.0,
      "Tekton's entrypoint polls every second"),
    timing("completion", \.completion, "the end of a pod reaches the controller", 0.5, runs),
    timing("accessPoint", \.accessPoint, "an EFS access point is made", 2.0, volumes),
    timing("fileSystemMount", \.fileSystemMount, "an EFS access point is mounted", 0.7, volumes),
    timing(
      "fileSystemTLS", \.fileSystemTLS, "and the TLS proxy of the mount is up", 0.8, volumes),
    timing("volumeCreate", \.volumeCreate, "an EBS volume is made", 3.5, volumes),
    timing("volumeAttach", \.volumeAttach, "an EBS volume is attached", 13.5, volumes),
    timing("volumeMount", \.volumeMount, "an attached volume is mounted", 2.0, volumes),
    timing("volumeDetach", \.volumeDetach, "an EBS volume is detached", 10.0, volumes),
    Timing(
      field: "unpackSecondsPerByte", keyPath: \.unpackSecondsPerByte,
      assumption: Assumption(
        id: "kubelet.unpack",
        text: "processor time on the reference thread to unpack a byte of an image", value: 3.4e-8,
        unit: "s/byte", confidence: .estimate,
        source: "overlay pull of buildah 1.28: 17.5 CPU s per GiB on a faster core, times its "
          + "speed against m5a, 2026-11")),
    Timing(
      field: "unpackThreads", keyPath: \.unpackThreads,
      assumption: Assumption(
        id: "kubelet.unpackThreads", text: "threads that an image pull keeps busy", value: 2.3,
        unit: "threads", confidence: .measured,
        source: "run-queue statistics of buildah 1.28 pulling with 4 and 8 threads, 2026-11")),
    Timing(
      field: "reconcile", keyPath: \.reconcile,
      assumption: Assumption(
        id: "tekton.reconcile",
        text: "time of a worker of Tekton's controllers for each look at a TaskRun or PipelineRun",
        value: 0.1, unit: "s", confidence: .estimate,
        source:
          "14 reconciles of a TaskRun took 0.85 s in all (tektoncd/pipeline 1965), one that makes a "
          + "TaskRun 0.14 s (3126); those that change nothing take 0.05 ms by now (8495); read 2026-11-25"
      )),
    Timing(
      field: "apiQPS", keyPath: \.apiQPS,
      assumption: Assumption(
        id: "tekton.apiQPS", text: "requests a second that the controllers may send", value: 20,
        unit: "1/s", confidence: .measured,
        source: "Tekton Pipelines v0.59 and v1.15: QPS 5 by default, doubled twice in the code")),
    Timing(
      field: "requestsPerTaskRun", keyPath: \.requestsPerTaskRun,
      assumption: Assumption(
        id: "tekton.requestsPerTaskRun", text: "API requests to start a TaskRun", value: 8,
        unit: "requests", confidence: .guess, source: "6 to 10 by reading the reconciler, 2026-11")),
  ]

  private static func timing(
    _ field: String, _ keyPath: any WritableKeyPath<ControlTimings, Double> & Sendable,
    _ text: String,
    _ value: Double, _ source: String
  ) -> Timing {
    Timing(
      field: field, keyPath: keyPath,
      assumption: Assumption(
        id: "timing.\(field)", text: "time until \(text)", value: value, unit: "s",
        confidence: .estimate, source: source))
  }

  private static func spread(
    _ field: String, _ keyPath: any WritableKeyPath<ControlTimings, Double> & Sendable,
    _ value: Double
  ) -> Timing {
    Timing(
      field: field + "Spread", keyPath: keyPath,
      assumption: Assumption(
        id: "timing.\(field)Spread",
        text: "how much timing.\(field) varies: the deviation of its logarithm", value: value,
        unit: "ln", confidence: .estimate, source: runs))
  }

  /// The timings and limits in force; timings and the client's rate are entered as assumptions.
  static func timings(
    in table: inout AssumptionTable, limits: ControllerLimits
  ) -> ControlTimings {
    var control = ControlTimings()
    control.controllerThreads = max(limits.threads, 1)
    control.controllerProcesses = max(limits.processes, 1)
    control.apiBurst = limits.effectiveBurst
    for timing in timings {
      var assumption = timing.assumption
      if timing.field == "apiQPS", let written = limits.settings.kubeAPIQPS {
        assumption.value = limits.effectiveQPS
        assumption.source = "kube-api-qps \(written.value) as set up, doubled in the code"
      }
      let index = table.index(of: assumption)
      control[keyPath: timing.keyPath] = max(table.value(at: index), 0)
      control.assumptions[timing.field] = index
    }
    return control
  }

  /// The most that an assumption can be: a year for what is given in seconds, a spread that still gives
  /// times, else anything that keeps sums exact enough.
  static func most(_ id: String) -> Double {
    switch all.first(where: { $0.id == id })?.unit {
    case "s": 31_536_000
    // e to the power of some five deviations must stay a number of seconds.
    case "ln": 5
    default: 1e12
    }
  }

  /// Everything above, for the check of overridden ids.
  static var all: [Assumption] {
    timings.map(\.assumption) + [
      platformLoad(controlPlane: true), platformLoad(controlPlane: false), networkBurst, ebsBurst,
      localDiskRate,
    ] + PlatformFigure.all + RangeFigure.all
  }
}
