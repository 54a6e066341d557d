import GantryModel

/// skopeo copy: layers move as they are, without being unpacked.
struct SkopeoCommand: CommandModel {
  let names = ["skopeo", "crane", "oras"]

  private static let valued: Set<String> = [
    "--src-creds", "--dest-creds", "--authfile", "--format", "--src-tls-verify", "--override-arch",
    "--dest-tls-verify", "--override-os", "--retry-times", "--multi-arch", "--policy", "--platform",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: Self.valued)
    guard ["copy", "cp"].contains(options.operands.first), options.operands.count >= 3 else {
      scene.countFree()
      return .success
    }
    let source = ImageTransport(options.operands[1], fallback: .registry)
    let target = ImageTransport(options.operands[2], fallback: .registry)
    let machine =
      options.value("--override-arch", "--platform")
      .flatMap { Machine(platform: $0) } ?? scene.machine
    let isAll = options.isSet("--all", "-a")
    let all = Architecture.allCases.map { Machine($0) }
    for architecture in isAll && source.kind == .registry ? all : [machine] {
      copy(source, target, architecture, call, scene)
    }
    return .success
  }

  private func copy(
    _ source: ImageTransport, _ target: ImageTransport, _ architecture: Machine,
    _ call: CommandCall, _ scene: Scene
  ) {
    let from = scene.paths.place(source.name, from: call.directory)
    var image: StoredImage?
    if source.kind == .registry {
      image = scene.registryImage(named: source.name, for: architecture)
    } else if case .archive(let found) = scene.entry(at: from) {
      image = found
    }
    guard let image = image ?? unknown(source, architecture, scene) else { return }
    scene.rest(on: image.assumptions)
    // skopeo knows the digests: what the target has is neither read nor sent.
    let destination = ImageReference(target.name)
    var sent = image
    if source.kind == .registry {
      scene.world.registries.add(image, at: ImageReference(source.name))
    }
    if target.kind == .registry {
      sent.layers = scene.world.registries.missing(image, at: destination)
      scene.world.registries.add(image, at: destination)
      scene.world.pushed.add(image, at: destination)
    }
    let size = sent.compressedBytes
    let layers = Double(sent.layers.count)
    let known = Double(image.layers.count) - layers
    let connections = min(max(layers, 1), scene.value(.blobConnections))
    var demands =
      source.kind == .registry
      ? scene.download(
        ImageReference(source.name).pullHost, bytes: size, requests: layers + 3,
        connections: connections)
      : scene.bigFile(.read, from.volume, size)
    if target.kind == .registry {
      demands += scene.upload(
        destination.registry, bytes: size,
        requests: (layers + 1) * scene.value(.blobRequests) + known + 3, connections: connections)
    } else {
      let place = scene.paths.place(target.name, from: call.directory)
      demands += scene.bigFile(.write, place.volume, size)
      scene.world[place.volume].put(.archive(image), at: place.path)
    }
    scene.emit(
      "\(call.name) copy",
      cpu: scene.reference(scene.value(.sha256PerGiB) * size.gibibytes), demands)
  }

  private func unknown(
    _ source: ImageTransport, _ architecture: Machine, _ scene: Scene
  ) -> StoredImage? {
    scene.tell(
      .warning, "W0606", "no earlier command wrote '\(source.name)': a guess stands for the image")
    return scene.tables.images.layers(
      of: "unknown-registry.invalid/image", for: architecture,
      assumptions: &scene.tables.assumptions)
  }
}
