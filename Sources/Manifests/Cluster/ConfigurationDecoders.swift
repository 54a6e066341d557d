import GantryModel

/// Decodes Tekton's `feature-flags` and `config-defaults`; other ConfigMaps are listed as skipped.
func decodeConfigMap(
  _ document: ManifestDocument, into set: inout ManifestSet, sink: DiagnosticSink
) {
  let name = document.name?.value ?? ""
  // Knative has a ConfigMap of the same name.
  let isKnative = document.namespace?.hasPrefix("knative") ?? false
  guard name == "feature-flags" || (name == "config-defaults" && !isKnative) else {
    set.skip(document)
    return
  }
  guard var reader = ObjectReader(document.node, path: "", sink: sink) else { return }
  reader.ignore("apiVersion", "kind", "binaryData", "immutable")
  let metadata = ObjectMetadata.read(from: &reader, sink: sink)
  let data = reader.stringMap("data")
  reader.finish()
  guard let metadata else { return }
  var result = ConfigMap(name: metadata.name)
  result.namespace = metadata.namespace
  for (key, value) in data { result.data[key.value] = value }
  set.configMaps.append(result)
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
