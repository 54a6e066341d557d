import GantryKernel
import GantryModel
import GantryUnits

// What was moved, on the accounts of node, run, claim and network.

extension Simulation {
  /// Adds what a demand moved to the accounts.
  mutating func meter(_ demand: PreparedDemand, amount: Double, of index: Int) {
    let run = taskRuns[index].run
    guard let node = taskRuns[index].node else { return }
    switch demand.meter {
    case .none: break
    case .cpu:
      taskRuns[index].cpu += amount
      add(amount, to: \.cpuByNode, run: run, node: node)
    case .fileSystemRead(let system, let isMetered):
      outcome.fileSystems[system].bytesRead += amount
      records[run].use.fileSystemRead += amount
      if isMetered { meterFile(amount, isWrite: false, system: system, run: run) }
      countMount(amount, of: system, from: node, run: run)
    case .fileSystemWrite(let system, let claim, let isMetered):
      outcome.fileSystems[system].bytesWritten += amount
      fileSystemMoments[system] += amount * now.seconds
      records[run].use.fileSystemWritten += amount
      runs[run].claims[claim].usage.bytes += amount
      if isMetered { meterFile(amount, isWrite: true, system: system, run: run) }
      countMount(amount, of: system, from: node, run: run)
    case .operations(let system, let isWrite, let metered):
      outcome.fileSystems[system].operations += amount
      meterFile(amount * metered, isWrite: isWrite, system: system, run: run)
    case .blockWrite(let claim):
      runs[run].claims[claim].usage.bytes += amount
    case .download(let service): meterDownload(amount, service, to: node, run: run)
    case .upload(let service): meterUpload(amount, service, from: node, run: run)
    case .requests(let service, let isWrite):
      meterRequests(amount, service, isWrite: isWrite, run: run)
    case .disk:
      outcome.nodes[node].diskBytesWritten += amount
    }
  }

  /// Counts what a pod that leaves its node has kept from others: as long as it was there, its largest
  /// requested share of the node, where that is more than it computed.
  mutating func meterReservation(_ index: Int, seconds: Double) {
    guard outcome.tally == nil, let node = taskRuns[index].node else { return }
    let requests = self[planned: index].pod.requests
    let shares = ["cpu", "memory"].map { name -> Double in
      let offered = plan.nodes[node].allocatable[name]?.milli ?? 0
      return offered > 0 ? Double(requests[name]?.milli ?? 0) / Double(offered) : 0
    }
    let held = (shares.max() ?? 0) * plan.nodes[node].totalSpeed * seconds
    let more = held - taskRuns[index].cpu
    if more > 0 { add(more, to: \.reservedByNode, run: taskRuns[index].run, node: node) }
  }

  private mutating func add(
    _ amount: Double, to account: WritableKeyPath<ResourceUse, [Double]>, run: Int, node: Int
  ) {
    // Runs that are summed up have no accounts of their own.
    guard outcome.tally == nil else { return }
    if records[run].use[keyPath: account].isEmpty {
      records[run].use[keyPath: account] = Array(repeating: 0, count: plan.nodes.count)
    }
    records[run].use[keyPath: account][node] += amount
  }

  private mutating func meterFile(_ bytes: Double, isWrite: Bool, system: Int, run: Int) {
    if isWrite {
      outcome.fileSystems[system].meteredWritten += bytes
      records[run].use.fileSystemMeteredWritten += bytes
    } else {
      outcome.fileSystems[system].meteredRead += bytes
      records[run].use.fileSystemMeteredRead += bytes
    }
  }

  /// A client without a mount target in its zone uses one of another.
  private mutating func countMount(_ bytes: Double, of system: Int, from node: Int, run: Int) {
    guard plan.fileSystems[system].isRemote(from: plan.nodes[node].zone) else { return }
    countCrossing(bytes, run: run)
  }

  private mutating func countCrossing(_ bytes: Double, run: Int?) {
    outcome.network.crossZoneBytes += bytes
    if let run { records[run].use.crossZoneBytes += bytes }
  }

  /// Bytes that came from a server: for a run, or for a node that pulled an image.
  mutating func meterDownload(_ bytes: Double, _ service: Int, to node: Int, run: Int?) {
    let server = plan.services[service]
    if case .pod(let host, let storage) = server.place {
      if storage != .objectStore, plan.nodes[host].zone != plan.nodes[node].zone {
        countCrossing(bytes, run: run)
      }
      return
    }
    guard server.usesNAT else { return }
    outcome.network.natBytesIn += bytes
    if let run { records[run].use.natBytes += bytes }
  }

  private mutating func meterUpload(_ bytes: Double, _ service: Int, from node: Int, run: Int) {
    let server = plan.services[service]
    if server.isObjectStore {
      outcome.objects.bytes += bytes
      outcome.objects.byteSeconds -= bytes * now.seconds
      records[run].use.objectBytes += bytes
    }
    if case .pod(let host, _) = server.place {
      if plan.nodes[host].zone != plan.nodes[node].zone { countCrossing(bytes, run: run) }
      return
    }
    if server.place == .internet {
      outcome.network.egressBytes += bytes
      records[run].use.egressBytes += bytes
    }
    guard server.usesNAT else { return }
    outcome.network.natBytesOut += bytes
    records[run].use.natBytes += bytes
  }

  private mutating func meterRequests(
    _ count: Double, _ service: Int, isWrite: Bool, run: Int
  ) {
    guard plan.services[service].isObjectStore else { return }
    if isWrite {
      outcome.objects.writes += count
      records[run].use.objectWrites += count
    } else {
      outcome.objects.reads += count
      records[run].use.objectReads += count
    }
  }
}
