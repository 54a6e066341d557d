import GantryKernel
import GantryModel
import GantryUnits

/// The shared resources of a cluster as a flow network: processors, network cards, disks, volumes,
/// file systems, servers.
struct Fabric: ~Copyable {
  var network = FlowNetwork()
  let plan: Plan
  let nodes: [NodeResources]
  let fileSystems: [FileSystemResources]
  let services: [ServiceResources]
  let shapes: [FlowShape]
  /// By node, then shape; made when first needed.
  private var classes: [FlowClassID?]
  /// Block volumes that claims have had, and which of them none has now.
  var volumes: [VolumeResources] = []
  var idleVolumes: [VolumeSpec: [Int]] = [:]
  private var volumeClasses: [VolumeFlow: FlowClassID] = [:]

  /// A shape of flows on one block volume, used from one node.
  private struct VolumeFlow: Hashable {
    var volume: Int
    var node: Int
    var shape: Int
  }

  init(_ prepared: PreparedPlan) {
    plan = prepared.plan
    shapes = prepared.shapes
    classes = Array(repeating: nil, count: prepared.plan.nodes.count * prepared.shapes.count)
    var resources: [NodeResources] = []
    for node in prepared.plan.nodes {
      resources.append(NodeResources(node, in: &network))
    }
    nodes = resources
    var systems: [FileSystemResources] = []
    for system in prepared.plan.fileSystems {
      systems.append(
        FileSystemResources(system, clients: prepared.plan.nodes.count, in: &network))
    }
    fileSystems = systems
    var servers: [ServiceResources] = []
    for service in prepared.plan.services {
      servers.append(ServiceResources(service, in: &network))
    }
    services = servers
  }

  /// Forgets all flows; resources and classes stay.
  mutating func reset() {
    network.reset()
    resetVolumes()
  }

  /// Starts a flow of a shape on a node, over the block volume that it needs, if any.
  mutating func start(
    shape: Int, node: Int, volume: Int?, amount: Double, payload: UInt32, at instant: Instant
  ) -> FlowID {
    let flowClass = flowClass(shape: shape, node: node, volume: volume)
    return network.start(flowClass, volume: amount, payload: payload, at: instant)
  }

  private mutating func flowClass(shape: Int, node: Int, volume: Int?) -> FlowClassID {
    if let volume {
      let key = VolumeFlow(volume: volume, node: node, shape: shape)
      if let known = volumeClasses[key] { return known }
      let made = makeVolumeClass(shapes[shape], node: node, volume: volumes[volume])
      volumeClasses[key] = made
      return made
    }
    let slot = node * shapes.count + shape
    if let known = classes[slot] { return known }
    let made = makeClass(shapes[shape], node: node)
    classes[slot] = made
    return made
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
}

extension FlowNetwork {
  /// Adds a rate as a bucket, or as a plain resource where there is no burst.
  mutating func add(_ rate: BurstRate) -> ResourceID {
    guard rate.burst > rate.baseline, rate.credits > 0 else {
      return addResource(capacity: rate.baseline.value)
    }
    return addBucket(
      TokenBucketLimits(
        burst: rate.burst.value, baseline: rate.baseline.value, maximumCredits: rate.credits,
        initialCredits: rate.initialCredits))
  }

  /// Adds a rate with an optional burst above it; a full bucket at the start.
  mutating func add(_ rate: Double, burst: Burst?) -> ResourceID {
    guard let burst, burst.rate > rate, burst.credits > 0 else {
      return addResource(capacity: rate)
    }
    return addBucket(
      TokenBucketLimits(
        burst: burst.rate, baseline: rate, maximumCredits: burst.credits,
        initialCredits: burst.credits))
  }
}
