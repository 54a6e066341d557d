import GantryModel

/// tar: packing and unpacking files.
struct TarCommand: CommandModel {
  let names = ["tar", "unzip", "zip", "bsdtar"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let isZip = call.name != "tar" && call.name != "bsdtar"
    var texts = call.texts
    // The old style has no dash: tar xzf FILE.
    if !isZip, let first = texts.first, !first.hasPrefix("-") { texts[0] = "-" + first }
    let line = Line(texts, name: call.name)
    let folder =
      line.folder.map { $0.hasPrefix("/") ? $0 : call.directory + "/" + $0 }
      ?? call.directory
    let archive = line.file.map { scene.paths.place($0, from: call.directory) }
    if line.creates || call.name == "zip" {
      let size = pack(line, from: folder, to: archive, scene)
      guard archive == nil else { return .success }
      return .printing(ByteStream(bytes: size, content: .packed, label: call.name))
    }
    if line.extracts || (call.name == "unzip" && !line.lists) {
      unpack(line, archive, to: scene.paths.place(".", from: folder), scene)
      return .success
    }
    scene.countFree()
    // The names in a tar archive lie all over it; those of a zip at its end.
    if let file = line.file, call.name != "unzip",
      let read = scene.read([ShellField(text: file)], from: call.directory, by: "tar: list")
    {
      scene.flush(read)
    }
    return .success
  }

  /// The parts of tar's command line.
  private struct Line {
    var creates = false
    var extracts = false
    /// `unzip -l`.
    var lists = false
    var isCompressed = false
    var file: String?
    var folder: String?
    var members: [String] = []

    init(_ arguments: [String], name: String) {
      var rest = arguments[...]
      isCompressed = name == "zip"
      while let argument = rest.popFirst() {
        switch argument {
        case "--create": creates = true
        case "--extract": extracts = true
        case "--gzip", "--xz", "--zstd": isCompressed = true
        case "--file": file = rest.popFirst()
        case "-C", "--directory", "-d": folder = rest.popFirst()
        case _ where argument.hasPrefix("--"): break
        case _ where argument.hasPrefix("-") && argument.count > 1:
          letters(argument.dropFirst(), &rest)
        default: members.append(argument)
        }
      }
      if name == "unzip" || name == "zip" { file = members.isEmpty ? nil : members.removeFirst() }
    }

    private mutating func letters(_ letters: Substring, _ rest: inout ArraySlice<String>) {
      for letter in letters {
        switch letter {
        case "c": creates = true
        case "x": extracts = true
        case "z", "J", "j": isCompressed = true
        case "f": file = rest.popFirst()
        case "C": folder = rest.popFirst()
        case "l", "Z": lists = true
        default: break
        }
      }
      if file == "-" { file = nil }
    }
  }

  /// Packs and gives the archive's length.
  private func pack(
    _ line: Line, from folder: String, to archive: Place?, _ scene: Scene
  ) -> Double {
    var tree = Tree()
    var demands: [Demand] = []
    for member in line.members {
      let place = scene.paths.place(member, from: folder)
      let part = scene.contents(of: place)
      demands += scene.smallFiles(.read, place.volume, part, calls: .readCalls)
      tree = tree + part
    }
    let cpu = scene.value(.copyCPU) * tree.files / 1000
    var size = tree.tarBytes
    if line.isCompressed {
      scene.emit(
        "tar: compress", kind: .compress,
        cpu: scene.reference(scene.value(.gzipPerGiB) * size.gibibytes))
      scene.tally.pass(size)
      size /= scene.value(.compression(tree.content))
    }
    if let archive {
      demands += scene.bigFile(.write, archive.volume, size)
      scene.world[archive.volume].put(
        .packed(tree, bytes: size, scene.pendingAssumptions), at: archive.path)
    }
    scene.emit("tar: pack", kind: .files, cpu: scene.reference(cpu), demands)
    return size
  }

  private func unpack(_ line: Line, _ archive: Place?, to place: Place, _ scene: Scene) {
    let packed = archive.flatMap { scene.world[$0.volume].entry(at: $0.path) }
    let input = archive == nil ? scene.takeInput() : nil
    var demands = input?.demands ?? []
    var size = input.flatMap { $0.bytes.isFinite ? $0.bytes : nil } ?? scene.value(.downloadBytes)
    let tree: Tree
    if case .packed(let known, let bytes, let assumptions) = packed {
      scene.rest(on: assumptions)
      (tree, size) = (known, bytes)
    } else {
      if let archive { size = scene.contents(of: archive).bytes }
      let bytes = size * scene.value(.compression(.mixed))
      // One file for every 20 kB, as in measured images.
      tree = Tree(bytes: bytes, files: (bytes / 20_000).rounded(.up), directories: 10)
    }
    if let archive { demands += scene.bigFile(.read, archive.volume, size) }
    if size < tree.tarBytes {
      scene.tally.pass(tree.tarBytes)
      scene.emit(
        "tar: decompress", kind: .decompress,
        cpu: scene.reference(scene.value(.gunzipPerGiB) * tree.tarBytes.gibibytes))
    }
    demands += scene.write(tree, to: place, calls: .untarCalls)
    scene.emit(
      "tar: unpack", kind: .files,
      cpu: scene.reference(scene.value(.untarPerKiloFile) * tree.files / 1000), demands)
  }
}
