internal import GantryModel

extension RunResolution {
  /// Resolves all tasks: the references first, since one missing task refuses the whole run.
  mutating func resolveTasks(
    _ pipeline: PipelineSpec, graph: PipelineGraph
  ) throws(RunRefusal) {
    let written = pipeline.tasks + pipeline.finally
    var found: [FoundTask] = []
    for task in written { found.append(try find(task)) }
    for (index, task) in written.enumerated() {
      try checkTaskParameters(substituted(task), found[index])
    }
    for task in written { try checkResultReferences(of: task, written: written, found: found) }
    try checkPipelineResults(pipeline, found: found)
    for (index, task) in written.enumerated() {
      try checkOptionalWorkspaces(of: task, found: found[index], pipeline: pipeline)
    }
    for task in written { try checkMatrixTypes(of: substituted(task)) }
    let results = resultValues(found, written)
    resolved.results = pipelineResults(pipeline, values: results)
    countCombinations(pipeline.tasks, found: found)
    for (index, task) in written.enumerated() {
      let isFinally = index >= pipeline.tasks.count
      var entry = resolve(task, found: found[index], isFinally: isFinally, results: results)
      if !isFinally { entry.dependencies = graph.parents[index] }
      entry.resultDependencies = Array(Set(entry.resultReferences.map(\.task))).sorted()
      warnOfRejection(entry)
      resolved.tasks.append(entry)
    }
  }

  /// A TaskRun that Tekton will refuse does not keep the run from starting.
  private func warnOfRejection(_ task: ResolvedPipelineTask) {
    guard let rejection = task.taskRuns.lazy.compactMap(\.rejection).first else { return }
    resolver.sink.warning(
      "W0425",
      "task '\(task.name)' will fail when it is reached, with \(rejection.reason): "
        + rejection.message, at: task.location,
      suggestion: resolver.remedy(of: rejection))
  }

  /// A pipeline task with the run's values put in.
  func substituted(_ task: PipelineTask) -> PipelineTask {
    var values = self.values
    values.strings["context.pipelineTask.retries"] = String(task.retries)
    return values.apply(task)
  }

  private mutating func resolve(
    _ written: PipelineTask, found entry: FoundTask, isFinally: Bool, results: Replacements
  ) -> ResolvedPipelineTask {
    var task = substituted(written)
    var resolvedTask = ResolvedPipelineTask(
      name: task.name.value, taskName: entry.name, location: task.location)
    resolvedTask.isBuiltIn = entry.isBuiltIn
    resolvedTask.isFinally = isFinally
    resolvedTask.retries = max(0, task.retries)
    resolvedTask.continuesOnError = task.onError == "continue"
    resolvedTask.unsupported = entry.unsupported
    resolvedTask.isCustom = entry.isCustom
    resolvedTask.resultReferences = references(of: task)
    task = results.isEmpty ? task : results.apply(task)
    task = matrixLengths.applyToParameters(of: task)
    let override = run.taskRunSpecs.last { $0.pipelineTaskName.value == task.name.value }
    resolvedTask.timeout = timeouts.taskRunLimit(
      task: task.timeout, override: override?.timeout, isFinally: isFinally)
    addConditions(of: task, to: &resolvedTask)
    addTaskRuns(of: task, found: entry, results: results, to: &resolvedTask)
    return resolvedTask
  }

  private func references(of task: PipelineTask) -> [ResultUse] {
    PipelineGraph.resultUses(of: task).compactMap { use in
      guard let position = positions[use.expression.task] else { return nil }
      var reference = ResultUse(
        task: position, result: use.expression.result, use: use.use)
      reference.isReturned = !input.missingResults.contains(
        "\(use.expression.task).\(use.expression.result)")
      return reference
    }
  }

  /// The results whose values the caller gave.
  private func resultValues(_ found: [FoundTask], _ written: [PipelineTask]) -> Replacements {
    var values = Replacements()
    for (name, position) in positions.sorted(by: { $0.value < $1.value }) {
      for result in found[position].spec?.results ?? [] {
        guard let text = input.results["\(name).\(result.name.value)"] else { continue }
        var value = ResultText.value(text, type: result.type)
        if let count = combinationCount(of: written[position]) {
          // A matrix returns a list with one result for each combination.
          value = .array(FlatJSON.list(text) ?? Array(repeating: text, count: count))
        }
        values.add(value, prefix: "tasks.\(name).results", name: result.name.value)
      }
    }
    return values
  }

