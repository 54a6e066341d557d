import GantryModel

/// Uses of ClusterTask, which Tekton 1.0 took away.
struct ClusterTaskRule: CheckRule {
  static let removed = FindingKind(
    "N0714", "ClusterTask is gone in Tekton 1.0",
    "Tekton 1.0 (OpenShift Pipelines 1.19 and later) has no ClusterTask; it takes the reference for "
      + "a custom task and refuses it.",
    remedy: "use a Task of the namespace, or the cluster resolver (resolver: cluster, kind: task)")

  static let kinds = [removed]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    let manifests = subject.manifests
    let specs =
      manifests.pipelines.map(\.spec) + manifests.pipelineRuns.compactMap(\.pipelineSpec)
    let references =
      specs.flatMap { $0.tasks + $0.finally }.compactMap(\.taskRef)
      + manifests.taskRuns.compactMap(\.taskRef)
    let used = references.filter { $0.kind == "ClusterTask" }.map { reference in
      Self.removed.finding(
        "the reference to ClusterTask '\(reference.name?.value ?? "")' fails in Tekton 1.0 and later",
        at: reference.name?.location ?? reference.location)
    }
    let defined = manifests.tasks.filter { $0.kind == "ClusterTask" }.map { task in
      Self.removed.finding(
        "ClusterTask '\(task.name.value)' cannot be created in Tekton 1.0 and later",
        at: task.name.location, suggestion: "make it a Task in each namespace that uses it")
    }
    return used + defined
  }
}
