import GantryKernel
import GantryModel
import GantryUnits

// Block volumes: made in the zone of their first consumer, attached to one node at a time.

extension Simulation {
  /// The volume of a block claim: its own, or that of a claim that other runs use as well.
  mutating func makeVolume(_ claim: PlannedClaim, _ spec: VolumeSpec, namespace: String) -> Int {
    let key = namespace + "/" + claim.name
    if !claim.isPerRun, let known = sharedVolumes[key] { return known }
    var exists = !claim.isPerRun
    if case .block(_, waitsForFirstConsumer: false) = claim.backing { exists = true }
    volumes.append(VolumeState(spec: spec, exists: exists))
    if !claim.isPerRun { sharedVolumes[key] = volumes.count - 1 }
    return volumes.count - 1
  }

  /// Attaches a block volume to the pod's node; waits while another node has it.
  mutating func attach(_ claim: Int, for index: Int) {
    let run = taskRuns[index].run
    guard let node = taskRuns[index].node, let volume = runs[run].claims[claim].volume else {
      return
    }
    let state = volumes[volume]
    let control = plan.control
    let isFree = state.node == node || state.users == 0
    watchVolume(claim, of: index, isFree: isFree)
    guard isFree else {
      volumes[volume].waiting.append((index, claim))
      return
    }
    if state.resources == nil {
      volumes[volume].resources = fabric.openVolume(state.spec, at: now)
    }
    runs[run].claims[claim].usage.zone = plan.nodes[node].zone
    if state.node != node {
      var wait = control.volumeAttach
      if !state.exists { wait += control.volumeCreate }
      if state.node != nil { wait += control.volumeDetach }
      volumes[volume].exists = true
      volumes[volume].node = node
      volumes[volume].attached = now + .seconds(wait)
    }
    volumes[volume].users += 1
    taskRuns[index].heldVolumes.append(claim)
    let attached = max(now, volumes[volume].attached)
    if watch != nil {
      watchMount(
        claim, of: index, actions: actions(from: state, to: node, attached: attached),
        until: attached + .seconds(control.volumeMount))
    }
    queue.push(
      at: attached + .seconds(control.volumeMount), phase: EventKind.volumeAttached.phase,
      kind: EventKind.volumeAttached.rawValue, payload: token(index))
  }

  /// The parts of a volume's way to a node, in order.
  private func actions(
    from state: VolumeState, to node: Int, attached: Instant
  ) -> [PodStory.VolumeWait.Action] {
    let control = plan.control
    var parts: [PodStory.VolumeWait.Action] = []
    if state.node == node {
      // Another pod of the node has it, or had it attached while this one was on its way.
      if attached > now { parts.append(.init("attached for another pod", attached - now)) }
    } else {
      if !state.exists {
        parts.append(.init("made", .seconds(control.volumeCreate)))
      }
      if let from = state.node {
        let name = "detached from \(plan.nodes[from].name)"
        parts.append(.init(name, .seconds(control.volumeDetach)))
      }
      parts.append(.init("attached", .seconds(control.volumeAttach)))
    }
    return parts + [.init("mounted", .seconds(control.volumeMount))]
  }

  /// What flows of a TaskRun to a claim's block volume cross.
  func resources(of claim: Int, for index: Int) -> Int? {
    runs[taskRuns[index].run].claims[claim].volume.flatMap { volumes[$0].resources }
  }

  /// One of the pod's block volumes is there.
  mutating func volumeAttached(_ index: Int) {
    taskRuns[index].volumesToMount -= 1
    guard taskRuns[index].volumesToMount == 0 else { return }
    close(.attaching, of: index)
    startSandbox(index)
  }

  /// A pod is gone: its block volumes may go to another node.
  mutating func releaseVolumes(of index: Int) {
    let run = taskRuns[index].run
    for claim in self[planned: index].claims {
      guard let volume = runs[run].claims[claim].volume else { continue }
      volumes[volume].waiting.removeAll { $0.taskRun == index }
    }
    let held = taskRuns[index].heldVolumes
    guard !held.isEmpty else { return }
    taskRuns[index].heldVolumes = []
    for claim in held {
      guard let volume = runs[run].claims[claim].volume else { continue }
      volumes[volume].users -= 1
      guard volumes[volume].users == 0 else { continue }
      let waiting = volumes[volume].waiting
      volumes[volume].waiting = []
      for next in waiting where !taskRuns[next.taskRun].isDone {
        attach(next.claim, for: next.taskRun)
      }
    }
  }

  /// A run has ended: nothing flows to its own volumes any more.
  mutating func closeVolumes(of run: Int) {
    let planned = plan.templates[runs[run].template].claims
    for (position, claim) in runs[run].claims.enumerated() {
      guard planned[position].isPerRun, let volume = claim.volume,
        let resources = volumes[volume].resources
      else { continue }
      fabric.closeVolume(resources)
      volumes[volume].resources = nil
    }
  }
}
