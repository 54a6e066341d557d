import GantryModel

// Source of the fields: OpenShift 4.15 machine API, MachineSet and AWSMachineProviderConfig
// (machine.openshift.io/v1beta1), read 2026-11-22.

/// Decodes a MachineSet; one of another cloud is listed as skipped.
func decodeMachineSet(_ node: YAMLNode, into set: inout ManifestSet, sink: DiagnosticSink) {
  guard var reader = ObjectReader(node, path: "", sink: sink) else { return }
  reader.ignore("apiVersion", "kind", "status")
  let metadata = ObjectMetadata.read(from: &reader, sink: sink)
  let spec = reader.object("spec")
  if spec == nil, reader.node("spec") == nil { reader.missing("spec") }
  reader.finish()
  guard let metadata, var spec else { return }
  let replicas = spec.int("replicas")
  let template = spec.object("template")
  if template == nil { spec.missing("template") }
  spec.ignore("selector", "minReadySeconds", "deletePolicy", "authoritativeAPI")
  spec.finish(metadata.strictness)
  guard var template, var machine = template.object("spec") else { return }
  template.ignore("metadata")
  template.finish(metadata.strictness)

  var nodeMetadata = machine.object("metadata")
  let labels = nodeMetadata?.labels("labels") ?? [:]
  let taints = machine.list("taints").enumerated().compactMap {
    readTaint($1, path: "\(machine.child("taints"))[\($0)]", sink: sink)
  }
  var provider = machine.object("providerSpec")
  let value = provider?.object("value")
  machine.ignore("lifecycleHooks", "providerID", "authoritativeAPI")
  machine.finish(metadata.strictness)
  guard let value else {
    machine.missing("providerSpec.value")
    return
  }
  guard
    var result = readProvider(
      value, name: metadata.name, strictness: metadata.strictness, into: &set, sink: sink)
  else { return }
  result.labels = labels
  result.architecture =
    labels["kubernetes.io/arch"].map { Located($0, at: nodeMetadata?.location ?? node.location) }
    ?? annotatedArchitecture(metadata)
  result.taints = taints
  result.location = node.location
  if let replicas {
    result.replicas = max(0, replicas.value)
    if replicas.value < 0 {
      sink.error("E0021", "spec.replicas must not be negative", at: replicas.location)
    }
  }
  set.machineSets.append(result)
}

/// The architecture that the cluster autoscaler is told for a set scaled to zero.
///
/// Source: OpenShift 4.15 documentation, multi-architecture machine sets
/// (capacity.cluster-autoscaler.kubernetes.io/labels), read 2026-11-25.
private func annotatedArchitecture(_ metadata: ObjectMetadata) -> Located<String>? {
  let labels = metadata.annotations["capacity.cluster-autoscaler.kubernetes.io/labels"] ?? ""
  for pair in labels.split(separator: ",") {
    let parts = pair.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, parts[0] == "kubernetes.io/arch" else { continue }
    return Located(String(parts[1]), at: metadata.name.location)
  }
  return nil
}

private func readProvider(
  _ source: ObjectReader, name: Located<String>, strictness: ObjectReader.Strictness,
  into set: inout ManifestSet, sink: DiagnosticSink
) -> MachineSet? {
  var reader = source
  if let kind = reader.string("kind"), kind.value != "AWSMachineProviderConfig" {
    sink.warning(
      "W0006", "MachineSet '\(name.value)' is for \(kind.value), not AWS; it is skipped",
      at: kind.location)
    set.skipped.append(
      SkippedObject(
        apiVersion: "machine.openshift.io/v1beta1", kind: "MachineSet", name: name.value,
        location: name.location))
    return nil
  }
  let instanceType = reader.requiredString("instanceType")
  var placement = reader.object("placement")
  let zone = placement?.string("availabilityZone")
  let region = placement?.string("region")?.value
  placement?.ignore("tenancy", "host")
  placement?.finish(strictness)
  let devices = reader.objects("blockDevices")
  let hasSpotOptions = reader.node("spotMarketOptions") != nil
  var spot = reader.object("spotMarketOptions")
  let maxPrice = spot?.string("maxPrice")?.value
  spot?.finish(strictness)
  let marketType = reader.string("marketType")?.value
  reader.ignore(
    "apiVersion", "metadata", "ami", "capacityReservationId", "cpuOptions", "credentialsSecret",
    "deviceIndex", "hostPlacement", "iamInstanceProfile", "keyName", "loadBalancers",
    "metadataServiceOptions", "networkInterfaceType", "placementGroupName",
    "placementGroupPartition", "publicIp", "securityGroups", "subnet", "tags", "userDataSecret")
  reader.finish(strictness)
  let volume = readRootVolume(devices, strictness: strictness)
  guard let instanceType else { return nil }
  var result = MachineSet(name: name, instanceType: instanceType, location: name.location)
  result.zone = zone
  result.region = region
  result.rootVolume = volume
  result.isSpot = hasSpotOptions || marketType == "Spot"
  result.spotMaxPrice = maxPrice
  return result
}

/// The root volume is the block device without a name, else the first one.
private func readRootVolume(
  _ devices: [ObjectReader], strictness: ObjectReader.Strictness
) -> RootVolumeSpec {
  let isNamed = { (device: ObjectReader) in
    device.fieldNames.contains { $0.value == "deviceName" }
  }
  var result = RootVolumeSpec()
  for (index, source) in devices.enumerated() {
    var device = source
    device.ignore("deviceName", "virtualName", "noDevice")
    guard var ebs = device.object("ebs") else { continue }
    device.finish(strictness)
    var volume = RootVolumeSpec()
    volume.type = ebs.string("volumeType")?.value
    volume.sizeGiB = ebs.positiveInt("volumeSize")
    volume.iops = ebs.positiveInt("iops")
    volume.throughputMiBps = ebs.positiveInt("throughputMib")
    ebs.ignore("encrypted", "kmsKey", "deleteOnTermination")
    ebs.finish(strictness)
    if !isNamed(source) || (index == 0 && devices.allSatisfy(isNamed)) { result = volume }
  }
  return result
}
