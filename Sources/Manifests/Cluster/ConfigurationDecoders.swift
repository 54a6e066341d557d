import GantryModel

/// Decodes Tekton's `feature-flags`, `config-defaults` and leader election; other ConfigMaps are listed as
/// skipped.
func decodeConfigMap(
  _ document: ManifestDocument, into set: inout ManifestSet, sink: DiagnosticSink
) {
  let name = document.name?.value ?? ""
  // Knative has ConfigMaps of the same names.
  let isKnative = document.namespace?.hasPrefix("knative") ?? false
  let isElection = ["config-leader-election", "config-leader-election-controller"].contains(name)
  guard name == "feature-flags" || ((name == "config-defaults" || isElection) && !isKnative) else {
    set.skip(document)
    return
  }
  guard var reader = ObjectReader(document.node, path: "", sink: sink) else { return }
  reader.ignore("apiVersion", "kind", "binaryData", "immutable")
  let metadata = ObjectMetadata.read(from: &reader, sink: sink)
  let data = reader.stringMap("data")
  reader.finish()
  guard let metadata else { return }
  guard !isElection else { return decodeLeaderElection(data, into: &set, sink: sink) }
  var result = ConfigMap(name: metadata.name)
  result.namespace = metadata.namespace
  for (key, value) in data { result.data[key.value] = value }
  readNested(&result, sink: sink)
  set.configMaps.append(result)
}

/// Decodes an operator's TektonConfig: what it says of Tekton's ConfigMaps and Deployment stands for them.
///
/// Source: TektonConfig of the Tekton operator (docs/TektonPipeline.md), read 2026-11-25.
func decodeTektonConfig(
  _ document: ManifestDocument, into set: inout ManifestSet, sink: DiagnosticSink
) {
  guard case .mapping(let entries)? = document.node["spec"]?["pipeline"]?.content else { return }
  let place = document.node["spec"]?["pipeline"]?.location ?? document.node.location
  var flags = ConfigMap(name: Located("feature-flags", at: place))
  var defaults = ConfigMap(name: Located("config-defaults", at: place))
  for entry in entries {
    if entry.key.value == "performance" {
      decodePerformance(entry.value, into: &set, sink: sink)
      continue
    }
    let text: String
    switch entry.value.content {
    case .string(let value), .number(let value): text = value
    case .bool(let value): text = value ? "true" : "false"
    case .null, .sequence, .mapping: continue
    }
    let value = Located(text, at: entry.value.location)
    if entry.key.value.hasPrefix("default-") {
      defaults.data[entry.key.value] = value
    } else {
      flags.data[entry.key.value] = value
    }
  }
  readNested(&defaults, sink: sink)
  set.configMaps += [flags, defaults].filter { !$0.data.isEmpty }
}

/// Reads the entries of `config-defaults` whose texts are YAML themselves.
private func readNested(_ map: inout ConfigMap, sink: DiagnosticSink) {
  func read(_ key: String, _ shape: Shape) -> YAMLNode? {
    guard let text = map.data[key], !text.value.allSatisfy(\.isWhitespace) else { return nil }
    let findings = DiagnosticSink()
    let nodes = YAMLLoader.load(text.value, file: text.location.file, sink: findings)
    var reader = ShapeReader(sink: findings)
    if nodes.count == 1, let node = reader.read(nodes[0], as: shape, path: key), !reader.failed {
      return node
    }
    sink.error(
      "E0421",
      "\(key) cannot be read" + (findings.diagnostics.first.map { ": \($0.message)" } ?? ""),
      at: text.location)
    return nil
  }
  guard map.name.value == "config-defaults" else { return }
  map.podTemplate = read("default-pod-template", KubernetesShapes.podTemplate)?
    .podTemplate(sink, path: "default-pod-template")
  map.workspaceBinding =
    read("default-task-run-workspace-binding", TektonShapes.workspaceBinding)?.workspaceBinding
}

/// Decodes a LimitRange; only its limits of containers count.
func decodeLimitRange(_ node: YAMLNode, into set: inout ManifestSet, sink: DiagnosticSink) {
  guard var reader = ObjectReader(node, path: "", sink: sink) else { return }
  reader.ignore("apiVersion", "kind", "status")
  let metadata = ObjectMetadata.read(from: &reader, sink: sink)
  var spec = reader.object("spec")
  if spec == nil, reader.node("spec") == nil { reader.missing("spec") }
  reader.finish()
  guard let metadata else { return }
  var result = LimitRange(name: metadata.name)
  result.namespace = metadata.namespace
  for source in spec?.objects("limits") ?? [] { readLimits(source, into: &result) }
  spec?.finish()
  set.limitRanges.append(result)
}

private func readLimits(_ source: ObjectReader, into range: inout LimitRange) {
  var reader = source
  let type = reader.requiredString("type")
  let lists = ["defaultRequest", "default", "min", "max"].map { reader.resourceList($0) }
  _ = reader.resourceList("maxLimitRequestRatio")
  reader.finish()
  guard type?.value == "Container" else { return }
  range.defaultRequest.merge(lists[0]) { $1 }
  range.defaultLimit.merge(lists[1]) { $1 }
  range.min.merge(lists[2]) { $1 }
  range.max.merge(lists[3]) { $1 }
}
