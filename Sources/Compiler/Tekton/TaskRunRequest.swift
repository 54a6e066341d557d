internal import GantryModel

/// A TaskRun as it is created: what the pod is built from.
struct TaskRunRequest {
  var name = ""
  var taskName = ""
  var namespace = "default"
  var uid = ""
  var spec: TaskSpec
  var isEmbedded: Bool
  /// The caller gave the task's duration, so that its steps need not be known.
  var isAssumed = false
  /// Values from the pipeline that an embedded specification may use.
  var inherited = Replacements()
  var params: [ResolvedTaskRun.ParameterEntry] = []
  var workspaces: [Workspace] = []
  var podTemplate = PodTemplate()
  var serviceAccountName = "default"
  var stepSpecs: [TaskRunSpecOverride.ComputeOverride] = []
  var sidecarSpecs: [TaskRunSpecOverride.ComputeOverride] = []
  var computeResources: ResourceRequirements?

  /// What is given for a workspace.
  struct Workspace {
    var name: String
    var binding: ResolvedWorkspace.Binding
    /// What tells one claim from another; nil when it is none.
    var claim: String?
    var subPath: String?
  }

  init(spec: TaskSpec, isEmbedded: Bool) {
    self.spec = spec
    self.isEmbedded = isEmbedded
  }
}
