import GantryKernel
import GantryModel
import GantryUnits

// What each shape of flows crosses.

extension Fabric {
  /// A byte read counts a third of a byte written.
  ///
  /// Source: Amazon EFS user guide, performance specifications, read 2026-11-22.
  private static let readMetering = 1.0 / 3

  /// The most that one connection carries, in bytes per second.
  ///
  /// Source: Amazon EC2 user guide, instance network bandwidth: 5 Gbit/s per flow outside a cluster
  /// placement group, 2023-06-15.
  private static let singleFlow = BytesPerSecond.gigabits(5).value

  mutating func makeClass(_ shape: FlowShape, node: Int) -> FlowClassID {
    let own = nodes[node]
    switch shape {
    case .cpu(let threads, let weight, let limit):
      let speed = plan.nodes[node].threadSpeed
      return network.flowClass(
        path: [PathStep(own.cpu)], weight: weight, cap: min(threads, limit ?? threads) * speed)
    case .memory:
      return network.flowClass(path: [], cap: NodeResources.pageCacheRate)
    case .diskWrite:
      return network.flowClass(path: [PathStep(own.disk)])
    case .download(let service, let connections):
      return network.flowClass(
        path: downloadPath(from: service, to: node), cap: rate(of: service, connections))
    case .upload(let service, let connections):
      return network.flowClass(
        path: uploadPath(to: service, from: node), cap: rate(of: service, connections))
    case .requests(let service, let isWrite, let connections):
      return makeRequestClass(service, isWrite: isWrite, connections: connections)
    case .fileSystemRead, .fileSystemWrite:
      return makeFileClass(shape, node: node)
    case .fileSystemReadOperations, .fileSystemWriteOperations:
      return makeFileOperationClass(shape)
    case .block, .blockOperations:
      preconditionFailure("\(shape) needs a volume")
    }
  }

  // MARK: Servers

  private func rate(of service: Int, _ connections: Double) -> Double {
    min(plan.services[service].perConnection.value, Fabric.singleFlow) * connections
  }

  private mutating func makeRequestClass(
    _ service: Int, isWrite: Bool, connections: Double
  ) -> FlowClassID {
    let limit = isWrite ? services[service].writeRequests : services[service].readRequests
    let latency = plan.services[service].latency
    guard let limit else { preconditionFailure("service \(service) takes any number of requests") }
    return network.flowClass(
      path: [PathStep(limit)], cap: latency > 0 ? connections / latency : nil)
  }

  private func downloadPath(from service: Int, to node: Int) -> [PathStep] {
    let own = nodes[node]
    let server = services[service]
    var path: [PathStep] = []
    switch plan.services[service].place {
    case .internet: path = [PathStep(own.networkIn), PathStep(own.internetIn)]
    case .region: path = [PathStep(own.networkIn)]
    case .pod(_, .objectStore):
      // The registry answers with an address in S3, which the client reads itself.
      path = [PathStep(own.networkIn)]
    case .pod(let host, let storage):
      if host != node { path = [PathStep(own.networkIn), PathStep(nodes[host].networkOut)] }
      path += storagePath(storage, of: server, on: host, isWrite: false)
    }
    if let limit = server.bytesOut { path.append(PathStep(limit)) }
    return path
  }

  private func uploadPath(to service: Int, from node: Int) -> [PathStep] {
    let own = nodes[node]
    let server = services[service]
    var path: [PathStep] = []
    switch plan.services[service].place {
    case .internet: path = [PathStep(own.networkOut), PathStep(own.internetOut)]
    case .region: path = [PathStep(own.networkOut)]
    case .pod(let host, let storage):
      if host != node { path = [PathStep(own.networkOut), PathStep(nodes[host].networkIn)] }
      path += storagePath(storage, of: server, on: host, isWrite: true)
    }
    if let limit = server.bytesIn { path.append(PathStep(limit)) }
    return path
  }

