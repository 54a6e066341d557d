public import GantryModel

/// Reads Tekton objects as strictly as the admission webhook does.
public struct TektonDecoder {
  /// The kinds that are read.
  public static let kinds = [
    "Task", "ClusterTask", "StepAction", "Pipeline", "PipelineRun", "TaskRun",
  ]

  /// Reads one object and adds it to a set, unless something in it is wrong.
  ///
  /// Every wrong or unknown field is reported, not only the first.
  public static func decode(
    kind: String, apiVersion: String, node: YAMLNode, into set: inout ManifestSet,
    sink: DiagnosticSink
  ) {
    guard let shape = TektonShapes.document(kind: kind, apiVersion: apiVersion) else {
      refuse(kind: kind, apiVersion: apiVersion, node: node, sink: sink)
      return
    }
    var reader = ShapeReader(sink: sink)
    guard let document = reader.read(node, as: shape, path: ""), !reader.failed else { return }
    switch kind {
    case "Pipeline":
      set.pipelines.append(pipeline(document, apiVersion: apiVersion, sink: sink))
    case "PipelineRun":
      set.pipelineRuns.append(document.pipelineRun(apiVersion: apiVersion, sink))
    case "TaskRun": set.taskRuns.append(document.taskRun(apiVersion: apiVersion, sink))
    default: set.tasks.append(task(document, kind: kind, apiVersion: apiVersion, sink: sink))
    }
  }

  private static func refuse(
    kind: String, apiVersion: String, node: YAMLNode, sink: DiagnosticSink
  ) {
    let known = kinds.contains(kind)
    let versions = [TektonAPIVersion.v1, .v1beta1, .v1alpha1].map(\.rawValue)
      .filter { TektonShapes.document(kind: kind, apiVersion: $0) != nil }
    sink.error(
      "E0137",
      known
        ? "no matches for kind '\(kind)' in version '\(apiVersion)'"
        : "'\(kind)' is not a kind of Tekton",
      at: node["apiVersion"]?.location ?? node.location,
      suggestion: known
        ? "write apiVersion: \(versions.joined(separator: " or "))"
        : nearestName(to: kind, in: kinds).map { "did you mean '\($0)'?" })
  }

  private static func task(
    _ document: YAMLNode, kind: String, apiVersion: String, sink: DiagnosticSink
  ) -> Task {
    let empty = YAMLNode(.mapping([]), at: document.location)
    let spec = document["spec"] ?? empty
    var task = Task(
      kind: kind, apiVersion: apiVersion, name: document.objectName.text,
      spec: kind == "StepAction" ? spec.stepActionSpec(sink) : spec.taskSpec(sink, path: "spec"))
    task.namespace = document["metadata"]?["namespace"]?.text
    task.annotations = document["metadata"]?.stringMap("annotations") ?? [:]
    task.labels = document["metadata"]?.stringMap("labels") ?? [:]
    return task
  }

  private static func pipeline(
    _ document: YAMLNode, apiVersion: String, sink: DiagnosticSink
  ) -> Pipeline {
    let empty = YAMLNode(.mapping([]), at: document.location)
    var pipeline = Pipeline(
      apiVersion: apiVersion, name: document.objectName.text,
      spec: (document["spec"] ?? empty).pipelineSpec(sink, path: "spec"))
    pipeline.namespace = document["metadata"]?["namespace"]?.text
    return pipeline
  }
}
