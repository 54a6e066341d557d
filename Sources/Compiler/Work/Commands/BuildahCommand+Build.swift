import GantryModel

extension BuildahCommand.Work {
  /// `buildah bud` for each platform.
  func build(_ operands: [String]) -> CommandResult {
    let context = place(operands.first ?? ".")
    scene.noteRead(context)
    let file = containerfile(context)
    if case .unusable(let why) = file { return .failing(refusal(why)) }
    let ignored = ignoreFile(context)
    var last: StoredImage?
    var names: [String] = []
    for architecture in architectures {
      let built = build(file, context, ignored, architecture)
      if let why = built.failure { return .failing(refusal(why)) }
      guard let image = built.image else { return CommandResult(succeeded: false, output: nil) }
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

  /// How Tekton tells that the tool ended with an error; buildah and podman exit with 125 then.
  private func refusal(_ why: String) -> String {
    "\"step-\(scene.stepName)\" exited with code 125: \(why)"
  }

  private func freshName(_ prefix: String) -> String {
    scene.world[store: storage.place].freshName(prefix)
  }

  private func build(
    _ found: FoundFile, _ context: Place, _ ignored: IgnoreFile?, _ architecture: Machine
  ) -> (image: StoredImage?, failure: String?) {
    guard case .readable(let file, let name, let label) = found else {
      return (guessedBuild(context, architecture), nil)
    }
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
        file: file, fileName: name, fileLabel: label, context: context, ignored: ignored,
        architecture: architecture,
        storage: storage,
        commitsEachInstruction: layers, usesCache: !options.isSet("--no-cache"),
        arguments: arguments, target: options.value("--target"),
        tool: "\(tool) build"))
    let image = build.run()
    return (build.failure == nil ? image : nil, build.failure)
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

  /// What there is to build from.
  private enum FoundFile {
    /// The file, its name as the user knows it, and how messages call it.
    case readable(Containerfile, name: String?, label: String)
    /// buildah refuses it.
    case unusable(String)
    /// gantry cannot see it, or it builds nothing.
    case guessed
  }

  /// The Containerfile that `-f` names, or the usual ones in the context.
  private func containerfile(_ context: Place) -> FoundFile {
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
      return read(
        text, name: scene.world[candidate.volume].userPath(of: candidate.path),
        label: "the Containerfile '\(candidate.path)'")
    }
    let path = candidates.first?.path ?? ""
    scene.tell(
      .warning, "W0605",
      "gantry cannot see the Containerfile '\(path)': guesses (image.unknown.*, bud.unknown.*) stand "
        + "for base image and instructions; name its checkout under 'sources:' in a scenario")
    return .guessed
  }

  private func read(_ text: String, name: String?, label: String) -> FoundFile {
    if let fault = TextFault(in: text) {
      point(name, label, fault.line, fault.column) {
        scene.tell(.warning, "W0435", "\(fault.message): \(tool) cannot read the Containerfile")
      }
      return .unusable("the Containerfile is no text")
    }
    let file = Containerfile(text)
    for mistake in file.unreadable {
      point(name, label, mistake.line, mistake.column) {
        scene.tell(
          .warning, "W0609",
          "'\(mistake.keyword)' begins no complete instruction of a Containerfile: left out")
      }
    }
    guard file.stages.isEmpty else { return .readable(file, name: name, label: label) }
    point(name, label, 1, 1) { scene.tell(.warning, "W0609", "the Containerfile has no FROM") }
    return .guessed
  }

  /// Makes findings be about a place of the Containerfile.
  private func point(
    _ name: String?, _ label: String, _ line: Int, _ column: Int, _ body: () -> Void
  ) {
    let outer = scene.origin
    defer { scene.origin = outer }
    var map = LineMap()
    map.append("", line: line, column: column)
    scene.origin = FindingOrigin(file: name, name: label, map: map)
    body()
  }

  /// A build whose Containerfile is not visible: one RUN and one COPY on an unknown base.
  private func guessedBuild(_ context: Place, _ architecture: Machine) -> StoredImage? {
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
