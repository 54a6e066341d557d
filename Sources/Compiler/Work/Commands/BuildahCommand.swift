import GantryModel

/// buildah, and what podman and docker do alike.
struct BuildahCommand: CommandModel {
  let names = ["buildah", "podman", "docker"]

  private static let valued: Set<String> = [
    "-t", "--tag", "-f", "--file", "--storage-driver", "--root", "--runroot", "--platform",
    "--arch", "--os", "--variant", "--build-arg", "--target", "--isolation", "--manifest",
    "--authfile", "--format", "--jobs", "--label", "--annotation", "-v", "--volume", "--cap-add",
    "--security-opt", "--creds", "--cert-dir", "--digestfile", "--compression-format",
    "--compression-level", "--iidfile", "--network", "--secret", "--ssh", "--cache-from",
    "--cache-to", "--name", "--env", "-e", "--storage-opt", "--log-level", "--registries-conf",
    "--build-context", "--timestamp", "--ulimit", "-u", "--user", "-p", "--password", "--author",
    "--cmd", "--entrypoint", "--port", "--workingdir", "--shm-size", "--memory", "--add-host",
    "--retry", "--retry-delay", "--username", "-w", "--workdir", "--ignorefile",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: Self.valued)
    let work = Work(
      call: call, options: options, scene: scene,
      storage: ContainerStorage(options: options, call: call, scene: scene))
    let operands = options.operands
    switch operands.first {
    case "bud", "build", "build-using-dockerfile": return work.build(Array(operands.dropFirst()))
    case "push": return work.push(Array(operands.dropFirst()))
    case "pull": return work.pull(Array(operands.dropFirst()))
    case "load":
      return work.pull(options.value("-i", "--input").map { ["docker-archive:" + $0] } ?? [])
    case "manifest": return work.manifest(Array(operands.dropFirst()))
    case "tag": return work.tag(Array(operands.dropFirst()))
    case "from": return work.from(operands.dropFirst().first ?? "scratch")
    case "run": return work.run(Array(operands.dropFirst()))
    case "copy", "add": return work.copy(Array(operands.dropFirst()))
    case "commit": return work.commit(Array(operands.dropFirst()))
    case "rm", "delete": return work.removeContainers(Array(operands.dropFirst()))
    case "rmi": return work.removeImages(Array(operands.dropFirst()))
    case "unshare": return work.unshare(Array(operands.dropFirst()))
    case "config", "login", "logout", "images", "inspect", "info", "version", "ps",
      "containers", "umount", "mount", "logs", "system", "prune", nil:
      scene.countFree()
      return .success
    case let other?:
      scene.tell(.note, "N0607", "gantry does not know '\(call.name) \(other)': taken as free")
      scene.countFree()
      return .success
    }
  }

  /// One call: the parts of the command line, and where it works.
  struct Work {
    let call: CommandCall
    let options: CommandOptions
    let scene: Scene
    let storage: ContainerStorage

    var tool: String { call.name }

    func place(_ path: String) -> Place { scene.paths.place(path, from: call.directory) }

    /// The architectures of `--platform` and `--arch`, or the machine's own.
    var architectures: [Machine] {
      let variant = options.value("--variant").map { "/" + $0 } ?? ""
      var wanted = options.values("--platform").map { ($0, Machine(platform: $0)) }
      wanted += options.values("--arch").map { ($0, Machine(platform: $0 + variant)) }
      for (name, architecture) in wanted where architecture == nil {
        scene.tell(.warning, "W0608", "'\(name)' is no architecture of images: left out")
      }
      let known = wanted.compactMap(\.1)
      return wanted.isEmpty ? [scene.machine] : known
    }

    /// An image that a command names, with or without transport and registry.
    func stored(_ name: String) -> StoredImage? {
      let store = scene.world[store: storage.place]
      let bare = Self.bare(name)
      return store.images[bare] ?? store.images["localhost/" + bare]
        ?? store.images["\(ImageReference(bare).text) \(scene.machine.name)"]
    }

    /// A name without `containers-storage:` and `:latest`.
    static func bare(_ name: String) -> String {
      var name = name
      if name.hasPrefix("containers-storage:") { name = String(name.dropFirst(19)) }
      if name.hasSuffix(":latest") { name = String(name.dropLast(7)) }
      return name
    }

    func store(_ image: StoredImage, as name: String) {
      scene.world[store: storage.place].images[Self.bare(name)] = image
    }

    /// An image that no earlier command made: a named guess.
    func guessed(_ name: String, why: String) -> StoredImage {
      scene.tell(.warning, "W0606", why)
      let unknown = scene.tables.images.layers(
        of: "unknown-registry.invalid/image", for: scene.machine,
        assumptions: &scene.tables.assumptions)
      return unknown
        ?? StoredImage(layers: [], architecture: scene.machine, distribution: .other)
    }
  }
}
