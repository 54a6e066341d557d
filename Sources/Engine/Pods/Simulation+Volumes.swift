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
    if state.node == node {
      runs[run].claims[claim].users += 1
      schedule(.volumeAttached, after: control.volumeMount, payload: token(index))
      return
    }
    guard state.users == 0 else {
      runs[run].claims[claim].waiting.append(index)
      return
    }
    var wait = control.volumeAttach + control.volumeMount
    if state.zone == nil { wait += control.volumeCreate }
    if state.node != nil { wait += control.volumeDetach }
    runs[run].claims[claim].zone = plan.nodes[node].zone
    outcome.claims[state.outcome].zone = plan.nodes[node].zone
    runs[run].claims[claim].node = node
    runs[run].claims[claim].users = 1
    schedule(.volumeAttached, after: wait, payload: token(index))
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
    let template = plan.templates[runs[run].template]
    for claim in planned(index).claims {
      guard case .block = template.claims[claim].backing else { continue }
      if let position = runs[run].claims[claim].waiting.firstIndex(of: index) {
        runs[run].claims[claim].waiting.remove(at: position)
        continue
      }
      guard runs[run].claims[claim].node == taskRuns[index].node,
        runs[run].claims[claim].users > 0
      else { continue }
      runs[run].claims[claim].users -= 1
      guard runs[run].claims[claim].users == 0 else { continue }
      let waiting = runs[run].claims[claim].waiting
      runs[run].claims[claim].waiting = []
      for next in waiting where !taskRuns[next].isDone { attach(claim, for: next) }
    }
  }
}
