import GantryModel
import GantryUnits

/// The most that a TaskRun's pod takes of disk and memory, played through phase by phase as if alone.
struct FootprintPeaks {
  /// The most on the node's disk at once, in bytes: emptyDirs and container layers.
  private(set) var disk = 0.0
  /// By step: the most memory at once, in bytes, with what lies in emptyDirs in memory.
  private(set) var memory: [Double] = []

  /// Plays the steps' phases on nodes of one architecture with so much memory.
  init(of taskRun: PlannedTaskRun, architecture: Architecture, nodeMemory: Double) {
    var volumes: [LocalVolume: Double] = [:]
    var onDisk = 0.0
    var inMemory = 0.0
    for step in taskRun.steps {
      // Each step has a container, and a layer, of its own.
      volumes[.layer] = nil
      var most = 0.0
      let visible = step.limits.memory.map { Double($0.count) } ?? nodeMemory
      for phase in step.phases[architecture.index] {
        var (disk, memory) = (onDisk, inMemory)
        for change in phase.footprint.changes where change.volume.isOnNode {
          let growth = max(change.kept, 0) + change.scratch
          if change.volume.isInMemory { memory += growth } else { disk += growth }
          let before = volumes[change.volume] ?? 0
          let after = max(0, before + change.kept)
          volumes[change.volume] = after
          if change.volume.isInMemory {
            inMemory += after - before
          } else {
            onDisk += after - before
          }
        }
        self.disk = max(self.disk, disk)
        most = max(most, phase.footprint.workingSet(visible: visible) + memory)
      }
      memory.append(most)
    }
  }
}
