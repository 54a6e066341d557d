import GantryModel

/// chmod, chown and chgrp: of a whole tree, a call for each file; only a network notices.
struct AttributeCommand: CommandModel {
  let names = ["chmod", "chown", "chgrp"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: [])
    scene.countFree()
    guard options.has("--recursive") || options.shortLetters.contains("R") else { return .success }
    for path in options.operands.dropFirst() {
      let place = scene.paths.place(path, from: call.directory)
      guard scene.isNetwork(place.volume), let known = scene.known(at: place) else { continue }
      scene.rest(on: known.assumptions)
      let tree = known.tree
      let calls =
        scene.calls(.walkCalls, Tree(directories: tree.directories))
        + scene.value(.attributeCalls) * (tree.files + tree.directories)
      scene.emit(
        call.name, kind: .walk,
        [.transfer(.init(.write, scene.target(of: place.volume), bytes: 0, operations: calls))])
    }
    return .success
  }
}
