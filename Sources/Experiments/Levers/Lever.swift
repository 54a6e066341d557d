import GantryModel
import GantryUnits

/// One resource of a plan, and the plan with this resource twice as good.
///
/// A new kind of lever is a function here and a line in `Levers.all(of:)`.
struct Lever: Sendable {
  /// A stable name such as `cpu.arm64`.
  var id: String
  /// The resource, for people.
  var resource: String
  /// What is changed.
  var change: String
  var apply: @Sendable (inout Plan) -> Void

  /// The plan with the better resource.
  func applied(to plan: Plan) -> Plan {
    var plan = plan
    apply(&plan)
    return plan
  }
}

extension Lever {
  private static func ofNodes(
    _ id: String, _ pool: NodePool, _ resource: String, _ change: String,
    _ apply: @escaping @Sendable (inout PlannedNode) -> Void
  ) -> Lever {
    let name = pool.name
    return Lever(id: "\(id).\(name)", resource: resource, change: change) { plan in
      for index in plan.nodes.indices where plan.nodes[index].pool == name {
        apply(&plan.nodes[index])
      }
    }
  }

  /// Every thread of the pool's nodes twice as fast.
  static func processors(_ pool: NodePool) -> Lever {
    ofNodes("cpu", pool, "processors of \(pool.title)", "twice as fast") { node in
      node.threadSpeed *= 2
      node.totalSpeed *= 2
    }
  }

  /// The network cards of the pool's nodes.
  static func network(_ pool: NodePool) -> Lever {
    ofNodes("network", pool, "network of \(pool.title)", "twice as wide") { node in
      node.network = node.network.doubled
    }
  }

  /// The root volumes of the pool's nodes, and the link to them.
  static func rootVolume(_ pool: NodePool) -> Lever {
    ofNodes("rootVolume", pool, "root volumes of \(pool.title)", "twice as fast") { node in
      node.rootVolume.throughput = node.rootVolume.throughput.doubled
      node.rootVolume.iops *= 2
      node.ebs = node.ebs.doubled
      node.ebsIOPS *= 2
      node.ebsIOPSBurst = node.ebsIOPSBurst?.doubled
      if let disk = node.localDisk { node.localDisk?.write = disk.write.doubled }
    }
  }

  /// A copy of the pool's last node.
  static func oneMoreNode(_ pool: NodePool) -> Lever {
    let name = pool.name
    return Lever(
      id: "nodes.\(name)", resource: "nodes of \(pool.title)", change: "one more"
    ) { plan in
      guard let last = plan.nodes.lastIndex(where: { $0.pool == name }) else { return }
      var copy = plan.nodes[last]
      let names = Set(plan.nodes.map(\.name))
      var number = plan.nodes.count
      while names.contains("\(name)-\(number)") { number += 1 }
      copy.name = "\(name)-\(number)"
      if copy.labels["kubernetes.io/hostname"] != nil {
        copy.labels["kubernetes.io/hostname"] = copy.name
      }
      plan.nodes.insert(copy, at: last + 1)
    }
  }

  /// Latency of a file system's operations.
  static func fileSystemLatency(_ index: Int, _ system: FileSystemSpec) -> Lever {
    Lever(
      id: "fileSystem.\(system.name).latency",
      resource: "operations of file system \(system.name)", change: "half the latency"
    ) { plan in
      plan.fileSystems[index].readLatency /= 2
      plan.fileSystems[index].writeLatency /= 2
      plan.fileSystems[index].readIOPS *= 2
      plan.fileSystems[index].writeIOPS *= 2
      // A stream of writes waits for each of them.
      plan.fileSystems[index].writeStream = plan.fileSystems[index].writeStream?.doubled
    }
  }

  /// Throughput of a file system, in all and of each client.
  static func fileSystemThroughput(_ index: Int, _ system: FileSystemSpec) -> Lever {
    Lever(
      id: "fileSystem.\(system.name).throughput",
      resource: "throughput of file system \(system.name)", change: "twice as much"
    ) { plan in
      plan.fileSystems[index].metered = plan.fileSystems[index].metered.doubled
      plan.fileSystems[index].readCeiling = plan.fileSystems[index].readCeiling.doubled
      plan.fileSystems[index].writeCeiling = plan.fileSystems[index].writeCeiling.doubled
      plan.fileSystems[index].perClient = plan.fileSystems[index].perClient.doubled
    }
  }

