import GantryModel

extension BuildahCommand.Work {
  /// `buildah from NAME`, which prints the container's name.
  func from(_ name: String) -> CommandResult {
    let architecture = architectures.first ?? scene.machine
    let base: StoredImage
    if let known = stored(name) {
      base = known
    } else if let image = scene.fetch(
      ImageTransport(name, fallback: .registry).name, architecture, into: storage, by: tool)
    {
      base = image
    } else {
      return CommandResult(succeeded: false, output: nil)
    }
    if storage.driver == .vfs, !base.layers.isEmpty {
      scene.rest(on: base.assumptions)
      scene.emitCopy("\(tool) from: copy the image (vfs)", base.tree, storage)
    } else {
      scene.countFree()
    }
    let id = options.value("--name") ?? scene.world[store: storage.place].freshName("container")
    scene.world[store: storage.place].containers[id] = WorkingContainer(
      base: base, volume: scene.newContainer(in: storage))
    return .printing(id)
  }

  /// `buildah unshare COMMAND…` runs a command as root of its user namespace.
  func unshare(_ operands: [String]) -> CommandResult {
    scene.countFree()
    guard let name = operands.first else { return .success }
    let words = call.texts.drop { $0 != name }
    var shell = ShellInterpreter(
      scene: scene, registry: .standard, environment: call.variables, directory: call.directory)
    return shell.run(words: Array(words))
  }

  private func container(_ name: String) -> WorkingContainer? {
    scene.world[store: storage.place].containers[name]
  }

  /// `buildah run CONTAINER -- COMMAND…`; for podman and docker the image comes first.
  func run(_ operands: [String]) -> CommandResult {
    guard let name = operands.first else { return .success }
    guard let container = container(name) ?? started(name) else { return .success }
    scene.emitRunStart("\(tool) run: start")
    let words = call.texts.drop { $0 != name }.dropFirst().drop { $0 == "--" }
    guard !words.isEmpty else { return .success }
    var result = CommandResult.success
    scene.enter(container) {
      var shell = ShellInterpreter(
        scene: scene, registry: .standard, environment: ["HOME": "/root"], directory: "/")
      result = shell.run(
        script: words.map { "'" + $0.split(separator: "'").joined(separator: "'\\''") + "'" }
          .joined(separator: " "))
    }
    return result
  }

  private func started(_ name: String) -> WorkingContainer? {
    let result = from(name)
    return result.output.flatMap { container($0) }
  }

  /// `buildah copy CONTAINER SOURCE… DESTINATION`.
  func copy(_ operands: [String]) -> CommandResult {
    guard operands.count >= 2, let container = container(operands[0]) else { return .success }
    let sources = operands.count > 2 ? operands[1..<(operands.count - 1)] : operands[1...]
    let destination = operands.count > 2 ? operands[operands.count - 1] : "/"
    var tree = Tree()
    var demands: [Demand] = []
    for source in sources {
      let from = place(source)
      let part = scene.contents(of: from)
      demands += scene.smallFiles(.read, from.volume, part, calls: .readCalls)
      tree = tree + part
    }
    let to = Place(volume: container.volume, path: PathSpace.normalized(destination))
    scene.emitCopyInto(to, tree, "\(tool) copy", demands)
    return .success
  }

  /// `buildah commit CONTAINER NAME`.
  func commit(_ operands: [String]) -> CommandResult {
    guard let first = operands.first, let container = container(first) else { return .success }
    let delta = scene.world[container.volume].summary(of: "") ?? (Tree(), [])
    scene.rest(on: container.base.assumptions + delta.assumptions)
    let ratio = scene.value(.compression(delta.tree.content))
    var image = container.base
    image.layers.append(
      scene.world.newLayer(delta.tree, compressed: delta.tree.tarBytes / ratio))
    image.assumptions = Array(Set(image.assumptions + delta.assumptions)).sorted()
    scene.emitCommit(
      "\(tool) commit (\(storage.driver.rawValue))", delta.tree, below: container.base.tree,
      assumptions: image.assumptions, storage)
    let id = scene.world[store: storage.place].freshName("image")
    store(image, as: id)
    if operands.count > 1 {
      let target = ImageTransport(operands[1], fallback: .storage)
      if target.kind == .storage {
        store(image, as: target.name)
      } else {
        send(image, to: operands[1])
      }
    }
    return .printing(id)
  }
}
