import GantryModel

/// gzip, xz, bzip2, zstd: one pass over a file or a pipe.
struct ArchiveCommand: CommandModel {
  let names = [
    "gzip", "gunzip", "zcat", "xz", "unxz", "xzcat", "bzip2", "bunzip2", "bzcat", "zstd", "unzstd",
    "zstdcat", "lz4", "pigz",
  ]

  private static let unpackers: Set<String> = [
    "gunzip", "zcat", "unxz", "xzcat", "bunzip2", "bzcat", "unzstd", "zstdcat",
  ]
  private static let endings = [
    "gzip": ".gz", "pigz": ".gz", "xz": ".xz", "bzip2": ".bz2", "zstd": ".zst", "lz4": ".lz4",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: ["-o"])
    let isUnpacking =
      Self.unpackers.contains(call.name) || options.has("--decompress", "--uncompress")
      || options.shortLetters.contains("d")
    let isPrinting =
      call.name.hasSuffix("cat") || options.has("--stdout", "--to-stdout")
      || options.shortLetters.contains("c")
    let files = call.arguments.filter {
      !$0.isKnown || (options.operands.contains($0.text) && $0.text != "-")
    }
    scene.countFree()
    guard !files.isEmpty else {
      guard let input = scene.takeInput(), input.bytes.isFinite else { return .success }
      let packed = pass(input, isUnpacking: isUnpacking, call, scene)
      return .printing(packed)
    }
    var printed: ByteStream?
    for file in files {
      guard let read = scene.read([file], from: call.directory, by: call.name) else { continue }
      scene.tally.read += scene.counted(.startReads)
      let packed = pass(read, isUnpacking: isUnpacking, call, scene)
      if isPrinting {
        printed = ShellInterpreter.joined(printed, packed)
      } else {
        store(packed, from: file.text, isUnpacking: isUnpacking, options, call, scene)
      }
    }
    return .printing(printed)
  }

  /// Rates are per byte that is not compressed.
  private func pass(
    _ stream: ByteStream, isUnpacking: Bool, _ call: CommandCall, _ scene: Scene
  ) -> ByteStream {
    let content = isUnpacking ? .mixed : stream.content
    let ratio = scene.value(.compression(content))
    let plain = isUnpacking ? stream.bytes * ratio : stream.bytes
    let rate: Figure =
      !isUnpacking ? .gzipPerGiB : call.name.contains("xz") ? .unxzPerGiB : .gunzipPerGiB
    let work = scene.cpu(
      isUnpacking ? .decompress : .compress,
      scene.reference(scene.value(rate) * plain.gibibytes))
    var next =
      stream.label == call.name ? stream.adding(work) : stream.through(call.name, work)
    next.bytes = isUnpacking ? plain : stream.bytes / ratio
    next.content = isUnpacking ? .mixed : .packed
    return next
  }

  /// The file is replaced by the other, unless it is kept.
  private func store(
    _ stream: ByteStream, from path: String, isUnpacking: Bool, _ options: CommandOptions,
    _ call: CommandCall, _ scene: Scene
  ) {
    let from = scene.paths.place(path, from: call.directory)
    var name = path + (Self.endings[call.name] ?? ".out")
    if isUnpacking { name = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path + ".out" }
    if let given = options.value("-o") { name = given }
    let to = scene.paths.place(name, from: call.directory)
    scene.world[to.volume].remove(to.path)
    let demands = stream.demands + scene.bigFile(.write, to.volume, stream.bytes)
    scene.remember(Tree(bytes: stream.bytes, files: 1, content: stream.content), at: to)
    scene.emit(call.name, demands)
    let keeps =
      ["zstd", "lz4"].contains(call.name) || options.has("--keep")
      || options.shortLetters.contains("k")
    if !keeps { scene.world[from.volume].remove(from.path) }
  }
}
