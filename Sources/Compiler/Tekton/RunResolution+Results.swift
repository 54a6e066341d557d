internal import GantryModel

// The results of the pipeline itself.

extension RunResolution {
  /// Every result of the pipeline comes from a result that a task declares.
  func checkPipelineResults(_ pipeline: PipelineSpec, found: [FoundTask]) throws(RunRefusal) {
    for result in pipeline.results {
      for use in ResultExpression.all(inResult: result.value.value) {
        guard let position = positions[use.task], let spec = found[position].spec else { continue }
        let names = spec.results.map(\.name.value)
        guard !names.contains(use.result) else { continue }
        let what =
          "\"\(use.result)\" is not a named result returned by pipeline task \"\(use.task)\""
        throw RunRefusal(
          "InvalidPipelineResultReference",
          "invalid pipeline result \"\(result.name.value)\": \(what)", code: "E0424",
          summary: "result '\(result.name.value)' of the pipeline uses '\(use.result)', which task "
            + "'\(use.task)' does not return",
          at: result.value.location, suggestion: suggestion(for: use.result, among: names))
      }
    }
  }

  /// What each result of the pipeline is made from, with the values that the caller gave.
  func pipelineResults(_ pipeline: PipelineSpec, values: Replacements) -> [PlannedResult] {
    pipeline.results.map { result in
      let written = result.value.value.mapTexts(ResultExpression.withoutSections)
      let value = values.apply(written)
      let isKnown = value.texts.allSatisfy { ResultExpression.all(in: $0).isEmpty }
      // An index or a key that a given value does not have is not there when its turn comes.
      let open = Set(value.texts.flatMap { ResultExpression.all(in: $0) })
      var uses: [ResultUse] = []
      for expression in written.texts.flatMap({ ResultExpression.all(in: $0) }) {
        guard let task = positions[expression.task] else { continue }
        let key = "\(expression.task).\(expression.result)"
        var use = ResultUse(task: task, result: expression.result, use: .parameter)
        let isAbsent = input.results[key] != nil && open.contains(expression)
        use.isReturned = !isAbsent && !input.missingResults.contains(key)
        if !uses.contains(use) { uses.append(use) }
      }
      return PlannedResult(name: result.name.value, uses: uses, value: isKnown ? value : nil)
    }
  }
}

extension ResultExpression {
  /// All references of a pipeline's result, which tells tasks of the graph from final ones.
  fileprivate static func all(inResult value: ParameterValue) -> [ResultExpression] {
    value.texts.flatMap { all(in: withoutSections($0)) }
  }

  /// A text whose references to results of final tasks look like those of others: names are unique.
  fileprivate static func withoutSections(_ text: String) -> String {
    expandReferences(in: text) { key in
      key.hasPrefix("finally.") ? "$(tasks.\(key.dropFirst("finally.".count)))" : nil
    }
  }
}

extension ParameterValue {
  /// The value with each of its texts changed.
  fileprivate func mapTexts(_ change: (String) -> String) -> ParameterValue {
    switch self {
    case .string(let text): .string(change(text))
    case .array(let items): .array(items.map(change))
    case .object(let entries):
      .object(entries.map { .init(key: $0.key, value: change($0.value)) })
    }
  }
}
