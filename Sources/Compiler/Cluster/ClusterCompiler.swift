import GantryCloud
import GantryModel
import GantryUnits

/// From manifests and scenario to the nodes of a cluster.
struct ClusterCompiler {
  let input: CompilerInput
  let region: String
  let sink: DiagnosticSink
  var figures: AssumptionTable

  /// Where the cluster came from, in words; and whether it is the built-in one.
  private(set) var origin = ""
  private(set) var isDefault = false
  private(set) var groups: [MachineGroup] = []

  init(input: CompilerInput, region: String, figures: AssumptionTable, sink: DiagnosticSink) {
    self.input = input
    self.region = region
    self.figures = figures
    self.sink = sink
  }

  /// The nodes, control plane first.
  mutating func nodes() -> [PlannedNode] {
    collectGroups()
    var nodes: [PlannedNode] = []
    for group in groups {
      guard let type = lookUp(group.type, isSpot: group.isSpot) else { continue }
      for index in 0..<group.count { nodes.append(node(index, of: group, type: type)) }
    }
    if nodes.isEmpty, !sink.hasErrors {
      sink.error(
        "E0306", "the cluster has no nodes", at: nil,
        suggestion: "give `nodes` a pool with a count above 0")
    }
    return nodes
  }

  private mutating func collectGroups() {
    let catalog = input.catalog
    let reader = MachineReader(
      manifests: input.cluster, architecture: { try? catalog.instance($0.value).architecture },
      sink: sink)
    groups = reader.groups()
    if groups.isEmpty {
      isDefault = true
      groups = DefaultCluster.groups
      let zones = (try? input.catalog.zones(in: region)) ?? []
      // Elsewhere the same machines, in that region's zones.
      if region != DefaultCluster.region {
        for (index, group) in groups.enumerated() where !zones.isEmpty {
          groups[index].zones = [Located(zones[(index + 2) % zones.count], at: group.location)]
        }
      }
    }
    origin = isDefault ? DefaultCluster.origin : input.clusterOrigin ?? "the scenario's manifests"
    if let settings = input.scenario.controlPlane { applyControlPlane(settings) }
    for pool in input.scenario.nodes { apply(pool) }
  }

  private mutating func applyControlPlane(_ settings: ScenarioFile.PoolSettings) {
    if let index = groups.firstIndex(where: \.isControlPlane) {
      groups[index].apply(settings, region: region, sink: sink)
      return
    }
    guard let type = settings.type else {
      sink.error("E0307", "a new control plane needs a 'type'", at: settings.location)
      return
    }
    var group = MachineGroup(
      name: "controlPlane", type: type, count: 1, location: settings.location)
    group.isControlPlane = true
    group.apply(settings, region: region, sink: sink)
    groups.insert(group, at: 0)
  }

  private mutating func apply(_ pool: ScenarioFile.NamedPool) {
    let workers = groups.indices.filter { !groups[$0].isControlPlane }
    let exact = workers.first { groups[$0].name == pool.name.value }
    let ofArchitecture = Architecture(spelling: pool.name.value).map { wanted in
      workers.filter {
        (try? input.catalog.instance(groups[$0].type.value))?.architecture == wanted
      }
    }
    if let index = exact ?? (ofArchitecture?.count == 1 ? ofArchitecture?.first : nil) {
      groups[index].apply(pool.settings, region: region, sink: sink)
      return
    }
    guard let type = pool.settings.type else {
      sink.error(
        "E0307", "the new pool '\(pool.name.value)' needs a 'type'", at: pool.name.location,
        suggestion: workers.isEmpty
          ? nil : "pools are \(workers.map { groups[$0].name }.joined(separator: ", "))")
      return
    }
    let names = workers.map { groups[$0].name }
    if let near = nearestName(
      to: pool.name.value, in: names + Architecture.allCases.map(\.rawValue))
    {
      sink.warning(
        "W0311",
        "'\(pool.name.value)' is a pool of its own, besides \(names.joined(separator: ", "))",
        at: pool.name.location, suggestion: "to change a pool, write '\(near)'")
    }
    var group = MachineGroup(
      name: pool.name.value, type: type, count: 1, location: pool.settings.location)
    group.apply(pool.settings, region: region, sink: sink)
    groups.append(group)
  }

  /// The catalogue's figures of a type that the region sells.
  private func lookUp(_ name: Located<String>, isSpot: Bool) -> InstanceType? {
    do {
      let type = try input.catalog.instance(name.value)
      _ = try input.catalog.price(
        of: name.value, in: region, market: isSpot ? .spot : .onDemand)
      return type
    } catch {
      sink.error("E0310", error.description, at: name.location)
      return nil
    }
  }

