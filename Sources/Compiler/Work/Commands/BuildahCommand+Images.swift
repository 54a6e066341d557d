import GantryModel

/// An image name with its transport.
struct ImageTransport: Hashable {
  /// Where the image is.
  enum Kind: Hashable {
    case registry
    case ociArchive
    case dockerArchive
    /// `dir:` and `oci:`: a folder with compressed layers.
    case folder
    case storage
  }

  var kind: Kind
  /// The reference, or the path of an archive.
  var name: String

  /// Reads a name; one without transport has `fallback`.
  init(_ text: String, fallback: Kind) {
    let prefixes: [(String, Kind)] = [
      ("docker://", .registry), ("oci-archive:", .ociArchive), ("docker-archive:", .dockerArchive),
      ("oci:", .folder), ("dir:", .folder), ("containers-storage:", .storage),
    ]
    for (prefix, kind) in prefixes where text.hasPrefix(prefix) {
      self.kind = kind
      name = String(text.dropFirst(prefix.count))
      if kind != .registry, kind != .storage, let colon = name.firstIndex(of: ":") {
        name = String(name[..<colon])
      }
      return
    }
    kind = fallback
    name = text
  }
}

extension BuildahCommand.Work {
  /// `buildah push IMAGE [DESTINATION]`.
  func push(_ operands: [String]) -> CommandResult {
    guard let source = operands.first else { return .success }
    let list = scene.world[store: storage.place].lists[Self.bare(source)]
    let destination = operands.count > 1 ? operands[1] : source
    if list != nil { return pushList(source, to: destination) }
    let image =
      stored(source)
      ?? guessed(source, why: "no earlier command made the image '\(source)': a guess is pushed")
    send(image, to: destination)
    return .success
  }

  /// Sends an image to an archive or a registry.
  func send(_ image: StoredImage, to destination: String) {
    let target = ImageTransport(destination, fallback: .registry)
    switch target.kind {
    case .registry: scene.push(image, to: target.name, from: storage, by: tool)
    case .ociArchive, .folder:
      scene.push(image, to: place(target.name), isCompressed: true, from: storage, by: tool)
    case .dockerArchive:
      scene.push(image, to: place(target.name), isCompressed: false, from: storage, by: tool)
    case .storage: store(image, as: target.name)
    }
  }

  /// `buildah pull NAME`, which prints the image's id.
  func pull(_ operands: [String]) -> CommandResult {
    guard let name = operands.last else { return .success }
    let source = ImageTransport(name, fallback: .registry)
    let image: StoredImage
    switch source.kind {
    case .registry:
      let architecture = architectures.first ?? scene.machine
      guard
        let found = stored(name) ?? scene.fetch(source.name, architecture, into: storage, by: tool)
      else { return CommandResult(succeeded: false, output: nil) }
      image = found
    case .storage:
      image =
        stored(source.name) ?? guessed(name, why: "there is no image '\(name)' in the storage")
    case .ociArchive, .dockerArchive, .folder:
      let place = place(source.name)
      if case .archive(let found) = scene.entry(at: place) {
        image = found
      } else {
        image = guessed(
          name, why: "no earlier task wrote '\(source.name)': a guess stands for the image in it")
      }
      scene.pull(image, from: place, into: storage, by: tool)
    }
    let id = scene.world[store: storage.place].freshName("image")
    store(image, as: id)
    if source.kind == .registry { store(image, as: source.name) }
    return .printing(id)
  }

  /// `buildah tag OLD NEW…`.
  func tag(_ operands: [String]) -> CommandResult {
    scene.countFree()
    guard let first = operands.first else { return .success }
    if let list = scene.world[store: storage.place].lists[Self.bare(first)] {
      for name in operands.dropFirst() {
        scene.world[store: storage.place].lists[Self.bare(name)] = list
      }
    }
    guard let image = stored(first) else { return .success }
    for name in operands.dropFirst() { store(image, as: name) }
    return .success
  }

  /// `buildah manifest create|add|push …`.
  func manifest(_ operands: [String]) -> CommandResult {
    let rest = Array(operands.dropFirst())
    switch operands.first {
    case "create":
      guard let name = rest.first else { return .success }
      scene.world[store: storage.place].lists[Self.bare(name)] = []
      // The list's record and its manifest.
      scene.tally.filesStored += 2
      return add(Array(rest.dropFirst()), to: name)
    case "add":
      guard let name = rest.first else { return .success }
      return add(Array(rest.dropFirst()), to: name)
    case "push":
      guard let name = rest.first else { return .success }
      return pushList(name, to: rest.count > 1 ? rest[1] : name)
    default:
      scene.countFree()
      return .success
    }
  }

  private func add(_ images: [String], to list: String) -> CommandResult {
    let key = Self.bare(list)
    for name in images {
      var member = name
      if stored(name) == nil { member = load(name) }
      scene.world[store: storage.place].lists[key, default: []].append(member)
    }
    _ = scene.keepBooks(.manifestCreate, layers: 0)
    scene.emit(
      "\(tool): manifest \(images.isEmpty ? "create" : "add")",
      cpu: scene.reference(scene.value(.manifestCreate)))
    return .printing(key)
  }

  /// A member of a list that is not in the storage: its manifest is read where it is.
  private func load(_ name: String) -> String {
    let source = ImageTransport(name, fallback: .registry)
    let place = place(source.name)
    if source.kind != .registry,
      case .archive(let image) = scene.entry(at: place)
    {
      store(image, as: name)
    } else if source.kind == .registry,
      let image = scene.registryImage(named: source.name, for: scene.machine)
    {
      // It stays where it is: a push to the same registry finds or mounts its layers.
      scene.world.blobCache.add(image, at: ImageReference(source.name))
      scene.world.registries.add(image, at: ImageReference(source.name))
      scene.emit(
        "\(tool): read a manifest",
        scene.download(
          ImageReference(source.name).pullHost, bytes: 10_000, requests: 3, connections: 1))
      store(image, as: name)
    }
    return name
  }

  private func pushList(_ name: String, to destination: String) -> CommandResult {
    let members = scene.world[store: storage.place].lists[Self.bare(name)] ?? []
    let images = members.compactMap { stored($0) }
    if images.isEmpty {
      send(
        guessed(
          name, why: "no earlier command filled the manifest list '\(name)': a guess is pushed"),
        to: destination)
      return .success
    }
    // Without --all only the list itself is sent (buildah 1.28; podman sends all by default).
    guard options.isSet("--all") || (call.name != "buildah" && !options.has("--all")) else {
      let target = ImageReference(ImageTransport(destination, fallback: .registry).name)
      scene.emit(
        "\(tool): push the list alone",
        scene.upload(
          target.registry, bytes: 2000, requests: scene.value(.blobRequests), connections: 1))
      return .success
    }
    for image in images { send(image, to: destination) }
    return .success
  }
}
