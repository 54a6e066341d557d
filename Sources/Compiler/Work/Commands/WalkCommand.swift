import GantryModel

/// find and du, which look at every folder; only a network notices.
struct WalkCommand: CommandModel {
  let names = ["find", "du"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let paths = call.texts.prefix { call.name == "du" || !$0.hasPrefix("-") }
      .filter { !$0.hasPrefix("-") }
    for path in paths.isEmpty ? ["."] : Array(paths) {
      let place = scene.paths.place(path, from: call.directory)
      guard scene.isNetwork(place.volume), let known = scene.known(at: place) else { continue }
      scene.rest(on: known.assumptions)
      let operations = scene.calls(.walkCalls, Tree(directories: known.tree.directories))
      scene.emit(
        call.name, kind: .walk,
        [.transfer(.init(.read, scene.target(of: place.volume), bytes: 0, operations: operations))])
    }
    scene.countFree()
    return .success
  }
}
