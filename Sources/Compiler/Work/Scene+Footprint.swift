import GantryModel

// What phases take of memory, and leave on volumes of the pod.

/// A volume on which a command keeps files only while it runs.
struct ScratchVolume: Hashable {
  var volume: VolumeID
}

extension Scene {
  /// The footprint of the phase that is made next, with what was written since the last one.
  ///
  /// Of work that is told in two phases, the first takes `part` of what is written; what lies on
  /// volumes only meanwhile counts in full for the second, at whose end it is most.
  func takeFootprint(kind: WorkKind, threads: Double, part: Double? = nil) -> Footprint {
    collectFreed()
    var footprint = workingSet(MemoryKind(command: command, kind: kind), threads: threads)
    // A command inside a container that is being built: buildah waits for it.
    if homes[paths.root] != nil, command != "buildah" { footprint.memory += mib(.buildahMemory) }
    footprint.changes = changes
    changes = []
    guard let part else { return footprint }
    changes = footprint.changes
    for index in changes.indices {
      footprint.changes[index].kept *= part
      footprint.changes[index].scratch *= part
      changes[index].kept *= 1 - part
    }
    return footprint
  }

  /// The value of a figure that no duration rests on, from MiB to bytes.
  private func mib(_ figure: Figure) -> Double {
    tables.assumptions.value(of: figure.assumption) * 1_048_576
  }

  private func workingSet(_ kind: MemoryKind, threads: Double) -> Footprint {
    switch kind {
    case .java:
      Footprint(
        memory: mib(.javaNative), heap: mib(.javaHeap),
        heapShare: tables.assumptions.value(of: Figure.javaHeapShare.assumption))
    case .node: Footprint(memory: mib(.nodeMemory))
    case .packages: Footprint(memory: mib(.packagesMemory))
    case .python: Footprint(memory: mib(.pythonMemory))
    case .compiler: Footprint(memory: mib(.compilerMemory) * max(threads, 1))
    case .git: Footprint(memory: mib(.gitMemory))
    case .files: Footprint(memory: mib(.fileMemory))
    case .buildah:
      Footprint(memory: mib(.buildahMemory) + mib(.compressMemory) * max(threads - 1, 0))
    case .unknown: Footprint(memory: mib(.unknownMemory))
    }
  }

  // MARK: Disk

  /// Bytes that go to a volume: so many stay after the phase, the others are gone then.
  func noteStored(_ volume: VolumeID, kept: Double, scratch: Double = 0) {
    guard kept != 0 || scratch != 0, let local = localVolume(home(of: volume)) else { return }
    if let known = changes.firstIndex(where: { $0.volume == local }) {
      changes[known].kept += kept
      changes[known].scratch += scratch
    } else {
      changes.append(VolumeChange(local, kept: kept, scratch: scratch))
    }
  }

  /// The pod's volume on the node or the block volume, if it is one: file systems have no limit.
  private func localVolume(_ volume: VolumeID) -> LocalVolume? {
    switch volume {
    case .pod(let name, let inMemory): .emptyDir(name, inMemory: inMemory)
    case .container, .outside: .layer
    case .claim(let index): localClaims.contains(index) ? .claim(index) : nil
    case .configuration: nil
    }
  }

  /// What commands removed since this was last asked.
  private func collectFreed() {
    for (volume, bytes) in world.takeFreed() { noteStored(volume, kept: -bytes) }
  }

  /// A tree goes from a storage folder; so many of its bytes are no copies of other files there.
  func noteRemoved(_ tree: Tree, unshared: Double = 0, from storage: ContainerStorage) {
    let volume = storage.place.volume
    var copied = max(0, tree.bytes - unshared)
    if fileSystem(of: volume) == .xfs {
      copied *= tables.assumptions.value(of: Figure.reflinkShare.assumption)
    }
    noteStored(volume, kept: -(copied + unshared))
  }

  /// A container goes from a storage folder with the bytes that were written in it.
  func noteRemoved(written bytes: Double, from storage: ContainerStorage) {
    noteStored(storage.place.volume, kept: -bytes)
  }

  /// What was written in a container so far, in bytes.
  func written(in container: WorkingContainer) -> Double {
    world[container.volume].summary(of: "")?.tree.bytes ?? 0
  }

  /// Bytes written to files that are gone when the command ends.
  func spool(_ scratch: ScratchVolume, _ bytes: Double) -> [Demand] {
    spool(scratch.volume, bytes, kept: 0)
  }

  /// Puts what was changed after the last phase on that phase.
  func finishFootprints() {
    collectFreed()
    guard let last = phases.indices.last else { return }
    for change in changes { phases[last].footprint.changes.append(change) }
    changes = []
  }

  // MARK: Profiles

  /// The most memory of all phases, and all that they leave, in one footprint.
  var wholeFootprint: Footprint {
    var whole = Footprint()
    for phase in phases {
      let own = phase.footprint
      if own.memory + own.heap > whole.memory + whole.heap {
        (whole.memory, whole.heap, whole.heapShare) = (own.memory, own.heap, own.heapShare)
      }
      for change in own.changes {
        if let known = whole.changes.firstIndex(where: { $0.volume == change.volume }) {
          whole.changes[known].kept += change.kept
          whole.changes[known].scratch = max(whole.changes[known].scratch, change.scratch)
        } else {
          whole.changes.append(change)
        }
      }
    }
    return whole
  }

  /// Replaces what was read of memory and disk by what a profile says of them.
  func apply(_ profile: ScenarioFile.StepProfile) {
    let given = [profile.memoryMiB, profile.diskMiB].compactMap { $0?.value }
    guard given.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      return tell(.error, "E0614", "a figure of the profile is negative or no number")
    }
    guard let last = phases.indices.last else { return }
    if let mib = profile.memoryMiB?.value {
      for index in phases.indices {
        let changes = phases[index].footprint.changes
        phases[index].footprint = Footprint(memory: mib * 1_048_576, changes: changes)
      }
    }
    guard let mib = profile.diskMiB?.value else { return }
    for index in phases.indices { phases[index].footprint.changes = [] }
    phases[last].footprint.changes = [VolumeChange(.layer, kept: mib * 1_048_576)]
  }
}
