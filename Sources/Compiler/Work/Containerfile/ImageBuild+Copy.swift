import GantryModel

// COPY and ADD.

extension ImageBuild {
  /// The tool gives up: a source of COPY or ADD is not there.
  mutating func refuse(
    _ source: String, at position: Int, _ instruction: Containerfile.Instruction,
    _ stage: StageContainer
  ) {
    guard case .copy(_, let destination, _, let isAdd) = instruction else { return }
    let word = isAdd ? "ADD" : "COPY"
    let sources = stage.places.sources
    point(to: stage.places.whole, offset: position < sources.count ? sources[position] : 0)
    scene.tell(
      .warning, "W0434",
      "the build fails here: \(word) names '\(source)', which is not in the build's context "
        + "(no such file or directory)")
    failure =
      "building at STEP \"\(word) \(source) \(destination)\": no such file or directory"
  }

  mutating func copy(
    _ sources: [String], to destination: String, from: String?, isAdd: Bool,
    _ stage: StageContainer
  ) {
    var tree = Tree()
    var demands: [Demand] = []
    for source in sources {
      if isAdd, source.contains("://") {
        let bytes = scene.value(.downloadBytes)
        tree = tree + Tree(bytes: bytes, files: 1, content: .packed)
        let host = DownloadCommand.host(of: source)
        demands += scene.download(host, bytes: bytes, requests: 1, connections: 1)
      } else if let place = place(of: source, from: from, in: stage) {
        let part = from == nil ? contextPart(of: place) : part(of: place)
        if from == nil {
          demands += scene.smallFiles(.read, place.volume, part, calls: .readCalls)
        }
        tree = tree + part
      }
    }
    let inside = PathSpace.normalized(
      destination.hasPrefix("/") ? destination : stage.directory + "/" + destination)
    let place = Place(volume: stage.working.volume, path: inside)
    scene.emitCopyInto(place, tree, "\(request.tool): COPY \(destination)", demands)
  }

  /// The position of the first source that is surely not in the context; nil when all may be there.
  func missing(_ sources: [ShellField], isAdd: Bool) -> Int? {
    guard let context = request.context else { return nil }
    let search = ContextSearch(
      files: scene.world[context.volume], context: context.path, ignored: request.ignored)
    let local = sources.map { field in
      isAdd && (field.text.contains("://") || field.text.hasPrefix("git@"))
        ? ContextSearch.Answer.found : field.isKnown ? search.look(for: field.text) : .unknown
    }
    if let plain = local.firstIndex(of: .missing) { return plain }
    // A pattern without a match is only an error when nothing else is copied.
    guard !local.isEmpty, local.allSatisfy({ $0 == .noMatch }) else { return nil }
    return 0
  }

  /// The files of one source in the context, without those that are ignored.
  private mutating func contextPart(of place: Place) -> Tree {
    guard let ignored = request.ignored, let context = request.context else {
      return part(of: place)
    }
    let all = scene.world[place.volume]
    defer { scene.world[place.volume] = all }
    let visible = all.without(ignored, in: context.path)
    // What is there but ignored is nothing, and not unknown.
    let isSeen = (visible.summary(of: PathSpace.withoutPattern(place.path))?.tree.files ?? 0) > 0
    if !isSeen, scene.known(at: place) != nil { return Tree() }
    scene.world[place.volume] = visible
    return part(of: place)
  }

  /// The files of one source; an opaque tree that two sources lie in counts once.
  private mutating func part(of place: Place) -> Tree {
    if let root = scene.world[place.volume].opaqueRoot(
      of: PathSpace.withoutPattern(place.path))
    {
      guard copied.insert(Place(volume: place.volume, path: root)).inserted else { return Tree() }
    }
    return scene.contents(of: place)
  }

  /// Where COPY reads a source: the context, a stage, or an image.
  private func place(of source: String, from: String?, in stage: StageContainer) -> Place? {
    guard let from else {
      guard let context = request.context else { return nil }
      let path = PathSpace.normalized(source)
      return Place(volume: context.volume, path: PathSpace.joined(context.path, path))
    }
    let found =
      stages.first { $0.name == from }
      ?? Int(from).flatMap { $0 >= 0 && $0 < stages.count ? stages[$0] : nil }
    // An image that is only copied from is not followed: a guess stands for its files.
    guard let found else { return Place(volume: .configuration("image \(from)"), path: source) }
    return Place(volume: found.container.volume, path: PathSpace.normalized(source))
  }
}
