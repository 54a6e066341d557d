import GantryManifests
import GantryModel

/// The validation of a run's pipeline, as the reconciler repeats it.
enum GoldenValidation {
  /// The first error of a pipeline; nil when it is valid.
  ///
  /// An embedded pipeline may use what the run gives without declaring it.
  static func error(
    of pipeline: PipelineSpec, in run: PipelineRun, configuration: TektonConfiguration
  ) -> String? {
    var spec = pipeline
    if run.pipelineSpec != nil {
      let declared = Set(spec.params.map(\.name.value))
      for parameter in run.params where !declared.contains(parameter.name.value) {
        spec.params.append(
          ParameterSpec(name: parameter.name, type: parameter.value.value.type))
      }
      let workspaces = Set(spec.workspaces.map(\.name.value))
      for workspace in run.workspaces where !workspaces.contains(workspace.name.value) {
        spec.workspaces.append(WorkspaceDeclaration(name: workspace.name))
      }
    }
    var set = ManifestSet()
    set.pipelines = [
      Pipeline(
        apiVersion: "tekton.dev/v1", name: Located("pl", at: run.location), spec: spec)
    ]
    let sink = DiagnosticSink()
    TektonValidator.validate(
      set, level: configuration.apiLevel, version: configuration.version,
      features: TektonFeatures(configuration), sink: sink)
    // The reconciler does not look for undeclared parameters, nor for fields that conversion drops.
    return sink.diagnostics.first {
      $0.severity == .error && !$0.message.contains("$(params")
        && !$0.message.contains("resources")
    }?.message
  }
}
