import GantryModel

/// cat and others that print all of what they read.
struct CatCommand: CommandModel {
  let names = ["cat", "tac", "rev", "nl", "fold", "expand", "unexpand", "pv", "base64", "iconv"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    let files = call.arguments.filter { !$0.text.hasPrefix("-") || $0.text == "-" }
    let named = files.filter { $0.text != "-" || !$0.isKnown }
    let own = scene.read(named, from: call.directory, by: call.name)
    let piped = named.count < files.count || files.isEmpty ? scene.takeInput() : nil
    guard var stream = ShellInterpreter.joined(piped, own) else {
      return CommandResult(succeeded: nil, output: text(named, call, scene))
    }
    if own != nil, piped == nil { stream.label = call.name }
    let cpu = scene.cpu(
      .files,
      scene.reference(
        scene.value(.copyFixedCPU) + scene.value(.copyContentPerGiB) * stream.bytes.gibibytes))
    return .printing(own == nil ? stream.through(call.name, cpu) : stream.adding(cpu))
  }

  private func text(_ files: [ShellField], _ call: CommandCall, _ scene: Scene) -> String? {
    guard !files.isEmpty else { return call.input }
    let texts = files.map { file in
      file.isKnown ? scene.text(at: scene.paths.place(file.text, from: call.directory)) : nil
    }
    let known = texts.compactMap(\.self)
    return known.count == texts.count ? known.joined(separator: "\n") : nil
  }
}
