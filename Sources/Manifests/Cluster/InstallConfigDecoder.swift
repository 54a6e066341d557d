import GantryModel

// Source of the fields: OpenShift 4.15 documentation, "Installation configuration parameters for
// AWS", and the installer's types of the same release, read 2026-11-22.

/// Decodes an install-config.
func decodeInstallConfig(_ node: YAMLNode, into set: inout ManifestSet, sink: DiagnosticSink) {
  guard var reader = ObjectReader(node, path: "", sink: sink) else { return }
  reader.ignore(
    "apiVersion", "kind", "baseDomain", "additionalTrustBundle", "additionalTrustBundlePolicy",
    "sshKey", "pullSecret", "proxy", "imageContentSources", "imageDigestSources", "fips",
    "cpuPartitioningMode", "credentialsMode", "bootstrapInPlace", "capabilities", "featureSet",
    "featureGates", "operatorPublishingStrategy", "arbiter")
  var metadata = reader.object("metadata")
  let clusterName = metadata?.string("name")?.value
  var networking = reader.object("networking")
  let networkType = networking?.string("networkType")?.value
  let publish = reader.string("publish")
  let controlPlane = reader.object("controlPlane")
  let compute = reader.objects("compute")
  let platform = reader.object("platform")
  if platform == nil, reader.node("platform") == nil { reader.missing("platform") }
  reader.finish(.misspelt)
  guard let platform, let aws = readPlatform(platform, sink: sink) else { return }

  var config = InstallConfig(region: aws.region, location: node.location)
  config.clusterName = clusterName
  config.networkType = networkType
  if let publish {
    config.publish = publish.value
    if !["External", "Internal", "Mixed"].contains(publish.value) {
      sink.error(
        "E0022", "publish is '\(publish.value)'; it must be one of External, Internal, Mixed",
        at: publish.location)
    }
  }
  config.controlPlane = controlPlane.map {
    readPool($0, defaultName: "master", defaults: aws.defaults, sink: sink)
  }
  config.compute = compute.map {
    readPool($0, defaultName: "worker", defaults: aws.defaults, sink: sink)
  }
  set.installConfigs.append(config)
}

private func readPlatform(
  _ source: ObjectReader, sink: DiagnosticSink
) -> (region: Located<String>, defaults: MachinePool?)? {
  var reader = source
  guard var aws = reader.object("aws") else {
    if let other = reader.fieldNames.first(where: { $0.value != "aws" }) {
      sink.error(
        "E0030", "the platform '\(other.value)' is not modelled; it must be aws",
        at: other.location)
    } else if reader.node("aws") == nil {
      reader.missing("aws")
    }
    return nil
  }
  reader.finish()
  let region = aws.requiredString("region")
  let defaults = aws.object("defaultMachinePlatform").map { platform in
    var pool = MachinePool(name: Located("", at: platform.location), location: platform.location)
    readPoolPlatform(platform, into: &pool, sink: sink)
    return pool
  }
  aws.ignore(
    "userTags", "propagateUserTags", "experimentalPropagateUserTags", "subnets", "vpc",
    "hostedZone", "hostedZoneRole", "amiID", "serviceEndpoints", "lbType", "publicIpv4Pool",
    "preserveBootstrapIgnition", "bestEffortDeleteIgnition", "userProvisionedDNS", "ipFamily")
  aws.finish(.misspelt)
  return region.map { ($0, defaults) }
}

private func readPool(
  _ source: ObjectReader, defaultName: String, defaults: MachinePool?, sink: DiagnosticSink
) -> MachinePool {
  var reader = source
  let name = reader.string("name") ?? Located(defaultName, at: reader.location)
  var pool = MachinePool(name: name, location: reader.location)
  pool.architecture = reader.string("architecture")
  if let architecture = pool.architecture, Architecture(spelling: architecture.value) == nil {
    sink.error(
      "E0032", "AWS has no architecture '\(architecture.value)'", at: architecture.location,
      suggestion: "write amd64 or arm64")
  }
  if let replicas = reader.int("replicas") {
    if replicas.value < 0 {
      sink.error(
        "E0021", "\(reader.child("replicas")) must not be negative", at: replicas.location)
    } else {
      pool.replicas = replicas.value
    }
  }
  reader.ignore("hyperthreading", "diskSetup", "fencing", "management")
  if var platform = reader.object("platform") {
    if let aws = platform.object("aws") { readPoolPlatform(aws, into: &pool, sink: sink) }
    platform.finish()
  }
  reader.finish(.misspelt)
  if let defaults { fill(&pool, from: defaults) }
  return pool
}

/// Reads instance type, zones and root volume.
private func readPoolPlatform(
  _ source: ObjectReader, into pool: inout MachinePool, sink: DiagnosticSink
) {
  var reader = source
  pool.instanceType = reader.string("type")
  pool.zones = reader.strings("zones")
  if var volume = reader.object("rootVolume") {
    pool.rootVolume.type = volume.string("type")?.value
    pool.rootVolume.sizeGiB = volume.positiveInt("size")
    pool.rootVolume.iops = volume.positiveInt("iops")
    pool.rootVolume.throughputMiBps = volume.positiveInt("throughput")
    volume.ignore("kmsKeyARN")
    volume.finish(.misspelt)
  }
  reader.ignore(
    "iamRole", "iamProfile", "metadataService", "amiID", "additionalSecurityGroupIDs",
    "hostPlacement", "cpuOptions")
  reader.finish(.misspelt)
}

private func fill(_ pool: inout MachinePool, from defaults: MachinePool) {
  pool.instanceType = pool.instanceType ?? defaults.instanceType
  if pool.zones.isEmpty { pool.zones = defaults.zones }
  pool.rootVolume.type = pool.rootVolume.type ?? defaults.rootVolume.type
  pool.rootVolume.sizeGiB = pool.rootVolume.sizeGiB ?? defaults.rootVolume.sizeGiB
  pool.rootVolume.iops = pool.rootVolume.iops ?? defaults.rootVolume.iops
  pool.rootVolume.throughputMiBps =
    pool.rootVolume.throughputMiBps ?? defaults.rootVolume.throughputMiBps
}

extension ObjectReader {
  /// A whole number; nil when absent, zero (which the APIs treat as absent) or, after reporting,
  /// negative.
  mutating func positiveInt(_ name: String) -> Int? {
    guard let number = int(name) else { return nil }
    if number.value < 0 {
      sink.error("E0021", "\(child(name)) must not be negative", at: number.location)
    }
    return number.value > 0 ? number.value : nil
  }
}