  /// What a server outside sends and takes, and how fast it answers.
  static func service(_ index: Int, _ service: ExternalService) -> Lever {
    Lever(
      id: "service.\(service.name)", resource: "connections to \(service.name)",
      change: "twice as fast"
    ) { plan in
      plan.services[index].perConnection = plan.services[index].perConnection.doubled
      plan.services[index].ceiling = plan.services[index].ceiling?.doubled
      plan.services[index].readRequests = plan.services[index].readRequests.map { $0 * 2 }
      plan.services[index].writeRequests = plan.services[index].writeRequests.map { $0 * 2 }
      plan.services[index].latency /= 2
    }
  }

  /// No image has to be pulled.
  static let images = Lever(
    id: "images", resource: "images of the steps", change: "on the nodes already"
  ) { plan in
    for node in plan.nodes.indices {
      let architecture = plan.nodes[node].architecture.index
      plan.nodes[node].cachedImages = plan.images.indices.filter {
        plan.images[$0].sizes[architecture] != nil
      }
    }
  }

  /// The controllers' limit of requests.
  static let requests = Lever(
    id: "tekton.requests", resource: "requests that Tekton's controllers may send",
    change: "twice as many"
  ) { plan in
    plan.control.apiQPS *= 2
    plan.control.apiBurst *= 2
  }

  /// The controllers' workers.
  static let workers = Lever(
    id: "tekton.workers", resource: "worker threads of Tekton's controllers",
    change: "twice as many"
  ) { plan in
    plan.control.controllerThreads *= 2
  }

  /// The controllers' and the scheduler's own reaction.
  static let reaction = timings(
    "control.reaction", "reaction of controllers and scheduler",
    [\.controller, \.reconcile, \.scheduler])

  /// What a pod costs besides its work.
  static let pods = timings(
    "pods", "start, hand-over and end of pods and steps",
    [
      \.sandbox, \.initContainer, \.containerStart, \.ready, \.readyJitter, \.stepHandOver,
      \.completion,
    ])

  /// Making and mounting access points.
  static let accessPoints = timings(
    "fileSystem.mount", "making and mounting of access points",
    [\.accessPoint, \.fileSystemMount, \.fileSystemTLS])

  /// Making and moving block volumes.
  static let blockVolumes = timings(
    "blockVolume.attach", "making, attaching, mounting and detaching of block volumes",
    [\.volumeCreate, \.volumeAttach, \.volumeMount, \.volumeDetach])

  /// Throughput of the runs' block volumes.
  static let blockThroughput = Lever(
    id: "blockVolume.throughput", resource: "throughput of block volumes", change: "twice as much"
  ) { plan in
    for run in plan.templates.indices {
      for claim in plan.templates[run].claims.indices {
        guard case .block(var volume, let waits) = plan.templates[run].claims[claim].backing else {
          continue
        }
        volume.throughput = volume.throughput.doubled
        volume.iops *= 2
        volume.throughputBurst = volume.throughputBurst?.doubled
        volume.iopsBurst = volume.iopsBurst?.doubled
        plan.templates[run].claims[claim].backing = .block(volume, waitsForFirstConsumer: waits)
      }
    }
  }

  private static func timings(
    _ id: String, _ resource: String,
    _ fields: [any WritableKeyPath<ControlTimings, Double> & Sendable]
  ) -> Lever {
    Lever(id: id, resource: resource, change: "half the time") { plan in
      for field in fields { plan.control[keyPath: field] /= 2 }
    }
  }
}

extension BurstRate {
  /// Twice the rate, for as long.
  fileprivate var doubled: BurstRate {
    BurstRate(
      baseline: baseline.doubled, burst: burst.doubled, credits: credits * 2,
      initialCredits: initialCredits * 2)
  }
}

extension Burst {
  /// Twice the rate, for as long.
  fileprivate var doubled: Burst { Burst(rate: rate * 2, credits: credits * 2) }
}

extension BytesPerSecond {
  fileprivate var doubled: BytesPerSecond { BytesPerSecond(value * 2) }
}
