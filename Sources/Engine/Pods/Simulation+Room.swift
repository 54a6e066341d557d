import GantryModel
import GantryUnits

// Room on block volumes: files that do not fit end the step that writes them.

extension Simulation {
  /// A phase begins to write to block volumes: it gets the room that is left, in the order of phases.
  ///
  /// What the file system itself takes of a volume, and what root may use beyond others, is a few per
  /// cent and not counted.
  mutating func takeRoom(_ index: Int, _ footprint: PreparedFootprint) {
    taskRuns[index].phaseShare = 1
    guard !footprint.claims.isEmpty else { return }
    let changes = prepared.claimChanges[footprint.claims]
    for change in changes {
      guard let volume = volume(of: change.claim, for: index) else { continue }
      let wanted = max(change.kept, 0) + change.scratch
      let room = max(0, Double(volumes[volume].spec.size.count) - volumes[volume].used)
      if wanted > room {
        taskRuns[index].phaseShare = min(taskRuns[index].phaseShare, room / wanted)
      }
    }
    for change in changes {
      guard let volume = volume(of: change.claim, for: index) else { continue }
      let wanted = max(change.kept, 0) + change.scratch
      volumes[volume].used += taskRuns[index].phaseShare * wanted
    }
  }

  /// A phase has ended: what it wrote for the time being and removed is free; false when it found a
  /// volume full.
  mutating func endRoom(_ index: Int, _ footprint: PreparedFootprint) -> Bool {
    guard !footprint.claims.isEmpty else { return true }
    let share = taskRuns[index].phaseShare
    taskRuns[index].phaseShare = 1
    var full: Int?
    for change in prepared.claimChanges[footprint.claims] {
      guard let volume = volume(of: change.claim, for: index) else { continue }
      let freed = share * change.scratch + max(-change.kept, 0)
      volumes[volume].used = max(0, volumes[volume].used - freed)
      let room = Double(volumes[volume].spec.size.count) - volumes[volume].used - freed
      if full == nil || room < 1 { full = change.claim }
    }
    guard share < 1, let full, let volume = volume(of: full, for: index) else { return true }
    guard taskRuns[index].failure == nil else { return false }
    let template = plan.templates[runs[taskRuns[index].run].template]
    taskRuns[index].failure = KubeletText.volumeFull(
      step: self[planned: index].steps[taskRuns[index].step].name,
      claim: template.claims[full].name,
      size: Double(volumes[volume].spec.size.count))
    return false
  }

  private func volume(of claim: Int, for index: Int) -> Int? {
    runs[taskRuns[index].run].claims[claim].volume
  }
}
