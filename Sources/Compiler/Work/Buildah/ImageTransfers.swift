import GantryModel

extension Scene {
  /// Pulls an image from its registry into a storage.
  func pull(
    _ image: StoredImage, named name: String, into storage: ContainerStorage, by tool: String
  ) {
    let host = ImageReference(name).pullHost
    let layers = Double(image.layers.count)
    guard layers > 0 else { return }
    world.blobCache.add(image, at: ImageReference(name).registry)
    world.registries.add(image, at: ImageReference(name).registry)
    rest(on: image.assumptions)
    let tree = image.tree
    let copied = storage.driver == .vfs ? image.copiedByVfs : Tree()
    var demands = download(
      host, bytes: image.compressedBytes * value(.pullDownload), requests: layers + 3,
      connections: min(layers, value(.blobConnections)))
    demands += spool(storage.temporary, image.compressedBytes)
    demands += store(storage, unpacked: tree, copied: copied)
    let cpu: Double
    switch storage.driver {
    case .vfs:
      cpu =
        value(.pullVfsPerGiB) * tree.tarBytes.gibibytes
        + value(.pullVfsPerKiloFile) * (tree.files + copied.files) / 1000
    case .overlay:
      cpu =
        value(.pullOverlayPerGiB) * tree.tarBytes.gibibytes
        + value(.pullOverlayPerKiloFile) * tree.files / 1000
    }
    emit(
      "\(tool): pull \(ImageReference(name).path) (\(storage.driver.rawValue))",
      cpu: reference(cpu) * value(.pullQuiet), threads: value(.pullThreads), demands)
  }

  /// Loads an image from an archive into a storage.
  func pull(
    _ image: StoredImage, from place: Place, into storage: ContainerStorage, by tool: String
  ) {
    rest(on: image.assumptions)
    let tree = image.tree
    let copied = storage.driver == .vfs ? image.copiedByVfs : Tree()
    let compressed = image.compressedBytes
    var demands = bigFile(.read, place.volume, compressed)
    demands += spool(storage.temporary, compressed * value(.archiveUnpacks))
    demands += store(storage, unpacked: tree, copied: copied)
    let cpu: Double
    switch storage.driver {
    case .vfs:
      cpu =
        value(.archivePullVfsPerGiB) * tree.tarBytes.gibibytes
        + value(.archivePullVfsPerKiloFile) * (tree.files + copied.files) / 1000
        + value(.archivePullVfsCopyPerGiB) * copied.bytes.gibibytes
    case .overlay:
      cpu =
        value(.archivePullOverlayFixed)
        + value(.archivePullOverlayPerGiB) * tree.tarBytes.gibibytes
        + value(.archivePullOverlayPerKiloFile) * tree.files / 1000
    }
    emit(
      "\(tool): load an archive (\(storage.driver.rawValue))",
      cpu: reference(cpu) * value(.archivePullQuiet), threads: value(.pullThreads), demands)
  }

  /// Packs an image into an archive file.
  func push(
    _ image: StoredImage, to place: Place, isCompressed: Bool, from storage: ContainerStorage,
    by tool: String
  ) {
    rest(on: image.assumptions)
    let tree = image.tree
    let size = isCompressed ? image.compressedBytes : tree.tarBytes
    var cpu = value(.pushPerKiloFile) * tree.files / 1000
    if isCompressed {
      for layer in image.layers {
        cpu += value(.pushPerGiB(layer.tree.content)) * layer.tree.tarBytes.gibibytes
      }
    } else {
      cpu += value(.sha256PerGiB) * 2 * tree.tarBytes.gibibytes
    }
    let demands =
      readStore(storage, tree) + spool(storage.temporary, tree.tarBytes + (isCompressed ? size : 0))
    emit(
      "\(tool): \(isCompressed ? "compress" : "pack") for an archive",
      cpu: reference(cpu) * value(.pushQuiet), threads: isCompressed ? value(.pushThreads) : 1,
      demands)
    rest(on: image.assumptions)
    emit("\(tool): write the archive", bigFile(.write, place.volume, size))
    world[place.volume].put(.archive(image), at: place.path)
  }

  /// Compresses an image and sends it to a registry: every layer of which this pod's blob cache does
  /// not know that the registry has it, in this repository or another.
  func push(
    _ image: StoredImage, to name: String, from storage: ContainerStorage, by tool: String
  ) {
    rest(on: image.assumptions)
    let host = ImageReference(name).registry
    var sent = image
    sent.layers = world.blobCache.missing(image, at: host)
    world.blobCache.add(image, at: host)
    world.registries.add(image, at: host)
    let tree = sent.tree
    var cpu = value(.manifestPushPerKiloFile) * tree.files / 1000
    for layer in sent.layers {
      cpu += value(.manifestPushPerGiB(layer.tree.content)) * layer.tree.tarBytes.gibibytes
    }
    let layers = Double(sent.layers.count)
    let known = Double(image.layers.count) - layers
    var demands = readStore(storage, tree) + spool(storage.temporary, tree.tarBytes)
    demands += upload(
      host, bytes: sent.compressedBytes * value(.pushUpload),
      requests: (layers + 1) * value(.blobRequests) + known + 3,
      connections: min(max(layers, 1), value(.blobConnections)))
    emit(
      "\(tool): push \(image.architecture.rawValue) to \(host)",
      cpu: reference(cpu) * value(.manifestPushQuiet), threads: value(.pushThreads), demands)
  }

  /// Reading an image from a storage that lies on a claim.
  private func readStore(_ storage: ContainerStorage, _ tree: Tree) -> [Demand] {
    smallFiles(.read, storage.place.volume, tree, calls: .readCalls)
  }
}
