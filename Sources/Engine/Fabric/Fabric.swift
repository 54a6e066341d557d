import GantryKernel
import GantryModel
import GantryUnits

/// The shared resources of a cluster as a flow network: processors, network cards, disks, file
/// systems.
struct Fabric: ~Copyable {
  var network = FlowNetwork()
  let nodes: [NodeResources]
  let fileSystems: [FileSystemResources]
  let shapes: [FlowShape]
  /// By node, then shape; made when first needed.
  private var classes: [FlowClassID?]
  let plan: Plan

  /// The resources of one node.
  struct NodeResources {
    let cpu: ResourceID
    let networkIn: ResourceID
    let networkOut: ResourceID
    let internetIn: ResourceID
    let internetOut: ResourceID
    let ebs: ResourceID
    let disk: ResourceID
  }

  /// The resources of one file system.
  struct FileSystemResources {
    let metered: ResourceID?
    let read: ResourceID
    let write: ResourceID
    let readOperations: ResourceID
    let writeOperations: ResourceID
    /// By node.
    let clients: [ResourceID]
  }

  init(_ prepared: PreparedPlan) {
    plan = prepared.plan
    shapes = prepared.shapes
    classes = Array(repeating: nil, count: prepared.plan.nodes.count * prepared.shapes.count)
    var resources: [NodeResources] = []
    for node in prepared.plan.nodes {
      resources.append(Fabric.makeNode(node, in: &network))
    }
    nodes = resources
    var systems: [FileSystemResources] = []
    for system in prepared.plan.fileSystems {
      systems.append(
        Fabric.makeFileSystem(system, clients: prepared.plan.nodes.count, in: &network))
    }
    fileSystems = systems
  }

  /// Forgets all flows; resources and classes stay.
  mutating func reset() { network.reset() }

  /// Starts a flow of a shape on a node.
  mutating func start(
    shape: Int, node: Int, amount: Double, payload: UInt32, at instant: Instant
  ) -> FlowID {
    let slot = node * shapes.count + shape
    let flowClass: FlowClassID
    if let known = classes[slot] {
      flowClass = known
    } else {
      flowClass = makeClass(shapes[shape], node: node)
      classes[slot] = flowClass
    }
    return network.start(flowClass, volume: amount, payload: payload, at: instant)
  }

  /// Reference-thread seconds, bytes in and bytes out that a node has delivered.
  mutating func delivered(by node: Int, at instant: Instant)
    -> (cpu: Double, bytesIn: Double, bytesOut: Double)
  {
    (
      network.delivered(by: nodes[node].cpu, at: instant),
      network.delivered(by: nodes[node].networkIn, at: instant),
      network.delivered(by: nodes[node].networkOut, at: instant)
    )
  }

  private static func makeNode(_ node: PlannedNode, in network: inout FlowNetwork)
    -> NodeResources
  {
    let free = 1 - node.platformLoad / Double(max(node.vcpu, 1))
    // EC2 gives at most 5 Gbit/s towards the internet or another region below 32 vCPU, half the
    // bandwidth above. Source: Amazon EC2 user guide, instance network bandwidth, 2023-06-15.
    let outside =
      node.vcpu < 32 ? BytesPerSecond.gigabits(5).value : node.network.baseline.value / 2
    // Half of free memory counts as available; dirty pages may take vm.dirty_ratio, 20 %, of it
    // before writers wait. Source: Linux kernel documentation, admin-guide/sysctl/vm, 6.1.
    let dirtyLimit = Double(node.memory.count) * 0.5 * 0.2
    let diskRate = min(node.rootVolume.throughput.value, node.ebs.baseline.value)
    return NodeResources(
      cpu: network.addResource(capacity: node.totalSpeed * max(free, 0.05)),
      networkIn: add(node.network, to: &network),
      networkOut: add(node.network, to: &network),
      internetIn: network.addResource(capacity: outside),
      internetOut: network.addResource(capacity: outside),
      ebs: add(node.ebs, to: &network),
      disk: network.addBucket(
        TokenBucketLimits(
          burst: max(pageCacheRate, diskRate), baseline: diskRate, maximumCredits: dirtyLimit,
          initialCredits: dirtyLimit)))
  }