  private mutating func node(
    _ index: Int, of group: MachineGroup, type: InstanceType
  ) -> PlannedNode {
    let dumped = index < group.dumped.count ? group.dumped[index] : nil
    var node = PlannedNode(
      name: dumped?.name.value ?? nodeName(index, of: group), pool: group.name,
      instanceType: type.name, architecture: type.architecture,
      zone: zone(index, of: group, type: type), region: region)
    node.isControlPlane = group.isControlPlane
    node.isSpot = group.isSpot
    node.vcpu = type.vcpu
    node.memory = type.memory
    node.threadSpeed = type.cpu.perThread
    node.totalSpeed = type.cpu.total
    let load = ControlFigure.platformLoad(controlPlane: group.isControlPlane)
    node.platformLoad = group.platformLoad ?? figures.value(of: load)
    node.network = burst(type.network, ControlFigure.networkBurst)
    node.ebs = type.ebs.map { burst($0.throughput, ControlFigure.ebsBurst) } ?? node.network
    setVolumes(&node, of: group, type: type)
    let isSchedulable = group.isSchedulable ?? isSchedulableByRule(group)
    NodeLabels.complete(&node, group: group, isSchedulable: isSchedulable, dumped: dumped)
    node.platformRequests = PlatformPods.requests(controlPlane: group.isControlPlane)
    node.allocatable =
      dumped.flatMap { $0.allocatable.isEmpty ? nil : $0.allocatable }
      ?? Allocatable.of(type: type, disk: node.containerDisk)
    PlatformFigure.apply(to: &node, &figures)
    return node
  }

  /// Root volume, local disk, and what the instance takes of block volumes.
  private mutating func setVolumes(
    _ node: inout PlannedNode, of group: MachineGroup, type: InstanceType
  ) {
    node.rootVolume = rootVolume(of: group)
    node.volumeSlots = type.volumeSlots
    if let link = type.ebs {
      node.ebsIOPS = link.baselineIOPS
      if link.burstIOPS > link.baselineIOPS {
        let seconds = figures.value(of: ControlFigure.ebsBurst) * 60
        node.ebsIOPSBurst = Burst(
          rate: link.burstIOPS, credits: (link.burstIOPS - link.baselineIOPS) * seconds)
      }
    }
    guard group.usesLocalDisk else { return }
    guard type.localDisk.count > 0 else {
      sink.error(
        "E0311", "\(type.name) has no local disk to keep containers on", at: group.location,
        suggestion: "types with one have a 'd' in their family, such as m6gd.2xlarge")
      return
    }
    let rate = figures.value(of: ControlFigure.localDiskRate) * Double(type.localDisk.count) / 1e9
    node.localDisk = LocalDisk(size: type.localDisk, write: BytesPerSecond(rate))
  }

  /// OpenShift lets pods onto control plane nodes of a single-node cluster, and where there are no
  /// other nodes.
  ///
  /// Source: OpenShift 4.15 documentation, scheduler configuration, mastersSchedulable.
  private func isSchedulableByRule(_ group: MachineGroup) -> Bool {
    guard group.isControlPlane else { return true }
    return group.count == 1 || groups.allSatisfy { $0.isControlPlane || $0.count == 0 }
  }

  private func nodeName(_ index: Int, of group: MachineGroup) -> String {
    let stem = group.isControlPlane ? "control-plane" : group.name
    return "\(stem)-\(index)"
  }

  private func zone(_ index: Int, of group: MachineGroup, type: InstanceType) -> String {
    let offered = (try? input.catalog.zones(of: type.name, in: region)) ?? []
    guard !group.zones.isEmpty else {
      return offered.isEmpty ? region + "a" : offered[index % offered.count]
    }
    var zone = group.zones[index % group.zones.count]
    if let moved = moved(zone, of: group) { zone.value = moved }
    if let all = try? input.catalog.zones(in: region), !all.contains(zone.value) {
      sink.error(
        "E0308", "\(zone.value) is not a zone of \(region)", at: zone.location,
        suggestion: "zones are \(all.joined(separator: ", "))")
    } else if !offered.isEmpty, !offered.contains(zone.value) {
      sink.warning(
        "W0309",
        "\(type.name) is not offered in every zone of \(region); by the published zone numbers it "
          + "is not in \(zone.value)", at: zone.location,
        suggestion: "offered in \(offered.joined(separator: ", "))")
    }
    return zone.value
  }

  /// The zone of the same letter, when the scenario moves a cluster to another region.
  private func moved(_ zone: Located<String>, of group: MachineGroup) -> String? {
    guard input.scenario.region != nil, !zone.value.hasPrefix(region), let letter = zone.value.last,
      (try? input.catalog.region(ofZone: zone.value)) != nil,
      let zones = try? input.catalog.zones(in: region)
    else { return nil }
    let same = zones.first { $0.last == letter } ?? zones.first
    if let same {
      sink.warning(
        "W0312", "'\(group.name)' is in \(zone.value), but the scenario's region is \(region)",
        at: zone.location, suggestion: "taken as \(same)")
    }
    return same
  }

  private mutating func burst(_ rate: LinkRate, _ assumption: Assumption) -> BurstRate {
    guard rate.burst > rate.baseline else { return BurstRate(baseline: rate.baseline) }
    let seconds = figures.value(of: assumption) * 60
    return BurstRate(
      baseline: rate.baseline, burst: rate.burst,
      credits: (rate.burst.value - rate.baseline.value) * seconds)
  }

  private func rootVolume(of group: MachineGroup) -> VolumeSpec {
    let written = group.rootVolume
    let own = group.settings?.rootVolume
    return BlockVolume.make(
      kind: written.type ?? "gp3", sizeGiB: written.sizeGiB ?? 120,
      iops: written.iops.map { Located($0, at: own?.iops?.location ?? group.location) },
      throughputMiBps: written.throughputMiBps.map {
        Located($0, at: own?.throughputMiBps?.location ?? group.location)
      }, at: group.location, sink: sink)
  }
}
