import GantryModel

extension BuildahCommand.Work {
  /// `buildah bud` for each platform.
  func build(_ operands: [String]) -> CommandResult {
    let context = place(operands.first ?? ".")
    scene.noteRead(context)
    let file = containerfile(context)
    let ignored = ignoreFile(context)
    var last: StoredImage?
    var names: [String] = []
    for architecture in architectures {
      guard let image = build(file, context, ignored, architecture) else {
        return CommandResult(succeeded: false, output: nil)
      }
      last = image
      let name = freshName("image")
      store(image, as: name)
      names.append(name)
    }
    guard let last else { return .success }
    for tag in options.values("-t", "--tag") { store(last, as: tag) }
    if let list = options.value("--manifest")
      ?? (names.count > 1 ? options.value("-t", "--tag") : nil)
    {
      let key = Self.bare(list)
      scene.world[store: storage.place].lists[key, default: []] += names
    }
    return .printing(names.last ?? "")
  }

  private func freshName(_ prefix: String) -> String {
    scene.world[store: storage.place].freshName(prefix)
  }

  private func build(
    _ file: Containerfile?, _ context: Place, _ ignored: IgnoreFile?,
    _ architecture: Architecture
  ) -> StoredImage? {
    guard let file else { return guessedBuild(context, architecture) }
    var arguments: [String: String] = [:]
    for pair in options.values("--build-arg") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      arguments[String(parts[0])] =
        parts.count > 1 ? String(parts[1]) : call.variables[String(parts[0])]
    }
    let layers =
      options.has("--layers")
      ? options.isSet("--layers")
      : call.variables["BUILDAH_LAYERS"].map { $0 == "true" } ?? (call.name != "buildah")
    var build = ImageBuild(
      scene: scene,
      request: .init(
        file: file, context: context, ignored: ignored, architecture: architecture,
        storage: storage,
        commitsEachInstruction: layers, usesCache: !options.isSet("--no-cache"),
        arguments: arguments, target: options.value("--target"),
        tool: "\(tool) build"))
    return build.run()
  }

  /// What `--ignorefile` or a file in the context leaves out of it; `.containerignore` comes first.
  private func ignoreFile(_ context: Place) -> IgnoreFile? {
    let places =
      options.value("--ignorefile").map { [place($0)] }
      ?? [".containerignore", ".dockerignore"].map {
        Place(volume: context.volume, path: PathSpace.joined(context.path, $0))
      }
    let ignored = places.lazy.compactMap { scene.text(at: $0) }.first.map(IgnoreFile.init)
    return ignored.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The Containerfile that `-f` names, or the usual ones in the context; nil when none is visible.
  private func containerfile(_ context: Place) -> Containerfile? {
    var candidates: [Place]
    if let path = options.value("-f", "--file") {
      candidates = [place(path)]
      let inContext = [context.path, PathSpace.normalized(path)].filter { !$0.isEmpty }
      candidates.append(Place(volume: context.volume, path: inContext.joined(separator: "/")))
    } else {
      candidates = ["Containerfile", "Dockerfile"].map {
        Place(
          volume: context.volume,
          path: [context.path, $0].filter { !$0.isEmpty }.joined(separator: "/"))
      }
    }
    for candidate in candidates {
      guard let text = scene.text(at: candidate) else { continue }
      let file = Containerfile(text)
      if let line = file.unreadable.first {
        scene.tell(
          .warning, "W0609",
          "line \(line) of the Containerfile '\(candidate.path)' is no complete instruction")
      }
      if file.stages.isEmpty {
        scene.tell(.warning, "W0609", "the Containerfile '\(candidate.path)' has no FROM")
      }
      return file.stages.isEmpty ? nil : file
    }
    let path = candidates.first?.path ?? ""
    scene.tell(
      .warning, "W0605",
      "gantry cannot see the Containerfile '\(path)': guesses (image.unknown.*, bud.unknown.*) stand "
        + "for base image and instructions; name its checkout under 'sources:' in a scenario")
    return nil
  }

  /// A build whose Containerfile is not visible: one RUN and one COPY on an unknown base.
  private func guessedBuild(_ context: Place, _ architecture: Architecture) -> StoredImage? {
    let name = "unknown-registry.invalid/base"
    guard let base = scene.fetch(name, architecture, into: storage, by: tool) else { return nil }
    scene.rest(on: base.assumptions)
    if storage.driver == .vfs {
      scene.emitCopy("\(tool) build: copy the base image (vfs)", base.tree, storage)
    }
    let added = Tree(
      bytes: scene.value(.unknownAdded), files: scene.value(.copyFiles), directories: 10,
      content: .mixed)
    let isForeign = scene.machine
    scene.machine = architecture
    scene.emit(
      "\(tool) build: instructions gantry cannot see", kind: .packages,
      cpu: scene.value(.unknownRun), scene.spool(storage.place.volume, added.bytes))
    scene.machine = isForeign
    var image = base
    let ratio = scene.value(.compression(.mixed))
    image.layers.append(scene.world.newLayer(added, compressed: added.tarBytes / ratio))
    image.assumptions += scene.pendingAssumptions.filter { !image.assumptions.contains($0) }
    scene.emitCommit(
      "\(tool) build: commit image (\(storage.driver.rawValue))", added, below: base.tree,
      assumptions: image.assumptions, storage)
    scene.noteRemoved(written: added.bytes, from: storage)
    if storage.driver == .vfs {
      scene.emitDiscard("\(tool) build: remove the container (vfs)", base.tree, storage)
    }
    return image
  }
}
