import GantryModel
import GantryUnits

// Steps, sidecars and volumes from checked values.

extension YAMLNode {
  /// A step, sidecar or step template.
  func step(_ sink: DiagnosticSink, path: String) -> Step {
    var step = Step(location: location)
    step.name = self["name"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    step.image = self["image"]?.located.flatMap { $0.value.isEmpty ? nil : $0 }
    step.script = self["script"]?.located.flatMap { $0.value.isEmpty ? nil : $0 }
    step.command = texts("command").map(\.value)
    step.args = texts("args").map(\.value)
    step.environment = environment("env")
    step.workingDir = self["workingDir"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    let resources = self["computeResources"] ?? self["resources"]
    step.resources =
      resources.flatMap { readResourceRequirements($0, path: "\(path).resources", sink: sink) }
      ?? ResourceRequirements()
    step.timeout = self["timeout"]?.located
    step.onError = self["onError"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    step.volumeMounts = volumeMounts()
    step.ref = self["ref"]?.reference()
    step.params = parameters()
    step.results = resultSpecs()
    step.runAsUser = self["securityContext"]?["runAsUser"]?.wholeNumber
    step.privileged = self["securityContext"]?["privileged"]?.flag ?? false
    step.workspaceUses = items("workspaces").map { $0.requiredText("name") }
    step.when = whenExpressions()
    step.restartPolicy = self["restartPolicy"]?.text
    step.places = places(depth: 3)
    return step
  }

  /// The variables of a list field.
  func environment(_ name: String) -> [EnvironmentVariable] {
    items(name).map { node in
      EnvironmentVariable(
        name: node["name"]?.text ?? "",
        value: node["valueFrom"] == nil ? node["value"]?.text ?? "" : nil)
    }
  }

  private func volumeMounts() -> [VolumeMount] {
    items("volumeMounts").map { node in
      var mount = VolumeMount(
        name: node["name"]?.text ?? "", mountPath: node["mountPath"]?.text ?? "",
        subPath: node["subPath"]?.text)
      mount.readOnly = node["readOnly"]?.flag ?? false
      return mount
    }
  }

  /// The volumes of a list field.
  func volumes() -> [Volume] {
    items("volumes").map { Volume(name: $0.requiredText("name"), source: $0.volumeSource) }
  }

  private var volumeSource: Volume.Source {
    for entry in entries where entry.key.value != "name" {
      let source = entry.value
      switch entry.key.value {
      case "emptyDir": return .emptyDir(inMemory: source.isInMemory, sizeLimit: source.sizeLimit)
      case "persistentVolumeClaim":
        return .persistentVolumeClaim(name: source["claimName"]?.text ?? "")
      case "secret": return .secret
      case "configMap": return .configMap
      case "hostPath": return .hostPath(source["path"]?.text ?? "")
      case "projected": return .projected
      case "csi": return .csi(driver: source["driver"]?.text ?? "")
      default: return .other(entry.key.value)
      }
    }
    // Kubernetes fills in an emptyDir where nothing is named.
    return .emptyDir(inMemory: false, sizeLimit: nil)
  }

  /// Whether an emptyDir is kept in memory.
  var isInMemory: Bool { self["medium"]?.text == "Memory" }

  /// The size limit of an emptyDir.
  var sizeLimit: Bytes? {
    self["sizeLimit"]?.text.flatMap { Quantity($0) }.map { Bytes($0.value) }
  }

  /// The settings of pods.
  func podTemplate(_ sink: DiagnosticSink, path: String) -> PodTemplate {
    var template = PodTemplate()
    template.nodeSelector = (self["nodeSelector"]?.entries ?? []).map {
      .init(key: $0.key.value, value: $0.value.text ?? "", location: $0.key.location)
    }
    template.tolerations = items("tolerations").enumerated().compactMap { index, node in
      readToleration(node, path: "\(path).tolerations[\(index)]", sink: sink)
    }
    template.affinity = self["affinity"].flatMap {
      readAffinity($0, path: "\(path).affinity", sink: sink)
    }
    template.topologySpreadConstraints = items("topologySpreadConstraints").enumerated()
      .compactMap { index, node in
        readTopologySpreadConstraint(
          node, path: "\(path).topologySpreadConstraints[\(index)]", sink: sink)
      }
    template.runAsUser = self["securityContext"]?["runAsUser"]?.wholeNumber
    template.fsGroup = self["securityContext"]?["fsGroup"]?.wholeNumber
    template.schedulerName = self["schedulerName"]?.text
    template.priorityClassName = self["priorityClassName"]?.text
    template.runtimeClassName = self["runtimeClassName"]?.text
    template.hostNetwork = self["hostNetwork"]?.flag ?? false
    template.volumes = volumes()
    template.environment = environment("env")
    return template
  }
}
