import GantryCloud
import GantryModel
import GantryUnits

/// Fills a scenario with everything that was found or assumed, so that all of it can be seen and set.
struct ScenarioDefaults {
  let scenario: ScenarioFile
  let name: String
  let region: String
  let plan: Plan
  let groups: [MachineGroup]
  let services: ClusterServices
  let limits: ControllerLimits

  private static let place = SourceLocation(file: "<default>", line: 1, column: 1)

  /// The scenario with all fields set.
  func filled() -> ScenarioFile {
    var filled = scenario
    filled.name = scenario.name ?? located(name)
    filled.region = scenario.region ?? located(region)
    filled.controlPlane = groups.first(where: \.isControlPlane).map(settings)
    filled.nodes = groups.filter { !$0.isControlPlane }.map {
      .init(name: located($0.name), settings: settings(of: $0))
    }
    filled.seed = scenario.seed ?? located(Int(plan.seed))
    filled.replications = scenario.replications ?? located(plan.replications)
    filled.kubernetesVersion =
      scenario.kubernetesVersion ?? located("1.\(plan.kubernetesMinor)")
    filled.tektonVersion =
      scenario.tektonVersion ?? scenario.tekton.version ?? located(plan.tekton.version.rawValue)
    filled.tekton.version = nil
    fillControllers(&filled.tekton.performance)
    fillNetwork(&filled.network)
    fillStorage(&filled.storage.efs)
    if filled.workload.isEmpty { filled.workload = plan.templates.map(entry) }
    filled.assumptions = plan.assumptions.compactMap { assumption in
      if let written = scenario.assumptions.last(where: { $0.id.value == assumption.id }) {
        return written
      }
      // Told by `tekton.performance`, over which the assumption would win.
      if assumption.id == "tekton.apiQPS" { return nil }
      return .init(id: located(assumption.id), value: assumption.value)
    }
    return filled
  }

  private func fillControllers(_ performance: inout ControllerSettings) {
    let given = limits.settings
    performance.threadsPerController = given.threadsPerController ?? located(limits.threads)
    performance.kubeAPIQPS = given.kubeAPIQPS ?? located(ControllerLimits.qps)
    performance.kubeAPIBurst = given.kubeAPIBurst ?? located(ControllerLimits.burst)
    performance.replicas = given.replicas ?? located(1)
    performance.buckets = given.buckets ?? located(1)
    performance.disablesHA = given.disablesHA ?? false
  }

  private func fillNetwork(_ network: inout ScenarioFile.NetworkSettings) {
    network.natGateways = network.natGateways ?? located(services.natGateways)
    network.loadBalancers = network.loadBalancers ?? located(services.loadBalancers)
    network.publicIPv4Addresses =
      network.publicIPv4Addresses ?? located(services.publicIPv4Addresses)
  }

  private func fillStorage(_ efs: inout ScenarioFile.EFSSettings) {
    guard let system = plan.fileSystems.first else { return }
    efs.throughputMode = efs.throughputMode ?? located(system.mode.rawValue)
    efs.storedGiB = efs.storedGiB ?? located(system.stored.gib)
    efs.oneZone = system.isOneZone
    efs.tls = system.usesTLS
    efs.accessPoints = efs.accessPoints ?? system.accessPointLimit.map { located($0) }
    if system.mode == .bursting {
      efs.initialCreditsGiB =
        efs.initialCreditsGiB ?? located(system.metered.initialCredits / 1_073_741_824)
    }
  }

  private func entry(of template: PlannedRun) -> ScenarioFile.WorkloadEntry {
    var entry = ScenarioFile.WorkloadEntry(location: Self.place)
    entry.pipelineRun = located(template.name)
    entry.count = located(1)
    return entry
  }

  private func settings(of group: MachineGroup) -> ScenarioFile.PoolSettings {
    var settings = ScenarioFile.PoolSettings(location: group.location)
    // What manifests say is not a default.
    func given<Value>(_ value: Value) -> Located<Value> { Located(value, at: group.location) }
    let nodes = plan.nodes.filter { $0.pool == group.name }
    settings.type = group.type
    let written = group.settings
    settings.count = written?.count ?? given(group.count)
    var zones: [String] = []
    for node in nodes where !zones.contains(node.zone) { zones.append(node.zone) }
    settings.zones = zones.map { zone in
      let place = group.zones.first { $0.value == zone }?.location
      return Located(zone, at: place ?? Self.place)
    }
    settings.spot = group.isSpot
    settings.containerStorage =
      written?.containerStorage ?? located(group.usesLocalDisk ? "localDisk" : "rootVolume")
    settings.labels = group.labels.sorted { $0.key < $1.key }.map {
      .init(key: given($0.key), value: given($0.value))
    }
    settings.taints = group.taints.map { given("\($0.key)=\($0.value):\($0.effect.rawValue)") }
    guard let node = nodes.first else { return settings }
    var volume = rootVolume(node.rootVolume, written: group.rootVolume, given: given)
    if let own = written?.rootVolume {
      volume.type = own.type ?? volume.type
      volume.sizeGiB = own.sizeGiB ?? volume.sizeGiB
      volume.iops = own.iops ?? volume.iops
      volume.throughputMiBps = own.throughputMiBps ?? volume.throughputMiBps
    }
    settings.rootVolume = volume
    // Else it is one of the assumptions, which are listed on their own.
    settings.platformLoad = written?.platformLoad ?? group.platformLoad.map { given($0) }
    settings.schedulable = node.labels["node-role.kubernetes.io/worker"] != nil
    return settings
  }

  private func rootVolume(
    _ volume: VolumeSpec, written: RootVolumeSpec, given: (Int) -> Located<Int>
  ) -> ScenarioFile.VolumeSettings {
    var settings = ScenarioFile.VolumeSettings()
    let place = given(0).location
    settings.type = Located(volume.kind, at: written.type == nil ? Self.place : place)
    settings.sizeGiB = Located(
      Int(volume.size.gib), at: written.sizeGiB == nil ? Self.place : place)
    // What follows from kind and size cannot be given.
    if volume.kind != "gp2", volume.kind != "st1" {
      settings.iops = Located(Int(volume.iops), at: written.iops == nil ? Self.place : place)
    }
    if volume.kind == "gp3" {
      settings.throughputMiBps = Located(
        Int(volume.throughput.value / 1_048_576),
        at: written.throughputMiBps == nil ? Self.place : place)
    }
    return settings
  }

  private func located<Value>(_ value: Value) -> Located<Value> { Located(value, at: Self.place) }
}
