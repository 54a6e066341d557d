internal import GantryModel

/// What a pipeline task's reference or embedded specification came to.
struct FoundTask {
  /// The task's name, or the pipeline task's for an embedded one.
  var name: String
  /// nil when the task cannot be read here.
  var spec: TaskSpec?
  var isEmbedded = false
  var isBuiltIn = false
  /// Why it cannot be simulated.
  var unsupported: String?
  /// Whether another controller runs it.
  var isCustom = false
}

extension RunResolution {
  /// Finds the task behind a pipeline task.
  func find(_ task: PipelineTask) throws(RunRefusal) -> FoundTask {
    if task.hasNestedPipeline {
      return unsupported(
        task, "runs a nested pipeline, which is not simulated", at: task.location)
    }
    if let kind = task.customTaskKind {
      return unsupported(
        task, "is a custom task of kind '\(kind)', which another controller runs",
        at: task.taskSpec?.location ?? task.location, isCustom: true)
    }
    if let spec = task.taskSpec {
      return FoundTask(name: task.name.value, spec: spec, isEmbedded: true)
    }
    guard let reference = task.taskRef else {
      return unsupported(task, "names no task", at: task.location)
    }
    switch TaskKind(reference, version: version) {
    case .task(let kind): return try find(reference, kind: kind, task: task)
    case .remote(let remote):
      if let known = resolver.localTask(of: reference) {
        return FoundTask(name: known.name.value, spec: known.spec, isBuiltIn: known.isBuiltIn)
      }
      return unsupported(
        task, "is fetched by the remote resolver '\(remote)', which is not simulated",
        at: reference.location)
    case .custom(let kind):
      return unsupported(
        task, "is a custom task (\(kind)), which another controller runs", at: reference.location,
        isCustom: true)
    case .nameless:
      return unsupported(task, "is a custom task without apiVersion", at: reference.location)
    }
  }

  private func find(
    _ reference: Reference, kind: String, task: PipelineTask
  ) throws(RunRefusal) -> FoundTask {
    let name = values.apply(reference.name?.value ?? "")
    if let known = resolver.tasks.task(name, kind: kind) {
      return FoundTask(name: name, spec: known.spec, isBuiltIn: known.isBuiltIn)
    }
    if input.assumedDurations[task.name.value] != nil {
      return FoundTask(name: name, unsupported: "refers to \(kind) '\(name)', which is not there")
    }
    let plural = kind == "ClusterTask" ? "clustertasks" : "tasks"
    throw RunRefusal(
      "CouldntGetTask",
      "Pipeline \(pipelinePath) can't be Run; it contains Tasks that don't exist: Couldn't retrieve "
        + "Task \"\(name)\": \(plural).tekton.dev \"\(name)\" not found",
      code: "E0413", summary: "couldn't find \(kind) '\(name)'",
      at: reference.name?.location ?? reference.location,
      suggestion: suggestion(for: name, among: resolver.tasks.taskNames(kind: kind)))
  }

  private func unsupported(
    _ task: PipelineTask, _ what: String, at place: SourceLocation, isCustom: Bool = false
  ) -> FoundTask {
    if input.assumedDurations[task.name.value] == nil {
      resolver.sink.error(
        "E0414", "task '\(task.name.value)' \(what)", at: place,
        suggestion: "give its duration with --assume \(task.name.value)=10m, or add the Task")
    }
    return FoundTask(
      name: task.taskRef?.name?.value ?? task.name.value, unsupported: what, isCustom: isCustom)
  }

  /// Every parameter of the task has a value of the right type.
  func checkTaskParameters(_ task: PipelineTask, _ found: FoundTask) throws(RunRefusal) {
    guard let spec = found.spec else { return }
    var given = Set(task.params.map(\.name.value))
    if let matrix = task.matrix {
      given.formUnion(matrix.params.map(\.name.value))
      given.formUnion(matrix.include.flatMap(\.params).map(\.name.value))
    }
    try checkMissing(spec, given: given, task: task, found: found)
    try checkTypes(spec, task: task, found: found)
  }

  private func checkMissing(
    _ spec: TaskSpec, given: Set<String>, task: PipelineTask, found: FoundTask
  ) throws(RunRefusal) {
    let missing = spec.params.filter {
      $0.defaultValue == nil && !given.contains($0.name.value)
    }
    guard let first = missing.first else { return }
    let names = missing.map(\.name.value).joined(separator: " ")
    let what =
      "invalid input params for task \(found.name): missing values for these params which have no "
      + "default values: [\(names)]"
    throw RunRefusal(
      "PipelineValidationFailed",
      "[User error] Validation failed for pipelinerun \(run.name.value) with error \(what)",
      code: "E0415",
      summary: "task '\(task.name.value)' gives no value for parameter '\(first.name.value)' of "
        + "'\(found.name)', which has no default",
      at: task.location,
      suggestion: nearestName(
        to: first.name.value, in: given.subtracting(spec.params.map(\.name.value)).sorted()
      ).map { "'\($0)' is given: is '\(first.name.value)' meant?" })
  }

