import GantryModel

/// npm, yarn and pnpm install.
struct NpmCommand: CommandModel {
  let names = ["npm", "yarn", "pnpm"]

  private static let valued: Set<String> = [
    "--prefix", "--cache", "--registry", "-w", "-C", "--cwd",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: Self.valued)
    let directory =
      options.value("--prefix", "-C", "--cwd").map {
        $0.hasPrefix("/") ? $0 : call.directory + "/" + $0
      } ?? call.directory
    switch options.operands.first {
    case "install", "ci", "i", "add", "clean-install", nil:
      if options.operands.isEmpty, call.name == "npm" {
        scene.countFree()
      } else {
        install(Array(options.operands.dropFirst()), directory, scene)
      }
    case "run", "run-script", "test", "build", "exec":
      scene.noteUnknownWork()
      let script = options.operands.prefix(2).joined(separator: " ")
      scene.emit(
        "\(call.name) \(script)", kind: .node, cpu: scene.value(.compileCPU),
        threads: scene.value(.npmThreads))
    default:
      scene.countFree()
      scene.noteUnknownWork()
    }
    return .success
  }

  private func install(_ named: [String], _ directory: String, _ scene: Scene) {
    let packages =
      named.isEmpty
      ? self.packages(directory, scene)
      : Double(named.count) * scene.value(.npmPackagesPerDependency)
    guard packages > 0 else { return scene.countFree() }
    let download = scene.download(
      "registry.npmjs.org", bytes: packages * scene.value(.npmDownload),
      requests: packages * scene.value(.npmRequests), connections: scene.value(.npmConnections))
    scene.emit(
      "npm install: \(Int(packages)) packages", kind: .node,
      cpu: scene.value(.npmFixedCPU) + scene.value(.npmPackageCPU) * packages,
      threads: scene.value(.npmThreads), download)
    let tree = Tree(
      bytes: packages * scene.value(.npmBytes), files: packages * scene.value(.npmFiles),
      directories: packages * scene.value(.npmDirectories), content: .text)
    let place = scene.paths.place("node_modules", from: directory)
    scene.world[place.volume].remove(place.path)
    // npm's own cache is written to the home folder beside the modules.
    let demands =
      scene.write(tree, to: place, calls: .untarCalls, concurrency: scene.value(.npmWriters))
      + scene.spool(scene.paths.root, packages * scene.value(.npmDownload))
    scene.emit("npm install: write node_modules", demands)
  }

  /// Packages in the lock file, else derived from package.json, else a guess.
  private func packages(_ directory: String, _ scene: Scene) -> Double {
    for name in ["package-lock.json", "npm-shrinkwrap.json"] {
      if let text = text(name, directory, scene) {
        return Double(Self.count("\"node_modules/", in: text))
      }
    }
    if let text = text("package.json", directory, scene) {
      return Double(Self.dependencies(in: text)) * scene.value(.npmPackagesPerDependency)
    }
    return scene.value(.npmPackages)
  }

  private func text(_ name: String, _ directory: String, _ scene: Scene) -> String? {
    let place = scene.paths.place(name, from: directory)
    return scene.text(at: place)
  }

  /// How often a text occurs as a key of an object (followed by a colon after its closing quote).
  static func count(_ prefix: String, in text: String) -> Int {
    text.split(whereSeparator: \.isNewline).filter { line in
      let line = line.drop { $0 == " " || $0 == "\t" }
      return line.hasPrefix(prefix) && line.contains(":")
    }.count
  }

  /// Entries of the `dependencies` and `devDependencies` objects of a package.json.
  static func dependencies(in text: String) -> Int {
    var count = 0
    for key in ["\"dependencies\"", "\"devDependencies\""] {
      guard let range = Substring(text).firstRange(of: key) else { continue }
      let inside = text[range.upperBound...].drop { $0 != "{" }.prefix { $0 != "}" }
      count += inside.filter { $0 == ":" }.count
    }
    return count
  }
}
