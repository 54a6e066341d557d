import GantryModel
import GantryUnits

/// What scheduler and kubelet see of a TaskRun's pod.
enum PodCompiler {
  static func pod(of taskRun: ResolvedTaskRun) -> PlannedPod {
    var pod = PlannedPod()
    pod.requests = taskRun.effectiveRequests
    let template = taskRun.podTemplate
    for entry in template.nodeSelector { pod.nodeSelector[entry.key] = entry.value }
    pod.tolerations = template.tolerations
    pod.affinity = template.affinity
    pod.topologySpreadConstraints = template.topologySpreadConstraints
    let containers = taskRun.steps + taskRun.sidecars
    pod.containers = containers.map {
      .init(
        image: $0.image,
        requests: $0.resources.requests.merging($0.resources.limits) { request, _ in request })
    }
    pod.initContainers = taskRun.initContainers.map { _ in .init(image: "") }
    pod.cpuWeight = Double(max(pod.requests["cpu"]?.milli ?? 0, 2))
    pod.cpuLimit = cpuLimit(of: containers)
    pod.qualityOfService = PodProtection.qualityOfService(of: taskRun)
    return pod
  }

  /// The pod of the run's affinity assistants: small, placed as the run's own pod template says.
  ///
  /// Source: Tekton Pipelines v0.59, pkg/reconciler/pipelinerun/affinity_assistant.go.
  static func assistant(of run: ResolvedPipelineRun) -> PlannedPod {
    var pod = PlannedPod()
    pod.requests = ["cpu": Quantity(milli: 50), "memory": Quantity(100 << 20)]
    pod.containers = [.init(image: "", requests: pod.requests)]
    for entry in run.podTemplate.nodeSelector { pod.nodeSelector[entry.key] = entry.value }
    pod.tolerations = run.podTemplate.tolerations
    pod.affinity = run.podTemplate.affinity
    return pod
  }

  /// Steps run one after another, so the widest limit is what a pod can use; nil when a step has none.
  private static func cpuLimit(of containers: [ResolvedStep]) -> Double? {
    var widest: Double?
    for container in containers {
      guard let limit = container.resources.limits["cpu"] else { return nil }
      widest = max(widest ?? 0, Double(limit.milli) / 1000)
    }
    return widest
  }
}