  private func storagePath(
    _ storage: ExternalService.PodStorage, of server: ServiceResources, on host: Int,
    isWrite: Bool
  ) -> [PathStep] {
    switch storage {
    // What is read back was written just before: the page cache has it.
    case .nodeDisk: isWrite ? [PathStep(nodes[host].disk)] : []
    case .objectStore: [PathStep(nodes[host].networkOut)]
    case .volume(let spec):
      server.volume.map {
        volumePath($0, node: host, operationsPerByte: 1 / Double(spec.largestOperation.count))
      } ?? []
    }
  }

  // MARK: Block volumes

  mutating func makeVolumeClass(
    _ shape: FlowShape, node: Int, volume: VolumeResources
  ) -> FlowClassID {
    switch shape {
    case .block(let operationsPerByte):
      return network.flowClass(
        path: volumePath(volume, node: node, operationsPerByte: operationsPerByte))
    case .blockOperations:
      var path = [PathStep(volume.operations)]
      if let link = nodes[node].ebsOperations { path.append(PathStep(link)) }
      // Beside flows of bytes, an operation weighs as much as the 4 KiB it moves at least.
      return network.flowClass(path: path, weight: 1.0 / 4096)
    default:
      preconditionFailure("\(shape) is not of a volume")
    }
  }

  private func volumePath(
    _ volume: VolumeResources, node: Int, operationsPerByte: Double
  ) -> [PathStep] {
    var path = [
      PathStep(nodes[node].ebs), PathStep(volume.throughput),
      PathStep(volume.operations, coefficient: operationsPerByte),
    ]
    if let link = nodes[node].ebsOperations {
      path.append(PathStep(link, coefficient: operationsPerByte))
    }
    return path
  }

  // MARK: File systems

  private mutating func makeFileClass(_ shape: FlowShape, node: Int) -> FlowClassID {
    switch shape {
    case .fileSystemRead(let index, let isMetered):
      let system = fileSystems[index]
      var path = [
        PathStep(system.read), PathStep(system.clients[node], coefficient: Fabric.readMetering),
        PathStep(nodes[node].networkIn),
      ]
      if isMetered, let metered = system.metered {
        path.append(PathStep(metered, coefficient: Fabric.readMetering))
      }
      return network.flowClass(path: path)
    case .fileSystemWrite(let index, let isMetered, let streams):
      let system = fileSystems[index]
      var path = [
        PathStep(system.write), PathStep(system.clients[node]), PathStep(nodes[node].networkOut),
      ]
      if isMetered, let metered = system.metered { path.append(PathStep(metered)) }
      let stream = plan.fileSystems[index].writeStream?.value
      return network.flowClass(
        path: path, cap: stream.flatMap { rate in streams.map { rate * $0 } })
    default:
      preconditionFailure("\(shape) is not of a file system")
    }
  }

  private mutating func makeFileOperationClass(_ shape: FlowShape) -> FlowClassID {
    let index: Int
    let latency: Double
    let concurrency: Double
    var path: [PathStep]
    switch shape {
    case .fileSystemReadOperations(let system, let streams, let isMetered):
      (index, concurrency, latency) = (system, streams, plan.fileSystems[system].readLatency)
      path = [PathStep(fileSystems[index].readOperations)]
      meter(isMetered, Fabric.readMetering, of: index, on: &path)
    case .fileSystemWriteOperations(let system, let streams, let isMetered):
      (index, concurrency, latency) = (system, streams, plan.fileSystems[system].writeLatency)
      path = [
        PathStep(
          fileSystems[index].writeOperations,
          coefficient: fileSystems[index].writeOperationCost)
      ]
      meter(isMetered, 1, of: index, on: &path)
    default:
      preconditionFailure("\(shape) is not of a file system")
    }
    // Beside flows of bytes, an operation weighs as much as the bytes it is metered as.
    let least = plan.fileSystems[index].leastRequest
    return network.flowClass(
      path: path, weight: least > 0 ? 1 / least : 1,
      cap: latency > 0 ? concurrency / latency : nil)
  }

  private func meter(
    _ isMetered: Bool, _ share: Double, of index: Int, on path: inout [PathStep]
  ) {
    let least = plan.fileSystems[index].leastRequest
    guard isMetered, least > 0, let metered = fileSystems[index].metered else { return }
    path.append(PathStep(metered, coefficient: share * least))
  }
}
