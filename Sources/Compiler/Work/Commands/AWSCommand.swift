import GantryModel

/// aws s3 cp, mv, sync and rm; other aws commands are a start of the tool.
struct AWSCommand: CommandModel {
  let names = ["aws"]

  private static let valued: Set<String> = [
    "--region", "--profile", "--endpoint-url", "--output", "--query", "--exclude", "--include",
    "--acl", "--storage-class", "--sse", "--sse-kms-key-id", "--content-type", "--cache-control",
    "--metadata", "--expected-size", "--ca-bundle", "--cli-read-timeout", "--cli-connect-timeout",
    "--grants", "--body", "--bucket", "--key",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: Self.valued)
    var words = options.operands
    scene.emit(
      "aws: start", kind: .python, cpu: scene.reference(scene.value(.awsStart)))
    guard words.count >= 3, words.removeFirst() == "s3" else { return .success }
    let action = words.removeFirst()
    let work = Work(
      scene: scene, call: call, action: action,
      host: ServicePlaces.objectHost(
        region: options.value("--region") ?? scene.tables.services.places.region),
      isRecursive: options.isSet("--recursive") || action == "sync")
    switch action {
    case "cp", "mv", "sync":
      if words.count >= 2 { work.copy(words[0], to: words[1]) }
    case "rm":
      work.remove(words[0])
    default:
      scene.emit("aws s3 \(action)", work.requests(.read, 1, bytes: 0))
    }
    return .success
  }
}

extension AWSCommand {
  /// One invocation at work.
  struct Work {
    let scene: Scene
    let call: CommandCall
    let action: String
    let host: String
    let isRecursive: Bool

    private enum End {
      case object(Place)
      case file(Place)
      /// Standard input or output.
      case stream
    }

    func copy(_ source: String, to target: String) {
      let from = end(source)
      let tree = size(of: from)
      let to = named(end(target), as: target, like: source)
      var demands: [Demand] = []
      switch (from, to) {
      case (.object, .object): demands = objects(.write, tree, bytes: 0)
      case (.object, _): demands = objects(.read, tree, bytes: tree.bytes)
      case (_, .object): demands = objects(.write, tree, bytes: tree.bytes)
      default: return
      }
      if case .file(let place) = from { demands += files(.read, place.volume, tree) }
      if case .file(let place) = to { demands += files(.write, place.volume, tree) }
      pass(from, tree, to: to)
      scene.emit(
        "aws s3 \(action) \(isUpload(to) ? "to" : "from") S3", kind: .python,
        cpu: scene.reference(scene.value(.awsPerGiB) * tree.bytes.gibibytes), threads: 2, demands)
      if action == "mv" { delete(from, tree) }
    }

    func remove(_ name: String) {
      let target = end(name)
      delete(target, size(of: target))
    }

    /// Requests to S3, with so many bytes.
    func requests(
      _ direction: IODirection, _ count: Double, bytes: Double, connections: Double = 1
    ) -> [Demand] {
      direction == .read
        ? scene.download(host, bytes: bytes, requests: count, connections: connections)
        : scene.upload(host, bytes: bytes, requests: count, connections: connections)
    }

    private func isUpload(_ end: End) -> Bool { if case .object = end { true } else { false } }

    private func end(_ name: String) -> End {
      if name == "-" { return .stream }
      guard name.hasPrefix("s3://") else {
        return .file(scene.paths.place(name, from: call.directory))
      }
      let rest = name.dropFirst(5)
      let bucket = rest.prefix { $0 != "/" }
      return .object(
        Place(
          volume: .bucket(String(bucket)),
          path: PathSpace.normalized(String(rest.dropFirst(bucket.count)))))
    }

    /// A folder as target of one file gets the file's name.
    private func named(_ end: End, as target: String, like source: String) -> End {
      guard !isRecursive, target.hasSuffix("/") || target == "." || isBucket(target) else {
        return end
      }
      let name = source.split(separator: "/").last.map(String.init) ?? "object"
      func inside(_ place: Place) -> Place {
        Place(volume: place.volume, path: PathSpace.joined(place.path, name))
      }
      switch end {
      case .object(let place): return .object(inside(place))
      case .file(let place): return .file(inside(place))
      case .stream: return end
      }
    }

    private func isBucket(_ target: String) -> Bool {
      target.hasPrefix("s3://") && !target.dropFirst(5).contains("/")
    }

    private func size(of end: End) -> Tree {
      var tree: Tree
      switch end {
      case .object(let place), .file(let place): tree = scene.contents(of: place)
      case .stream:
        let bytes = call.input.map { Double($0.utf8.count) } ?? scene.value(.copyBytes)
        tree = Tree(bytes: bytes, files: 1)
      }
      if !isRecursive { tree.files = 1 }
      return tree
    }

    /// Objects of a tree: whole ones, or in parts once they are larger than one.
    private func objects(_ direction: IODirection, _ tree: Tree, bytes: Double) -> [Demand] {
      let count = max(tree.files, 1)
      let part = scene.value(.s3Part)
      let mean = tree.bytes / count
      let parts = mean < part ? 1 : (mean / part).rounded(.up)
      // An upload in parts is begun and completed; a download asks for the size first.
      let each = direction == .write ? (parts > 1 ? parts + 2 : 1) : parts + 1
      let lists = isRecursive ? (count / 1000).rounded(.up) : 0
      return requests(
        direction, each * count + lists, bytes: bytes,
        connections: min(parts * count, scene.value(.s3Concurrency)))
    }

    private func files(_ direction: IODirection, _ volume: VolumeID, _ tree: Tree) -> [Demand] {
      if tree.files <= 1 { return scene.bigFile(direction, volume, tree.bytes) }
      return scene.smallFiles(
        direction, volume, tree, calls: direction == .read ? .readCalls : .copyInCalls,
        concurrency: scene.value(.s3Concurrency))
    }

    /// What lay at the source lies at the target now.
    private func pass(_ from: End, _ tree: Tree, to: End) {
      let target: Place
      switch to {
      case .object(let place), .file(let place): target = place
      case .stream: return
      }
      switch from {
      case .object(let place), .file(let place):
        if let entry = scene.entry(at: place) {
          scene.world[target.volume].put(entry, at: target.path)
          return
        }
      case .stream: break
      }
      scene.remember(tree, at: target)
    }

    private func delete(_ end: End, _ tree: Tree) {
      switch end {
      case .object(let place):
        scene.emit("aws s3: delete", requests(.write, max(tree.files, 1), bytes: 0))
        scene.world[place.volume].remove(place.path)
      case .file(let place):
        scene.world[place.volume].remove(place.path)
      case .stream: break
      }
    }
  }
}

extension VolumeID {
  /// What a bucket of S3 holds, as far as the run has put it there.
  static func bucket(_ name: String) -> VolumeID { .outside("s3://" + name) }

  /// Whether what lies there is still there when the pod is gone.
  var outlivesPod: Bool {
    if case .outside(let name) = self, name.hasPrefix("s3://") { return true }
    return isClaim
  }
}
