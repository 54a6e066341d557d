import GantryModel

/// The package managers of distributions.
struct PackageCommand: CommandModel {
  let names = ["dnf", "yum", "microdnf", "tdnf", "apt-get", "apt", "apk"]

  private static let valued: Set<String> = [
    "--setopt", "--enablerepo", "--disablerepo", "--repo", "-o", "-t", "--virtual", "--repository",
    "-X", "--installroot", "--releasever", "-c",
  ]
  /// Where the metadata and packages lie until `clean`.
  private static let cache = "var/cache/packages"

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: Self.valued)
    let operands = Array(options.operands.dropFirst())
    let cache = Place(volume: scene.paths.root, path: Self.cache)
    switch options.operands.first {
    case "install", "add", "groupinstall", "reinstall":
      if !call.name.hasPrefix("apt") { refresh(cache, call, scene) }
      install(operands, call, scene)
      if call.name == "apk", options.isSet("--no-cache") { clean(scene) }
    case "update", "upgrade", "dist-upgrade", "full-upgrade", "distro-sync":
      if call.name.hasPrefix("apt"), options.operands.first == "update" {
        refresh(cache, call, scene)
      } else {
        if !call.name.hasPrefix("apt") { refresh(cache, call, scene) }
        update(operands, call, scene)
      }
    case "makecache", "check-update": refresh(cache, call, scene)
    case "clean", "autoclean": clean(scene)
    default: scene.countFree()
    }
    return .success
  }

  private func clean(_ scene: Scene) {
    scene.countFree()
    scene.world[scene.paths.root].remove(Self.cache)
  }

  /// Downloads and indexes repository metadata, once until it is cleaned.
  private func refresh(_ cache: Place, _ call: CommandCall, _ scene: Scene) {
    let metadata = PackageCatalog.metadata(scene.distribution)
    let path = Self.cache + "/metadata"
    guard scene.world[cache.volume].summary(of: path) == nil else { return }
    let figure = Figure.estimate(
      "package.metadata.\(scene.distribution.rawValue)", metadata.megabytes * 1e6, "bytes",
      "repository metadata that \(call.name) downloads (\(scene.distribution.rawValue))",
      source: "what dnf, microdnf, apt-get and apk usually show, 2026-11; not measured")
    let bytes = scene.value(figure)
    var demands = scene.download(
      metadata.host, bytes: bytes, requests: 12, connections: scene.value(.packageConnections))
    demands += scene.write(
      Tree(bytes: bytes * 2, files: 30, directories: 6, content: .packed),
      to: Place(volume: cache.volume, path: path), calls: .copyInCalls)
    scene.emit(
      "\(call.name): repository metadata", kind: .packages,
      cpu: scene.value(.packageManagerCPU) + scene.value(.metadataCPUPerMB) * bytes / 1e6, demands)
  }

  private func install(_ packages: [String], _ call: CommandCall, _ scene: Scene) {
    var download = 0.0
    var tree = Tree(content: .programs)
    var count = 0.0
    for name in packages {
      let size = size(name, scene)
      download += size.download
      tree.bytes += size.installed
      tree.files += size.files
      count += size.packages
    }
    tree.directories = (tree.files / 8).rounded()
    // Installing a JDK runs Java and many scripts.
    let isHeavy = packages.contains { $0.contains("jdk") || $0.contains("java") }
    apply(
      "install \(packages.prefix(3).joined(separator: " "))", download, tree, count, call, scene,
      kind: isHeavy ? .heavyPackages : .packages)
  }

  private func size(_ name: String, _ scene: Scene) -> PackageCatalog.Size {
    guard var size = PackageCatalog.size(name) else {
      return PackageCatalog.Size(
        scene.value(.packageDownload) / 1e6, scene.value(.packageBytes) / 1e6,
        files: scene.value(.packageFiles), packages: 1)
    }
    let figure = Figure.estimate(
      "package.\(name).download", size.download, "bytes",
      "download of the package \(name) with what it brings along",
      source: "what package managers usually show, 2026-11; not measured")
    let value = scene.value(figure)
    size.installed *= value / size.download
    size.download = value
    return size
  }

  private func update(_ packages: [String], _ call: CommandCall, _ scene: Scene) {
    let download = scene.value(.packageUpdate)
    let tree = Tree(bytes: download * 3, files: 400, directories: 50, content: .programs)
    apply("update", download, tree, 12, call, scene)
  }

  private func apply(
    _ what: String, _ download: Double, _ tree: Tree, _ count: Double, _ call: CommandCall,
    _ scene: Scene, kind: WorkKind = .packages
  ) {
    let host = PackageCatalog.metadata(scene.distribution).host
    scene.emit(
      "\(call.name): download for \(what)",
      scene.download(
        host, bytes: download, requests: count, connections: scene.value(.packageConnections)))
    let cpu =
      scene.value(.packageManagerCPU) + scene.value(.packageCPU) * count
      + scene.value(.packageCPUPerMB) * tree.bytes / 1e6
    let demands = scene.write(
      tree, to: Place(volume: scene.paths.root, path: "usr"), calls: .untarCalls)
    scene.emit("\(call.name): \(what)", kind: kind, cpu: cpu, demands)
  }
}
