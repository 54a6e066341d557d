import GantryKernel
import GantryModel

extension Fabric {
  /// What limits a running flow of a shape on a node now, and how much other work shares it.
  mutating func limit(
    of flow: FlowID, shape: Int, node: Int, volume: Int?
  ) -> (limit: Limit, others: Int) {
    guard let found = network.bottleneck(of: flow) else {
      return (ownLimit(of: shapes[shape], node: node), 0)
    }
    let limit = sharedLimit(
      found.resource, shape: shapes[shape], node: node, volume: volume.map { volumes[$0] })
    return (limit, max(0, found.flows - 1))
  }

  /// The limit of a flow that shares nothing: the cap of its class.
  private func ownLimit(of shape: FlowShape, node: Int) -> Limit {
    let name = plan.nodes[node].name
    switch shape {
    case .cpu(let threads, _, let limit):
      if let limit, limit < threads { return Limit(.podLimit) }
      return Limit(.ownThreads, name, threads: threads)
    case .memory: return Limit(.memory, name)
    case .block: return Limit(.blockVolume)
    case .blockOperations: return Limit(.blockOperations)
    case .download(let service, _), .upload(let service, _), .requests(let service, _, _):
      return Limit(.connection, plan.services[service].name)
    case .fileSystemReadOperations(let system, _, _), .fileSystemWriteOperations(let system, _, _):
      return Limit(.fileSystemLatency, plan.fileSystems[system].name)
    case .fileSystemRead(let system, _):
      return Limit(.fileSystemThroughput, plan.fileSystems[system].name)
    case .fileSystemWrite(let system, _, let streams):
      let isStream = streams != nil && plan.fileSystems[system].writeStream != nil
      return Limit(
        isStream ? .fileSystemStream : .fileSystemThroughput, plan.fileSystems[system].name)
    case .diskWrite: return Limit(.rootVolume, name)
    }
  }

  private func sharedLimit(
    _ resource: ResourceID, shape: FlowShape, node: Int, volume: VolumeResources?
  ) -> Limit {
    let own = nodes[node]
    let name = plan.nodes[node].name
    switch resource {
    case own.cpu: return Limit(.processors, name)
    case own.networkIn, own.networkOut: return Limit(.network, name)
    case own.internetIn, own.internetOut: return Limit(.internet, name)
    case own.ebs: return Limit(.ebsLink, name)
    case own.ebsOperations: return Limit(.ebsOperations, name)
    case own.disk: return Limit(.rootVolume, name)
    case volume?.operations: return Limit(.blockOperations)
    case volume?.throughput: return Limit(.blockVolume)
    default: break
    }
    switch shape {
    case .fileSystemReadOperations(let system, _, _), .fileSystemWriteOperations(let system, _, _):
      let isMetered = fileSystems[system].metered == resource
      return Limit(
        isMetered ? .fileSystemThroughput : .fileSystemOperations, plan.fileSystems[system].name)
    case .fileSystemRead(let system, _), .fileSystemWrite(let system, _, _):
      let isClient = fileSystems[system].clients[node] == resource
      return Limit(
        isClient ? .fileSystemClient : .fileSystemThroughput, plan.fileSystems[system].name)
    case .download(let service, _), .upload(let service, _), .requests(let service, _, _):
      return serverLimit(resource, of: service)
    default: return ownLimit(of: shape, node: node)
    }
  }

  private func serverLimit(_ resource: ResourceID, of service: Int) -> Limit {
    let name = plan.services[service].name
    switch resource {
    case services[service].bytesIn, services[service].bytesOut: return Limit(.server, name)
    case services[service].readRequests, services[service].writeRequests:
      return Limit(.serverRequests, name)
    default: return Limit(.serverStorage, name)
    }
  }
}
