import GantryModel
import GantryUnits

/// The machines that manifests describe, grouped into pools.
struct MachineReader {
  let manifests: ManifestSet
  let architecture: (Located<String>) -> Architecture?
  let sink: DiagnosticSink

  /// Control plane first, then workers; empty when the manifests describe no machines.
  func groups() -> [MachineGroup] {
    if !manifests.nodes.isEmpty { return dumpedGroups() }
    var groups: [MachineGroup] = []
    if let config = manifests.installConfigs.first {
      groups += configGroups(config)
      for other in manifests.installConfigs.dropFirst() {
        sink.error(
          "E0303", "a cluster has one install-config", at: other.location,
          notes: [.init("the first is here", at: config.location)])
      }
    }
    groups += machineSetGroups()
    return named(groups)
  }

  private func configGroups(_ config: InstallConfig) -> [MachineGroup] {
    var groups: [MachineGroup] = []
    if let pool = config.controlPlane {
      var group = group(of: pool, config: config, fallback: "m6i.xlarge", replicas: 3)
      group.name = "controlPlane"
      group.isControlPlane = true
      if group.count == 1 || config.compute.allSatisfy({ $0.replicas == 0 }) {
        group.isSchedulable = true
      }
      groups.append(group)
    }
    // The installer turns compute pools into MachineSets; where these are given, they count.
    guard manifests.machineSets.isEmpty else { return groups }
    for pool in config.compute {
      let group = group(of: pool, config: config, fallback: "m6i.xlarge", replicas: 3)
      if group.count > 0 { groups.append(group) }
    }
    return groups
  }

  /// Defaults of the OpenShift 4.15 installer on AWS: three machines of a pool, m6i.xlarge, gp3 of
  /// 120 GiB.
  ///
  /// Source: OpenShift documentation, installation configuration parameters for AWS, 2024.
  private func group(
    of pool: MachinePool, config: InstallConfig, fallback: String, replicas: Int
  ) -> MachineGroup {
    var group = MachineGroup(
      name: pool.name.value, type: pool.instanceType ?? Located(fallback, at: pool.location),
      count: pool.replicas ?? replicas, location: pool.location)
    group.zones = pool.zones
    group.rootVolume = pool.rootVolume
    if let wanted = pool.architecture, let spelled = Architecture(spelling: wanted.value),
      let real = architecture(group.type), spelled != real
    {
      sink.error(
        "E0304",
        "the pool '\(pool.name.value)' is \(spelled.rawValue), but \(group.type.value) is "
          + real.rawValue, at: group.type.location)
    }
    return group
  }

  private func machineSetGroups() -> [MachineGroup] {
    var groups: [MachineGroup] = []
    for set in manifests.machineSets where set.replicas > 0 {
      let zones = set.zone.map { zone in Array(repeating: zone, count: set.replicas) } ?? []
      if let same = groups.firstIndex(where: { matches($0, set) }) {
        groups[same].count += set.replicas
        groups[same].zones += zones
        continue
      }
      var group = MachineGroup(
        name: set.name.value, type: set.instanceType, count: set.replicas, location: set.location)
      group.zones = zones
      group.rootVolume = set.rootVolume
      group.labels = set.labels
      group.taints = set.taints
      group.isSpot = set.isSpot
      groups.append(group)
    }
    return groups
  }

  private func matches(_ group: MachineGroup, _ set: MachineSet) -> Bool {
    group.type.value == set.instanceType.value && group.rootVolume == set.rootVolume
      && group.labels == set.labels && group.taints == set.taints && group.isSpot == set.isSpot
  }

  /// Nodes of a live cluster: alike nodes are one pool.
  private func dumpedGroups() -> [MachineGroup] {
    var groups: [MachineGroup] = []
    for node in manifests.nodes {
      guard let type = instanceType(of: node) else { continue }
      let isControlPlane =
        node.labels["node-role.kubernetes.io/control-plane"] != nil
        || node.labels["node-role.kubernetes.io/master"] != nil
      let zone =
        (node.labels["topology.kubernetes.io/zone"]
        ?? node.labels["failure-domain.beta.kubernetes.io/zone"])
        .map { Located($0, at: node.location) }
      if let same = groups.firstIndex(where: {
        $0.type.value == type && $0.isControlPlane == isControlPlane && $0.taints == node.taints
      }) {
        groups[same].count += 1
        groups[same].zones += zone.map { [$0] } ?? []
        groups[same].dumped.append(node)
        continue
      }
      var group = MachineGroup(
        name: isControlPlane ? "controlPlane" : type, type: Located(type, at: node.location),
        count: 1, location: node.location)
      group.isControlPlane = isControlPlane
      group.zones = zone.map { [$0] } ?? []
      group.taints = node.taints
      group.isSchedulable = !node.isUnschedulable
      group.dumped = [node]
      groups.append(group)
    }
    return named(groups)
  }

  private func instanceType(of node: NodeManifest) -> String? {
    let type =
      node.labels["node.kubernetes.io/instance-type"]
      ?? node.labels["beta.kubernetes.io/instance-type"]
    if type == nil {
      sink.error(
        "E0305", "the node '\(node.name.value)' has no label 'node.kubernetes.io/instance-type'",
        at: node.location, suggestion: "a dump of a cluster on AWS has it")
    }
    return type
  }

  /// Workers are called by their architecture where that is unique, else by their own names.
  private func named(_ groups: [MachineGroup]) -> [MachineGroup] {
    let architectures = groups.map { $0.isControlPlane ? nil : architecture($0.type) }
    return groups.indices.map { index in
      var group = groups[index]
      if let own = architectures[index], architectures.filter({ $0 == own }).count == 1 {
        group.name = own.rawValue
      }
      return group
    }
  }
}
