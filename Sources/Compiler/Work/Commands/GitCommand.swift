import GantryModel

/// git: clone, fetch and submodules move bytes, all else is free.
struct GitCommand: CommandModel {
  let names = ["git"]

  private static let valued: Set<String> = [
    "-C", "-c", "-b", "--branch", "--depth", "--origin", "-o", "--reference", "-j", "--jobs",
    "--config", "--filter", "--template", "-u",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: Self.valued)
    let base = options.value("-C").map { $0.hasPrefix("/") ? $0 : call.directory + "/" + $0 }
    let directory = base ?? call.directory
    let isShallow = options.has("--depth")
    switch options.operands.first {
    case "clone" where options.operands.count > 1:
      let url = options.operands[1]
      let name = options.operands.count > 2 ? options.operands[2] : Self.folder(of: url)
      let place = scene.paths.place(name, from: directory)
      Checkout(url: url, place: place, isShallow: isShallow, label: "git clone").play(in: scene)
    case "remote" where options.operands.count > 3 && options.operands[1] == "add":
      let marker = scene.paths.place(Self.remote, from: directory)
      scene.world[marker.volume].put(.text(options.operands[3]), at: marker.path)
      scene.countFree()
    case "fetch", "pull":
      fetch(options.operands.dropFirst().first ?? "", directory, isShallow, scene)
    case "submodule" where options.operands.dropFirst().first == "update":
      submodules(directory, isShallow, scene)
    case "lfs" where ["pull", "fetch", "clone"].contains(options.operands.dropFirst().first):
      largeFiles(directory, scene)
    case "apply", "am", "merge", "cherry-pick", "stash", "worktree":
      scene.countFree()
      scene.noteUnknownWork()
    case "archive":
      scene.countFree()
      let place = scene.paths.place(".", from: directory)
      let tree = scene.contents(of: place)
      return .printing(
        ByteStream(
          bytes: tree.tarBytes, content: tree.content,
          demands: scene.smallFiles(.read, place.volume, tree, calls: .readCalls),
          label: "git archive"))
    case "status": status(directory, scene)
    default: scene.countFree()
    }
    return .success
  }

  /// Looks at every file; from memory that costs nothing worth counting.
  private func status(_ directory: String, _ scene: Scene) {
    let place = scene.paths.place(".", from: directory)
    guard scene.isNetwork(place.volume), let tree = scene.known(at: place)?.tree else {
      return scene.countFree()
    }
    scene.emit(
      "git status",
      [
        .transfer(
          .init(
            .read, scene.target(of: place.volume), bytes: 0,
            operations: scene.calls(.statusCalls, Tree(files: tree.files))))
      ])
  }

  /// Clones what `.gitmodules` names; nothing where a visible repository has none.
  private func submodules(_ directory: String, _ isShallow: Bool, _ scene: Scene) {
    let modules = scene.paths.place(".gitmodules", from: directory)
    scene.countFree()
    guard let text = scene.text(at: modules) else { return }
    func values(_ key: String) -> [String] {
      text.split(whereSeparator: \.isNewline).compactMap { line in
        let parts = line.split(separator: "=", maxSplits: 1).map {
          $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return parts.count == 2 && parts[0] == key ? parts[1] : nil
      }
    }
    for (path, url) in zip(values("path"), values("url")) {
      let place = scene.paths.place(path, from: directory)
      Checkout(url: url, place: place, isShallow: isShallow, label: "git submodule").play(
        in: scene)
    }
  }

  /// Files that Git LFS keeps elsewhere: a guess.
  private func largeFiles(_ directory: String, _ scene: Scene) {
    let bytes = scene.value(.downloadBytes)
    let place = scene.paths.place(".git/lfs", from: directory)
    let written = scene.bigFile(.write, place.volume, 2 * bytes)
    scene.remember(Tree(bytes: 2 * bytes, files: 2, content: .packed), at: place)
    scene.emit(
      "git lfs: download",
      scene.download("the LFS server", bytes: bytes, requests: 4, connections: 8) + written)
  }

  /// Where `git remote add` leaves the URL until the first fetch.
  private static let remote = ".git/gantry-remote"

  /// The first fetch of an initialised folder is a clone; later ones are free.
  private func fetch(_ source: String, _ directory: String, _ isShallow: Bool, _ scene: Scene) {
    let marker = scene.paths.place(Self.remote, from: directory)
    let place = scene.paths.place(".", from: directory)
    let isFirst = scene.world[place.volume].summary(of: place.path) == nil
    let url: String
    if let text = scene.world[marker.volume].text(at: marker.path) {
      url = text
    } else if source.contains("://"), isFirst {
      url = source
    } else {
      return scene.countFree()
    }
    scene.world[marker.volume].remove(marker.path)
    Checkout(url: url, place: place, isShallow: isShallow, label: "git fetch").play(in: scene)
  }

  /// The folder that a clone makes.
  static func folder(of url: String) -> String {
    var name = url.split(separator: "/").last.map(String.init) ?? "repository"
    if name.hasSuffix(".git") { name = String(name.dropLast(4)) }
    return name
  }
}

