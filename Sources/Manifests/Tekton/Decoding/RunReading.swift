import GantryModel
import GantryUnits

// Runs from checked values; fields of v1beta1 land where v1 has them.

extension YAMLNode {
  /// A PipelineRun from its whole document.
  func pipelineRun(apiVersion: String, _ sink: DiagnosticSink) -> PipelineRun {
    let name = objectName
    var run = PipelineRun(apiVersion: apiVersion, name: name.text, location: location)
    run.isGenerated = name.isGenerated
    run.namespace = self["metadata"]?["namespace"]?.text
    run.labels = self["metadata"]?.stringMap("labels") ?? [:]
    run.annotations = self["metadata"]?.stringMap("annotations") ?? [:]
    guard let spec = self["spec"] else { return run }
    run.pipelineRef = spec["pipelineRef"]?.reference()
    run.pipelineSpec = spec["pipelineSpec"]?.pipelineSpec(sink, path: "spec.pipelineSpec")
    run.params = spec.parameters()
    run.workspaces = spec.workspaceBindings(sink)
    run.pipelineTimeout = (spec["timeouts"]?["pipeline"] ?? spec["timeout"])?.located
    run.tasksTimeout = spec["timeouts"]?["tasks"]?.located
    run.finallyTimeout = spec["timeouts"]?["finally"]?.located
    let template = spec["taskRunTemplate"] ?? spec
    run.serviceAccountName = template["serviceAccountName"]?.text
    run.podTemplate = template["podTemplate"]?.podTemplate(sink, path: "podTemplate")
    run.taskRunSpecs = spec.items("taskRunSpecs").enumerated().map { index, node in
      node.taskRunSpec(sink, path: "spec.taskRunSpecs[\(index)]")
    }
    run.requestedStatus = spec["status"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    run.places = spec.places(depth: 2)
    return run
  }

  /// A TaskRun from its whole document.
  func taskRun(apiVersion: String, _ sink: DiagnosticSink) -> TaskRun {
    let name = objectName
    var run = TaskRun(apiVersion: apiVersion, name: name.text, location: location)
    run.isGenerated = name.isGenerated
    run.namespace = self["metadata"]?["namespace"]?.text
    run.labels = self["metadata"]?.stringMap("labels") ?? [:]
    run.annotations = self["metadata"]?.stringMap("annotations") ?? [:]
    guard let spec = self["spec"] else { return run }
    run.taskRef = spec["taskRef"]?.reference()
    run.taskSpec = spec["taskSpec"]?.taskSpec(sink, path: "spec.taskSpec")
    run.params = spec.parameters()
    run.workspaces = spec.workspaceBindings(sink)
    run.timeout = spec["timeout"]?.located
    run.retries = spec["retries"]?.wholeNumber.map { Int($0) } ?? 0
    run.serviceAccountName = spec["serviceAccountName"]?.text
    run.podTemplate = spec["podTemplate"]?.podTemplate(sink, path: "spec.podTemplate")
    run.stepSpecs = spec.overrides("stepSpecs", "stepOverrides", sink)
    run.sidecarSpecs = spec.overrides("sidecarSpecs", "sidecarOverrides", sink)
    run.computeResources = spec["computeResources"].flatMap {
      readResourceRequirements($0, path: "spec.computeResources", sink: sink)
    }
    run.requestedStatus = spec["status"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    run.places = spec.places(depth: 3)
    return run
  }

  /// `metadata.name`, or else `generateName`.
  var objectName: (text: Located<String>, isGenerated: Bool) {
    let metadata = self["metadata"]
    if let name = metadata?["name"]?.located, !name.value.isEmpty { return (name, false) }
    if let name = metadata?["generateName"]?.located, !name.value.isEmpty { return (name, true) }
    return (Located("", at: metadata?.location ?? location), false)
  }

  private func taskRunSpec(_ sink: DiagnosticSink, path: String) -> TaskRunSpecOverride {
    var spec = TaskRunSpecOverride(pipelineTaskName: requiredText("pipelineTaskName"))
    spec.podTemplate = (self["podTemplate"] ?? self["taskPodTemplate"])?
      .podTemplate(sink, path: "\(path).podTemplate")
    spec.serviceAccountName =
      (self["serviceAccountName"] ?? self["taskServiceAccountName"])?.text
    spec.stepSpecs = overrides("stepSpecs", "stepOverrides", sink)
    spec.sidecarSpecs = overrides("sidecarSpecs", "sidecarOverrides", sink)
    spec.computeResources = self["computeResources"].flatMap {
      readResourceRequirements($0, path: "\(path).computeResources", sink: sink)
    }
    spec.timeout = self["timeout"]?.located
    spec.places = places(depth: 3)
    return spec
  }

  private func overrides(
    _ name: String, _ betaName: String, _ sink: DiagnosticSink
  ) -> [TaskRunSpecOverride.ComputeOverride] {
    (self[name] ?? self[betaName])?.items.enumerated().map { index, node in
      let resources = node["computeResources"] ?? node["resources"]
      return .init(
        name: node.requiredText("name"),
        resources: resources.flatMap {
          readResourceRequirements($0, path: "\(name)[\(index)].computeResources", sink: sink)
        } ?? ResourceRequirements())
    } ?? []
  }

  private func workspaceBindings(_ sink: DiagnosticSink) -> [WorkspaceBinding] {
    items("workspaces").map { node in
      var binding = node.workspaceBinding
      binding.name = node.requiredText("name")
      return binding
    }
  }

  /// What a run gives for a workspace; the name may be absent.
  var workspaceBinding: WorkspaceBinding {
    var binding = WorkspaceBinding(
      name: self["name"]?.located ?? Located("", at: location), source: workspaceSource,
      location: location)
    binding.subPath = self["subPath"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    binding.places = places(depth: 3)
    return binding
  }

  private var workspaceSource: WorkspaceBinding.Source {
    if let claim = self["persistentVolumeClaim"] {
      return .persistentVolumeClaim(name: claim["claimName"]?.text ?? "")
    }
    if let claim = self["volumeClaimTemplate"] {
      return .volumeClaimTemplate(
        name: claim["metadata"]?["name"]?.text.flatMap { $0.isEmpty ? nil : $0 },
        claim["spec"]?.claimSpec ?? PersistentVolumeClaimSpec())
    }
    if let secret = self["secret"] { return .secret(name: secret["secretName"]?.text ?? "") }
    if let map = self["configMap"] { return .configMap(name: map["name"]?.text ?? "") }
    if self["projected"] != nil { return .projected }
    if let csi = self["csi"] { return .csi(driver: csi["driver"]?.text ?? "") }
    // A binding with no source at all is refused by the validator.
    return .emptyDir(
      inMemory: self["emptyDir"]?.isInMemory ?? false, sizeLimit: self["emptyDir"]?.sizeLimit)
  }

  private var claimSpec: PersistentVolumeClaimSpec {
    var spec = PersistentVolumeClaimSpec()
    spec.storageClassName = self["storageClassName"]?.text
    spec.accessModes = texts("accessModes").map(\.value)
    spec.storage = self["resources"]?["requests"]?["storage"]?.text.flatMap { Quantity($0) }
    spec.volumeName = self["volumeName"]?.text
    return spec
  }
}
