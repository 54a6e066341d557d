import GantryKernel
import GantryModel

extension Fabric {
  /// What limits a running flow of a shape on a node now, and how much other work shares it.
  mutating func limit(of flow: FlowID, shape: Int, node: Int) -> (limit: Limit, others: Int) {
    guard let found = network.bottleneck(of: flow) else {
      return (ownLimit(of: shapes[shape], node: node), 0)
    }
    let limit = sharedLimit(found.resource, shape: shapes[shape], node: node)
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
    case .download(let service, _), .upload(let service, _):
      return Limit(.connection, plan.services[service].name)
    case .fileSystemReadOperations(let system, _), .fileSystemWriteOperations(let system, _):
      return Limit(.fileSystemLatency, plan.fileSystems[system].name)
    case .fileSystemRead(let system), .fileSystemWrite(let system):
      return Limit(.fileSystemThroughput, plan.fileSystems[system].name)
    case .diskWrite: return Limit(.rootVolume, name)
    }
  }

  private func sharedLimit(_ resource: ResourceID, shape: FlowShape, node: Int) -> Limit {
    let own = nodes[node]
    let name = plan.nodes[node].name
    switch resource {
    case own.cpu: return Limit(.processors, name)
    case own.networkIn, own.networkOut: return Limit(.network, name)
    case own.internetIn, own.internetOut: return Limit(.internet, name)
    case own.ebs: return Limit(.ebsLink, name)
    case own.disk: return Limit(.rootVolume, name)
    default: break
    }
    switch shape {
    case .fileSystemReadOperations(let system, _), .fileSystemWriteOperations(let system, _):
      return Limit(.fileSystemOperations, plan.fileSystems[system].name)
    case .fileSystemRead(let system), .fileSystemWrite(let system):
      let isClient = fileSystems[system].clients[node] == resource
      return Limit(
        isClient ? .fileSystemClient : .fileSystemThroughput, plan.fileSystems[system].name)
    default: return ownLimit(of: shape, node: node)
    }
  }
}
