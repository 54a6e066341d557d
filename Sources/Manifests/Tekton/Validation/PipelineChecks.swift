import GantryModel

/// Checks of a pipeline's specification, alone or embedded in a run.
struct PipelineChecks {
  let spec: PipelineSpec
  let subject: String
  let context: ValidationContext

  init(_ spec: PipelineSpec, subject: String, _ context: ValidationContext) {
    self.spec = spec
    self.subject = subject
    self.context = context
  }

  /// All tasks, the final ones last.
  var allTasks: [PipelineTask] { spec.tasks + spec.finally }

  /// What holds for a Pipeline object, which must declare all it uses.
  func checkStandAlone() {
    check()
    for task in allTasks {
      guard let embedded = task.taskSpec else { continue }
      let checks = TaskSpecChecks(embedded, subject: label(task), context)
      checks.checkDeclaredParametersOnly(embedded.params + spec.params)
    }
    checkParameterUse(allTasks, declared: DeclaredParameters(spec.params))
    checkWorkspaceUse()
  }

  /// What holds everywhere.
  func check() {
    if spec.places.isEmpty {
      context.error(
        "E0113",
        "\(subject): expected at least one, got none: description, params, resources, tasks,"
          + " workspaces",
        at: spec.location)
    }
    if let place = spec.places["resources"] {
      context.error(
        "E0132",
        "\(subject): must not set the field(s): resources (PipelineResources were removed)",
        at: place)
    }
    checkTasks()
    GraphChecks(spec.tasks, subject: subject, context).check()
    checkParameters(spec.params, tasks: allTasks)
    checkContextVariables(spec.tasks)
    checkContextVariables(spec.finally)
    checkWorkspaceDeclarations()
    PipelineResultChecks(spec, subject: subject, context).check()
    FinallyChecks(spec, subject: subject, context).check()
    for task in allTasks { WhenChecks(task, subject: label(task), context).check() }
    MatrixChecks(subject: subject, context).check(spec.tasks)
    MatrixChecks(subject: subject, context).check(spec.finally)
  }

  /// How a task is called in messages.
  func label(_ task: PipelineTask) -> String { "\(subject): task '\(task.name.value)'" }

  private func checkTasks() {
    var seen: [String: SourceLocation] = [:]
    for task in allTasks {
      let name = task.name
      if !NameRules.isLabel(name.value) {
        context.error(
          "E0110",
          "\(subject): invalid value '\(name.value)': a pipeline task's name must be a valid DNS"
            + " label",
          at: name.location, suggestion: "use lower-case letters, digits and dashes")
      }
      if let first = seen[name.value] {
        context.error(
          "E0111",
          "\(subject): expected exactly one, got both: two tasks are called '\(name.value)'",
          at: name.location, notes: [.init("first written here", at: first)])
      } else {
        seen[name.value] = name.location
      }
      PipelineTaskChecks(task, subject: label(task), context).check()
    }
  }

  /// Declarations of parameters, and parameters given twice.
  func checkParameters(_ specs: [ParameterSpec], tasks: [PipelineTask]) {
    let checks = ParameterChecks(subject: subject, context)
    checks.checkTypes(specs)
    checks.checkNamesAndEnums(specs)
    for task in tasks {
      ParameterChecks(subject: label(task), context).checkGiven(task.params)
    }
  }

  /// References to parameters in what tasks are given.
  func checkParameterUse(_ tasks: [PipelineTask], declared: DeclaredParameters) {
    for task in tasks {
      let use = ParameterUseChecks(declared: declared, subject: label(task), context)
      task.params.forEach(use.check)
      if let matrix = task.matrix { use.check(matrix) }
      task.when.forEach(use.check)
    }
  }

  /// Tekton looks at the last task of a list only; the others get a warning.
  private func checkContextVariables(_ tasks: [PipelineTask]) {
    let known: [(prefix: String, names: Set<String>)] = [
      ("context.pipelineRun", ["name", "namespace", "uid"]), ("context.pipeline", ["name"]),
      ("context.pipelineTask", ["retries"]),
    ]
    for (index, task) in tasks.enumerated() {
      let included = task.matrix?.include.flatMap(\.params) ?? []
      for parameter in task.params + (task.matrix?.params ?? []) + included {
        for text in parameter.value.value.texts where text.contains("$(context.") {
          for (prefix, names) in known {
            guard let complaint = VariableRules.unknown(in: text, prefix: prefix, known: names)
            else { continue }
            let message = "\(label(task)): \(complaint)"
            if index == tasks.count - 1 {
              context.error("E0120", message, at: parameter.value.location)
            } else {
              context.sink.warning("W0139", message, at: parameter.value.location)
            }
          }
        }
      }
    }
  }

  private func checkWorkspaceDeclarations() {
    for workspace in spec.workspaces where workspace.name.value.isEmpty {
      context.error(
        "E0113", "\(subject): a workspace has an empty name", at: workspace.name.location)
    }
    context.unique(spec.workspaces.map(\.name)) {
      "\(subject): workspace with name '\($0)' appears more than once"
    }
  }

  private func checkWorkspaceUse() {
    let known = Set(spec.workspaces.map(\.name.value))
    for task in allTasks {
      context.unique(task.workspaces.map(\.name)) {
        "\(label(task)): workspace name '\($0)' must be unique"
      }
      for binding in task.workspaces {
        let wanted = binding.workspace ?? binding.name
        guard !known.contains(wanted.value) else { continue }
        context.error(
          "E0123",
          "\(subject): pipeline task '\(task.name.value)' expects workspace with name"
            + " '\(wanted.value)' but none exists in pipeline spec",
          at: wanted.location,
          suggestion: nearestName(to: wanted.value, in: known.sorted())
            .map { "did you mean '\($0)'?" })
      }
    }
  }
}

extension ParameterValue {
  /// All texts of a value.
  var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let texts): texts
    case .object(let entries): entries.map(\.value)
    }
  }
}
