import GantryKernel
import GantryModel
import GantryUnits

/// The resources of one node.
struct NodeResources {
  let cpu: ResourceID
  let networkIn: ResourceID
  let networkOut: ResourceID
  let internetIn: ResourceID
  let internetOut: ResourceID
  let ebs: ResourceID
  /// Operations towards EBS; nil when no limit is published.
  let ebsOperations: ResourceID?
  let disk: ResourceID

  /// Writing through the page cache of one thread, in bytes per second: a round figure for
  /// copying in memory with file-system work, well above every volume.
  ///
  /// Assumed.
  static let pageCacheRate = 1.5e9

  init(_ node: PlannedNode, in network: inout FlowNetwork) {
    let free = 1 - node.platformLoad / Double(max(node.vcpu, 1))
    // EC2 gives at most 5 Gbit/s towards the internet or another region below 32 vCPU, half the
    // bandwidth above. Source: Amazon EC2 user guide, instance network bandwidth, 2023-06-15.
    let outside =
      node.vcpu < 32 ? BytesPerSecond.gigabits(5).value : node.network.baseline.value / 2
    // Half of free memory counts as available; dirty pages may take vm.dirty_ratio, 20 %, of it
    // before writers wait. Source: Linux kernel documentation, admin-guide/sysctl/vm, 6.1.
    let dirtyLimit = Double(node.memory.count) * 0.5 * 0.2
    let diskRate = NodeResources.diskRate(node)
    cpu = network.addResource(capacity: node.totalSpeed * max(free, 0.05))
    networkIn = network.add(node.network)
    networkOut = network.add(node.network)
    internetIn = network.addResource(capacity: outside)
    internetOut = network.addResource(capacity: outside)
    ebs = network.add(node.ebs)
    ebsOperations =
      node.ebsIOPS > 0 ? network.add(node.ebsIOPS, burst: node.ebsIOPSBurst) : nil
    disk = network.addBucket(
      TokenBucketLimits(
        burst: max(NodeResources.pageCacheRate, diskRate), baseline: diskRate,
        maximumCredits: dirtyLimit, initialCredits: dirtyLimit))
  }

  /// What is written to the disk of containers for ever: a local disk is not behind the EBS link.
  private static func diskRate(_ node: PlannedNode) -> Double {
    node.localDisk?.write.value
      ?? min(node.rootVolume.throughput.value, node.ebs.baseline.value)
  }
}

/// The resources of one file system.
struct FileSystemResources {
  let metered: ResourceID?
  let read: ResourceID
  let write: ResourceID
  let readOperations: ResourceID
  /// The same as those of reads where both share one allowance.
  let writeOperations: ResourceID
  /// What a write takes of its allowance.
  let writeOperationCost: Double
  /// By node.
  let clients: [ResourceID]

  init(_ system: FileSystemSpec, clients count: Int, in network: inout FlowNetwork) {
    metered = system.mode == .elastic ? nil : network.add(system.metered)
    read = network.addResource(capacity: system.readCeiling.value)
    write = network.addResource(capacity: system.writeCeiling.value)
    readOperations = network.addResource(capacity: system.readIOPS)
    if system.sharesOperations, system.writeIOPS > 0 {
      writeOperations = readOperations
      writeOperationCost = system.readIOPS / system.writeIOPS
    } else {
      writeOperations = network.addResource(capacity: system.writeIOPS)
      writeOperationCost = 1
    }
    var made: [ResourceID] = []
    for _ in 0..<count { made.append(network.addResource(capacity: system.perClient.value)) }
    clients = made
  }
}

/// The resources of one block volume.
struct VolumeResources {
  let spec: VolumeSpec
  let throughput: ResourceID
  let operations: ResourceID

  init(_ spec: VolumeSpec, in network: inout FlowNetwork) {
    self.spec = spec
    throughput = network.add(spec.throughput.value, burst: spec.throughputBurst)
    operations = network.add(spec.iops, burst: spec.iopsBurst)
  }
}

/// The resources of one server; nil where it has no limit.
struct ServiceResources {
  let bytesIn: ResourceID?
  let bytesOut: ResourceID?
  let readRequests: ResourceID?
  let writeRequests: ResourceID?
  /// The block volume it keeps files on.
  let volume: VolumeResources?

  init(_ service: ExternalService, in network: inout FlowNetwork) {
    var made: [ResourceID?] = []
    for limit in [
      service.ceiling?.value, service.ceiling?.value, service.readRequests, service.writeRequests,
    ] {
      if let limit { made.append(network.addResource(capacity: limit)) } else { made.append(nil) }
    }
    (bytesIn, bytesOut, readRequests, writeRequests) = (made[0], made[1], made[2], made[3])
    if let spec = service.volume {
      volume = VolumeResources(spec, in: &network)
    } else {
      volume = nil
    }
  }
}