  private func checkTypes(
    _ spec: TaskSpec, task: PipelineTask, found: FoundTask
  ) throws(RunRefusal) {
    let given = task.params.map { (name: $0.name.value, value: $0.value.value) }
    let matrix = task.matrix.map { ($0.params + $0.include.flatMap(\.params)).map(\.name.value) }
    let wrong = WrongTypes.names(spec.params, given: given, matrix: matrix ?? [])
    let what: String
    let name: String
    let summary: String
    if let first = wrong.first {
      name = first
      what = "param types don't match the user-specified type: [\(wrong.joined(separator: " "))]"
      summary = "a value of another type than declared"
    } else if let lacks = MissingKeys(spec.params, given: given) {
      name = lacks.first
      what =
        "missing keys for these params which are required in ParamSpec's properties \(lacks.text)"
      summary = "not all keys that it declares (\(lacks.text))"
    } else {
      return
    }
    throw RunRefusal(
      "PipelineValidationFailed",
      "[User error] Validation failed for pipelinerun \(run.name.value) with error invalid input "
        + "params for task \(found.name): \(what)",
      code: "E0415",
      summary: "task '\(task.name.value)' gives parameter '\(name)' of '\(found.name)' \(summary)",
      at: task.params.first { $0.name.value == name }?.value.location ?? task.location)
  }

  /// Every result that a task uses is declared by the task it names.
  func checkResultReferences(
    of task: PipelineTask, written: [PipelineTask], found: [FoundTask]
  ) throws(RunRefusal) {
    for use in PipelineGraph.resultUses(of: task) {
      guard let position = positions[use.expression.task], let spec = found[position].spec else {
        continue
      }
      let names = spec.results.map(\.name.value)
      guard !names.contains(use.expression.result) else { continue }
      throw RunRefusal(
        "InvalidTaskResultReference",
        "invalid result reference in pipeline task \"\(task.name.value)\": "
          + "\"\(use.expression.result)\" is not a named result returned by pipeline task "
          + "\"\(use.expression.task)\"",
        code: "E0416",
        summary:
          "task '\(use.expression.task)' returns no result '\(use.expression.result)', which "
          + "task '\(task.name.value)' uses",
        at: task.location, suggestion: suggestion(for: use.expression.result, among: names))
    }
  }

  /// A workspace that the pipeline marks optional is not required by the task.
  func checkOptionalWorkspaces(
    of task: PipelineTask, found: FoundTask, pipeline: PipelineSpec
  ) throws(RunRefusal) {
    let optional = Set(pipeline.workspaces.filter(\.optional).map(\.name.value))
    for binding in task.workspaces {
      let source = binding.workspace?.value ?? binding.name.value
      guard optional.contains(source),
        let declared = found.spec?.workspaces.first(where: {
          $0.name.value == binding.name.value
        }), !declared.optional
      else { continue }
      let what =
        "pipeline workspace \"\(source)\" is marked optional but pipeline task "
        + "\"\(task.name.value)\" requires it be provided"
      throw RunRefusal(
        "RequiredWorkspaceMarkedOptional",
        "[User error] Optional workspace not supported by task: \(what)",
        code: "E0417", summary: what, at: binding.name.location)
    }
  }

  /// A matrix fans out over lists of texts, and its further combinations are made of texts.
  ///
  /// A value that is still to come from a task's result may become either.
  func checkMatrixTypes(of task: PipelineTask) throws(RunRefusal) {
    guard let matrix = task.matrix else { return }
    for parameter in matrix.params {
      guard case .string(let text) = parameter.value.value, !text.contains("$(tasks.") else {
        continue
      }
      throw matrixRefusal(
        parameter, of: task, wanted: "array", given: "string",
        suggestion: text.hasPrefix("[") ? "put every value of the list in quotes" : nil)
    }
    for parameter in matrix.include.flatMap(\.params) {
      switch parameter.value.value {
      case .string: continue
      case .array: throw matrixRefusal(parameter, of: task, wanted: "string", given: "array")
      case .object: throw matrixRefusal(parameter, of: task, wanted: "string", given: "object")
      }
    }
  }

  private func matrixRefusal(
    _ parameter: Parameter, of task: PipelineTask, wanted: String, given: String,
    suggestion: String? = nil
  ) -> RunRefusal {
    let name = parameter.name.value
    return RunRefusal(
      "InvalidMatrixParameterTypes",
      "parameters of type \(wanted) only are allowed, but param \"\(name)\" has type \"\(given)\" in "
        + "pipelineTask \"\(task.name.value)\"",
      code: "E0431",
      summary:
        "the matrix of task '\(task.name.value)' has the value of '\(name)' as \(given); expected "
        + wanted,
      at: parameter.value.location, suggestion: suggestion)
  }
}
