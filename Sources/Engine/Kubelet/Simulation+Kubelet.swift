import GantryKernel
import GantryModel
import GantryUnits

// The kubelet's eviction manager and image garbage collection.

extension Simulation {
  /// Makes the kubelet look at its next regular moment, unless it will anyway.
  ///
  /// All kubelets of the cluster look at whole multiples of their interval.
  mutating func requestLook(at node: Int) {
    let interval = plan.kubelet.evictionInterval
    let tick = Instant.seconds((now.seconds / interval).rounded(.up) * interval)
    look(at: node, from: max(tick, ledgers[node].quietUntil))
  }

  /// Makes the kubelet look at a moment, or earlier if it will anyway.
  mutating func look(at node: Int, from moment: Instant) {
    if let next = ledgers[node].nextLook, next <= moment { return }
    ledgers[node].nextLook = moment
    queue.push(
      at: moment, phase: .observation, kind: EventKind.kubeletLooks.rawValue, payload: UInt32(node))
  }

  /// The eviction manager's round: limits of single pods first, then memory, then disk.
  mutating func kubeletLooks(at node: Int) {
    guard ledgers[node].nextLook == now else { return }
    ledgers[node].nextLook = nil
    let interval = plan.kubelet.evictionInterval
    ledgers[node].quietUntil = .seconds(((now.seconds / interval).rounded(.down) + 1) * interval)
    let usage = diskUsage(of: node)
    var evicts = evictForLimits(of: node, usage: usage)
    if !evicts { evicts = relievePressure(of: node, usage: usage) }
    if evicts { ledgers[node].quietUntil = now + .seconds(plan.kubelet.cleanUp) }
    collectImages(of: node)
    liftPressure(of: node)
    lookAgain(at: node, afterEviction: evicts)
  }

  /// Plans the next round where something can still change by itself.
  private mutating func lookAgain(at node: Int, afterEviction: Bool) {
    let ledger = ledgers[node]
    if ledger.pending <= 0 { ledgers[node].mayPassLimit = false }
    if afterEviction || (ledger.pending > 0 && ledger.isWorthALook) {
      return look(at: node, from: ledger.quietUntil)
    }
    let settings = plan.kubelet
    guard ledger.disk >= settings.imageHigh * ledger.diskSize,
      images(on: node).contains(where: { !$0.isInUse })
    else { return }
    let round = (now.seconds / settings.imageInterval).rounded(.down) + 1
    look(at: node, from: .seconds(round * settings.imageInterval))
  }

  /// Evicts for memory or disk; whether a pod went.
  private mutating func relievePressure(of node: Int, usage: [Double]) -> Bool {
    let ledger = ledgers[node]
    if ledger.memory > ledger.memoryThreshold {
      observe(.memory, on: node, used: ledger.memory, limit: ledger.memoryThreshold)
      let pods = ledger.pods.map { index in
        EvictionCandidate(
          pod: index, usage: taskRuns[index].ledger.memory,
          request: Double(self[planned: index].pod.requests["memory"]?.value ?? 0))
      }
      return evict(
        EvictionOrder.ranked(pods).first, .memory, from: node,
        message: KubeletText.lowOn(
          .memory, threshold: Double(plan.kubelet.memoryReserve.count),
          available: ledger.memoryLimit - ledger.memory))
    }
    var used = ledger.disk + usage.reduce(0, +)
    guard used > ledger.diskThreshold else { return false }
    observe(.disk, on: node, used: used, limit: ledger.diskThreshold)
    used -= reclaimDisk(of: node)
    guard used > ledger.diskThreshold else { return false }
    let pods = zip(ledger.pods, usage).map { index, growing in
      EvictionCandidate(
        pod: index, usage: settledDisk(of: index) + growing,
        request: Double(self[planned: index].pod.requests["ephemeral-storage"]?.value ?? 0))
    }
    return evict(
      EvictionOrder.ranked(pods).first, .disk, from: node,
      message: KubeletText.lowOn(
        .disk, threshold: ledger.diskSize - ledger.diskThreshold,
        available: ledger.diskSize - used))
  }

  private mutating func evict(
    _ candidate: EvictionCandidate?, _ resource: NodeEvent.Resource, from node: Int,
    message: String
  ) -> Bool {
    guard let candidate else { return false }
    note(
      .evicted, resource, on: node, pod: candidate.pod, used: candidate.usage,
      limit: candidate.request, message)
    endPod(candidate.pod, message: message)
    return true
  }

  /// Evicts every pod that passes a size limit of its own; whether one did.
  private mutating func evictForLimits(of node: Int, usage: [Double]) -> Bool {
    var evicts = false
    for (index, growing) in zip(ledgers[node].pods, usage) {
      guard let passed = passedLimit(of: index, growing: growing) else { continue }
      note(
        .evicted, .disk, on: node, pod: index, used: passed.used, limit: passed.limit,
        passed.message)
      endPod(index, message: passed.message)
      evicts = true
    }
    return evicts
  }

