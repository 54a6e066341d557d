import GantryModel

/// truncate and fallocate: a file of a size without its content.
struct AllocateCommand: CommandModel {
  let names = ["truncate", "fallocate", "mkfifo", "mknod"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    let options = CommandOptions(
      call.texts, valued: ["-s", "--size", "-l", "--length", "-o", "--offset", "-r"])
    guard let size = options.value("-s", "--size", "-l", "--length").flatMap(DdCommand.bytes) else {
      return .success
    }
    for path in options.operands {
      let place = scene.paths.place(path, from: call.directory)
      if call.name == "truncate" { scene.world[place.volume].remove(place.path) }
      // What truncate makes is a hole; fallocate takes the room and writes nothing.
      if call.name == "fallocate" { scene.noteStored(place.volume, kept: size) }
      let kept = call.name == "fallocate" ? size : 0
      scene.remember(Tree(bytes: kept, files: 1), at: place)
    }
    return .success
  }
}
