import GantryModel

/// How images are kept: the driver, the folder and the temporary folder.
struct ContainerStorage {
  /// A storage driver.
  enum Driver: String, Sendable {
    /// Every layer is a full copy of the one below with its changes.
    case vfs
    /// Layers keep only their changes.
    case overlay
  }

  var driver: Driver
  /// The folder that holds the images.
  var place: Place
  /// The volume of the temporary folder.
  var temporary: ScratchVolume

  /// Reads driver and folders from options and variables.
  ///
  /// Without either the driver is overlay, as in the storage.conf of RHEL's and upstream's buildah
  /// images; another driver than these two is taken as overlay.
  init(options: CommandOptions, call: CommandCall, scene: Scene) {
    let name = options.value("--storage-driver") ?? call.variables["STORAGE_DRIVER"] ?? "overlay"
    driver = name == "vfs" ? .vfs : .overlay
    let root = options.value("--root") ?? "/var/lib/containers/storage"
    place = scene.paths.place(root, from: call.directory)
    let temporary = call.variables["TMPDIR"] ?? "/var/tmp"
    self.temporary = ScratchVolume(
      volume: scene.paths.place(temporary, from: call.directory).volume)
  }
}

extension Scene {
  /// Files unpacked into a storage folder, and trees copied there for vfs.
  func store(
    _ storage: ContainerStorage, unpacked: Tree, copied: Tree
  ) -> [Demand] {
    let volume = storage.place.volume
    guard unpacked.bytes + copied.bytes > 0 else { return [] }
    guard isNetwork(volume) else {
      let hasReflink = target(of: volume) == .nodeDisk
      let share = copied.bytes > 0 && hasReflink ? value(.reflinkShare) : 1
      return spool(volume, unpacked.bytes + copied.bytes * share)
    }
    let operations =
      value(.pullFileCalls) * unpacked.files + value(.pullDirectoryCalls) * unpacked.directories
      + copyCalls(copied) + value(.storeFixedCalls)
    return spool(volume, unpacked.bytes + copied.bytes, operations: operations)
  }

  private func copyCalls(_ tree: Tree) -> Double {
    tree.files == 0
      ? 0 : value(.copyFileCalls) * tree.files + value(.copyDirectoryCalls) * tree.directories
  }

  /// One full vfs copy of an image: CPU and writes.
  func emitCopy(_ label: String, _ tree: Tree, _ storage: ContainerStorage) {
    let cpu =
      value(.budCopyPerGiB) * tree.bytes.gibibytes + value(.budCopyPerKiloFile) * tree.files / 1000
    var demands = store(storage, unpacked: Tree(), copied: tree)
    if isNetwork(storage.place.volume) {
      // Over NFS the bytes are read before they are written.
      demands.append(
        .transfer(.init(.read, target(of: storage.place.volume), bytes: tree.bytes)))
    }
    emit(label, cpu: reference(cpu), threads: value(.copyThreads), demands)
  }
}

extension Double {
  /// Bytes in units of 2^30.
  var gibibytes: Double { self / 1_073_741_824 }
}

extension StoredImage {
  /// What vfs copies while it unpacks the layers: each starts as a copy of all below it.
  var copiedByVfs: Tree {
    var below = Tree(content: .system)
    var copied = Tree(content: .system)
    for layer in layers {
      copied = copied + below
      below = below + layer.tree
    }
    return copied
  }
}
