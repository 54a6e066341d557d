import GantryModel

/// What Tekton's controllers can do at a time: from the scenario, else an operator's TektonConfig, which
/// writes the Deployment, else the Deployment, else Tekton's defaults.
///
/// Sources: cmd/controller/main.go of Tekton Pipelines v0.59 and v1.15 (5 requests a second and 10 at once
/// by default; a rate that nobody gives is doubled once, and then both are doubled as for two controllers),
/// controller.DefaultThreadsPerController and leader election of knative.dev/pkg, read 2026-11-25.
struct ControllerLimits {
  /// What was written, the strongest source first.
  let settings: ControllerSettings

  /// Defaults of the settings; the rate is what has the effect of none.
  static let threads = 2
  static let qps = 10.0
  static let burst = 10
  private static let mostBuckets = 10

  /// Reads and checks all sources; what cannot work is reported at its place.
  init(_ input: CompilerInput, sink: DiagnosticSink) {
    var sources = input.cluster.deployedControllers + input.manifests.deployedControllers
    sources += input.cluster.tektonConfigControllers + input.manifests.tektonConfigControllers
    sources.append(input.scenario.tekton.performance)
    // The cluster's manifests may be the runs' as well.
    let findings = DiagnosticSink()
    for source in sources { Self.check(source, sink: findings) }
    var places: Set<SourceLocation?> = []
    for finding in findings.diagnostics where places.insert(finding.location).inserted {
      sink.add(finding)
    }
    settings = sources.reduce(ControllerSettings()) { $0.merged(with: $1) }
    guard let replicas = settings.replicas, replicas.value > processes, processes > 0 else {
      return
    }
    sink.warning(
      "W0428",
      "of \(replicas.value) replicas of Tekton's controllers \(processes) "
        + (processes == 1 ? "works" : "work") + " at a time: "
        + (settings.disablesHA == true
          ? "leader election is off, and each would look after every object"
          : "buckets is \(settings.buckets?.value ?? 1)"),
      at: replicas.location)
  }

  /// Workers of each controller in each process.
  var threads: Int { settings.threadsPerController?.value ?? Self.threads }
  /// Requests a second of each process, as its client has them.
  var effectiveQPS: Double { 2 * (settings.kubeAPIQPS?.value ?? Self.qps) }
  /// Requests at once of each process, as its client has them.
  var effectiveBurst: Double { 2 * Double(settings.kubeAPIBurst?.value ?? Self.burst) }
  /// Replicas that lead a bucket, if each leads as many as any other.
  var processes: Int {
    if settings.disablesHA == true { return 1 }
    return min(settings.replicas?.value ?? 1, settings.buckets?.value ?? 1)
  }

  private static func check(_ settings: ControllerSettings, sink: DiagnosticSink) {
    func positive(_ name: String, _ value: Located<Int>?, _ otherwise: String) {
      guard let value, value.value < 1 else { return }
      sink.error(
        "E0430", "\(name) is \(value.value): \(otherwise); expected a whole number from 1",
        at: value.location)
    }
    positive(
      "threads-per-controller", settings.threadsPerController,
      "without a worker the controllers never do anything")
    positive("replicas", settings.replicas, "without a replica no run ever starts")
    positive("kube-api-burst", settings.kubeAPIBurst, "Tekton refuses or ignores it")
    if let qps = settings.kubeAPIQPS, qps.value <= 0 {
      sink.error(
        "E0430",
        "kube-api-qps is \(qps.value): Tekton refuses or ignores it; expected a number above 0",
        at: qps.location)
    }
    if let buckets = settings.buckets, !(1...mostBuckets).contains(buckets.value) {
      sink.error(
        "E0430", "buckets is \(buckets.value): expected a whole number from 1 to \(mostBuckets)",
        at: buckets.location)
    }
  }
}
