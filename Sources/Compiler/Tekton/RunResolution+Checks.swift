internal import GantryModel

extension RunResolution {
  /// The pipeline's own rules that depend on release and switches, and the caller's validation.
  func checkSpec(_ pipeline: PipelineSpec) throws(RunRefusal) {
    let found = SpecChecks(configuration: input.configuration).errors(in: pipeline)
    let message: String
    let location: SourceLocation
    if let first = found.first {
      message = SpecChecks.text(of: found)
      location = first.location
    } else if let other = input.pipelineError?(run, pipeline) {
      message = other
      location = pipeline.location
    } else {
      return
    }
    throw RunRefusal(
      "PipelineValidationFailed",
      "[User error] Pipeline \(pipelinePath) can't be Run; it has an invalid spec: \(message)",
      code: "E0404", summary: message, at: location)
  }

  /// Required parameters, their types, the keys of objects, and indices into arrays.
  func checkParameters(_ pipeline: PipelineSpec) throws(RunRefusal) {
    try checkRequiredParameters(pipeline)
    try checkParameterTypes(pipeline)
    try checkAllowedValues(pipeline)
    try checkObjectKeys(pipeline)
    try checkArrayIndices(pipeline)
  }

  private func checkRequiredParameters(_ pipeline: PipelineSpec) throws(RunRefusal) {
    let given = Set(run.params.map(\.name.value))
    let missing = pipeline.params.filter {
      $0.defaultValue == nil && !given.contains($0.name.value)
    }
    guard let first = missing.first else { return }
    let names = missing.map(\.name.value).joined(separator: " ")
    let what = "pipelineRun missing parameters: [\(names)]"
    let message =
      version >= .v1_15
      ? "[User error] PipelineRun \(runPath) is missing some parameters required by Pipeline "
        + "\(pipelinePath): \(what)"
      : "[User error] PipelineRun \(resolved.namespace) parameters is missing some parameters "
        + "required by Pipeline \(run.name.value)'s parameters: \(what)"
    let near = nearestName(
      to: first.name.value, in: given.subtracting(pipeline.params.map(\.name.value)).sorted())
    let place = run.params.first { $0.name.value == near }?.name.location ?? run.places["params"]
    throw RunRefusal(
      "ParameterMissing", message, code: "E0405",
      summary: "no value for parameter '\(first.name.value)', which has no default (\(what))",
      at: place ?? run.name.location,
      suggestion: near.map { "the run gives '\($0)': is '\(first.name.value)' meant?" })
  }

  private func checkParameterTypes(_ pipeline: PipelineSpec) throws(RunRefusal) {
    var wrong: [(name: String, location: SourceLocation)] = []
    for parameter in run.params {
      guard let spec = pipeline.params.first(where: { $0.name.value == parameter.name.value })
      else { continue }
      if spec.type != parameter.value.value.type {
        wrong.append((parameter.name.value, parameter.value.location))
      }
    }
    guard let first = wrong.first else { return }
    let names = wrong.map(\.name).joined(separator: " ")
    throw RunRefusal(
      "ParameterTypeMismatch",
      "[User error] PipelineRun \(runPath) parameters have mismatching types with Pipeline "
        + "\(pipelinePath)'s parameters: parameters have inconsistent types : [\(names)]",
      code: "E0406",
      summary: "the value of parameter '\(first.name)' has another type than declared",
      at: first.location)
  }

  /// Texts given for parameters with a list of allowed values are in it; an empty one is a default.
  private func checkAllowedValues(_ pipeline: PipelineSpec) throws(RunRefusal) {
    guard input.configuration.enablesParamEnum else { return }
    for parameter in run.params {
      guard case .string(let text) = parameter.value.value, !text.isEmpty,
        let spec = pipeline.params.first(where: { $0.name.value == parameter.name.value }),
        let allowed = spec.allowedValues, !allowed.isEmpty, !allowed.contains(text)
      else { continue }
      let what = "param `\(spec.name.value)` value: \(text) is not in the enum list"
      throw RunRefusal(
        "InvalidParamValue",
        "[User error] PipelineRun \(runPath) parameters have invalid value: \(what)",
        code: "E0425", summary: what, at: parameter.value.location,
        suggestion: suggestion(for: text, among: allowed))
    }
  }

  private func checkObjectKeys(_ pipeline: PipelineSpec) throws(RunRefusal) {
    let given = run.params.map { ($0.name.value, $0.value.value) }
    guard let lacks = MissingKeys(pipeline.params, given: given) else { return }
    let location = run.params.first { $0.name.value == lacks.first }?.value.location
    let what = "pipelineRun missing object keys for parameters: \(lacks.text)"
    throw RunRefusal(
      "ObjectParameterMissKeys",
      "[User error] PipelineRun \(runPath) parameters is missing object keys required by Pipeline "
        + "\(pipelinePath)'s parameters: \(what)",
      code: "E0407", summary: "parameter '\(lacks.first)' lacks keys (\(what))",
      at: location ?? run.location)
  }

