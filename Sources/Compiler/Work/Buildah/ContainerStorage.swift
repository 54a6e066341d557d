import GantryModel

/// How images are kept: the driver, the folder and the temporary folder.
struct ContainerStorage {
  /// A storage driver.
  enum Driver: String, Sendable {
    /// Every layer is a full copy of the one below with its changes.
    case vfs
    /// Layers keep only their changes; the kernel mounts them.
    case overlay
    /// The same, mounted by a program: every file that a container touches goes through it.
    case fuse = "fuse-overlayfs"

    /// Whether a commit finds what was added by comparing all files with those of the layer below.
    ///
    /// The kernel's overlay keeps what was added apart.
    var comparesAll: Bool { self != .overlay }
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
    driver = Self.driver(options, call.variables, imageMountsWithFuse: scene.imageMountsWithFuse)
    let root = options.value("--root") ?? "/var/lib/containers/storage"
    place = scene.paths.place(root, from: call.directory)
    let temporary = call.variables["TMPDIR"] ?? "/var/tmp"
    self.temporary = ScratchVolume(
      volume: scene.paths.place(temporary, from: call.directory).volume)
  }

  /// The driver, and who mounts an overlay.
  ///
  /// `--storage-opt` replaces all other options; a driver that the command line names drops those of
  /// storage.conf and STORAGE_OPTS, one that STORAGE_DRIVER names keeps them. Source: containers/buildah,
  /// cmd/buildah/common.go, getStore; containers/storage, types/options.go; read 2026-11.
  private static func driver(
    _ options: CommandOptions, _ variables: [String: String], imageMountsWithFuse: Bool
  ) -> Driver {
    let named = options.value("--storage-driver")
    if named ?? variables["STORAGE_DRIVER"] == "vfs" { return .vfs }
    let given = options.values("--storage-opt")
    if !given.isEmpty { return given.contains(where: mounts) ? .fuse : .overlay }
    if named != nil { return .overlay }
    let variable = variables["STORAGE_OPTS"]?.split(separator: ",").map(String.init) ?? []
    return imageMountsWithFuse || variable.contains(where: mounts) ? .fuse : .overlay
  }

  /// Whether an option of the driver names a program that mounts its layers.
  private static func mounts(_ option: String) -> Bool {
    let parts = option.split(separator: "=", maxSplits: 1)
    return parts.count == 2 && parts[0].hasSuffix(".mount_program")
  }
}

/// A part of a phase: CPU of the measuring machine, and what goes on beside it.
struct Effort {
  var cpu: Double = 0
  /// How much of the CPU one thread does after the other work.
  var serialCPU: Double = 0
  var demands: [Demand] = []

  static func + (a: Effort, b: Effort) -> Effort {
    Effort(
      cpu: a.cpu + b.cpu, serialCPU: a.serialCPU + b.serialCPU, demands: a.demands + b.demands)
  }

  /// The share of all CPU that keeps one thread busy, where `share` is that of the rest.
  func serial(_ share: Double) -> Double {
    cpu > 0 ? share + (1 - share) * min(1, serialCPU / cpu) : share
  }
}

extension Scene {
  /// Files unpacked into a storage folder.
  func unpack(_ tree: Tree, into storage: ContainerStorage) -> Effort {
    let volume = storage.place.volume
    var effort = Effort(cpu: value(.unpackPerKiloFile) * tree.files / 1000)
    _ = occupy(tree, storage)
    effort.serialCPU = creationCPU(
      tree.files, on: volume, always: .ext4UnpackPerKiloFile, after: .ext4UnpackAfterRemoval)
    effort.cpu += effort.serialCPU
    let operations = isNetwork(volume) ? calls(.unpackImageCalls, tree) : 0
    effort.demands = spool(volume, tree.bytes, operations: operations)
    return effort
  }

  /// A vfs copy of a tree inside a storage folder: what it costs depends on the file system.
  ///
  /// XFS shares blocks, so that only the files cost; NFS reads every byte and writes it again.
  func copy(
    _ tree: Tree, in storage: ContainerStorage, calls formula: TreeCalls
  ) -> Effort {
    guard tree.files > 0 || tree.bytes > 0 else { return Effort() }
    let volume = storage.place.volume
    let share = fileSystem(of: volume) == .xfs ? value(.reflinkShare) : 1
    var effort = Effort()
    let fresh = occupy(tree, storage)
    effort.cpu =
      value(.copyPerGiB) * tree.bytes.gibibytes * share
      + value(.copyPerKiloFile) * tree.files / 1000
    if formula.isCommit { effort.cpu += value(.comparePerKiloFile) * tree.files / 1000 }
    if fresh > 0 { effort.cpu += value(.copyFreshPerGiB) * fresh.gibibytes }
    effort.cpu += creationCPU(
      tree.files, on: volume, always: .ext4CopyPerKiloFile, after: .ext4CopyAfterRemoval)
    effort.serialCPU = effort.cpu
    tally.pass(tree.bytes)
    let operations = isNetwork(volume) ? calls(formula, tree) : 0
    effort.demands = blocks(volume, tree.bytes * share, operations: operations)
    if isNetwork(volume) {
      effort.demands.append(.transfer(.init(.read, target(of: volume), bytes: tree.bytes)))
    }
    return effort
  }

  /// A tree that goes from a storage folder: its files and, on a network, the calls for them; so many
  /// of its bytes are no copies of other files there.
  func discard(_ tree: Tree, unshared: Double = 0, from storage: ContainerStorage) -> Effort {
    let volume = storage.place.volume
    noteRemoved(tree, unshared: unshared, from: storage)
    tally.filesStored -= tree.files
    world[occupancy: home(of: volume)].remove(tree)
    let operations = isNetwork(volume) ? calls(.removeImageCalls, tree) : 0
    return Effort(demands: blocks(volume, 0, operations: operations))
  }

  /// Counts a tree as stored; the bytes of it that a memory volume never held before come back.
  func occupy(_ tree: Tree, _ storage: ContainerStorage) -> Double {
    let volume = storage.place.volume
    tally.filesStored += tree.files
    guard fileSystem(of: volume) == .memory else {
      _ = world[occupancy: home(of: volume)].add(tree.bytes, above: 0)
      return 0
    }
    return world[occupancy: home(of: volume)].add(tree.bytes, above: value(.copyFreshAbove))
  }

  /// What creating files takes more on ext4, most of all without a journal after many were removed.
  func creationCPU(_ files: Double, on volume: VolumeID, always: Figure, after: Figure) -> Double {
    let kind = fileSystem(of: volume)
    guard kind == .ext4 || kind == .ext4WithoutJournal, files > 0 else { return 0 }
    var perKiloFile = value(always)
    let removed = world[occupancy: home(of: volume)].removedFiles
    if kind == .ext4WithoutJournal, removed > 0 {
      // No more than the inodes of one block group are looked past.
      perKiloFile += value(after) * min(1, removed / value(.ext4GroupInodes))
    }
    return perKiloFile * files / 1000
  }

  /// One full vfs copy of an image as a phase of its own.
  func emitCopy(
    _ label: String, _ tree: Tree, _ storage: ContainerStorage,
    calls formula: TreeCalls = .copyImageCalls
  ) {
    let effort = copy(tree, in: storage, calls: formula)
    emit(label, cpu: reference(effort.cpu), effort.demands)
  }

  /// Removing a container: only a network notices.
  func emitDiscard(_ label: String, _ tree: Tree, _ storage: ContainerStorage) {
    emit(label, discard(tree, from: storage).demands)
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
