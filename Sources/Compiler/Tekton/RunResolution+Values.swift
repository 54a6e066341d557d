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
    var resolution = DefaultResolution(specs: pipeline.params, given: given)
    for parameter in pipeline.params {
      guard let value = resolution.value(of: parameter.name.value) else { continue }
      defaults.add(value, prefix: "params", name: parameter.name.value)
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

/// Puts parameters into the defaults of other parameters.
private struct DefaultResolution {
  /// A value that grows beyond this many characters is left as it is; real ones are far smaller.
  private static let sizeLimit = 1 << 16
  /// A longer chain of defaults is left as it is.
  private static let depthLimit = 100

  private let defaults: [String: ParameterValue]
  private let given: Replacements
  private var done: [String: ParameterValue] = [:]
  private var visiting: Set<String> = []

  init(specs: [ParameterSpec], given: Replacements) {
    defaults = Dictionary(
      specs.compactMap { spec in spec.defaultValue.map { (spec.name.value, $0) } },
      uniquingKeysWith: { _, last in last })
    self.given = given
  }

  /// A parameter's default with all references replaced; cycles stay as written.
  mutating func value(of name: String) -> ParameterValue? {
    if let value = done[name] { return value }
    guard let written = defaults[name] else { return nil }
    guard visiting.count < DefaultResolution.depthLimit, visiting.insert(name).inserted else {
      return written
    }
    defer { visiting.remove(name) }
    var known = given
    for other in referredNames(in: written)
    where other != name && !visiting.contains(other) && given.strings["params.\(other)"] == nil {
      if let value = value(of: other) { known.addMissing(value, name: other) }
    }
    let value = known.apply(written)
    let size = value.texts.reduce(0) { $0 + $1.utf8.count }
    done[name] = size > DefaultResolution.sizeLimit ? written : value
    return done[name]
  }

  /// Names of parameters that a default refers to, in any notation.
  private func referredNames(in value: ParameterValue) -> [String] {
    let keys = value.texts.flatMap { references(in: $0) }
    return defaults.keys.sorted().filter { name in
      let notations = Replacements.notations(prefix: "params", name: name)
      return keys.contains { key in
        notations.contains { key == $0 || key.hasPrefix($0 + "[") || key.hasPrefix($0 + ".") }
      }
    }
  }
}

extension Replacements {
  /// Adds a parameter's value unless one is there.
  fileprivate mutating func addMissing(_ value: ParameterValue, name: String) {
    var other = Replacements()
    other.add(value, prefix: "params", name: name)
    strings.merge(other.strings) { own, _ in own }
    arrays.merge(other.arrays) { own, _ in own }
    objects.merge(other.objects) { own, _ in own }
  }
}
