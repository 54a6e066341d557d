import GantryModel

/// The reference cluster of the public article on multi-architecture builds with OpenShift and
/// Tekton on AWS (itix.fr, 2024): what is simulated when no cluster is given.
enum DefaultCluster {
  static let region = "eu-west-3"
  static let origin = "the article's (built-in default, with its efs-csi class)"
  static let place = SourceLocation(file: "<default>", line: 1, column: 1)

  /// One control plane node and a worker of each architecture.
  static var groups: [MachineGroup] {
    var control = group("controlPlane", "m5a.2xlarge", zone: "eu-west-3c")
    control.isControlPlane = true
    control.rootVolume.type = "io1"
    control.rootVolume.sizeGiB = 500
    control.rootVolume.iops = 4000
    return [
      control, group("amd64", "m5a.2xlarge", zone: "eu-west-3a"),
      group("arm64", "m6g.2xlarge", zone: "eu-west-3b"),
    ]
  }

  /// The article's EFS class: access points with uid and gid 0.
  static var storageClass: StorageClass {
    var made = StorageClass(
      name: Located("efs-csi", at: place), provisioner: Located("efs.csi.aws.com", at: place),
      location: place)
    made.parameters = ["provisioningMode": "efs-ap", "uid": "0", "gid": "0"]
    return made
  }

  /// The switch by which a version has no affinity assistant: the article's claims are shared by
  /// tasks of both architectures.
  static func featureFlags(_ version: TektonVersion) -> [String: Located<String>] {
    switch version {
    case .v0_59: ["disable-affinity-assistant": Located("true", at: place)]
    case .v1_15: ["coschedule": Located(CoscheduleMode.disabled.rawValue, at: place)]
    }
  }

  private static func group(_ name: String, _ type: String, zone: String) -> MachineGroup {
    var group = MachineGroup(name: name, type: Located(type, at: place), count: 1, location: place)
    group.zones = [Located(zone, at: place)]
    return group
  }
}
