import GantryModel

/// Which kinds matter, which are known and skipped, and which cannot exist.
enum KindTable {
  /// What becomes of an object.
  enum Verdict: Equatable {
    case tekton
    case installConfig
    case machineSet
    case node
    case storageClass
    case configMap
    case tektonConfig
    case deployment
    case limitRange
    case persistentVolumeClaim
    /// The kind does not matter to a simulation.
    case skipped
    /// The group has no such kind; a name it might be.
    case unknownKind(nearest: [String])
    /// The group has the kind, but not in this version; the versions it has.
    case unknownVersion([String])
    /// A group that is one or two letters from a known one.
    case unknownGroup(nearest: String)
  }

  /// Kinds by group with their versions.
  ///
  /// Sources: Tekton Pipelines v0.59 and v1.15 CRDs, Kubernetes
  /// API reference v1.28, OpenShift 4.15 machine API, read 2026-11-22.
  private static let tekton: [String: [String]] = [
    "Task": ["v1", "v1beta1"], "Pipeline": ["v1", "v1beta1"], "PipelineRun": ["v1", "v1beta1"],
    "TaskRun": ["v1", "v1beta1"], "ClusterTask": ["v1beta1"],
    "StepAction": ["v1alpha1", "v1beta1"],
  ]
  private static let tektonSkipped = [
    "CustomRun", "Run", "VerificationPolicy", "PipelineResource", "Condition",
  ]
  private static let core: [String: Verdict] = [
    "Node": .node, "ConfigMap": .configMap, "LimitRange": .limitRange,
    "PersistentVolumeClaim": .persistentVolumeClaim,
  ]
  private static let coreSkipped = [
    "Binding", "ComponentStatus", "Endpoints", "Event", "Namespace", "PersistentVolume", "Pod",
    "PodTemplate", "ReplicationController", "ResourceQuota", "Secret", "Service",
    "ServiceAccount", "Status",
  ]
  private static let storageSkipped = [
    "CSIDriver", "CSINode", "CSIStorageCapacity", "VolumeAttachment", "VolumeAttributesClass",
  ]
  private static let machineSkipped = ["Machine", "MachineHealthCheck", "ControlPlaneMachineSet"]
  private static let groups = ["tekton.dev", "storage.k8s.io", "machine.openshift.io"]

  /// Decides about a kind of a group and version.
  static func verdict(group: String, version: String, kind: String) -> Verdict {
    switch group {
    case "tekton.dev": return tektonVerdict(version: version, kind: kind)
    case "":
      if kind == "InstallConfig" { return .installConfig }
      if let verdict = core[kind] {
        return version == "v1" ? verdict : .unknownVersion(["v1"])
      }
      return coreSkipped.contains(kind)
        ? .skipped : .unknownKind(nearest: core.keys.sorted() + coreSkipped)
    case "storage.k8s.io":
      if kind == "StorageClass" {
        return ["v1", "v1beta1"].contains(version) ? .storageClass : .unknownVersion(["v1"])
      }
      return storageSkipped.contains(kind)
        ? .skipped : .unknownKind(nearest: ["StorageClass"] + storageSkipped)
    case "machine.openshift.io":
      if kind == "MachineSet" {
        return version == "v1beta1" ? .machineSet : .unknownVersion(["v1beta1"])
      }
      return machineSkipped.contains(kind)
        ? .skipped : .unknownKind(nearest: ["MachineSet"] + machineSkipped)
    case "apps":
      return ["Deployment", "StatefulSet"].contains(kind) && version == "v1"
        ? .deployment : .skipped
    case "operator.tekton.dev": return kind == "TektonConfig" ? .tektonConfig : .skipped
    default:
      if let near = nearGroup(group), isKnown(kind) { return .unknownGroup(nearest: near) }
      return .skipped
    }
  }

  /// The group and version in which a kind that matters exists, for kinds under a wrong group.
  static func home(of kind: String) -> String? {
    if tekton[kind] != nil {
      return kind == "ClusterTask" || kind == "StepAction" ? "tekton.dev/v1beta1" : "tekton.dev/v1"
    }
    switch kind {
    case "StorageClass": return "storage.k8s.io/v1"
    case "MachineSet": return "machine.openshift.io/v1beta1"
    default: return core[kind] == nil ? nil : "v1"
    }
  }

  private static func isKnown(_ kind: String) -> Bool { home(of: kind) != nil }

  private static func tektonVerdict(version: String, kind: String) -> Verdict {
    if let versions = tekton[kind] {
      return versions.contains(version) ? .tekton : .unknownVersion(versions)
    }
    return tektonSkipped.contains(kind)
      ? .skipped : .unknownKind(nearest: tekton.keys.sorted() + tektonSkipped)
  }

  /// A known group that differs by a letter or two; longer differences are other groups, such as
  /// `triggers.tekton.dev`.
  private static func nearGroup(_ group: String) -> String? {
    groups.first { abs($0.count - group.count) <= 2 && nearestName(to: group, in: [$0]) != nil }
  }
}
