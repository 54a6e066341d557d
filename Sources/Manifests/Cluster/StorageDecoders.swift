public import GantryModel

/// Decodes a StorageClass.
func decodeStorageClass(_ node: YAMLNode, into set: inout ManifestSet, sink: DiagnosticSink) {
  guard var reader = ObjectReader(node, path: "", sink: sink) else { return }
  reader.ignore("apiVersion", "kind", "allowVolumeExpansion", "mountOptions")
  let metadata = ObjectMetadata.read(from: &reader, sink: sink)
  let provisioner = reader.requiredString("provisioner")
  let parameters = reader.labels("parameters")
  let mode = reader.choice("volumeBindingMode", as: BindingMode.self)
  let reclaim = reader.choice("reclaimPolicy", as: ReclaimPolicy.self)
  let zones = reader.objects("allowedTopologies").flatMap(readZones)
  reader.finish()
  guard let metadata, let provisioner else { return }
  var result = StorageClass(
    name: metadata.name, provisioner: provisioner, location: node.location)
  result.parameters = parameters
  result.waitsForFirstConsumer = mode == .waitForFirstConsumer
  result.reclaimPolicy = reclaim?.rawValue ?? "Delete"
  result.allowedZones = zones
  result.isDefault = [
    "storageclass.kubernetes.io/is-default-class",
    "storageclass.beta.kubernetes.io/is-default-class",
  ].contains { metadata.annotations[$0] == "true" }
  set.storageClasses.append(result)
}

private enum BindingMode: String, CaseIterable {
  case immediate = "Immediate"
  case waitForFirstConsumer = "WaitForFirstConsumer"
}

private enum ReclaimPolicy: String, CaseIterable {
  case delete = "Delete"
  case retain = "Retain"
}

private func readZones(_ source: ObjectReader) -> [String] {
  var reader = source
  let zones = reader.objects("matchLabelExpressions").flatMap { source -> [String] in
    var expression = source
    let key = expression.requiredString("key")?.value
    let values = expression.strings("values").map(\.value)
    expression.finish()
    let isZone = [
      "topology.kubernetes.io/zone", "topology.ebs.csi.aws.com/zone",
      "failure-domain.beta.kubernetes.io/zone",
    ].contains(key)
    return isZone ? values : []
  }
  reader.finish()
  return zones
}

/// Decodes a PersistentVolumeClaim.
func decodePersistentVolumeClaim(
  _ node: YAMLNode, into set: inout ManifestSet, sink: DiagnosticSink
) {
  guard var reader = ObjectReader(node, path: "", sink: sink) else { return }
  reader.ignore("apiVersion", "kind", "status")
  let metadata = ObjectMetadata.read(from: &reader, sink: sink)
  let specNode = reader.node("spec")
  if specNode == nil { reader.missing("spec") }
  reader.finish()
  guard let metadata, let specNode,
    var spec = readPersistentVolumeClaimSpec(
      specNode, path: "spec", strictness: metadata.isLive ? .none : .all, sink: sink)
  else { return }
  if spec.storageClassName == nil {
    spec.storageClassName = metadata.annotations["volume.beta.kubernetes.io/storage-class"]
  }
  var result = PersistentVolumeClaim(name: metadata.name, spec: spec, location: node.location)
  result.namespace = metadata.namespace
  set.persistentVolumeClaims.append(result)
}

/// Reads the specification of a claim; also that of a `volumeClaimTemplate`.
public func readPersistentVolumeClaimSpec(
  _ node: YAMLNode, path: String, strictness: ObjectReader.Strictness = .all, sink: DiagnosticSink
) -> PersistentVolumeClaimSpec? {
  guard var reader = ObjectReader(node, path: path, sink: sink) else { return nil }
  var result = PersistentVolumeClaimSpec()
  result.storageClassName = reader.string("storageClassName")?.value
  result.volumeName = reader.string("volumeName")?.value
  let modes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]
  for mode in reader.strings("accessModes") {
    result.accessModes.append(mode.value)
    if !modes.contains(mode.value) {
      sink.error(
        "E0022",
        "unknown access mode '\(mode.value)'; it must be one of \(modes.joined(separator: ", "))",
        at: mode.location,
        suggestion: nearestName(to: mode.value, in: modes).map { "did you mean '\($0)'?" })
    }
  }
  if var resources = reader.object("resources") {
    let requests = resources.resourceList("requests")
    result.storage = requests["storage"]
    _ = resources.resourceList("limits")
    resources.ignore("claims")
    resources.finish(strictness)
  }
  reader.ignore(
    "volumeMode", "selector", "dataSource", "dataSourceRef", "volumeAttributesClassName")
  reader.finish(strictness)
  return result
}
