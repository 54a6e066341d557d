import GantryModel

/// rm: what is known to be there goes.
struct RemoveCommand: CommandModel {
  let names = ["rm", "rmdir"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    for path in CommandOptions(call.texts, valued: []).operands {
      let place = scene.paths.place(path, from: call.directory)
      guard let known = scene.known(at: place) else { continue }
      let folder = Place(
        volume: place.volume, path: PathSpace.withoutPattern(place.path))
      // Of a pattern only `folder/*` is known to take everything.
      if folder == place || place.path == PathSpace.joined(folder.path, "*") {
        scene.world[folder.volume].remove(folder.path)
      }
      scene.rest(on: known.assumptions)
      var calls: [Demand] = []
      if scene.isNetwork(folder.volume) {
        calls = [
          .transfer(
            .init(
              .write, scene.target(of: folder.volume), bytes: 0,
              operations: scene.calls(
                .removeCalls,
                Tree(
                  files: known.tree.files, directories: known.tree.directories))))
        ]
      }
      scene.emit(
        "rm", kind: .files,
        cpu: scene.reference(
          scene.value(.removeFixedCPU) + scene.value(.removeCPU) * known.tree.files / 1000), calls)
      scene.tally.read += scene.counted(.startReads)
    }
    scene.countFree()
    return .success
  }
}
