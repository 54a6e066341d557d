/// Commands that run until something ends them.
struct ForeverCommand: CommandModel {
  let names = ["watch", "pause"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    scene.runForever("'\(call.name)'")
    return .success
  }
}
