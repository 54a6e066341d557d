import GantryModel
import GantryUnits

/// What kubelet and kernel allow a TaskRun's pod, and how they protect it.
enum PodProtection {
  /// Guaranteed when every container, those that Tekton adds included, has limits of cpu and memory
  /// equal to its requests; BestEffort when none requests or limits either.
  ///
  /// Tekton's own init containers have neither by default, which makes a pod Burstable at best.
  /// Source: Kubernetes 1.28 documentation, pod quality of service classes.
  static func qualityOfService(of taskRun: ResolvedTaskRun) -> QualityOfService {
    let all = (taskRun.steps + taskRun.sidecars).map(\.resources)
    let names = ["cpu", "memory"]
    let isBare = all.allSatisfy { resources in
      names.allSatisfy { resources.requests[$0] == nil && resources.limits[$0] == nil }
    }
    if isBare, names.allSatisfy({ (taskRun.effectiveRequests[$0]?.milli ?? 0) == 0 }) {
      return .bestEffort
    }
    let isWhole = all.allSatisfy { resources in
      names.allSatisfy { name in
        guard let limit = resources.limits[name] else { return false }
        return (resources.requests[name] ?? limit) == limit
      }
    }
    return isWhole && taskRun.initContainers.isEmpty ? .guaranteed : .burstable
  }

  /// A step's own limits, and what it requests of memory.
  static func limits(of step: ResolvedStep) -> ContainerLimits {
    func bytes(_ quantity: Quantity?) -> Bytes? { quantity.map { Bytes($0.value) } }
    let limits = step.resources.limits
    return ContainerLimits(
      memory: bytes(limits["memory"]), ephemeralStorage: bytes(limits["ephemeral-storage"]),
      memoryRequest: bytes(step.resources.requests["memory"] ?? limits["memory"]) ?? .zero)
  }

  /// Size limits of emptyDir volumes, by the name that the step's work has for them.
  static func volumeLimits(of taskRun: ResolvedTaskRun) -> [String: Bytes] {
    var limits: [String: Bytes] = [:]
    for volume in taskRun.volumes {
      guard case .emptyDir(_, let limit?) = volume.source, limit > .zero else { continue }
      limits["volume \(volume.name.value)"] = limit
    }
    return limits
  }

  /// Each container of a pod runs Tekton's entrypoint from the start.
  static func idleMemory(
    of taskRun: ResolvedTaskRun, _ assumptions: inout AssumptionTable
  ) -> Double {
    let count = Double(taskRun.steps.count + taskRun.sidecars.count)
    return count * assumptions.value(of: Figure.entrypointMemory.assumption) * 1_048_576
  }
}
