public import GantryModel

/// The Tekton version that manifests need.
public struct TektonVersionChoice: Sendable, Hashable {
  public var version: TektonVersion
  /// Why, for people.
  public var reason: String
  /// What decides, where it is written; nil for the default.
  public var location: SourceLocation?
  /// Whether the scenario names just the release whose rules these are.
  public var isExact = false

  /// Looks for what only one version has: ClusterTask and the legacy switch of the affinity
  /// assistant for 0.59; task-level `onError` and pod templates with parameters for 1.15.
  public init(needs manifests: ManifestSet, featureFlags: [String: Located<String>] = [:]) {
    if let old = TektonVersionChoice.clusterTask(in: manifests) {
      self = old
      return
    }
    let flags =
      manifests.configMaps.filter { $0.name.value == "feature-flags" }.map(\.data)
      + [featureFlags]
    for data in flags {
      guard let flag = data["disable-affinity-assistant"], flag.value == "true",
        data["coschedule"]?.value != "disabled"
      else { continue }
      version = .v0_59
      reason = "the feature flag disable-affinity-assistant was removed in Tekton 1.0"
      location = flag.location
      return
    }
    if let new = TektonVersionChoice.newField(in: manifests) {
      self = new
      return
    }
    version = .v1_15
    reason = "nothing in the manifests needs an older version"
  }

  private init(_ version: TektonVersion, _ reason: String, at location: SourceLocation) {
    self.version = version
    self.reason = reason
    self.location = location
  }

  private static func clusterTask(in manifests: ManifestSet) -> TektonVersionChoice? {
    let reason = "ClusterTask was removed in Tekton 1.0"
    for task in manifests.tasks where task.kind == "ClusterTask" {
      return TektonVersionChoice(.v0_59, reason, at: task.name.location)
    }
    for task in pipelineTasks(in: manifests) where task.taskRef?.kind == "ClusterTask" {
      return TektonVersionChoice(.v0_59, reason, at: task.taskRef?.location ?? task.location)
    }
    for run in manifests.taskRuns where run.taskRef?.kind == "ClusterTask" {
      return TektonVersionChoice(.v0_59, reason, at: run.location)
    }
    return nil
  }

  private static func newField(in manifests: ManifestSet) -> TektonVersionChoice? {
    for task in pipelineTasks(in: manifests) where task.onError != nil {
      return TektonVersionChoice(
        .v1_15, "onError of a pipeline task needs an alpha switch in Tekton 0.59",
        at: task.location)
    }
    for run in manifests.pipelineRuns {
      let templates = [run.podTemplate] + run.taskRunSpecs.map(\.podTemplate)
      for entry in templates.compactMap({ $0 }).flatMap(\.nodeSelector)
      where entry.value.contains("$(params.") {
        return TektonVersionChoice(
          .v1_15, "parameters in pod templates have been replaced since Tekton 1.3",
          at: entry.location)
      }
    }
    return nil
  }

  private static func pipelineTasks(in manifests: ManifestSet) -> [PipelineTask] {
    let specs =
      manifests.pipelines.map(\.spec) + manifests.pipelineRuns.compactMap(\.pipelineSpec)
    return specs.flatMap { $0.tasks + $0.finally }
  }
}
