import GantryModel

/// Checks of one task of a pipeline by itself.
struct PipelineTaskChecks {
  let task: PipelineTask
  let subject: String
  let context: ValidationContext

  init(_ task: PipelineTask, subject: String, _ context: ValidationContext) {
    self.task = task
    self.subject = subject
    self.context = context
  }

  /// What it runs and how it fails.
  func check() {
    checkChoice()
    if let place = task.places["resources"] {
      context.error(
        "E0132",
        "\(subject): must not set the field(s): resources (PipelineResources were removed)",
        at: place)
    }
    checkEmbeddedType()
    checkOnError()
    if isCustom {
      checkCustomTask()
    } else {
      if let spec = task.taskSpec { TaskSpecChecks(spec, subject: subject, context).check() }
      if let reference = task.taskRef {
        ReferenceChecks(subject: "\(subject): taskRef", context).check(reference)
      }
    }
  }

  private func checkChoice() {
    for field in ["pipelineRef", "pipelineSpec"] {
      if let place = task.places[field] { context.require(.alpha, for: field, at: place) }
    }
    let written = ["taskRef", "taskSpec", "pipelineRef", "pipelineSpec"].filter {
      task.places[$0] != nil
    }
    if written.count > 1 {
      context.error(
        "E0112",
        "\(subject): expected exactly one, got both: \(written.joined(separator: ", "))",
        at: task.places[written[1]] ?? task.location)
    } else if written.isEmpty {
      let choices =
        context.level == .alpha
        ? "pipelineRef, pipelineSpec, taskRef, taskSpec" : "taskRef, taskSpec"
      context.error(
        "E0112", "\(subject): expected exactly one, got neither: \(choices)", at: task.location)
    }
  }

  private func checkEmbeddedType() {
    guard let spec = task.taskSpec, !spec.steps.isEmpty else { return }
    for field in ["apiVersion", "kind"] {
      guard let place = spec.places[field],
        (field == "kind" ? task.customTaskKind : task.customTaskAPIVersion) != nil
      else { continue }
      context.error(
        "E0114", "\(subject): taskSpec.\(field) cannot be specified when using taskSpec.steps",
        at: place)
    }
  }

  private func checkOnError() {
    guard let onError = task.onError, !onError.hasPrefix("$(params") else { return }
    let place = task.places["onError"] ?? task.location
    context.require(context.version < .v1_15 ? .alpha : .beta, for: "OnError", at: place)
    if !["continue", "stopAndFail"].contains(onError) {
      context.error(
        "E0127",
        "\(subject): invalid value: \(onError): OnError must be either \"continue\" or"
          + " \"stopAndFail\"",
        at: place)
    }
    if onError == "continue", task.retries > 0 {
      context.error(
        "E0127",
        "\(subject): PipelineTask OnError cannot be set to \"continue\" when Retries is greater"
          + " than 0",
        at: place, notes: [.init("retries", at: task.places["retries"])])
    }
  }

  /// Whether a controller other than Tekton's own runs the task.
  private var isCustom: Bool {
    let ownKinds = context.version < .v1_15 ? ["Task", "ClusterTask"] : ["Task"]
    func isForeign(_ kind: String?, _ apiVersion: String?) -> Bool {
      apiVersion != nil || kind.map { !ownKinds.contains($0) } ?? false
    }
    if let reference = task.taskRef, isForeign(reference.kind, reference.apiVersion) {
      return true
    }
    return task.taskSpec != nil && isForeign(task.customTaskKind, task.customTaskAPIVersion)
  }

  private func checkCustomTask() {
    if let reference = task.taskRef {
      checkType(
        kind: reference.kind, apiVersion: reference.apiVersion, what: "ref",
        at: reference.places["apiVersion"] ?? reference.places["kind"] ?? reference.location)
    }
    if let spec = task.taskSpec {
      checkType(
        kind: task.customTaskKind, apiVersion: task.customTaskAPIVersion, what: "spec",
        at: spec.places["apiVersion"] ?? spec.places["kind"] ?? spec.location)
    }
  }

  private func checkType(
    kind: String?, apiVersion: String?, what: String, at place: SourceLocation
  ) {
    if kind == nil {
      context.error("E0114", "\(subject): custom task \(what) must specify kind", at: place)
    }
    guard let apiVersion else {
      let isClusterTask = kind == "ClusterTask"
      context.error(
        "E0114", "\(subject): custom task \(what) must specify apiVersion", at: place,
        suggestion: isClusterTask
          ? "ClusterTask was removed in Tekton 1.0: use kind Task or the resolver 'cluster',"
            + " or choose tektonVersion 0.59"
          : nearestName(to: kind ?? "", in: ["Task"]).map { "did you mean kind '\($0)'?" })
      return
    }
    let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false)
    if context.version >= .v1_15, parts.count != 2 || parts.contains(where: \.isEmpty) {
      context.error(
        "E0114",
        "\(subject): invalid apiVersion format '\(apiVersion)', must be in the format"
          + " \"group/version\"",
        at: place)
    }
  }
}
