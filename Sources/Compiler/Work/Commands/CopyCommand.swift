import GantryModel

/// cp, rsync, install: files from one place to another.
struct CopyCommand: CommandModel {
  let names = ["cp", "rsync", "install"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let isInstall = call.name == "install"
    let options = CommandOptions(
      call.texts,
      valued: Set(["-t", "--target-directory", "--exclude", "-e"]).union(
        isInstall ? ["-m", "--mode", "-o", "--owner", "-g", "--group", "-S"] : []))
    var operands = options.operands
    if isInstall, options.has("--directory") || options.shortLetters.contains("d") {
      scene.countFree()
      return .success
    }
    let target = options.value("-t", "--target-directory") ?? operands.popLast()
    guard let target, !operands.isEmpty else { return .success }
    let to = scene.paths.place(target, from: call.directory)
    let isMany = operands.count > 1 || target.hasSuffix("/")
    for source in operands {
      let from = scene.paths.place(source, from: call.directory)
      var destination = to
      if isMany, let name = from.path.split(separator: "/").last, !name.contains("*") {
        destination.path = [to.path, String(name)].filter { !$0.isEmpty }.joined(separator: "/")
      }
      Self.copy(
        from, to: destination, label: call.name,
        keepsAttributes: call.name == "rsync" || !options.shortLetters.isDisjoint(with: "ap"), scene
      )
    }
    return .success
  }

  /// Copies what lies at a place; the entry itself goes along where it is known.
  static func copy(
    _ from: Place, to place: Place, label: String, keepsAttributes: Bool, _ scene: Scene
  ) {
    let source = from
    // Secrets and configuration are a few bytes.
    if case .configuration = from.volume { return scene.countFree() }
    let tree = scene.contents(of: source)
    let isWithin = scene.isNetwork(source.volume) && scene.isNetwork(place.volume)
    var demands = scene.smallFiles(
      .read, source.volume, tree, calls: isWithin ? .copyOutCalls : .readCalls)
    demands += scene.smallFiles(
      .write, place.volume, tree, calls: keepsAttributes ? .archiveInCalls : .copyInCalls)
    scene.tally.read += scene.counted(.startReads)
    if let entry = scene.world[source.volume].entry(at: source.path) {
      scene.world[place.volume].put(entry, at: place.path)
    } else {
      scene.remember(tree, at: place)
    }
    scene.emit(
      label, kind: .files,
      cpu: scene.reference(
        scene.value(.copyFixedCPU) + scene.value(.copyCPU) * tree.files / 1000
          + scene.value(.copyContentPerGiB) * tree.bytes.gibibytes), demands)
  }
}

/// mv: a rename on one volume, a copy and removal between two.
struct MoveCommand: CommandModel {
  let names = ["mv"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let operands = CommandOptions(call.texts, valued: ["-t"]).operands
    guard operands.count >= 2, let target = operands.last else { return .success }
    let to = scene.paths.place(target, from: call.directory)
    for source in operands.dropLast() {
      let from = scene.paths.place(source, from: call.directory)
      if from.volume == to.volume {
        if let entry = scene.world[from.volume].entry(at: from.path) {
          scene.world[to.volume].put(entry, at: to.path)
        }
        rename(on: to.volume, scene)
      } else {
        CopyCommand.copy(from, to: to, label: "mv", keepsAttributes: true, scene)
      }
      scene.world[from.volume].remove(from.path)
    }
    return .success
  }

  private func rename(on volume: VolumeID, _ scene: Scene) {
    guard scene.isNetwork(volume) else { return scene.countFree() }
    scene.emit(
      "mv",
      [
        .transfer(
          .init(
            .write, scene.target(of: volume), bytes: 0, operations: scene.value(.renameCalls)))
      ])
  }
}
