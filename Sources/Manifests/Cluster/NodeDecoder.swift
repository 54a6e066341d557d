import GantryModel
import GantryUnits

/// Decodes a Node, as a live cluster prints it or as someone writes it.
func decodeNode(_ node: YAMLNode, into set: inout ManifestSet, sink: DiagnosticSink) {
  guard var reader = ObjectReader(node, path: "", sink: sink) else { return }
  reader.ignore("apiVersion", "kind")
  let metadata = ObjectMetadata.read(from: &reader, sink: sink)
  var spec = reader.object("spec")
  var status = reader.object("status")
  reader.finish()
  guard let metadata else { return }
  var result = NodeManifest(name: metadata.name, location: node.location)
  result.labels = metadata.labels
  let taints = spec?.list("taints") ?? []
  result.taints = taints.enumerated().compactMap {
    readTaint($1, path: "spec.taints[\($0)]", sink: sink)
  }
  result.isUnschedulable = spec?.bool("unschedulable") ?? false
  spec?.ignore("podCIDR", "podCIDRs", "providerID", "externalID", "configSource")
  spec?.finish(metadata.strictness)
  result.capacity = status?.resourceList("capacity") ?? [:]
  result.allocatable = status?.resourceList("allocatable") ?? [:]
  result.images = (status?.objects("images") ?? []).compactMap { readImage($0) }
  status?.ignore(
    "conditions", "addresses", "daemonEndpoints", "nodeInfo", "volumesInUse", "volumesAttached",
    "phase", "config", "runtimeHandlers", "features")
  status?.finish(metadata.strictness)
  set.nodes.append(result)
}

private func readImage(_ source: ObjectReader) -> NodeManifest.NodeImage? {
  var reader = source
  let names = reader.strings("names").map(\.value)
  guard let size = reader.int("sizeBytes"), !names.isEmpty else { return nil }
  return NodeManifest.NodeImage(names: names, size: Bytes(Int64(size.value)))
}
