import GantryModel

extension Scene {
  /// Pulls an image from its registry into a storage.
  func pull(
    _ image: StoredImage, named name: String, into storage: ContainerStorage, by tool: String
  ) {
    let host = ImageReference(name).pullHost
    let layers = Double(image.layers.count)
    guard layers > 0 else { return }
    world.blobCache.add(image, at: ImageReference(name))
    world.registries.add(image, at: ImageReference(name))
    rest(on: image.assumptions)
    var demands = download(
      host, bytes: image.compressedBytes * value(.pullDownload), requests: layers + 3,
      connections: min(layers, value(.blobConnections)))
    demands += spool(storage.temporary, image.compressedBytes)
    tally.read += image.compressedBytes
    let effort = unpack(image, into: storage)
    emit(
      "\(tool): pull \(ImageReference(name).path) (\(storage.driver.rawValue))",
      cpu: reference(effort.cpu), threads: value(.unpackThreads),
      serial: effort.serial(value(.unpackSerial)), demands + effort.demands)
  }

  /// Loads an image from an archive into a storage.
  ///
  /// buildah 1.28 unpacks the whole archive to temporary files three times, even when the image is
  /// there already.
  func pull(
    _ image: StoredImage, from place: Place, into storage: ContainerStorage, by tool: String
  ) {
    rest(on: image.assumptions)
    let compressed = image.compressedBytes
    let copies = value(.archiveCopies)
    var demands = bigFile(.read, place.volume, compressed)
    // Only the first reading has to fetch it.
    tally.read += compressed * (copies - 1)
    let label = "\(tool): load an archive (\(storage.driver.rawValue))"
    guard !world[store: storage.place].images.values.contains(where: { $0.key == image.key })
    else {
      demands += spool(storage.temporary, compressed * copies)
      let cpu = value(.archiveAgainPerGiB) * compressed.gibibytes
      return emit("\(label), again", cpu: reference(cpu), demands)
    }
    demands += spool(storage.temporary, compressed * (copies + 1))
    // The layers are copied once more and that copy is read to unpack it.
    tally.read += 2 * compressed
    let effort = unpack(image, into: storage)
    emit(
      label, cpu: reference(value(.loadCPU) + effort.cpu), threads: value(.unpackThreads),
      serial: effort.serial(value(.unpackSerial)), demands + effort.demands)
  }

  /// All layers of an image through a decompressor and a pipe into a storage folder.
  private func unpack(_ image: StoredImage, into storage: ContainerStorage) -> Effort {
    var effort = Effort()
    for layer in image.layers {
      let stream = layer.tree.tarBytes
      effort.cpu += value(.unpackPerGiB(layer.tree.content)) * stream.gibibytes
      tally.pass(stream)
    }
    effort = effort + unpack(image.tree, into: storage)
    if storage.driver == .vfs {
      effort = effort + copy(image.copiedByVfs, in: storage, calls: .copyImageCalls)
    }
    return effort
  }

  /// Packs an image into an archive file.
  func push(
    _ image: StoredImage, to place: Place, isCompressed: Bool, from storage: ContainerStorage,
    by tool: String
  ) {
    rest(on: image.assumptions)
    let tree = image.tree
    let size = isCompressed ? image.compressedBytes : tree.tarBytes
    var effort = pack(image, from: storage, isCompressed: isCompressed)
    if isCompressed {
      effort.demands += spool(storage.temporary, size)
      tally.read += size
    }
    emit(
      "\(tool): \(isCompressed ? "compress" : "pack") for an archive",
      cpu: reference(effort.cpu), threads: isCompressed ? value(.packThreads) : 1,
      serial: isCompressed ? value(.packSerial) : 0, effort.demands)
    rest(on: image.assumptions)
    emit("\(tool): write the archive", bigFile(.write, place.volume, size))
    world[place.volume].put(.archive(image), at: place.path)
  }

  /// Compresses an image and sends it to a registry: every layer of which this pod's blob-info cache
  /// does not know that the registry has it.
  func push(
    _ image: StoredImage, to name: String, from storage: ContainerStorage, by tool: String
  ) {
    rest(on: image.assumptions)
    let reference = ImageReference(name)
    let books = image.layers.map { world.blobCache.knowledge(of: $0, image, at: reference) }
    world.blobCache.add(image, at: reference)
    world.registries.add(image, at: reference)
    world.pushed.add(image, at: reference)
    let label = "\(tool): push \(image.architecture.name) to \(reference.registry)"
    guard books.contains(.none) || books.isEmpty else { return pushKnown(books, reference, label) }
    var sent = image
    sent.layers = zip(image.layers, books).filter { $1 == .none }.map(\.0)
    let layers = Double(sent.layers.count)
    var effort = pack(sent, from: storage, isCompressed: true)
    effort.demands += upload(
      reference.registry, bytes: sent.compressedBytes * value(.pushUpload),
      requests: (layers + 1) * value(.blobRequests) + requests(for: books) + 3,
      connections: min(max(layers, 1), value(.blobConnections)))
    emit(
      label, cpu: self.reference(effort.cpu), threads: value(.packThreads),
      serial: value(.packSerial), effort.demands)
  }

  /// A push that only asks for, or mounts, each layer.
  private func pushKnown(
    _ known: [KnownBlobs.Knowledge], _ reference: ImageReference, _ label: String
  ) {
    let layers = Double(known.count)
    let books: Bookkeeping = known.contains(.registry) ? .mountPush : .knownPush
    let demands = upload(
      reference.registry, bytes: keepBooks(books, layers: layers),
      requests: requests(for: known) + 4,
      connections: min(max(layers, 1), value(.blobConnections)))
    emit(label + " (known)", cpu: self.reference(value(.knownPushCPU)))
    // Every answer is waited for.
    emit(label + " (known)", demands)
  }

  /// What asking for known layers takes: one request, and one more to mount it from elsewhere.
  private func requests(for known: [KnownBlobs.Knowledge]) -> Double {
    known.reduce(0) { sum, layer in
      switch layer {
      case .none: sum
      case .registry: sum + 2
      case .repository: sum + 1
      }
    }
  }

  /// An image read from a storage into a spooled stream, which is compressed on the way out.
  private func pack(
    _ image: StoredImage, from storage: ContainerStorage, isCompressed: Bool
  ) -> Effort {
    let tree = image.tree
    var effort = Effort(cpu: value(.packPerKiloFile) * tree.files / 1000)
    for layer in image.layers {
      let rate =
        isCompressed ? value(.packPerGiB(layer.tree.content)) : 2 * value(.sha256PerGiB)
      effort.cpu += rate * layer.tree.tarBytes.gibibytes
    }
    effort.demands = smallFiles(.read, storage.place.volume, tree, calls: .readImageCalls)
    effort.demands += spool(storage.temporary, tree.tarBytes)
    tally.read += tree.tarBytes
    return effort
  }
}
