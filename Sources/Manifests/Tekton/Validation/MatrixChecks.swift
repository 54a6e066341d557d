import GantryModel

/// Checks of the fan-out of pipeline tasks.
struct MatrixChecks {
  let subject: String
  let context: ValidationContext

  init(subject: String, _ context: ValidationContext) {
    self.subject = subject
    self.context = context
  }

  /// Each matrix, and the use of results of fanned-out tasks among the same tasks.
  func check(_ tasks: [PipelineTask]) {
    for task in tasks {
      guard let matrix = task.matrix else { continue }
      let label = "\(subject): task '\(task.name.value)'"
      if task.isMatrixed {
        context.require(.beta, for: "matrix", at: task.places["matrix"])
        checkCount(matrix, label)
        let parameters = ParameterChecks(subject: "\(label): matrix", context)
        matrix.include.forEach { parameters.checkGiven($0.params) }
        parameters.checkGiven(matrix.params)
      }
      let names = Set((matrix.params + matrix.include.flatMap(\.params)).map(\.name.value))
      for parameter in task.params where names.contains(parameter.name.value) {
        let name = parameter.name.value
        context.error(
          "E0126",
          "\(label): expected exactly one, got both: matrix[\(name)], params[\(name)]",
          at: parameter.name.location)
      }
    }
    checkConsumers(tasks)
  }

  private func checkCount(_ matrix: Matrix, _ label: String) {
    let count = matrix.combinationCount
    let limit = context.features.maxMatrixCombinations
    if count > limit {
      context.error(
        "E0126",
        "\(label): expected 0 <= \(count) <= \(limit): the matrix makes more combinations than"
          + " default-max-matrix-combinations-count",
        at: matrix.location)
    }
  }

  private func checkConsumers(_ tasks: [PipelineTask]) {
    let byName = Dictionary(tasks.map { ($0.name.value, $0) }, uniquingKeysWith: { $1 })
    for task in tasks {
      for parameter in task.params {
        for expression in parameter.value.value.texts.flatMap(VariableReferences.expressions) {
          guard ResultReference.looksLikeOne(expression),
            let producer = byName[String(expression.split(separator: ".")[1])],
            producer.isMatrixed
          else { continue }
          checkConsumption(expression, of: producer, at: parameter.value.location)
        }
      }
    }
  }

  private func checkConsumption(
    _ expression: String, of producer: PipelineTask, at place: SourceLocation
  ) {
    if !expression.hasSuffix("[*]") {
      context.error(
        "E0126",
        "\(subject): A matrixed pipelineTask can only be consumed in aggregate using [*] notation,"
          + " but is currently set to \(expression)",
        at: place)
    } else if let reference = ResultReference(expression),
      let result = producer.taskSpec?.results.first(where: { $0.name.value == reference.result }),
      result.type != .string
    {
      context.error(
        "E0126",
        "\(subject): Matrixed PipelineTasks emitting results must have an underlying type string,"
          + " but result \(reference.result) has type \(result.type.rawValue)",
        at: place)
    }
  }
}

extension PipelineTask {
  /// Whether the task fans out.
  var isMatrixed: Bool { matrix.map { !$0.params.isEmpty || !$0.include.isEmpty } ?? false }
}

extension Matrix {
  /// The number of combinations before references are replaced, as Tekton counts them.
  var combinationCount: Int {
    guard !params.isEmpty else { return include.count }
    var values: [String: [String]] = [:]
    var count = 1
    for parameter in params {
      var list: [String] = []
      if case .array(let texts) = parameter.value.value { list = texts }
      values[parameter.name.value] = list
      let (product, overflow) = count.multipliedReportingOverflow(by: list.count)
      count = overflow ? Int.max / 2 : product
    }
    for entry in include {
      for parameter in entry.params {
        guard let known = values[parameter.name.value] else { continue }
        if case .string(let text) = parameter.value.value, known.contains(text) { break }
        count += 1
      }
    }
    return count
  }
}
