import GantryModel

/// What kubelet and Tekton say, in their words.
///
/// Sources: Kubernetes 1.28, pkg/kubelet/eviction/helpers.go; Tekton Pipelines v0.59 and v1.15,
/// pkg/pod/status.go (an evicted pod's message becomes the TaskRun's); read 2026-11-25.
enum KubeletText {
  static func lowOn(
    _ resource: NodeEvent.Resource, threshold: Double, available: Double
  ) -> String {
    "The node was low on resource: \(resource.rawValue). Threshold quantity: "
      + "\(quantity(threshold)), available: \(quantity(max(available, 0))). "
  }

  static func refused(_ resources: [NodeEvent.Resource]) -> String {
    let names = resources.map { $0 == .memory ? "MemoryPressure" : "DiskPressure" }
    return "The node had condition: [\(names.joined(separator: " "))]. "
  }

  static func exceeds(volume: String, limit: Double) -> String {
    "Usage of EmptyDir volume \"\(volume)\" exceeds the limit \"\(quantity(limit))\". "
  }

  static func exceeds(container: String, limit: Double) -> String {
    "Container \(container) exceeded its local ephemeral storage limit \"\(quantity(limit))\". "
  }

  static func exceeds(pod limit: Double) -> String {
    "Pod ephemeral local storage usage exceeds the total limit of containers \(quantity(limit)). "
  }

  /// Since v1.1 the message names the reason.
  ///
  /// Source: tektoncd/pipeline pull request 8709.
  static func outOfMemory(step: String, version: TektonVersion) -> String {
    "\"step-\(step)\" exited with code 137" + (version >= .v1_15 ? ": OOMKilled" : "")
  }

  static func diskFull(step: String) -> String { "\"step-\(step)\" exited with code 1" }

  static func volumeFull(step: String, claim: String, size: Double) -> String {
    "\"step-\(step)\" exited with code 1: no space left on device, the volume of claim \"\(claim)\" "
      + "(\(quantity(size)))"
  }

  /// Bytes as Kubernetes writes them: the largest binary unit that keeps three digits.
  static func quantity(_ bytes: Double) -> String {
    let units = ["", "Ki", "Mi", "Gi", "Ti"]
    var value = bytes
    var unit = 0
    while value >= 10_240, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return "\(Int(value.rounded()))\(units[unit])"
  }
}