  /// Writing through the page cache of one thread, in bytes per second: a round figure for
  /// copying in memory with file-system work, well above every volume.
  ///
  /// Assumed.
  private static let pageCacheRate = 1.5e9

  private static func add(_ rate: BurstRate, to network: inout FlowNetwork) -> ResourceID {
    guard rate.burst > rate.baseline, rate.credits > 0 else {
      return network.addResource(capacity: rate.baseline.value)
    }
    return network.addBucket(
      TokenBucketLimits(
        burst: rate.burst.value, baseline: rate.baseline.value, maximumCredits: rate.credits,
        initialCredits: rate.credits))
  }

  private static func makeFileSystem(
    _ system: FileSystemSpec, clients: Int, in network: inout FlowNetwork
  ) -> FileSystemResources {
    FileSystemResources(
      metered: system.mode == .elastic ? nil : add(system.metered, to: &network),
      read: network.addResource(capacity: system.readCeiling.value),
      write: network.addResource(capacity: system.writeCeiling.value),
      readOperations: network.addResource(capacity: system.readIOPS),
      writeOperations: network.addResource(capacity: system.writeIOPS),
      clients: (0..<clients).map { _ in network.addResource(capacity: system.perClient.value) })
  }

  /// A byte read counts a third of a byte written.
  ///
  /// Source: Amazon EFS user guide, performance specifications, read 2026-11-22.
  private static let readMetering = 1.0 / 3

  private mutating func makeClass(_ shape: FlowShape, node: Int) -> FlowClassID {
    let own = nodes[node]
    switch shape {
    case .cpu(let threads, let weight, let limit):
      let speed = plan.nodes[node].threadSpeed
      return network.flowClass(
        path: [PathStep(own.cpu)], weight: weight, cap: min(threads, limit ?? threads) * speed)
    case .memory:
      return network.flowClass(path: [], cap: Fabric.pageCacheRate)
    case .diskWrite:
      return network.flowClass(path: [PathStep(own.disk)])
    case .block(let throughput):
      return network.flowClass(path: [PathStep(own.ebs)], cap: throughput)
    case .download(let service, let connections):
      return network.flowClass(
        path: [PathStep(own.networkIn), PathStep(own.internetIn)],
        cap: plan.services[service].perConnection.value * connections)
    case .upload(let service, let connections):
      return network.flowClass(
        path: [PathStep(own.networkOut), PathStep(own.internetOut)],
        cap: plan.services[service].perConnection.value * connections)
    case .fileSystemRead, .fileSystemWrite, .fileSystemReadOperations,
      .fileSystemWriteOperations:
      return makeFileSystemClass(shape, node: node)
    }
  }

  private mutating func makeFileSystemClass(_ shape: FlowShape, node: Int) -> FlowClassID {
    switch shape {
    case .fileSystemRead(let index):
      let system = fileSystems[index]
      var path = [
        PathStep(system.read), PathStep(system.clients[node], coefficient: Fabric.readMetering),
        PathStep(nodes[node].networkIn),
      ]
      if let metered = system.metered {
        path.append(PathStep(metered, coefficient: Fabric.readMetering))
      }
      return network.flowClass(path: path)
    case .fileSystemWrite(let index):
      let system = fileSystems[index]
      var path = [
        PathStep(system.write), PathStep(system.clients[node]), PathStep(nodes[node].networkOut),
      ]
      if let metered = system.metered { path.append(PathStep(metered)) }
      return network.flowClass(path: path)
    case .fileSystemReadOperations(let index, let concurrency):
      return network.flowClass(
        path: [PathStep(fileSystems[index].readOperations)],
        cap: concurrency / plan.fileSystems[index].readLatency)
    case .fileSystemWriteOperations(let index, let concurrency):
      return network.flowClass(
        path: [PathStep(fileSystems[index].writeOperations)],
        cap: concurrency / plan.fileSystems[index].writeLatency)
    default:
      preconditionFailure("\(shape) is not of a file system")
    }
  }
}