  private func checkArrayIndices(_ pipeline: PipelineSpec) throws(RunRefusal) {
    var sizes: [String: Int] = [:]
    for spec in pipeline.params where spec.type == .array {
      sizes[spec.name.value] = spec.defaultValue?.texts.count
    }
    for parameter in run.params where parameter.value.value.type == .array {
      sizes[parameter.name.value] = parameter.value.value.texts.count
    }
    var wrong: [(text: String, location: SourceLocation)] = []
    for (text, location) in ParameterTexts.all(in: pipeline) {
      for key in references(in: text) {
        guard let element = ArrayElement(key), let size = sizes[element.name],
          element.index >= size
        else { continue }
        wrong.append(("$(\(key))", location))
      }
    }
    guard let first = wrong.first else { return }
    let list = wrong.map(\.text).joined(separator: " ")
    throw RunRefusal(
      "ParamArrayIndexingInvalid",
      "[User error] PipelineRun \(runPath) failed validation: failed to validate Pipeline "
        + "\(pipelinePath)'s parameter which has an invalid index while referring to an array: "
        + "non-existent param references:[\(list)]",
      code: "E0408", summary: "\(first.text) is beyond the end of the array", at: first.location)
  }

  /// Every required workspace of the pipeline is given by the run.
  func checkWorkspaces(_ pipeline: PipelineSpec) throws(RunRefusal) {
    let given = run.workspaces.map(\.name.value)
    for workspace in pipeline.workspaces
    where !workspace.optional && !given.contains(workspace.name.value) {
      let name = workspace.name.value
      let what = "pipeline requires workspace with name \"\(name)\" be provided by pipelinerun"
      throw RunRefusal(
        "InvalidWorkspaceBindings",
        "[User error] PipelineRun \(runPath) doesn't bind Pipeline \(pipelinePath)'s Workspaces "
          + "correctly: \(what)",
        code: "E0409", summary: "the run gives no workspace '\(name)'", at: run.location,
        suggestion: nearestName(to: name, in: given).map { "the run gives '\($0)'" })
    }
  }

  /// Every entry of `taskRunSpecs` names a task of the pipeline.
  func checkTaskRunSpecs(_ pipeline: PipelineSpec) throws(RunRefusal) {
    let names = (pipeline.tasks + pipeline.finally).map(\.name.value)
    for entry in run.taskRunSpecs where !names.contains(entry.pipelineTaskName.value) {
      let name = entry.pipelineTaskName.value
      let what =
        "pipelineRun's taskrunSpecs defined wrong taskName: \"\(name)\", does not exist in Pipeline"
      throw RunRefusal(
        "InvalidTaskRunSpecs",
        "[User error] PipelineRun \(runPath) doesn't define taskRunSpecs correctly: \(what)",
        code: "E0410", summary: "taskRunSpecs names '\(name)', which is no task of the pipeline",
        at: entry.pipelineTaskName.location, suggestion: suggestion(for: name, among: names))
    }
  }
}

/// An element of an array parameter, `params.name[index]` in any notation.
struct ArrayElement {
  var name: String
  var index: Int

  init?(_ key: String) {
    guard key.hasPrefix("params"), key.hasSuffix("]"), let open = key.lastIndex(of: "["),
      let index = Int(key[key.index(after: open)...].dropLast())
    else { return nil }
    var path = key[..<open].dropFirst("params".count)
    if path.hasPrefix(".") {
      path = path.dropFirst()
    } else if path.hasPrefix("['") || path.hasPrefix("[\"") {
      path = path.dropFirst(2).dropLast(2)
    } else {
      return nil
    }
    name = String(path)
    self.index = index
  }
}

/// All texts of a pipeline in which parameters are replaced.
enum ParameterTexts {
  /// The texts with their places.
  static func all(in pipeline: PipelineSpec) -> [(String, SourceLocation)] {
    var texts: [(String, SourceLocation)] = []
    for task in pipeline.tasks + pipeline.finally {
      for parameter in task.params + (task.matrix?.params ?? [])
        + (task.matrix?.include.flatMap(\.params) ?? [])
      {
        texts += parameter.value.value.texts.map { ($0, parameter.value.location) }
      }
      for when in task.when {
        texts.append((when.input.value, when.input.location))
        texts += when.values.map { ($0.value, $0.location) }
      }
      for binding in task.workspaces {
        if let path = binding.subPath { texts.append((path, binding.name.location)) }
      }
    }
    return texts
  }
}
