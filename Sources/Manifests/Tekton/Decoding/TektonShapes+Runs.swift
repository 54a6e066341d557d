/// Shapes of runs and of whole documents.
extension TektonShapes {
  private typealias K8s = KubernetesShapes

  static let workspaceBinding = Shape.fields(
    strings: "name subPath",
    [
      "volumeClaimTemplate": K8s.claim, "persistentVolumeClaim": K8s.claimSource,
      "emptyDir": K8s.emptyDir, "configMap": K8s.configMapSource, "secret": K8s.secretSource,
      "projected": K8s.projected, "csi": K8s.csi,
    ])

  static let workspaceBindings = Shape.list(workspaceBinding)

  /// Resource overrides of steps (v1beta1: `stepOverrides`) or sidecars.
  private static func overrides(_ version: TektonAPIVersion) -> Shape {
    .list(
      .fields(
        strings: "name",
        [version == .v1beta1 ? "resources" : "computeResources": K8s.resources]))
  }

  static func taskRunSpecs(_ version: TektonAPIVersion) -> Shape {
    let common = Shape.fields(
      strings: "pipelineTaskName",
      [
        "metadata": .fields(["labels": .stringMap, "annotations": .stringMap]),
        "computeResources": K8s.resources, "timeout": .duration,
      ])
    switch version {
    case .v1beta1:
      return .list(
        common.adding(
          .fields(
            strings: "taskServiceAccountName",
            [
              "taskPodTemplate": K8s.podTemplate, "stepOverrides": overrides(version),
              "sidecarOverrides": overrides(version),
            ])))
    case .v1, .v1alpha1:
      return .list(
        common.adding(
          .fields(
            strings: "serviceAccountName",
            [
              "podTemplate": K8s.podTemplate, "stepSpecs": overrides(version),
              "sidecarSpecs": overrides(version),
            ])))
    }
  }

  static func pipelineRunSpec(_ version: TektonAPIVersion) -> Shape {
    let common = Shape.fields(
      strings: "status managedBy",
      [
        "pipelineRef": pipelineReference(version), "pipelineSpec": pipelineSpec(version),
        "params": parameters, "workspaces": workspaceBindings,
        "taskRunSpecs": taskRunSpecs(version),
        "timeouts": .fields(["pipeline": .duration, "tasks": .duration, "finally": .duration]),
      ])
    switch version {
    case .v1beta1:
      return common.adding(
        .fields(
          strings: "serviceAccountName",
          ["podTemplate": K8s.podTemplate, "timeout": .duration, "resources": .any]))
    case .v1, .v1alpha1:
      return common.adding(
        .fields([
          "taskRunTemplate": .fields(
            strings: "serviceAccountName", ["podTemplate": K8s.podTemplate])
        ]))
    }
  }

  static func taskRunSpec(_ version: TektonAPIVersion) -> Shape {
    let common = Shape.fields(
      strings: "serviceAccountName status statusMessage managedBy", integers: "retries",
      [
        "debug": .fields([
          "breakpoints": .fields(strings: "onFailure", stringLists: "beforeSteps")
        ]),
        "params": parameters, "taskRef": reference(version), "taskSpec": taskSpec(version),
        "timeout": .duration, "podTemplate": K8s.podTemplate, "workspaces": workspaceBindings,
        "computeResources": K8s.resources,
      ])
    switch version {
    case .v1beta1:
      return common.adding(
        .fields([
          "resources": .any, "stepOverrides": overrides(version),
          "sidecarOverrides": overrides(version),
        ]))
    case .v1, .v1alpha1:
      return common.adding(
        .fields(["stepSpecs": overrides(version), "sidecarSpecs": overrides(version)]))
    }
  }

  /// The whole document of a kind; nil for kinds that the version has not.
  static func document(kind: String, apiVersion: String) -> Shape? {
    documents["\(apiVersion)/\(kind)"]
  }

  private static let documents: [String: Shape] = {
    var documents: [String: Shape] = [:]
    for version in [TektonAPIVersion.v1, .v1beta1, .v1alpha1] {
      for kind in TektonDecoder.kinds {
        documents["\(version.rawValue)/\(kind)"] = makeDocument(kind: kind, version)
      }
    }
    return documents
  }()

  private static func makeDocument(kind: String, _ version: TektonAPIVersion) -> Shape? {
    let spec: Shape
    switch (kind, version) {
    case ("Task", .v1), ("Task", .v1beta1), ("ClusterTask", .v1beta1): spec = taskSpec(version)
    case ("StepAction", .v1alpha1), ("StepAction", .v1beta1): spec = stepActionSpec
    case ("Pipeline", .v1), ("Pipeline", .v1beta1): spec = pipelineSpec(version)
    case ("PipelineRun", .v1), ("PipelineRun", .v1beta1): spec = pipelineRunSpec(version)
    case ("TaskRun", .v1), ("TaskRun", .v1beta1): spec = taskRunSpec(version)
    default: return nil
    }
    let document = Shape.fields(
      strings: "apiVersion kind", ["metadata": K8s.metadata, "spec": spec])
    return kind.hasSuffix("Run") ? document.adding(.fields(["status": .any])) : document
  }
}
