import GantryModel

/// head and tail.
struct HeadCommand: CommandModel {
  let names = ["head", "tail"]

  private static let valued: Set<String> = ["-n", "--lines", "-c", "--bytes", "--pid", "-s"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    let options = CommandOptions(call.texts, valued: Self.valued)
    let follows =
      call.name == "tail"
      && (options.has("--follow", "--retry") || !options.shortLetters.isDisjoint(with: "fF"))
    if follows {
      scene.runForever("'tail -f'")
      return .success
    }
    let operands = call.arguments.filter { field in
      !field.isKnown || options.operands.contains(field.text)
    }
    let piped = operands.isEmpty ? scene.takeInput() : nil
    guard let limit = bytes(options, call) else {
      // A few lines: head stops reading, tail begins at the end of a file but reads all of a pipe.
      if call.name == "tail", let piped { scene.flush(piped) }
      return .success
    }
    guard let whole = piped ?? scene.read(operands, from: call.directory, by: call.name) else {
      return .success
    }
    return .printing(Self.part(of: whole, bytes: min(limit, whole.bytes), call.name, scene))
  }

  /// The number behind `-c`; nil where lines count.
  private func bytes(_ options: CommandOptions, _ call: CommandCall) -> Double? {
    let attached = call.texts.first { $0.hasPrefix("-c") && $0.count > 2 }?.dropFirst(2)
    guard let text = options.value("-c", "--bytes") ?? attached.map(String.init) else { return nil }
    return DdCommand.bytes(
      text.hasPrefix("+") || text.hasPrefix("-") ? String(text.dropFirst()) : text)
  }

  /// The beginning of a stream: the work before it is done for so many bytes.
  private static func part(
    of whole: ByteStream, bytes: Double, _ name: String, _ scene: Scene
  ) -> ByteStream {
    var part = whole
    part.bytes = bytes
    if whole.bytes.isFinite, whole.bytes > 0 {
      part.demands = whole.demands.map { $0.scaled(by: bytes / whole.bytes) }
    }
    part.label = whole.label == name ? name : "\(whole.label) | \(name)"
    part.demands += scene.cpu(
      .files,
      scene.reference(
        scene.value(.copyFixedCPU) + scene.value(.copyContentPerGiB) * bytes.gibibytes))
    return part
  }
}