/// Tekton's git-init, which fetches one revision.
struct GitInitCommand: CommandModel {
  let names = ["git-init"]

  private static let valued: Set<String> = [
    "-url", "-revision", "-refspec", "-path", "-sslVerify", "-submodules", "-depth",
    "-sparseCheckoutDirectories", "-terminationMessagePath",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(
      call.texts.map { $0.hasPrefix("--") ? String($0.dropFirst()) : $0 }, valued: Self.valued)
    guard let url = options.value("-url") else {
      scene.countFree()
      return .success
    }
    let place = scene.paths.place(options.value("-path") ?? ".", from: call.directory)
    let depth = options.value("-depth") ?? "1"
    Checkout(url: url, place: place, isShallow: depth != "0", label: "git clone").play(in: scene)
    return .success
  }
}

/// A clone of a repository into a folder.
struct Checkout {
  var url: String
  var place: Place
  var isShallow: Bool
  var label: String

  /// The host of an https or ssh URL.
  static func host(of url: String) -> String {
    var rest = Substring(url)
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    if let at = rest.firstIndex(of: "@"), rest.firstIndex(of: "/").map({ at < $0 }) ?? true {
      rest = rest[rest.index(after: at)...]
    }
    let host = rest.prefix { $0 != "/" && $0 != ":" }
    return host.isEmpty ? "an unknown server" : String(host).shortened(to: 80)
  }

  /// Downloads the pack, then writes the files.
  func play(in scene: Scene) {
    let source = scene.configuration.source(url)
    let tree: Tree
    let pack: Double
    if let source {
      tree = source.summary(of: "") ?? Tree()
      pack = source.packBytes ?? tree.bytes * scene.value(.packRatio)
    } else {
      scene.tell(
        .note, "N0611",
        "gantry cannot see the files of \(url): guesses (git.repository.*) stand for them")
      tree = Tree(
        bytes: scene.value(.repositoryBytes), files: scene.value(.repositoryFiles), directories: 30)
      pack = scene.value(.repositoryPack)
    }
    receive(pack, scene)
    let metadata = Tree(bytes: pack + 30_000, files: scene.value(.gitInitFiles), directories: 12)
    let whole = tree + metadata
    let demands = scene.smallFiles(.write, place.volume, whole, calls: .cloneCalls)
    remember(source, tree, scene)
    scene.emit(
      "\(label): check out \(Int(tree.files)) files",
      cpu: scene.reference(
        scene.value(.cloneFixedCPU) + scene.value(.clonePerKiloFile) * tree.files / 1000
          + scene.value(.clonePerGiB) * tree.bytes.gibibytes), demands)
  }

  /// Fetches the pack from a server, or from a folder that git serves to itself.
  private func receive(_ pack: Double, _ scene: Scene) {
    let isLocal = url.hasPrefix("file://") || url.hasPrefix("/")
    // It goes through a pipe into index-pack, which writes it again.
    scene.tally.pass((scene.counted(.clonePackPasses) - 1) * pack)
    guard !isLocal else {
      scene.tally.read += 2 * pack
      scene.tally.written += scene.counted(.cloneServePasses) * pack
      return
    }
    scene.emit(
      "\(label): download", cpu: url.hasPrefix("git://") ? 0 : scene.value(.gitFixedCPU),
      scene.download(
        Self.host(of: url), bytes: pack, requests: scene.value(.gitRequests), connections: 1))
  }

  private func remember(_ source: SourceTree?, _ tree: Tree, _ scene: Scene) {
    if let source {
      scene.world[place.volume].put(.source(source, path: ""), at: place.path)
    } else {
      scene.world[place.volume].put(
        .opaque(tree, scene.pendingAssumptions), at: place.path)
    }
  }
}
