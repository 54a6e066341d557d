internal import GantryModel

/// The order of a pipeline's tasks: who waits for whom.
struct PipelineGraph {
  /// By task of `tasks`: the names it waits for, sorted.
  private(set) var dependencies: [[String]] = []
  /// By task of `tasks`: positions of the parents, in the order of the pipeline.
  private(set) var parents: [[Int]] = []
  /// Tekton's words for what is wrong with the graph, and the place; nil when nothing is.
  private(set) var failure: (message: String, location: SourceLocation)?

  /// Builds the graph of the tasks that are not finally tasks.
  init(_ tasks: [PipelineTask]) {
    var positions: [String: Int] = [:]
    for (index, task) in tasks.enumerated() {
      if positions[task.name.value] != nil, failure == nil {
        failure = (
          "task \(task.name.value) is already present in Graph, can't add it again: "
            + "duplicate pipeline task",
          task.name.location
        )
      }
      positions[task.name.value] = index
    }
    for task in tasks {
      let names = PipelineGraph.dependencyNames(of: task)
      dependencies.append(names)
      for name in names where positions[name] == nil && failure == nil {
        failure = (
          "couldn't add link between \(task.name.value) and \(name): task \(task.name.value) "
            + "depends on \(name) but \(name) wasn't present in Pipeline",
          PipelineGraph.place(of: name, in: task)
        )
      }
      parents.append(names.compactMap { positions[$0] }.sorted())
    }
    if failure == nil { findCycle(tasks) }
  }

  /// The names of the tasks that must be done before: `runAfter` and results used; sorted.
  static func dependencyNames(of task: PipelineTask) -> [String] {
    var names = Set(task.runAfter.map(\.value))
    for use in resultUses(of: task) { names.insert(use.expression.task) }
    return names.sorted()
  }

  /// Uses of other tasks' results in the order Tekton looks at them.
  static func resultUses(
    of task: PipelineTask
  ) -> [(expression: ResultExpression, use: ResultUse.Use)] {
    var uses: [(expression: ResultExpression, use: ResultUse.Use)] = []
    func add(_ text: String, _ use: ResultUse.Use) {
      for expression in ResultExpression.all(in: text) { uses.append((expression, use)) }
    }
    for parameter in task.params {
      for text in parameter.value.value.texts { add(text, .parameter) }
    }
    if let matrix = task.matrix {
      for parameter in matrix.params + matrix.include.flatMap(\.params) {
        for text in parameter.value.value.texts { add(text, .parameter) }
      }
    }
    for when in task.when {
      let use = ResultUse.Use.condition(isNegated: when.operator.value == "notin")
      add(when.input.value, use)
      for value in when.values { add(value.value, use) }
      if let cel = when.cel { add(cel.value, use) }
    }
    for container in (task.taskSpec?.steps ?? []) + (task.taskSpec?.sidecars ?? []) {
      for text in texts(of: container) { add(text, .parameter) }
    }
    return uses
  }

  /// The texts of an embedded step or sidecar that may use results without passing them on.
  private static func texts(of container: Step) -> [String] {
    let single = [
      container.name, container.image?.value, container.script?.value, container.workingDir,
    ]
    return single.compactMap { $0 } + container.command + container.args
      + container.environment.compactMap(\.value)
  }

  private static func place(of name: String, in task: PipelineTask) -> SourceLocation {
    task.runAfter.first { $0.value == name }?.location ?? task.location
  }

  /// Kahn's algorithm; what is left over lies on a cycle or behind one.
  private mutating func findCycle(_ tasks: [PipelineTask]) {
    var missing = parents.map(\.count)
    var children = [[Int]](repeating: [], count: tasks.count)
    for (child, list) in parents.enumerated() {
      for parent in list { children[parent].append(child) }
    }
    var ready = missing.indices.filter { missing[$0] == 0 }
    var next = 0
    while next < ready.count {
      for child in children[ready[next]] {
        missing[child] -= 1
        if missing[child] == 0 { ready.append(child) }
      }
      next += 1
    }
    guard ready.count < tasks.count else { return }
    let left = missing.indices.filter { missing[$0] > 0 }
    let first = left.min { tasks[$0].name.value < tasks[$1].name.value } ?? left[0]
    let waits = parents[first].filter { missing[$0] > 0 }.map { tasks[$0].name.value }.sorted()
    failure = (
      "cycle detected; task \"\(tasks[first].name.value)\" depends on "
        + waits.map { "\"\($0)\"" }.joined(separator: ", "),
      tasks[first].location
    )
  }
}
