import GantryModel

/// pip install.
struct PipCommand: CommandModel {
  let names = ["pip", "pip3"]

  private static let valued: Set<String> = [
    "-r", "--requirement", "-i", "--index-url", "-t", "--target", "--prefix", "-c",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: Self.valued)
    guard options.operands.first == "install" else {
      scene.countFree()
      return .success
    }
    var packages = Double(options.operands.count - 1)
    for file in options.values("-r", "--requirement") {
      let place = scene.paths.place(file, from: call.directory)
      let lines = scene.text(at: place)?.split(whereSeparator: \.isNewline)
        .filter { !$0.hasPrefix("#") && !$0.hasPrefix("-") }
      packages += lines.map { Double($0.count) } ?? 10
    }
    guard packages > 0 else { return .success }
    let bytes = packages * scene.value(.pipBytes)
    var demands = scene.download(
      "pypi.org", bytes: bytes / 3, requests: packages * 2, connections: 1)
    let tree = Tree(
      bytes: bytes, files: packages * scene.value(.pipFiles), directories: packages * 12)
    demands += scene.write(
      tree, to: Place(volume: scene.paths.root, path: "usr/lib/python3"), calls: .untarCalls)
    scene.emit(
      "pip install: \(Int(packages)) packages", kind: .python,
      cpu: packages * scene.value(.pipCPU), demands)
    return .success
  }
}
