import GantryModel

/// wc and checksums: one pass over files, and a line for each.
struct ChecksumCommand: CommandModel {
  let names = [
    "wc", "md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "cksum", "sum",
    "b2sum", "shasum", "gpg",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let files = operands(call)
    let input = files.isEmpty ? scene.takeInput() : nil
    let read = scene.read(files, from: call.directory, by: call.name)
    guard let stream = input ?? read, stream.bytes.isFinite else {
      scene.countFree()
      return .success
    }
    scene.tally.read += scene.counted(.startReads) * Double(max(files.count, 1))
    let isCount = call.name == "wc"
    let seconds =
      isCount
      ? scene.value(.textPerGiB) * stream.bytes.gibibytes
      : scene.reference(scene.value(.sha256PerGiB) * stream.bytes.gibibytes)
    let work = scene.cpu(isCount ? .files : .hash, seconds)
    scene.flush(input == nil ? stream.adding(work) : stream.through(call.name, work))
    scene.countFree()
    return .success
  }

  /// Of gpg only what reads a file: keys and agents are small.
  private func operands(_ call: CommandCall) -> [ShellField] {
    let reads = ["--verify", "-d", "--decrypt", "-e", "--encrypt", "-s", "--sign", "-b", "-c"]
    if call.name == "gpg", !call.texts.contains(where: { reads.contains($0) }) { return [] }
    return call.arguments.filter { !$0.isKnown || !$0.text.hasPrefix("-") }
  }
}
