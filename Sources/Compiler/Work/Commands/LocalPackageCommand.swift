import GantryModel

/// rpm and dpkg: installing a package from a file unpacks it, all else is free.
struct LocalPackageCommand: CommandModel {
  let names = ["rpm", "dpkg"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    let options = CommandOptions(call.texts, valued: ["--root", "--dbpath", "--prefix"])
    let letters = options.shortLetters
    let isQuery = letters.contains("q") || letters.contains("e") || letters.contains("V")
    let installs =
      options.has("--install", "--upgrade", "--unpack", "--freshen", "--reinstall")
      || !letters.isDisjoint(with: call.name == "rpm" ? "iUF" : "i")
    guard installs, !isQuery || options.has("--install") else { return .success }
    for path in options.operands {
      guard !path.contains("://") else {
        download(path, call, scene)
        continue
      }
      let place = scene.paths.place(path, from: call.directory)
      let known = scene.known(at: place)
      let packed = known.map(\.tree.bytes) ?? scene.value(.packageDownload)
      scene.rest(on: known?.assumptions ?? [])
      install(packed, scene.bigFile(.read, place.volume, packed), call, scene)
    }
    return .success
  }

  private func download(_ url: String, _ call: CommandCall, _ scene: Scene) {
    let bytes = scene.value(.packageDownload)
    let host = DownloadCommand.host(of: url)
    install(
      bytes, scene.download(host, bytes: bytes, requests: 2, connections: 1), call, scene)
  }

  private func install(
    _ packed: Double, _ demands: [Demand], _ call: CommandCall, _ scene: Scene
  ) {
    let bytes = packed * scene.value(.compression(.programs))
    let place = Place(volume: scene.paths.root, path: "usr")
    let tree = Tree(
      bytes: bytes, files: scene.value(.packageFiles), directories: 8, content: .programs)
    let written = scene.write(tree, to: place, calls: .untarCalls)
    scene.emit(
      "\(call.name): install a package", kind: .packages,
      cpu: scene.value(.packageCPU) + scene.value(.packageCPUPerMB) * bytes / 1e6,
      demands + written)
  }
}
