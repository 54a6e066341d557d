import GantryModel

extension Scene {
  /// Starting a command inside a container.
  func emitRunStart(_ label: String) {
    tally.pass(counted(.budRunMemory))
    emit(
      label, cpu: reference(value(.budPerRun)), threads: value(.commitThreads),
      serial: value(.commitSerial))
  }

  /// Files copied into a container: read, sent through a pipe, hashed and written.
  func emitCopyInto(_ place: Place, _ tree: Tree, _ label: String, _ demands: [Demand]) {
    var cpu =
      value(.budPerCopy) + value(.budCopyPerGiB) * tree.bytes.gibibytes
      + value(.budCopyPerKiloFile) * tree.files / 1000
    cpu += creationCPU(
      tree.files, on: place.volume, always: .ext4UnpackPerKiloFile, after: .ext4UnpackAfterRemoval)
    tally.pass(counted(.budCopyPasses) * tree.tarBytes)
    let written = write(tree, to: place, calls: .copyInCalls)
    emit(
      label, cpu: reference(cpu), threads: value(.commitThreads), serial: value(.commitSerial),
      demands + written)
  }

  /// Commits what was added to a container as a new layer on top of `below`.
  func emitCommit(
    _ label: String, _ added: Tree, below: Tree, assumptions: [Int], _ storage: ContainerStorage
  ) {
    rest(on: assumptions)
    if storage.driver.comparesAll {
      emitComparison(label, added, below: below, assumptions: assumptions, storage)
      rest(on: assumptions)
    }
    var cpu = commitCPU(added)
    let writes = value(.commitWrites)
    tally.pass(counted(.commitPasses) * added.tarBytes)
    tally.read += writes * added.bytes
    // One of the writes is the layer itself, the others are temporary.
    let stored = storeCommitted(added, in: storage)
    cpu += stored.cpu
    let demands =
      stored.demands + spool(storage.temporary, max(0, writes - 1) * added.bytes)
    emit(
      label, cpu: reference(cpu), threads: value(.commitThreads), serial: value(.commitSerial),
      demands)
  }

  /// CPU to commit what was added, besides finding it.
  private func commitCPU(_ added: Tree) -> Double {
    value(.commitCPU) + value(.commitPerGiB) * added.bytes.gibibytes
      + value(.commitPerKiloFile) * added.files / 1000
  }

  /// What a commit does to find what was added: it compares all files, and then waits.
  ///
  /// Modification times of unpacked files are whole seconds, so that the comparison, once what it found
  /// is read, waits for the end of the second in which it began. It begins anywhere in a second: one
  /// that takes D of it waits (1 - D)²/2 in the mean, one that takes longer does not wait. Half of the
  /// commit's CPU reads what was found, the other half unpacks it again.
  private func emitComparison(
    _ label: String, _ added: Tree, below: Tree, assumptions: [Int], _ storage: ContainerStorage
  ) {
    var seconds: Double
    if storage.driver == .vfs {
      emitCopy(label, below, storage, calls: .commitImageCalls)
      seconds = reference(value(.comparePerKiloFile) * below.files / 1000)
    } else {
      seconds = value(.fuseComparePerKiloFile) * (below.files + added.files) / 1000
      emit("\(label): compare all files", cpu: seconds)
    }
    seconds += reference(commitCPU(added)) / 2
    rest(on: assumptions)
    let second = value(.compareGranularity)
    guard second > seconds else { return }
    emit(
      "\(label): wait for the next second",
      [.fixed(seconds: (second - seconds) * (second - seconds) / (2 * second))])
  }

  /// The added files in the storage folder, with what the folder keeps of the image itself.
  ///
  /// Writing them is part of what a commit was measured to take, in memory; only ext4 adds to it.
  private func storeCommitted(_ added: Tree, in storage: ContainerStorage) -> Effort {
    let volume = storage.place.volume
    var tree = added
    tree.files += value(.storageImageFiles)
    _ = occupy(tree, storage)
    var operations = 0.0
    if isNetwork(volume) {
      // The copy of the image below has a commit's fixed calls already.
      operations =
        storage.driver == .vfs
        ? value(TreeCalls.unpackImageCalls.perFile) * added.files : calls(.unpackImageCalls, tree)
    }
    return Effort(
      cpu: creationCPU(
        added.files, on: volume, always: .ext4UnpackPerKiloFile, after: .ext4UnpackAfterRemoval),
      demands: spool(volume, added.bytes, operations: operations))
  }
}
