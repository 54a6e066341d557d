internal import GantryModel

/// Rules of a pipeline that depend on the release and its switches; they hold at run time too.
struct SpecChecks {
  let configuration: TektonConfiguration

  /// A broken rule in Tekton's words.
  struct Failure {
    var message: String
    var paths: [String]
    var details: String = ""
    var location: SourceLocation
  }

  /// All broken rules, sorted as Tekton prints them.
  func errors(in pipeline: PipelineSpec) -> [Failure] {
    var failures: [Failure] = []
    for (index, task) in pipeline.tasks.enumerated() {
      failures += errors(in: task, path: "tasks[\(index)]")
    }
    for (index, task) in pipeline.finally.enumerated() {
      failures += errors(in: task, path: "finally[\(index)]")
    }
    return merged(failures)
  }

  /// The text of several failures.
  static func text(of failures: [Failure]) -> String {
    failures.map { failure in
      "\(failure.message): \(failure.paths.joined(separator: ", "))"
        + (failure.details.isEmpty ? "" : "\n\(failure.details)")
    }.joined(separator: "\n")
  }

  private func errors(in task: PipelineTask, path: String) -> [Failure] {
    var failures: [Failure] = []
    if let reference = task.taskRef,
      TaskKind(reference, version: configuration.version) == .nameless
    {
      failures.append(
        Failure(
          message: "invalid value: custom task ref must specify apiVersion",
          paths: ["\(path).taskRef.apiVersion"], location: reference.location))
    }
    if let onError = task.onError {
      if configuration.version == .v0_59, configuration.apiLevel < .alpha {
        failures.append(
          Failure(
            message:
              "OnError requires \"enable-api-fields\" feature gate to be \"alpha\" but it is "
              + "\"\(configuration.apiLevel.rawValue)\"", paths: [""], location: task.location))
      }
      if onError == "continue", task.retries > 0 {
        failures.append(
          Failure(
            message: "PipelineTask OnError cannot be set to \"continue\" when Retries is greater "
              + "than 0", paths: [""], location: task.location))
      }
    }
    if let matrix = task.matrix {
      let limit = configuration.maxMatrixCombinations
      let count = MatrixExpansion.count(of: matrix, limit: limit)
      if count > limit {
        failures.append(
          Failure(
            message: "expected 0 <= \(count) <= \(limit)", paths: ["\(path).matrix"],
            location: matrix.location))
      }
    }
    for (index, when) in task.when.enumerated() where when.cel != nil && !configuration.enablesCEL {
      failures.append(celFailure(when, path: "\(path).when[\(index)]"))
    }
    return failures
  }

  private func celFailure(_ when: WhenExpression, path: String) -> Failure {
    let cel = when.cel?.value ?? ""
    if configuration.version == .v0_59 {
      return Failure(
        message: "feature flag %s should be set to true to use CEL: %s in WhenExpression",
        paths: ["\(path).\(cel)", "\(path).enable-cel-in-whenexpression"], location: when.location)
    }
    return Failure(
      message: "feature flag enable-cel-in-whenexpression should be set to true to use CEL: "
        + "\(cel) in WhenExpression", paths: [path], location: when.location)
  }

  /// Failures of the same words become one with all paths, sorted by the words.
  private func merged(_ failures: [Failure]) -> [Failure] {
    var result: [Failure] = []
    for failure in failures {
      if let index = result.firstIndex(where: {
        $0.message == failure.message && $0.details == failure.details
      }) {
        result[index].paths = Array(Set(result[index].paths + failure.paths)).sorted()
      } else {
        result.append(failure)
      }
    }
    return result.sorted { ($0.message, $0.details) < ($1.message, $1.details) }
  }
}

/// What a task reference refers to.
enum TaskKind: Hashable {
  /// A Task or ClusterTask of the cluster.
  case task(kind: String)
  /// A task fetched from elsewhere.
  case remote(String)
  /// A custom task, run by another controller.
  case custom(String)
  /// A kind that only a custom task can have, without the apiVersion it needs.
  case nameless

  init(_ reference: Reference, version: TektonVersion) {
    if let resolver = reference.resolver {
      self = .remote(resolver)
      return
    }
    let kind = reference.kind ?? "Task"
    let isOwn = reference.apiVersion.map { $0.isEmpty || $0.hasPrefix("tekton.dev/") } ?? true
    if !isOwn {
      self = .custom("\(reference.apiVersion ?? "")/\(kind)")
    } else if kind == "Task" || kind.isEmpty || (kind == "ClusterTask" && version == .v0_59) {
      self = .task(kind: kind.isEmpty ? "Task" : kind)
    } else if let apiVersion = reference.apiVersion, !apiVersion.isEmpty {
      self = .custom("\(apiVersion)/\(kind)")
    } else {
      self = .nameless
    }
  }

  /// The kind of task that a TaskRun looks for: its controller starts no custom tasks and takes any
  /// kind that it does not know (`task`) for a Task.
  var kindInTaskRun: String {
    if case .task(let kind) = self { kind } else { "Task" }
  }
}
