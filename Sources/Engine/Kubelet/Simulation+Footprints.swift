import GantryKernel
import GantryModel
import GantryUnits

// What steps take of memory and disk: the node's ledger from a pod's arrival to its end.

extension Simulation {
  /// A pod is placed on a node.
  mutating func enterNode(_ index: Int, _ node: Int) {
    ledgers[node].pods.append(index)
    var pod = PodLedger()
    pod.isCounted = true
    let volumes = prepared.pods[taskRuns[index].prepared].volumes.count
    if volumes > 0 { pod.volumes = Array(repeating: 0, count: volumes) }
    taskRuns[index].ledger = pod
  }

  /// A pod's containers run: those that wait for their turn take memory as well.
  mutating func takeIdleMemory(_ index: Int) {
    let idle = prepared.pods[taskRuns[index].prepared].limits.idleMemory
    guard idle > 0, let node = taskRuns[index].node else { return }
    taskRuns[index].ledger.idle = idle
    useMemory(idle, on: node)
    relieveMemory(of: node)
    if ledgers[node].isWorthALook { requestLook(at: node) }
  }

  /// A pod has ended: its memory, its emptyDirs and the room that its phase would have taken are
  /// free; the layers of its containers stay until they are collected.
  ///
  /// The kubelet removes emptyDirs within seconds of the end; that is taken as at once.
  mutating func leaveNode(_ index: Int) {
    guard let node = taskRuns[index].node, taskRuns[index].ledger.isCounted else { return }
    let pod = taskRuns[index].ledger
    let place = taskRuns[index].prepared
    notePeaks(of: node)
    useMemory(-pod.memory, on: node)
    ledgers[node].pending -= pod.pending
    for (volume, bytes) in zip(prepared.pods[place].volumes, pod.volumes) where !volume.isInMemory {
      if volume.name == nil {
        ledgers[node].deadLayers += bytes
      } else {
        ledgers[node].disk -= bytes
      }
    }
    for image in prepared.pods[place].images where nodes[node].hasImage[image] {
      ledgers[node].lastUsed[image] = now
      ledgers[node].hasDeadUser[image] = true
    }
    if let position = ledgers[node].pods.firstIndex(of: index) {
      ledgers[node].pods.remove(at: position)
    }
    taskRuns[index].ledger.isCounted = false
    taskRuns[index].ledger.workingSet = 0
    taskRuns[index].ledger.inMemory = 0
    taskRuns[index].ledger.idle = 0
    taskRuns[index].ledger.pending = 0
    if !ledgers[node].pressure.isEmpty { requestLook(at: node) }
  }

  /// A phase begins; false when it ends its own pod.
  mutating func beginFootprint(_ index: Int, _ footprint: PreparedFootprint, on node: Int) -> Bool {
    if footprint.isNothing, taskRuns[index].ledger.workingSet == 0 { return true }
    let step = taskRuns[index].step
    let limit = prepared.pods[taskRuns[index].prepared].limits.memory[step]
    let workingSet = footprint.workingSet(visible: limit ?? Double(plan.nodes[node].memory.count))
    let change = workingSet - taskRuns[index].ledger.workingSet + footprint.memoryReach
    taskRuns[index].ledger.workingSet = workingSet
    taskRuns[index].ledger.inMemory += footprint.memoryReach
    if footprint.diskReach > 0 {
      taskRuns[index].ledger.pending = footprint.diskReach
      ledgers[node].pending += footprint.diskReach
    }
    if let limit, workingSet + taskRuns[index].ledger.inMemory > limit {
      useMemory(change, on: node)
      killContainer(of: index, on: node, limit: limit)
      return false
    }
    if change != 0 { useMemory(change, on: node) }
    if prepared.pods[taskRuns[index].prepared].limits.limitsDisk {
      ledgers[node].mayPassLimit = true
    }
    relieveMemory(of: node)
    if ledgers[node].isWorthALook { requestLook(at: node) }
    return !taskRuns[index].ledger.hasEnded && !taskRuns[index].ledger.isStalled
  }

  /// A phase has ended: what it keeps stays, the rest goes; false when it found the disk full.
  mutating func endFootprint(_ index: Int, _ footprint: PreparedFootprint, on node: Int) -> Bool {
    guard !footprint.changes.isEmpty else { return true }
    ledgers[node].pending -= taskRuns[index].ledger.pending
    taskRuns[index].ledger.pending = 0
    var scratch = 0.0
    for change in prepared.changes[footprint.changes] {
      let before = taskRuns[index].ledger.volumes[change.volume]
      let after = max(0, before + change.kept)
      taskRuns[index].ledger.volumes[change.volume] = after
      if change.isInMemory {
        let rest = (after - before) - (max(change.kept, 0) + change.scratch)
        taskRuns[index].ledger.inMemory += rest
        useMemory(rest, on: node)
      } else {
        ledgers[node].disk += after - before
        scratch += change.scratch
      }
    }
    notePeaks(of: node, with: scratch)
    guard footprint.diskReach > 0, ledgers[node].disk + scratch > ledgers[node].diskSize else {
      return true
    }
    let step = self[planned: index].steps[taskRuns[index].step].name
    note(
      .diskFull, .disk, on: node, pod: index, used: ledgers[node].disk + scratch,
      limit: ledgers[node].diskSize, "step '\(step)' found no space left on the disk")
    taskRuns[index].failure = KubeletText.diskFull(step: step)
    return false
  }

  /// An image is being pulled.
  mutating func expectImage(_ bytes: Double, on node: Int) {
    ledgers[node].pending += bytes
    if ledgers[node].isWorthALook { requestLook(at: node) }
  }

  /// An image has been pulled and unpacked.
  mutating func storeImage(_ image: Int, on node: Int) {
    let size = plan.images[image].sizes[plan.nodes[node].architecture.index]
    let bytes = Double(size?.unpacked.count ?? 0)
    ledgers[node].pending -= bytes
    ledgers[node].disk += bytes
    ledgers[node].detected[image] = now
    ledgers[node].lastUsed[image] = now
    notePeaks(of: node)
  }

  /// Whether an event still concerns a TaskRun: a pod that was ended or hangs waits for little.
  func concerns(_ kind: EventKind, _ index: Int) -> Bool {
    guard taskRuns[index].ledger.hasEnded || taskRuns[index].ledger.isStalled else { return true }
    return kind == .podCompleted || kind == .taskRunTimeout || kind == .reconcileTaskRun
  }

  /// A step has ended: its processes are gone.
  mutating func endWorkingSet(_ index: Int) {
    guard taskRuns[index].ledger.workingSet != 0, let node = taskRuns[index].node else { return }
    useMemory(-taskRuns[index].ledger.workingSet, on: node)
    taskRuns[index].ledger.workingSet = 0
  }

  private mutating func useMemory(_ bytes: Double, on node: Int) {
    ledgers[node].memory += bytes
    if ledgers[node].memory > outcome.nodes[node].peakMemory {
      outcome.nodes[node].peakMemory = min(ledgers[node].memory, ledgers[node].memoryLimit)
    }
  }

  /// Remembers the most that was on the disk, with what a phase that ends has there for the moment.
  mutating func notePeaks(of node: Int, with scratch: Double = 0) {
    let used = min(ledgers[node].disk + scratch, ledgers[node].diskSize)
    if used > outcome.nodes[node].peakDisk { outcome.nodes[node].peakDisk = used }
  }
}
