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
      let rate: Figure
      if call.name.hasPrefix("sha") {
        rate = .sha256PerGiB
      } else {
        rate = isUnpacking ? .gunzipPerGiB : .gzipPerGiB
        let ratio = scene.value(.compression(.mixed))
        demands += scene.bigFile(.write, place.volume, isUnpacking ? size * ratio : size / ratio)
      }
      scene.emit(
        call.name, kind: .archive, cpu: scene.reference(scene.value(rate) * size.gibibytes), demands
      )
    }
    scene.countFree()
    return .success
  }
}
