import GantryModel

/// find and du, which look at every folder; only a network notices.
///
/// What `find -exec` runs is played once, on all that lies there.
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
    if call.name == "find" {
      for path in paths.isEmpty ? ["."] : Array(paths) { act(on: path, call, scene) }
    }
    return .success
  }

  private func act(on path: String, _ call: CommandCall, _ scene: Scene) {
    let words = call.texts
    if words.contains("-delete") { run(["rm", "-r", path + "/*"], call, scene) }
    let marks = ["-exec", "-execdir", "-ok", "-okdir"]
    guard let mark = words.firstIndex(where: { marks.contains($0) }) else { return }
    let command = words[(mark + 1)...].prefix { $0 != ";" && $0 != "+" }
    guard !command.isEmpty else { return }
    run(command.map { $0 == "{}" ? path : $0 }, call, scene)
  }

  private func run(_ words: [String], _ call: CommandCall, _ scene: Scene) {
    var shell = ShellInterpreter(
      scene: scene, registry: .standard, environment: call.variables, directory: call.directory)
    let result = shell.run(words: words)
    if let stream = result.stream { scene.flush(stream) }
  }
}
