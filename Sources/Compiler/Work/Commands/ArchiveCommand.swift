import GantryModel

/// gzip, xz, sha256sum: one pass over a file.
struct ArchiveCommand: CommandModel {
  let names = ["gzip", "gunzip", "zcat", "xz", "unxz", "bzip2", "zstd", "sha256sum", "sha512sum"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: [])
    let isUnpacking =
      ["gunzip", "zcat", "unxz"].contains(call.name) || options.shortLetters.contains("d")
    for path in options.operands {
      let place = scene.paths.place(path, from: call.directory)
      guard let known = scene.known(at: place) else { continue }
      scene.rest(on: known.assumptions)
      let size = known.tree.bytes
      var demands = scene.bigFile(.read, place.volume, size)
      var rate = Figure.sha256PerGiB
      var kind = WorkKind.hash
      // Rates are per byte that is not compressed.
      var plain = size
      if !call.name.hasPrefix("sha") {
        kind = isUnpacking ? .decompress : .compress
        rate = !isUnpacking ? .gzipPerGiB : call.name.contains("xz") ? .unxzPerGiB : .gunzipPerGiB
        let content = isUnpacking ? .mixed : known.tree.content
        let ratio = scene.value(.compression(content))
        if isUnpacking { plain = size * ratio }
        demands += scene.bigFile(.write, place.volume, isUnpacking ? plain : size / ratio)
      }
      scene.tally.read += scene.counted(.startReads)
      scene.emit(
        call.name, kind: kind, cpu: scene.reference(scene.value(rate) * plain.gibibytes), demands)
    }
    scene.countFree()
    return .success
  }
}
