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

  /// Joins all sources; replicas that do nothing are reported.
  init(_ input: CompilerInput, sink: DiagnosticSink) {
    var sources = input.cluster.deployedControllers + input.manifests.deployedControllers
    sources += input.cluster.tektonConfigControllers + input.manifests.tektonConfigControllers
    sources.append(input.scenario.tekton.performance)
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
}
