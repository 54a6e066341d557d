import GantryModel

// What manifests say of the workers, clients and replicas of Tekton's controllers.
//
// Sources: docs/tekton-controller-performance-configuration.md and enabling-ha.md of Tekton Pipelines,
// performance_types.go of the Tekton operator, environment/client_config.go of knative.dev/pkg, all read
// 2026-11-25.

/// Decodes `spec.pipeline.performance` of a TektonConfig.
func decodePerformance(_ node: YAMLNode, into set: inout ManifestSet, sink: DiagnosticSink) {
  guard var reader = ObjectReader(node, path: "spec.pipeline.performance", sink: sink) else {
    return
  }
  var settings = ControllerSettings()
  settings.threadsPerController = reader.int("threads-per-controller")
  settings.kubeAPIQPS = reader.double("kube-api-qps")
  settings.kubeAPIBurst = reader.int("kube-api-burst")
  settings.replicas = reader.int("replicas")
  settings.buckets = reader.int("buckets")
  settings.disablesHA = reader.bool("disable-ha")
  // Which replica leads which bucket makes no difference to how many do.
  reader.ignore("statefulset-ordinals")
  reader.finish()
  settings.reportWrongValues(to: sink)
  set.tektonConfigControllers.append(settings)
}

/// Decodes the Deployment (or StatefulSet) of Tekton's controllers; others are listed as skipped.
func decodeDeployment(
  _ document: ManifestDocument, into set: inout ManifestSet, sink: DiagnosticSink
) {
  let spec = document.node["spec"]
  guard document.name?.value == controllerName,
    case .sequence(let containers)? = spec?["template"]?["spec"]?["containers"]?.content
  else {
    set.skip(document)
    return
  }
  let named = containers.first { $0["name"]?.plainText == controllerName }
  var reader = ControllerArguments(sink: sink)
  if let container = named ?? containers.first {
    reader.readEnvironment(of: container)
    // Flags win over the environment.
    reader.readFlags(of: container)
  }
  if let replicas = spec?["replicas"], case .number(let text) = replicas.content {
    reader.settings.replicas = Int(text).map { Located($0, at: replicas.location) }
  }
  reader.settings.reportWrongValues(to: sink)
  set.deployedControllers.append(reader.settings)
}

/// Reads `buckets` of the ConfigMap that sets up leader election.
func decodeLeaderElection(
  _ data: [(key: Located<String>, value: Located<String>)], into set: inout ManifestSet,
  sink: DiagnosticSink
) {
  guard let text = data.last(where: { $0.key.value == "buckets" })?.value else { return }
  var reader = ControllerArguments(sink: sink)
  reader.settings.buckets = reader.whole(text, "buckets")
  reader.settings.reportWrongValues(to: sink)
  set.deployedControllers.append(reader.settings)
}

extension YAMLNode {
  /// A text, or a number as it would be one.
  fileprivate var plainText: String? {
    switch content {
    case .string(let text), .number(let text): text
    case .null, .bool, .sequence, .mapping: nil
    }
  }
}

/// The name of the Deployment and of its container.
private let controllerName = "tekton-pipelines-controller"

/// Reads the arguments and variables of the controllers' container.
private struct ControllerArguments {
  let sink: DiagnosticSink
  var settings = ControllerSettings()

  init(sink: DiagnosticSink) { self.sink = sink }

  mutating func readEnvironment(of container: YAMLNode) {
    guard case .sequence(let variables)? = container["env"]?.content else { return }
    for variable in variables {
      guard let name = variable["name"]?.plainText, let value = variable["value"],
        let text = value.plainText, !text.isEmpty
      else { continue }
      let located = Located(text, at: value.location)
      switch name {
      case "THREADS_PER_CONTROLLER": settings.threadsPerController = whole(located, name)
      case "KUBE_API_QPS": settings.kubeAPIQPS = number(located, name)
      case "KUBE_API_BURST": settings.kubeAPIBurst = whole(located, name)
      default: break
      }
    }
  }

  /// Reads flags as Go does: one dash or two, the value behind `=` or in the next argument.
  mutating func readFlags(of container: YAMLNode) {
    var words: [Located<String>] = []
    for field in ["command", "args"] {
      guard case .sequence(let items)? = container[field]?.content else { continue }
      words += items.compactMap { item in item.plainText.map { Located($0, at: item.location) } }
    }
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      guard word.value.hasPrefix("-") else { continue }
      let parts = word.value.drop { $0 == "-" }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map(String.init) ?? ""
      var value = parts.count > 1 ? Located(String(parts[1]), at: word.location) : nil
      // Only a switch may stand without a value.
      if name != "disable-ha", value == nil, Self.flags.contains(name), index < words.count {
        value = words[index]
        index += 1
      }
      read(name, value, at: word.location)
    }
  }

  private static let flags = ["threads-per-controller", "kube-api-qps", "kube-api-burst"]

  private mutating func read(
    _ name: String, _ value: Located<String>?, at place: SourceLocation
  ) {
    let text = value ?? Located("", at: place)
    switch name {
    case "threads-per-controller": settings.threadsPerController = whole(text, name)
    case "kube-api-qps": settings.kubeAPIQPS = number(text, name)
    case "kube-api-burst": settings.kubeAPIBurst = whole(text, name)
    case "disable-ha":
      settings.disablesHA =
        value.map { ["1", "t", "T", "true", "TRUE", "True"].contains($0.value) } ?? true
    default: break
    }
  }

  func whole(_ text: Located<String>, _ name: String) -> Located<Int>? {
    if let number = Int(text.value) { return Located(number, at: text.location) }
    refuse(text, name, "a whole number")
    return nil
  }

  private func number(_ text: Located<String>, _ name: String) -> Located<Double>? {
    if let number = Double(text.value), number.isFinite {
      return Located(number, at: text.location)
    }
    refuse(text, name, "a number")
    return nil
  }

  private func refuse(_ text: Located<String>, _ name: String, _ expected: String) {
    sink.error("E0430", "\(name) is '\(text.value)': expected \(expected)", at: text.location)
  }
}
