/// A version of the Tekton API that objects are written in.
enum TektonAPIVersion: String {
  case v1 = "tekton.dev/v1"
  case v1beta1 = "tekton.dev/v1beta1"
  case v1alpha1 = "tekton.dev/v1alpha1"
}

/// Shapes of the Tekton types.
///
/// Source: Tekton Pipelines API specification v1.15 with the fields that v0.59 had and v1.15 has
/// not, read 2026-11-22. The versions differ in fields only where a check names the difference.
enum TektonShapes {
  private typealias K8s = KubernetesShapes

  static let properties = Shape.map(.fields(strings: "type"))

  static let parameterSpecs = Shape.list(
    .fields(
      strings: "name type description", stringLists: "enum",
      ["properties": properties, "default": .parameterValue]))

  static let parameters = Shape.list(.fields(strings: "name", ["value": .parameterValue]))

  static let taskResults = Shape.list(
    .fields(
      strings: "name type description", ["properties": properties, "value": .parameterValue]))

  static let stepResults = Shape.list(
    .fields(strings: "name type description", ["properties": properties]))

  static let when = Shape.list(.fields(strings: "input operator cel", stringLists: "values"))

  static let workspaceUses = Shape.list(.fields(strings: "name mountPath"))

  private static let containerBase = Shape.fields(
    strings: "image workingDir imagePullPolicy", stringLists: "command args",
    [
      "envFrom": K8s.environmentSources, "env": K8s.environment,
      "volumeMounts": K8s.volumeMounts, "securityContext": K8s.securityContext,
      "volumeDevices": .list(.fields(strings: "name devicePath")),
    ])

  /// Container fields that only sidecars and v1beta1 steps have.
  private static let fullContainer = Shape.fields(
    strings: "name terminationMessagePath terminationMessagePolicy",
    booleans: "stdin stdinOnce tty",
    [
      "ports": K8s.ports, "livenessProbe": K8s.probe, "readinessProbe": K8s.probe,
      "startupProbe": K8s.probe, "lifecycle": K8s.lifecycle,
    ])

  private static func resourcesField(_ version: TektonAPIVersion) -> Shape {
    .fields([version == .v1beta1 ? "resources" : "computeResources": K8s.resources])
  }

  static func step(_ version: TektonAPIVersion) -> Shape {
    let output = Shape.fields(strings: "path")
    let step = containerBase.adding(resourcesField(version)).adding(
      .fields(
        strings: "name displayName script onError",
        [
          "timeout": .duration, "workspaces": workspaceUses, "stdoutConfig": output,
          "stderrConfig": output, "params": parameters, "results": stepResults, "when": when,
          "ref": .fields(strings: "name resolver", ["params": parameters]),
        ]))
    return version == .v1beta1 ? step.adding(fullContainer) : step
  }

  static func sidecar(_ version: TektonAPIVersion) -> Shape {
    containerBase.adding(fullContainer).adding(resourcesField(version)).adding(
      .fields(strings: "script restartPolicy", ["workspaces": workspaceUses]))
  }

  static func stepTemplate(_ version: TektonAPIVersion) -> Shape {
    let template = containerBase.adding(resourcesField(version))
    return version == .v1beta1 ? template.adding(fullContainer) : template
  }

  static func taskSpec(_ version: TektonAPIVersion) -> Shape {
    let spec = Shape.fields(
      strings: "displayName description",
      [
        "params": parameterSpecs, "results": taskResults, "volumes": K8s.volumes,
        "workspaces": .list(
          .fields(strings: "name description mountPath", booleans: "readOnly optional")),
        "steps": .list(step(version)), "sidecars": .list(sidecar(version)),
        "stepTemplate": stepTemplate(version),
      ])
    return version == .v1beta1 ? spec.adding(.fields(["resources": .any])) : spec
  }

  static let stepActionSpec = Shape.fields(
    strings: "description image script workingDir", stringLists: "command args",
    [
      "env": K8s.environment, "params": parameterSpecs, "results": stepResults,
      "securityContext": K8s.securityContext, "volumeMounts": K8s.volumeMounts,
    ])

  static func reference(_ version: TektonAPIVersion) -> Shape {
    let reference = Shape.fields(
      strings: "name kind apiVersion resolver", ["params": parameters])
    return version == .v1beta1 ? reference.adding(.fields(strings: "bundle")) : reference
  }

  static func pipelineReference(_ version: TektonAPIVersion) -> Shape {
    reference(version).removing("kind")
  }

  static func pipelineTask(_ version: TektonAPIVersion) -> Shape {
    let embedded = taskSpec(version).adding(
      .fields(
        strings: "apiVersion kind",
        [
          "spec": .any,
          "metadata": .fields(["labels": .stringMap, "annotations": .stringMap]),
        ]))
    let task = Shape.fields(
      strings: "name displayName description onError", integers: "retries",
      stringLists: "runAfter",
      [
        "taskRef": reference(version), "taskSpec": embedded, "when": when, "params": parameters,
        "timeout": .duration,
        "matrix": .fields([
          "params": parameters,
          "include": .list(.fields(strings: "name", ["params": parameters])),
        ]),
        "workspaces": .list(.fields(strings: "name workspace subPath")),
        "pipelineRef": pipelineReference(version),
        "pipelineSpec": .deferred { pipelineSpec(version) },
      ])
    return version == .v1beta1 ? task.adding(.fields(["resources": .any])) : task
  }

  static func pipelineSpec(_ version: TektonAPIVersion) -> Shape {
    let spec = Shape.fields(
      strings: "displayName description",
      [
        "tasks": .list(pipelineTask(version)), "finally": .list(pipelineTask(version)),
        "params": parameterSpecs,
        "workspaces": .list(.fields(strings: "name description", booleans: "optional")),
        "results": .list(
          .fields(strings: "name type description", ["value": .parameterValue])),
      ])
    return version == .v1beta1 ? spec.adding(.fields(["resources": .any])) : spec
  }
}
