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
    if storage.driver == .vfs {
      emitCopy(label, below, storage, calls: .commitImageCalls)
      rest(on: assumptions)
    }
    var cpu =
      value(.commitCPU) + value(.commitPerGiB) * added.bytes.gibibytes
      + value(.commitPerKiloFile) * added.files / 1000
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
