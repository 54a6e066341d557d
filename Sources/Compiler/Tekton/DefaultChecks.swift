internal import GantryModel

extension RunResolution {
  /// Since v1 texts that are defaults must refer to texts that the run gives or that have defaults
  /// themselves, through at most ten others and never in a circle.
  ///
  /// Source: Tekton Pipelines v1.15, substitution of parameters in a PipelineRun, read 2026-11-25.
  func checkDefaults(_ pipeline: PipelineSpec) throws(RunRefusal) {
    guard version >= .v1_15 else { return }
    var given = Replacements()
    for parameter in run.params {
      given.add(parameter.value.value, prefix: "params", name: parameter.name.value)
    }
    var checks = DefaultChecks(given: given, specs: pipeline.params)
    for spec in pipeline.params {
      guard let what = checks.problem(of: "params.\(spec.name.value)") else { continue }
      throw RunRefusal(
        "PipelineValidationFailed", "parameter resolution failed: \(what)", code: "E0426",
        summary: "the default of parameter '\(spec.name.value)' cannot be worked out: \(what)",
        at: spec.places["default"] ?? spec.name.location)
    }
  }
}

/// Looks for defaults that cannot be worked out.
private struct DefaultChecks {
  private static let depthLimit = 10

  private let given: Replacements
  private let defaults: [String: String]
  private var done: Set<String> = []

  init(given: Replacements, specs: [ParameterSpec]) {
    self.given = given
    var defaults: [String: String] = [:]
    for spec in specs where given.strings["params.\(spec.name.value)"] == nil {
      guard case .string(let text)? = spec.defaultValue else { continue }
      for key in Replacements.notations(prefix: "params", name: spec.name.value) {
        defaults[key] = text
      }
    }
    self.defaults = defaults
  }

  /// What keeps a parameter's default from being worked out; nil when nothing does.
  mutating func problem(of key: String) -> String? { problem(of: key, path: []) }

  private mutating func problem(of key: String, path: [String]) -> String? {
    guard let text = defaults[key], !done.contains(key) else { return nil }
    if path.contains(key) { return "circular dependency detected in param \"\(key)\"" }
    if path.count > Self.depthLimit {
      return "maximum recursion depth (\(Self.depthLimit)) exceeded for param \"\(key)\""
    }
    for other in references(in: text) where other.hasPrefix("params.") {
      if given.strings[other] != nil { continue }
      guard defaults[other] != nil else {
        return "param \"\(key)\" references undefined param \"\(other)\""
      }
      if let problem = problem(of: other, path: path + [key]) { return problem }
    }
    done.insert(key)
    return nil
  }
}
