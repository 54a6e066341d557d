import GantryModel

// Task and pipeline specifications from checked values.

extension YAMLNode {
  /// A task's specification.
  func taskSpec(_ sink: DiagnosticSink, path: String) -> TaskSpec {
    var spec = TaskSpec(location: location)
    spec.params = parameterSpecs()
    spec.workspaces = workspaceDeclarations()
    spec.results = resultSpecs()
    spec.steps = items("steps").enumerated().map { index, node in
      node.step(sink, path: "\(path).steps[\(index)]")
    }
    spec.stepTemplate = self["stepTemplate"]?.step(sink, path: "\(path).stepTemplate")
    spec.sidecars = items("sidecars").enumerated().map { index, node in
      node.step(sink, path: "\(path).sidecars[\(index)]")
    }
    spec.volumes = volumes()
    spec.places = places(depth: 3)
    return spec
  }

  /// A step action's specification as a task with that one step.
  func stepActionSpec(_ sink: DiagnosticSink) -> TaskSpec {
    var spec = TaskSpec(location: location)
    spec.params = parameterSpecs()
    var step = step(sink, path: "spec")
    // The parameters that a step action declares are not values that a step gives.
    step.params = []
    spec.steps = [step]
    spec.places = places(depth: 3)
    return spec
  }

  private func workspaceDeclarations() -> [WorkspaceDeclaration] {
    items("workspaces").map { node in
      var workspace = WorkspaceDeclaration(name: node.requiredText("name"))
      workspace.mountPath = node["mountPath"]?.text.flatMap { $0.isEmpty ? nil : $0 }
      workspace.readOnly = node["readOnly"]?.flag ?? false
      workspace.optional = node["optional"]?.flag ?? false
      return workspace
    }
  }

  /// A pipeline's specification.
  func pipelineSpec(_ sink: DiagnosticSink, path: String) -> PipelineSpec {
    var spec = PipelineSpec(location: location)
    spec.params = parameterSpecs()
    spec.workspaces = workspaceDeclarations()
    spec.tasks = items("tasks").enumerated().map { index, node in
      node.pipelineTask(sink, path: "\(path).tasks[\(index)]")
    }
    spec.finally = items("finally").enumerated().map { index, node in
      node.pipelineTask(sink, path: "\(path).finally[\(index)]")
    }
    spec.results = items("results").map {
      PipelineResult(name: $0.requiredText("name"), value: $0.locatedValue("value"))
    }
    spec.places = places(depth: 1)
    return spec
  }

  private func pipelineTask(_ sink: DiagnosticSink, path: String) -> PipelineTask {
    var task = PipelineTask(name: requiredText("name"), location: location)
    task.taskRef = self["taskRef"]?.reference()
    if let embedded = self["taskSpec"] {
      task.taskSpec = embedded.taskSpec(sink, path: "\(path).taskSpec")
      task.customTaskKind = embedded["kind"]?.text.flatMap { $0.isEmpty ? nil : $0 }
      task.customTaskAPIVersion = embedded["apiVersion"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    }
    task.params = parameters()
    task.matrix = self["matrix"].map(\.matrix)
    task.when = whenExpressions()
    task.runAfter = texts("runAfter")
    task.retries = self["retries"]?.wholeNumber.map { Int($0) } ?? 0
    task.timeout = self["timeout"]?.located
    task.onError = self["onError"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    task.workspaces = items("workspaces").map { node in
      var binding = WorkspacePipelineTaskBinding(name: node.requiredText("name"))
      binding.workspace = node["workspace"]?.located.flatMap { $0.value.isEmpty ? nil : $0 }
      binding.subPath = node["subPath"]?.text.flatMap { $0.isEmpty ? nil : $0 }
      return binding
    }
    task.displayName = self["displayName"]?.text
    task.hasNestedPipeline = self["pipelineRef"] != nil || self["pipelineSpec"] != nil
    task.places = places(depth: 2)
    return task
  }

  private var matrix: Matrix {
    var matrix = Matrix(location: location)
    matrix.params = parameters()
    matrix.include = items("include").map {
      .init(name: $0["name"]?.text, params: $0.parameters())
    }
    return matrix
  }
}
