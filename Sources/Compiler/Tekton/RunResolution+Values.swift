internal import GantryModel

extension RunResolution {
  /// Collects what `$(params…)`, `$(context…)` and `$(workspaces…)` stand for in the pipeline.
  mutating func collectValues(_ pipeline: PipelineSpec) {
    var defaults = Replacements()
    for parameter in pipeline.params {
      guard let value = parameter.defaultValue else { continue }
      defaults.add(value, prefix: "params", name: parameter.name.value)
    }
    var given = Replacements()
    for parameter in run.params {
      given.add(parameter.value.value, prefix: "params", name: parameter.name.value)
    }
    if version >= .v1_15 { resolveDefaults(pipeline, defaults: &defaults, given: given) }
    for parameter in run.params where parameter.value.value.type != .object {
      defaults.remove(prefix: "params", name: parameter.name.value)
    }
    values = defaults
    values.merge(given)
    values.merge(context())
    for workspace in pipeline.workspaces {
      values.strings["workspaces.\(workspace.name.value).bound"] = "false"
    }
    for workspace in run.workspaces {
      values.strings["workspaces.\(workspace.name.value).bound"] = "true"
    }
  }

  /// Since v1 defaults may refer to other parameters, through any number of defaults.
  private func resolveDefaults(
    _ pipeline: PipelineSpec, defaults: inout Replacements, given: Replacements
  ) {
    for _ in pipeline.params {
      var known = defaults
      known.merge(given)
      var hasChanged = false
      for parameter in pipeline.params {
        guard let value = parameter.defaultValue else { continue }
        let name = parameter.name.value
        var others = known
        others.remove(prefix: "params", name: name)
        let next = others.apply(value)
        var single = Replacements()
        single.add(next, prefix: "params", name: name)
        for (key, text) in single.strings where defaults.strings[key] != text { hasChanged = true }
        defaults.merge(single)
      }
      if !hasChanged { return }
    }
  }

  private func context() -> Replacements {
    var context = Replacements()
    context.strings = [
      "context.pipelineRun.name": run.name.value,
      "context.pipelineRun.namespace": resolved.namespace,
      "context.pipelineRun.uid": input.uid,
      "context.pipeline.name": resolved.pipelineName,
    ]
    return context
  }
}
