import GantryModel

/// uname and arch: what they print follows the architecture that commands run as.
struct UnameCommand: CommandModel {
  let names = ["uname", "arch"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    if call.name == "arch" { return .printing(scene.machine.machineName) }
    switch call.texts.first {
    case "-m", "-p", "-i", "--machine": return .printing(scene.machine.machineName)
    case "-s", nil: return .printing("Linux")
    default: return .success
    }
  }
}
