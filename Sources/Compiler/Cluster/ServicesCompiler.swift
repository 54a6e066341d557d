import GantryCloud
import GantryModel

/// NAT gateways, load balancers and addresses of a cluster.
struct ServicesCompiler {
  let input: CompilerInput
  let nodes: [PlannedNode]
  let groups: [MachineGroup]

  /// What the installer makes in the zones of the install-config, or in those of the region's that
  /// nodes are in; the scenario's figures come before.
  func services(region: String, sink: DiagnosticSink) -> ClusterServices {
    var services = ClusterServices.openShiftInstaller(zones: zoneCount(region: region))
    let network = input.scenario.network
    for count in [network.natGateways, network.loadBalancers, network.publicIPv4Addresses] {
      if let count, count.value < 0 {
        sink.error("E0360", "a count must be from 0, not \(count.value)", at: count.location)
      }
    }
    if let count = network.natGateways { services.natGateways = count.value }
    if let count = network.loadBalancers { services.loadBalancers = count.value }
    if let count = network.publicIPv4Addresses { services.publicIPv4Addresses = count.value }
    if let keep = input.scenario.storage.efs.keepClaims {
      if let seconds = DurationText.seconds(keep.value) {
        services.claimRetention = seconds
      } else {
        sink.error("E0344", "'\(keep.value)' is not a duration", at: keep.location)
      }
    }
    return services
  }

  /// The installer spreads the network over the zones it is told, else over all of the region.
  private func zoneCount(region: String) -> Int {
    if let config = input.cluster.installConfigs.first {
      let named = ([config.controlPlane].compactMap { $0 } + config.compute)
        .flatMap { $0.zones.map(\.value) }
      if !named.isEmpty { return Set(named).count }
    }
    if let all = try? input.catalog.zones(in: region), input.cluster.nodes.isEmpty {
      return all.count
    }
    return max(Set(nodes.map(\.zone)).count, 1)
  }
}
