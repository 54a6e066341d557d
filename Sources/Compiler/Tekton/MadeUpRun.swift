internal import GantryModel

/// A PipelineRun for a pipeline that nothing runs.
enum MadeUpRun {
  /// A run called `auto` with a value for every parameter without default and an emptyDir for
  /// every required workspace.
  static func run(of pipeline: Pipeline) -> PipelineRun {
    let place = pipeline.name.location
    var run = PipelineRun(
      apiVersion: pipeline.apiVersion, name: Located("auto", at: place), location: place)
    run.namespace = pipeline.namespace
    run.pipelineRef = Reference(name: pipeline.name, location: place)
    for parameter in pipeline.spec.params where parameter.defaultValue == nil {
      run.params.append(
        Parameter(name: parameter.name, value: Located(value(for: parameter), at: place)))
    }
    for workspace in pipeline.spec.workspaces where !workspace.optional {
      run.workspaces.append(
        WorkspaceBinding(
          name: workspace.name, source: .emptyDir(inMemory: false, sizeLimit: nil),
          location: workspace.name.location))
    }
    return run
  }

  private static func value(for parameter: ParameterSpec) -> ParameterValue {
    switch parameter.type {
    case .string: .string("x-\(parameter.name.value)")
    case .array: .array(["x0", "x1"])
    case .object:
      .object(parameter.properties.map { .init(key: $0, value: "x-\(parameter.name.value)") })
    }
  }
}
