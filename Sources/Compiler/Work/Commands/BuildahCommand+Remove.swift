import GantryModel

extension BuildahCommand.Work {
  /// `buildah rm CONTAINER…` and `--all`.
  func removeContainers(_ operands: [String]) -> CommandResult {
    var store = scene.world[store: storage.place]
    let names =
      options.isSet("--all", "-a") ? store.containers.keys.sorted() : operands
    for name in names {
      guard let container = store.containers.removeValue(forKey: name) else { continue }
      scene.rest(on: container.base.assumptions)
      scene.noteRemoved(written: scene.written(in: container), from: storage)
      remove(
        storage.driver == .vfs ? container.base.tree : Tree(), unshared: 0,
        layers: Double(container.base.layers.count), label: "rm")
    }
    scene.world[store: storage.place].containers = store.containers
    scene.countFree()
    return .success
  }

  /// `buildah rmi IMAGE…` and `--all`: the layers go that no other image has.
  func removeImages(_ operands: [String]) -> CommandResult {
    let all = options.isSet("--all", "-a", "--prune", "-p")
    let known = scene.world[store: storage.place].images
    for name in all ? known.keys.sorted() : operands {
      guard let image = stored(name) else { continue }
      let rest = scene.world[store: storage.place].images.filter { $0.value.key != image.key }
      guard rest.count < scene.world[store: storage.place].images.count else { continue }
      scene.world[store: storage.place].images = rest
      scene.rest(on: image.assumptions)
      var own = image.ownLayers(beside: Array(rest.values), driver: storage.driver)
      own.files += scene.value(.storageImageFiles)
      let unshared = image.ownLayers(beside: Array(rest.values), driver: .overlay).bytes
      remove(own, unshared: unshared, layers: Double(image.layers.count), label: "rmi")
    }
    scene.countFree()
    return .success
  }

  private func remove(_ tree: Tree, unshared: Double, layers: Double, label: String) {
    _ = scene.keepBooks(.remove, layers: layers)
    let cpu =
      scene.value(.removeImageCPU) + scene.value(.removeImagePerKiloFile) * tree.files / 1000
      + scene.value(.removeImagePerGiB) * tree.bytes.gibibytes
    scene.emit(
      "\(tool) \(label)", cpu: scene.reference(cpu),
      scene.discard(tree, unshared: unshared, from: storage).demands)
  }
}

extension StoredImage {
  /// What a storage keeps for the layers that no other image begins with.
  func ownLayers(beside others: [StoredImage], driver: ContainerStorage.Driver) -> Tree {
    var below = Tree(content: .system)
    var own = Tree(content: .system)
    for (index, layer) in layers.enumerated() {
      below = below + layer.tree
      let isShared = others.contains {
        $0.architecture == architecture && $0.layers.count > index
          && $0.layers[...index] == layers[...index]
      }
      guard !isShared else { continue }
      own = own + (driver == .vfs ? below : layer.tree)
    }
    return own
  }
}
