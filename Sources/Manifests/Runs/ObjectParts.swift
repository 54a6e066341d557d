import GantryModel

/// What objects of a dump have in common, and how the rest of them is read.
struct ObjectParts {
  let name: String
  let namespace: String
  let location: SourceLocation
  let sink: DiagnosticSink
  var labels: [String: String] = [:]
  var created: Double?
  /// The PipelineRun among its owners.
  var owner: String?

  /// Makes the parts without labels and times.
  init(name: String, namespace: String, location: SourceLocation, sink: DiagnosticSink) {
    self.name = name
    self.namespace = namespace
    self.location = location
    self.sink = sink
  }

  /// A time; nil when it is absent, or after reporting.
  func time(_ reader: inout ObjectReader, _ field: String) -> Double? {
    guard let text = reader.string(field) else { return nil }
    guard let seconds = RFC3339.seconds(text.value) else {
      sink.error(
        "E0081", "\(reader.child(field)): '\(text.value)' is no time such as 2026-01-31T08:00:00Z",
        at: text.location)
      return nil
    }
    return seconds
  }

  func pod(_ spec: inout ObjectReader?) -> ObservedPod {
    var selector = spec?.object("nodeSelector")
    return ObservedPod(
      name: name, namespace: namespace, node: spec?.string("nodeName")?.value,
      architecture: Self.architecture(&selector))
  }

  func node(_ status: inout ObjectReader?) -> ObservedNode {
    var info = status?.object("nodeInfo")
    return ObservedNode(
      name: name,
      instanceType: labels["node.kubernetes.io/instance-type"]
        ?? labels["beta.kubernetes.io/instance-type"],
      architecture: labels["kubernetes.io/arch"] ?? labels["beta.kubernetes.io/arch"]
        ?? info?.string("architecture")?.value)
  }

  func pipelineRun(
    _ spec: inout ObjectReader?, _ status: inout ObjectReader?
  ) -> ObservedPipelineRun {
    var run = ObservedPipelineRun(name: name, namespace: namespace, location: location)
    var reference = spec?.object("pipelineRef")
    run.pipeline = reference?.string("name")?.value ?? pipelineLabel(otherThan: name)
    run.times = times(&status)
    run.condition = condition(&status)
    return run
  }

  /// A run with a specification of its own has its own name as that of its pipeline.
  private func pipelineLabel(otherThan run: String?) -> String? {
    labels["tekton.dev/pipeline"].flatMap { $0 == run ? nil : $0 }
  }

  func taskRun(
    _ spec: inout ObjectReader?, _ status: inout ObjectReader?
  ) -> ObservedTaskRun {
    var taskRun = ObservedTaskRun(name: name, namespace: namespace, location: location)
    taskRun.pipelineRun = labels["tekton.dev/pipelineRun"] ?? owner
    taskRun.pipeline = pipelineLabel(otherThan: taskRun.pipelineRun)
    taskRun.pipelineTask = labels["tekton.dev/pipelineTask"]
    var reference = spec?.object("taskRef")
    taskRun.task =
      labels["tekton.dev/task"] ?? labels["tekton.dev/clusterTask"]
      ?? reference?.string("name")?.value
    var template = spec?.object("podTemplate")
    var selector = template?.object("nodeSelector")
    taskRun.architecture = Self.architecture(&selector)
    taskRun.times = times(&status)
    taskRun.condition = condition(&status)
    taskRun.retries = status?.list("retriesStatus").count ?? 0
    taskRun.pod = status?.string("podName")?.value
    taskRun.steps = status?.objects("steps").map(step) ?? []
    return taskRun
  }

  private func times(_ status: inout ObjectReader?) -> ObservedTimes {
    guard var reader = status else { return ObservedTimes(created: created) }
    return ObservedTimes(
      created: created, started: time(&reader, "startTime"),
      completed: time(&reader, "completionTime"))
  }

  private func condition(_ status: inout ObjectReader?) -> ObservedCondition? {
    for condition in status?.objects("conditions") ?? [] {
      var condition = condition
      guard condition.string("type")?.value == "Succeeded" else { continue }
      return ObservedCondition(
        status: condition.string("status")?.value ?? "",
        reason: condition.string("reason")?.value ?? "")
    }
    return nil
  }

  private func step(_ reader: ObjectReader) -> ObservedStep {
    var reader = reader
    var step = ObservedStep(name: reader.string("name")?.value ?? "")
    guard var end = reader.object("terminated") else { return step }
    step.started = time(&end, "startedAt")
    step.finished = time(&end, "finishedAt")
    step.exitCode = end.int("exitCode")?.value
    // Tekton's own reason (TaskRun status) says more than the container's.
    step.reason = reader.string("terminationReason")?.value ?? end.string("reason")?.value
    return step
  }

  private static func architecture(_ selector: inout ObjectReader?) -> String? {
    selector?.string("kubernetes.io/arch")?.value
      ?? selector?.string("beta.kubernetes.io/arch")?.value
  }
}