  /// The limit that a pod's volumes, the pod, or one of its containers passes, in this order.
  private func passedLimit(
    of index: Int, growing: Double
  ) -> (used: Double, limit: Double, message: String)? {
    let place = prepared.pods[taskRuns[index].prepared]
    guard place.limits.limitsDisk else { return nil }
    let volumes = volumeUsage(of: index, share: share(growing, of: index))
    for (volume, used) in zip(place.volumes, volumes) {
      guard let name = volume.name, let limit = volume.limit, used > limit else { continue }
      return (used, limit, KubeletText.exceeds(volume: name, limit: limit))
    }
    let total = settledDisk(of: index) + growing
    if let limit = place.limits.storage, total > limit {
      return (total, limit, KubeletText.exceeds(pod: limit))
    }
    for (volume, used) in zip(place.volumes, volumes) {
      guard let step = volume.step, let limit = volume.limit, used > limit else { continue }
      let name = "step-\(self[planned: index].steps[step].name)"
      return (used, limit, KubeletText.exceeds(container: name, limit: limit))
    }
    return nil
  }

  // MARK: What is on the disk

  /// By pod of the node: what its phase under way has added to the disk so far.
  private mutating func diskUsage(of node: Int) -> [Double] {
    var usage: [Double] = []
    for index in ledgers[node].pods {
      usage.append(taskRuns[index].ledger.pending * written(by: index))
    }
    return usage
  }

  /// The share of its writes to the node's disk that a phase under way has done; all when it has none.
  private mutating func written(by index: Int) -> Double {
    guard taskRuns[index].ledger.pending > 0 else { return 0 }
    var total = 0.0
    var left = 0.0
    for running in taskRuns[index].flows
    where prepared.demands[running.demand].meter == .disk {
      total += amount(of: prepared.demands[running.demand], index)
      left += fabric.network.remaining(of: running.flow, at: now)
    }
    return total > 0 ? 1 - left / total : 1
  }

  private func share(_ growing: Double, of index: Int) -> Double {
    let pending = taskRuns[index].ledger.pending
    return pending > 0 ? growing / pending : 0
  }

  /// What a pod has on the node's disk, apart from its phase under way.
  private func settledDisk(of index: Int) -> Double {
    let place = prepared.pods[taskRuns[index].prepared]
    return zip(place.volumes, taskRuns[index].ledger.volumes)
      .reduce(0) { $0 + ($1.0.isInMemory ? 0 : $1.1) }
  }

  /// By volume of a pod: what is in it now.
  private func volumeUsage(of index: Int, share: Double) -> [Double] {
    var usage = taskRuns[index].ledger.volumes
    guard taskRuns[index].outstanding > 0, taskRuns[index].phase < taskRuns[index].phaseEnd else {
      return usage
    }
    let footprint = prepared.phases[taskRuns[index].phase].footprint
    for change in prepared.changes[footprint.changes] {
      let part = change.isInMemory ? 1 : share
      usage[change.volume] += part * (max(change.kept, 0) + change.scratch)
    }
    return usage
  }

  // MARK: Images

  /// Removes ended containers and unused images, as the kubelet does before it evicts for disk; the
  /// bytes freed.
  private mutating func reclaimDisk(of node: Int) -> Double {
    var freed = ledgers[node].deadLayers
    ledgers[node].disk -= freed
    ledgers[node].deadLayers = 0
    for image in ledgers[node].hasDeadUser.indices { ledgers[node].hasDeadUser[image] = false }
    freed += removeImages(of: node, toFree: .infinity)
    return freed
  }

  /// The regular collection: above the high mark, down to the low one.
  private mutating func collectImages(of node: Int) {
    let settings = plan.kubelet
    let phase = now.seconds / settings.imageInterval
    let size = ledgers[node].diskSize
    guard phase == phase.rounded(), ledgers[node].disk >= settings.imageHigh * size else { return }
    _ = removeImages(of: node, toFree: ledgers[node].disk - settings.imageLow * size)
  }

  private func images(on node: Int) -> [ImageCollection.Image] {
    let architecture = plan.nodes[node].architecture.index
    var used = Set(nodes[node].pulls)
    for index in ledgers[node].pods { used.formUnion(self[planned: index].images) }
    return plan.images.indices.filter { nodes[node].hasImage[$0] }.map { image in
      ImageCollection.Image(
        position: image, bytes: Double(plan.images[image].sizes[architecture]?.unpacked.count ?? 0),
        detected: ledgers[node].detected[image], lastUsed: ledgers[node].lastUsed[image],
        isInUse: used.contains(image) || ledgers[node].hasDeadUser[image])
    }
  }

  private mutating func removeImages(of node: Int, toFree bytes: Double) -> Double {
    let removed = ImageCollection(minimumAge: plan.kubelet.imageMinimumAge)
      .removed(from: images(on: node), toFree: bytes, at: now)
    guard !removed.isEmpty else { return 0 }
    let before = ledgers[node].disk
    let freed = removed.reduce(0) { $0 + $1.bytes }
    for image in removed { nodes[node].hasImage[image.position] = false }
    ledgers[node].disk -= freed
    placer.setImages(nodes[node].hasImage.indices.filter { nodes[node].hasImage[$0] }, of: node)
    let names = removed.map { plan.images[$0.position].name }.joined(separator: ", ")
    note(
      .imagesRemoved, .disk, on: node, used: before, limit: ledgers[node].diskThreshold,
      "removed unused images: \(names)")
    return freed
  }
}
