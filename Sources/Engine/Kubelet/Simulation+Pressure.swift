import GantryKernel
import GantryModel
import GantryUnits

// Pressure conditions, and the ends that kubelet and kernel make of pods.

extension Simulation {
  /// The kubelet sees a pressure: the node takes on its condition and taint.
  mutating func observe(
    _ resource: NodeEvent.Resource, on node: Int, used: Double, limit: Double
  ) {
    let isNew = ledgers[node].pressure[resource] == nil
    ledgers[node].pressure[resource] = now
    guard isNew else { return }
    let name = resource == .memory ? "MemoryPressure" : "DiskPressure"
    note(.pressure, resource, on: node, used: used, limit: limit, "the node has \(name)")
    placer.setTaints(taints(of: node), of: node, at: now)
  }

  /// Takes back the conditions that were not observed for long enough.
  mutating func liftPressure(of node: Int) {
    let resources = ledgers[node].pressure.sorted { $0.key.rawValue < $1.key.rawValue }
    for (resource, seen) in resources where seen < now {
      let end = seen + .seconds(plan.kubelet.transition)
      guard now >= end else {
        look(at: node, from: end)
        continue
      }
      ledgers[node].pressure[resource] = nil
      let name = resource == .memory ? "MemoryPressure" : "DiskPressure"
      note(
        .pressureEnded, resource, on: node, used: 0, limit: 0, "the node no longer has \(name)")
      placer.setTaints(taints(of: node), of: node, at: now)
      placePods()
    }
  }

  /// Source: Kubernetes documentation, taints and tolerations, taint nodes by condition.
  private func taints(of node: Int) -> [Taint] {
    var taints: [Taint] = []
    if ledgers[node].pressure[.memory] != nil {
      taints.append(Taint(key: "node.kubernetes.io/memory-pressure", effect: .noSchedule))
    }
    if ledgers[node].pressure[.disk] != nil {
      taints.append(Taint(key: "node.kubernetes.io/disk-pressure", effect: .noSchedule))
    }
    return taints
  }

  /// Whether the kubelet refuses a pod that was bound before the taint was seen; it is ended then.
  mutating func isRefused(_ index: Int, on node: Int) -> Bool {
    guard !ledgers[node].pressure.isEmpty else { return false }
    let isBestEffort = self[planned: index].pod.qualityOfService == .bestEffort
    guard ledgers[node].pressure[.disk] != nil || isBestEffort else { return false }
    let resources = NodeEvent.Resource.allCases.filter { ledgers[node].pressure[$0] != nil }
    let message = KubeletText.refused(resources)
    note(.refused, resources[0], on: node, pod: index, used: 0, limit: 0, message)
    endPod(index, message: message)
    return true
  }

  /// A container passes its own memory limit.
  mutating func killContainer(of index: Int, on node: Int, limit: Double) {
    let used = taskRuns[index].ledger.memory
    kill(index, on: node, used: used, limit: limit, "its memory limit")
  }

  /// Pods together pass what the kernel gives them: it kills until they fit.
  mutating func relieveMemory(of node: Int) {
    let whole = Double(plan.nodes[node].memory.count)
    while ledgers[node].memory > ledgers[node].memoryLimit {
      let candidates = ledgers[node].pods.map { index in
        let step = taskRuns[index].step
        let requests = prepared.pods[taskRuns[index].prepared].limits.memoryRequests
        return OutOfMemory.Candidate(
          pod: index, workingSet: taskRuns[index].ledger.workingSet,
          adjustment: OutOfMemory.adjustment(
            self[planned: index].pod.qualityOfService,
            memoryRequest: step < requests.count ? requests[step] : 0, nodeMemory: whole))
      }
      guard let victim = OutOfMemory.victim(of: candidates, memory: ledgers[node].memoryLimit)
      else { return }
      kill(
        victim.pod, on: node, used: ledgers[node].memory, limit: ledgers[node].memoryLimit,
        "the memory of the node")
    }
  }

  /// The kernel kills a step's container.
  ///
  /// The entrypoint goes with it, and so does not let the next step go: Tekton v1.15 ends such a pod,
  /// v0.59 waits for steps that never start.
  ///
  /// Sources: kubernetes pull request 117793 (1.28 kills whole containers on cgroup v2, the default of
  /// OpenShift 4.14 and later); tektoncd/pipeline issue 8170, fixed after v0.59; read 2026-11-25.
  private mutating func kill(
    _ index: Int, on node: Int, used: Double, limit: Double, _ what: String
  ) {
    let step = self[planned: index].steps[taskRuns[index].step].name
    let isLast = taskRuns[index].step == self[planned: index].steps.count - 1
    let hangs = plan.tekton.version == .v0_59 && !isLast
    var words = "step '\(step)' passed \(what) and was killed"
    if hangs { words += "; Tekton 0.59 waits for the steps after it until the timeout" }
    note(.outOfMemory, .memory, on: node, pod: index, used: used, limit: limit, words)
    let message = KubeletText.outOfMemory(step: step, version: plan.tekton.version)
    if hangs { stall(index) } else { endPod(index, message: message) }
  }

  /// A pod stays with nothing left to run.
  private mutating func stall(_ index: Int) {
    interrupt(index)
    taskRuns[index].ledger.isStalled = true
    endWorkingSet(index)
    let node = taskRuns[index].node ?? 0
    ledgers[node].pending -= taskRuns[index].ledger.pending
    taskRuns[index].ledger.pending = 0
  }

  /// Kubelet or kernel end a pod: it leaves its node, and its TaskRun fails when Tekton notices.
  mutating func endPod(_ index: Int, message: String) {
    interrupt(index)
    leaveNode(index)
    if let node = taskRuns[index].node { nodes[node].waiting.removeAll { $0 == index } }
    taskRuns[index].ledger.hasEnded = true
    taskRuns[index].failure = message
    schedule(.podCompleted, after: plan.control.completion, payload: token(index))
  }

  private mutating func interrupt(_ index: Int) {
    let isInStep = taskRuns[index].outstanding > 0 || taskRuns[index].stepIsOpen
    closeOpenSegment(index)
    cancelFlows(of: index)
    guard isInStep else { return }
    taskRuns[index].stepIsOpen = false
    noteStep(index, failed: true)
  }

  /// Adds a line to the list of what nodes did.
  mutating func note(
    _ kind: NodeEvent.Kind, _ resource: NodeEvent.Resource, on node: Int, pod index: Int? = nil,
    used: Double, limit: Double, _ message: String
  ) {
    var event = NodeEvent(
      kind, resource, node: node, time: now, used: used, limit: limit, message: message)
    if let index {
      event.run = taskRuns[index].run
      event.taskRun = taskRuns[index].outcome
      event.runName = records[taskRuns[index].run].name
      event.taskRunName = self[outcomeOf: index].name
    }
    if outcome.tally != nil, outcome.nodeEvents.count >= RunTally.mostNodeEvents {
      outcome.tally?.furtherNodeEvents += 1
    } else {
      outcome.nodeEvents.append(event)
    }
  }
}
