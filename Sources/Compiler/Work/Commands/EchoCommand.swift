/// echo and printf.
struct EchoCommand: CommandModel {
  let names = ["echo", "printf"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    guard call.arguments.allSatisfy(\.isKnown) else { return .success }
    var words = call.texts[...]
    if call.name == "echo" {
      while let first = words.first, ["-n", "-e", "-E", "-ne"].contains(first) {
        words = words.dropFirst()
      }
      return .printing(words.joined(separator: " "))
    }
    guard words.first == "--" ? words.count > 1 : !words.isEmpty else { return .printing("") }
    if words.first == "--" { words = words.dropFirst() }
    let format = words.removeFirst()
    if !format.contains("%") { return .printing(format) }
    let isPlain = ["%s", "%s\\n"].contains(format)
    return isPlain ? .printing(words.joined(separator: "\n")) : .success
  }
}
