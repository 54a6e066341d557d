import GantryModel

/// Checks that a pipeline's tasks can be put in an order.
struct GraphChecks {
  let tasks: [PipelineTask]
  let subject: String
  let context: ValidationContext

  init(_ tasks: [PipelineTask], subject: String, _ context: ValidationContext) {
    self.tasks = tasks
    self.subject = subject
    self.context = context
  }

  /// Predecessors that do not exist, and cycles.
  func check() {
    var parents: [String: Set<String>] = [:]
    for task in tasks { parents[task.name.value, default: []].formUnion(task.predecessors) }
    let stuck = Self.tasksInCycles(parents)
    if let first = stuck.sorted().first {
      reportCycle(from: first, parents: parents, stuck: stuck)
    }
    for task in tasks {
      for parent in task.predecessors.sorted() where parents[parent] == nil {
        let written = task.runAfter.first { $0.value == parent }
        context.error(
          "E0118",
          "\(subject): couldn't add link between \(task.name.value) and \(parent): task"
            + " '\(task.name.value)' depends on '\(parent)' but '\(parent)' wasn't present in Pipeline",
          at: written?.location ?? task.name.location,
          suggestion: nearestName(to: parent, in: parents.keys.sorted())
            .map { "did you mean '\($0)'?" })
      }
    }
  }

  /// The tasks that remain when tasks without open predecessors are taken away again and again.
  private static func tasksInCycles(_ parents: [String: Set<String>]) -> Set<String> {
    var open = parents.filter { !$0.value.isEmpty }
    var children: [String: [String]] = [:]
    for (task, list) in open { for parent in list { children[parent, default: []].append(task) } }
    var ready = children.keys.filter { open[$0] == nil }
    while let parent = ready.popLast() {
      for child in children[parent] ?? [] {
        open[child]?.remove(parent)
        if open[child]?.isEmpty == true {
          open[child] = nil
          ready.append(child)
        }
      }
    }
    return Set(open.keys)
  }

  private func reportCycle(
    from first: String, parents: [String: Set<String>], stuck: Set<String>
  ) {
    let open = (parents[first] ?? []).intersection(stuck).sorted()
    var path = [first]
    var current = first
    while let next = (parents[current] ?? []).intersection(stuck).sorted().first {
      path.append(next)
      if path.dropLast().contains(next) { break }
      current = next
    }
    let task = tasks.first { $0.name.value == first }
    let written = task?.runAfter.first { open.contains($0.value) }
    context.error(
      "E0119",
      "\(subject): cycle detected; task \"\(first)\" depends on"
        + " \"\(open.joined(separator: ", "))\"",
      at: written?.location ?? task?.name.location,
      notes: [.init("each depends on the next: \(path.joined(separator: " → "))")])
  }
}

extension PipelineTask {
  /// The tasks that must have ended before this one: those named and those whose results it uses.
  var predecessors: Set<String> {
    Set(resultReferences.map(\.task)).union(runAfter.map(\.value))
  }

  /// All references to results of other tasks.
  var resultReferences: [ResultReference] {
    var texts = params.flatMap(\.value.value.texts)
    texts += (matrix?.params ?? []).flatMap(\.value.value.texts)
    texts += (matrix?.include ?? []).flatMap(\.params).flatMap(\.value.value.texts)
    texts += when.flatMap(\.texts)
    for container in (taskSpec?.steps ?? []) + (taskSpec?.sidecars ?? []) {
      texts += container.referringTexts.map(\.text)
    }
    return texts.filter { $0.contains("$(") }.flatMap(ResultReference.all)
  }
}

extension WhenExpression {
  /// All texts that may hold references.
  var texts: [String] { [input.value, cel?.value ?? ""] + values.map(\.value) }
}
