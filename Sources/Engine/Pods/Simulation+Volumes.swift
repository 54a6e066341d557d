import GantryKernel
import GantryModel
import GantryUnits

// Block volumes: made in the zone of their first consumer, attached to one node at a time.

extension Simulation {
  /// Attaches a block volume to the pod's node; waits while another node has it.
  mutating func attach(_ claim: Int, for index: Int) {
    guard let node = taskRuns[index].node else { return }
    let run = taskRuns[index].run
    let state = runs[run].claims[claim]
    let control = plan.control
    let isFree = state.node == node || state.users == 0
    watchVolume(claim, of: index, isFree: isFree)
    guard isFree else {
      runs[run].claims[claim].waiting.append(index)
      return
    }
    if state.node != node {
      var wait = control.volumeAttach
      if state.zone == nil, state.ready == nil { wait += control.volumeCreate }
      if state.node != nil { wait += control.volumeDetach }
      runs[run].claims[claim].zone = plan.nodes[node].zone
      outcome.claims[state.outcome].zone = plan.nodes[node].zone
      runs[run].claims[claim].node = node
      runs[run].claims[claim].attached = now + .seconds(wait)
    }
    runs[run].claims[claim].users += 1
    taskRuns[index].heldVolumes.append(claim)
    let attached = max(now, runs[run].claims[claim].attached)
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
    from state: ClaimState, to node: Int, attached: Instant
  ) -> [PodStory.VolumeWait.Action] {
    let control = plan.control
    var parts: [PodStory.VolumeWait.Action] = []
    if state.node == node {
      // Another pod of the node has it, or had it attached while this one was on its way.
      if attached > now { parts.append(.init("attached for another pod", attached - now)) }
    } else {
      if state.zone == nil, state.ready == nil {
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

  /// One of the pod's block volumes is there.
  mutating func volumeAttached(_ index: Int) {
    taskRuns[index].volumesToMount -= 1
    guard taskRuns[index].volumesToMount == 0 else { return }
    closeSegment(
      index, .volume, "attaching volumes",
      assumptions: timing("volumeAttach", "volumeCreate", "volumeDetach"))
    startSandbox(index)
  }

  /// A pod is gone: its block volumes may go to another node.
  mutating func releaseVolumes(of index: Int) {
    let run = taskRuns[index].run
    for claim in planned(index).claims {
      runs[run].claims[claim].waiting.removeAll { $0 == index }
    }
    let held = taskRuns[index].heldVolumes
    taskRuns[index].heldVolumes = []
    for claim in held {
      runs[run].claims[claim].users -= 1
      guard runs[run].claims[claim].users == 0 else { continue }
      let waiting = runs[run].claims[claim].waiting
      runs[run].claims[claim].waiting = []
      for next in waiting where !taskRuns[next].isDone { attach(claim, for: next) }
    }
  }
}
