import GantryModel

@testable import GantryCompiler

/// The measuring machine, on which a row's command is played as a step's script is.
struct GroundTruthScene {
  let row: GroundTruthRow
  let scene: Scene
  /// Files that were removed from the file system shortly before the row.
  let removedFiles: Double

  init(_ row: GroundTruthRow, removedFiles: Double = 0) {
    self.row = row
    self.removedFiles = removedFiles
    var configuration = WorkConfiguration()
    // CPU seconds stay those of the machine; its NFS transfers were 512 KiB.
    configuration.assumptions = ["reference.factor": 1, "nfs.bigFile.transfer": 524_288]
    // The root file system of the measuring machine had no journal.
    if row.fileSystem == "ext4" { configuration.nodeFileSystem = .ext4WithoutJournal }
    let tree = SourceTree(
      files: (0..<Int(row.files)).map {
        .init(path: "d\($0 % max(1, Int(row.directories)))/f\($0)", bytes: row.fileBytes)
      }, packBytes: row.compressed > 0 ? row.compressed : row.files * row.fileBytes / 3
    ) { _ in nil }
    configuration.source = { _ in tree }
    let inMemory = !["ext4", "xfs"].contains(row.fileSystem)
    var paths = PathSpace(root: .pod("root", inMemory: inMemory))
    paths.mount(.pod("local", inMemory: true), at: "/local", subPath: nil)
    paths.mount(.claim(0), at: "/nfs", subPath: nil)
    scene = Scene(
      architecture: .amd64, localClaims: [], configuration: configuration, world: World(),
      tables: WorkTables(assumptions: configuration.assumptions), paths: paths,
      distribution: .other)
    scene.world[occupancy: .pod("root", inMemory: inMemory)].removedFiles = removedFiles
  }

  /// What the row's command does; nil when the model does not cover the row.
  func play() -> GroundTruthOutcome? {
    guard row.content != nil else { return nil }
    let known: Bool
    switch row.family {
    case "buildah", "parallel": known = playBuildah(row.operation)
    case "nfs": known = playOnNetwork()
    case "files": known = playFiles()
    default: known = false
    }
    return known ? outcome : nil
  }

  var outcome: GroundTruthOutcome {
    let phases = scene.phases
    let claim = IOTarget.claim(0)
    let calls =
      (phases.transfers(.read) { $0 == claim } + phases.transfers(.write) { $0 == claim })
      .reduce(0) { $0 + $1.operations }
    return GroundTruthOutcome(
      cpu: phases.cpu, tally: scene.tally, calls: calls, phases: phases,
      services: scene.tables.services.all,
      removedFiles: scene.world[occupancy: scene.home(of: storageVolume)].removedFiles)
  }

  private var storageVolume: VolumeID { scene.paths.place("/var/lib/containers/storage").volume }

  // MARK: Images

  var base: StoredImage {
    let share = Double(row.layers)
    var left = row.shellBytes
    let layers = (0..<row.layers).map { _ in
      let tree = Tree(
        bytes: row.size / share + left, files: row.files / share,
        directories: row.directories / share, content: row.content ?? .mixed)
      left = 0
      let compressed = row.compressed > 0 ? row.compressed / share : tree.tarBytes / 2.59
      return StoredImage.Layer(tree: tree, compressed: compressed)
    }
    return StoredImage(layers: layers, architecture: .amd64, distribution: .other)
  }

  /// The base and what the instructions added: one layer, or one each with `--layers`.
  var built: StoredImage {
    var image = base
    let layers = row.commitsEach ? row.instructions : 1
    let share = Double(row.instructions) / Double(max(1, layers))
    for _ in 0..<max(1, layers) where row.instructions > 0 {
      let delta = Tree(
        bytes: row.deltaBytes * share, files: row.deltaFiles * share, directories: share,
        content: row.content ?? .mixed)
      let ratio = Figure.compression(delta.content).value
      image.layers.append(.init(tree: delta, compressed: delta.tarBytes / ratio))
    }
    return image
  }

  // MARK: Playing

  /// Plays a script; `isCounted` false leaves only what it did.
  func run(_ script: String, isCounted: Bool = true) {
    var shell = ShellInterpreter(
      scene: scene, registry: .standard,
      environment: ["STORAGE_DRIVER": row.isVfs ? "vfs" : "overlay", "TMPDIR": "/var/tmp"],
      directory: "/")
    _ = shell.run(script: script)
    if !isCounted { scene.forget() }
  }

  /// Puts an image into a storage folder as an earlier command would have.
  func store(
    _ image: StoredImage, as name: String, in folder: String = "/var/lib/containers/storage"
  ) {
    let place = scene.paths.place(folder)
    scene.world[store: place].images[name] = image
    let tree = row.isVfs ? image.copiedByVfs + image.tree : image.tree
    _ = scene.world[occupancy: scene.home(of: place.volume)].add(tree.bytes, above: 0)
  }
}

/// What the model says of a row.
struct GroundTruthOutcome {
  var cpu: Double
  var tally: WorkTally
  var calls: Double
  var phases: [Phase]
  var services: [ExternalService]
  var removedFiles: Double
}

extension GroundTruthRow {
  /// The length of one file of the tree.
  var fileBytes: Double { fileSize > 0 ? fileSize : files > 0 ? size / files : 0 }
}
