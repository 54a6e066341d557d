import GantryModel
import GantryUnits

// From bytes and operations to flows and waits.

extension PlanBuilder {
  mutating func add(_ transfer: Demand.Transfer, claims: [PlannedClaim]) {
    let isRead = transfer.direction == .read
    let kind: TimeKind = isRead ? .read : .write
    switch transfer.target {
    case .memory:
      addFlow(kind, .memory, amount: transfer.bytes, meter: .none)
    case .nodeDisk:
      // What a build reads from the node's disk it has just written: the page cache has it. Its
      // operations are the writeback's, which merges them and keeps nobody waiting.
      addFlow(
        kind, isRead ? .memory : .diskWrite, amount: transfer.bytes, meter: isRead ? .none : .disk)
    case .service(let service):
      addServiceTransfer(transfer, service: service, kind: kind)
    case .claim(let claim):
      switch claims[claim].backing {
      case .fileSystem(let system):
        addFileTransfer(transfer, system: system, claim: claim, kind: kind)
      case .block(let volume, _):
        addBlockTransfer(transfer, volume: volume, claim: claim, kind: kind)
      case .unprovisionable:
        break
      }
    }
  }

  private mutating func addServiceTransfer(
    _ transfer: Demand.Transfer, service: Int, kind: TimeKind
  ) {
    let connections = max(transfer.concurrency, 1)
    let server = plan.services[service]
    let isWrite = transfer.direction == .write
    let waiting = transfer.operations * server.latency / connections
    if waiting > 0 { addTimer(kind, seconds: waiting) }
    if (isWrite ? server.writeRequests : server.readRequests) != nil {
      addFlow(
        kind, .requests(service: service, isWrite: isWrite, connections: connections),
        amount: transfer.operations, meter: .requests(service: service, isWrite: isWrite))
    }
    addFlow(
      kind,
      isWrite
        ? .upload(service: service, connections: connections)
        : .download(service: service, connections: connections), amount: transfer.bytes,
      meter: isWrite ? .upload(service: service) : .download(service: service))
  }

  /// A volume counts bytes and operations; one operation moves so many bytes at most.
  private mutating func addBlockTransfer(
    _ transfer: Demand.Transfer, volume: VolumeSpec, claim: Int, kind: TimeKind
  ) {
    let least = transfer.bytes / Double(volume.largestOperation.count)
    let operations = max(transfer.operations, least)
    guard transfer.bytes > 0 else {
      addFlow(kind, .blockOperations, amount: operations, meter: .none, volume: claim)
      return
    }
    addFlow(
      kind, .block(operationsPerByte: operations / transfer.bytes), amount: transfer.bytes,
      meter: transfer.direction == .read ? .none : .blockWrite(claim: claim), volume: claim)
  }

  private mutating func addFileTransfer(
    _ transfer: Demand.Transfer, system: Int, claim: Int, kind: TimeKind
  ) {
    let spec = plan.fileSystems[system]
    let streams = max(transfer.concurrency, 1)
    let least = spec.leastRequest
    // Requests smaller than the least are metered as that; then they are what counts, not the bytes.
    let metersOperations = transfer.operations * least > transfer.bytes
    let metered = metersOperations ? least : 0
    guard transfer.direction == .write else {
      addFlow(
        kind,
        .fileSystemReadOperations(system, concurrency: streams, isMetered: metersOperations),
        amount: transfer.operations,
        meter: .operations(system, isWrite: false, metered: metered))
      addFlow(
        kind, .fileSystemRead(system, isMetered: !metersOperations), amount: transfer.bytes,
        meter: .fileSystemRead(system, isMetered: !metersOperations))
      return
    }
    // A stream waits for each operation and sends its bytes in between.
    if let rate = spec.writeStream {
      let waiting = transfer.operations * spec.writeLatency + transfer.bytes / rate.value
      addTimer(
        kind, seconds: waiting / streams, limit: Limit(.fileSystemStream, spec.name))
    }
    addFlow(
      kind,
      .fileSystemWriteOperations(
        system, concurrency: creating(transfer, streams, spec), isMetered: metersOperations),
      amount: transfer.operations, meter: .operations(system, isWrite: true, metered: metered))
    addFlow(
      kind,
      .fileSystemWrite(
        system, isMetered: !metersOperations, streams: spec.writeStream == nil ? nil : streams),
      amount: transfer.bytes,
      meter: .fileSystemWrite(system, claim: claim, isMetered: !metersOperations))
  }

  /// How many streams really create files at once: a directory takes few.
  private func creating(
    _ transfer: Demand.Transfer, _ streams: Double, _ spec: FileSystemSpec
  ) -> Double {
    guard let directories = transfer.directories, let most = spec.directoryStreams else {
      return streams
    }
    return max(min(streams, directories * most), 1)
  }
}
