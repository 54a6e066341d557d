import GantryModel

/// tee: what it reads goes to files and on.
struct TeeCommand: CommandModel {
  let names = ["tee"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    let isAppended = call.texts.contains { $0 == "-a" || $0 == "--append" }
    let places = call.arguments.filter { $0.isKnown && !$0.text.hasPrefix("-") }
      .filter { !$0.text.hasPrefix("/dev/") }
      .map { scene.paths.place($0.text, from: call.directory) }
    guard var stream = scene.takeInput() else {
      for place in places { leave(call.input, at: place, scene) }
      return CommandResult(succeeded: nil, output: call.input)
    }
    let tree = Tree(bytes: stream.bytes, files: 1, content: stream.content)
    for place in places where stream.bytes.isFinite {
      if !isAppended { scene.world[place.volume].remove(place.path) }
      stream.demands += scene.bigFile(.write, place.volume, stream.bytes)
      scene.remember(tree, at: place)
    }
    stream.label += " | tee"
    return .printing(stream)
  }

  private func leave(_ text: String?, at place: Place, _ scene: Scene) {
    if let text {
      scene.world[place.volume].put(.text(text), at: place.path)
    } else {
      scene.world[place.volume].add(Tree(files: 1), at: place.path, assumptions: [])
    }
    scene.emitSmallWrite(on: place.volume)
  }
}
