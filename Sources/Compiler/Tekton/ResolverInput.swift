public import GantryModel

/// What `PipelineRunResolver` works with.
public struct ResolverInput {
  /// The objects that were read.
  public var manifests: ManifestSet
  public var configuration: TektonConfiguration
  /// `default-pod-template`: settings of pods where runs give none.
  public var defaultPodTemplate: PodTemplate?
  /// `default-task-run-workspace-binding`: what required workspaces get that a run gives nothing for.
  public var defaultWorkspace: WorkspaceBinding?
  /// Tasks that clusters have built in, by name and kind (`Task` or `ClusterTask`).
  public var builtInTask: (_ name: String, _ kind: String) -> Task?
  /// Names of the built-in tasks, for suggestions.
  public var builtInNames: [String] = []
  /// Values of task results by `<pipeline task>.<result>`; lists and objects as JSON.
  public var results: [String: String] = [:]
  /// Results, by the same keys, that the task does not return although it succeeds.
  public var missingResults: Set<String> = []
  /// Seconds that tasks take which cannot be read, by pipeline task name.
  public var assumedDurations: [String: Double] = [:]
  /// What `$(context.pipelineRun.uid)` and `$(context.taskRun.uid)` stand for.
  public var uid: String = "00000000-0000-0000-0000-000000000000"
  /// Checks the pipeline of a run as Tekton's validation does; its error, nil when valid.
  public var pipelineError: ((_ run: PipelineRun, _ pipeline: PipelineSpec) -> String?)?

  /// Makes an input without results, assumptions and built-in tasks.
  public init(
    manifests: ManifestSet, configuration: TektonConfiguration,
    builtInTask: @escaping (_ name: String, _ kind: String) -> Task? = { _, _ in nil }
  ) {
    self.manifests = manifests
    self.configuration = configuration
    self.builtInTask = builtInTask
    takeDefaults(from: manifests.configMaps)
  }

  /// Takes what the texts of `config-defaults` hold beyond plain values; later maps win.
  mutating func takeDefaults(from maps: [ConfigMap]) {
    for map in maps {
      defaultPodTemplate = map.podTemplate ?? defaultPodTemplate
      defaultWorkspace = map.workspaceBinding ?? defaultWorkspace
    }
  }
}