  /// What `$(tasks.….matrix.length)` and `$(tasks.….matrix.….length)` stand for: combinations, of
  /// which those over a result do not count, and results returned.
  private mutating func countCombinations(_ tasks: [PipelineTask], found: [FoundTask]) {
    for (index, task) in tasks.enumerated() {
      let key = "tasks.\(task.name.value).matrix"
      let isOpen = substituted(task).matrix?.params.contains { $0.value.value.type == .string }
      let count = combinationCount(of: task) ?? 0
      matrixLengths.strings["\(key).length"] = String(isOpen == true ? 0 : count)
      guard task.matrix != nil else { continue }
      for result in found[index].spec?.results ?? [] {
        let name = result.name.value
        let isMissing = input.missingResults.contains("\(task.name.value).\(name)")
        matrixLengths.strings["\(key).\(name).length"] = String(isMissing ? 0 : count)
      }
    }
  }

  private func combinationCount(of task: PipelineTask) -> Int? {
    guard let matrix = substituted(task).matrix else { return nil }
    let limit = input.configuration.maxMatrixCombinations
    return min(limit, MatrixExpansion.count(of: matrix, limit: limit))
  }

  private func addConditions(of task: PipelineTask, to resolved: inout ResolvedPipelineTask) {
    for when in task.when {
      var condition = ResolvedWhen(
        input: when.input.value, isNegated: when.operator.value == "notin",
        values: when.values.map(\.value), cel: when.cel?.value)
      condition.location = when.location
      if let cel = when.cel {
        condition.holds = addCEL(cel, task: task, to: &resolved)
      } else if let status = WhenEvaluation.statusCondition(condition, positions: positions) {
        resolved.statusConditions.append(status)
      } else if ([condition.input] + condition.values).contains(where: WhenEvaluation.hasResult) {
        assumeHolds(when.location, task: task)
      } else {
        condition.holds = WhenEvaluation.holds(condition)
        if condition.holds == false { resolved.whenHolds = false }
      }
      resolved.when.append(condition)
    }
  }

  /// Whether a CEL expression holds, as far as that is known.
  private func addCEL(
    _ cel: Located<String>, task: PipelineTask, to resolved: inout ResolvedPipelineTask
  ) -> Bool? {
    if WhenEvaluation.hasResult(cel.value) {
      assumeHolds(cel.location, task: task)
      return nil
    }
    if WhenEvaluation.hasStatus(cel.value) {
      if let conditions = WhenEvaluation.statusConditions(
        ofCEL: cel.value, positions: positions)
      {
        resolved.statusConditions += conditions
      } else {
        resolver.sink.warning(
          "W0411",
          "the CEL expression of task '\(task.name.value)' compares outcomes in a way that is not "
            + "understood: it is taken to hold", at: cel.location)
      }
      return nil
    }
    let value = CommonExpression.evaluate(cel.value)
    if value == false { resolved.whenHolds = false }
    if value == nil {
      resolver.sink.warning(
        "W0411",
        "the CEL expression of task '\(task.name.value)' is not understood: it is taken to hold",
        at: cel.location)
    }
    return value
  }

  private func assumeHolds(_ place: SourceLocation, task: PipelineTask) {
    resolver.sink.note(
      "N0412",
      "task '\(task.name.value)' runs only when a result has a certain value, which is not known "
        + "before the run: the condition is taken to hold (give the value under results: to decide)",
      at: place)
  }
}

extension Replacements {
  /// A pipeline task with the references in its parameters and matrix replaced.
  func applyToParameters(of task: PipelineTask) -> PipelineTask {
    var result = task
    result.params = task.params.map { apply($0) }
    guard var matrix = task.matrix else { return result }
    matrix.params = matrix.params.map { apply($0) }
    for index in matrix.include.indices {
      matrix.include[index].params = matrix.include[index].params.map { apply($0) }
    }
    result.matrix = matrix
    return result
  }

  /// A pipeline task with the references in its parameters, matrix and conditions replaced.
  func apply(_ task: PipelineTask) -> PipelineTask {
    var result = applyToParameters(of: task)
    for index in result.when.indices {
      result.when[index].input = apply(task.when[index].input)
      result.when[index].values = task.when[index].values.flatMap { item in
        apply([item.value]).map { Located($0, at: item.location) }
      }
      result.when[index].cel = task.when[index].cel.map { apply($0) }
    }
    for index in result.workspaces.indices {
      result.workspaces[index].subPath = task.workspaces[index].subPath.map { apply($0) }
    }
    return result
  }
}

/// Values of results as a scenario writes them.
enum ResultText {
  /// A string as it is; lists and objects of strings from JSON, falling back to the text itself.
  static func value(_ text: String, type: ParameterType) -> ParameterValue {
    switch type {
    case .string: return .string(text)
    case .array: return .array(FlatJSON.list(text) ?? [text])
    case .object:
      guard let entries = FlatJSON.object(text) else { return .string(text) }
      return .object(entries.map { .init(key: $0.key, value: $0.value) })
    }
  }
}
