import GantryModel

/// oc and kubectl: calls of the API server are quick; what waits or copies is a named guess.
struct ClusterCommand: CommandModel {
  let names = ["oc", "kubectl"]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    let words = call.texts.filter { !$0.hasPrefix("-") }
    let flags = Set(call.texts.filter { $0.hasPrefix("-") })
    let verb = words.first ?? ""
    let follows = !flags.isDisjoint(with: ["-f", "--follow", "--follow=true", "-F"])
    let watches = !flags.isDisjoint(with: ["-w", "--watch", "--watch=true", "--watch-only"])
    switch verb {
    case "port-forward", "proxy": scene.runForever("'\(call.name) \(verb)'")
    case "get" where watches: scene.runForever("'\(call.name) get --watch'")
    case _ where Self.waits(words, follows || flags.contains("--wait")):
      scene.emit(
        "\(call.name) \(verb): waiting", [.fixed(seconds: scene.value(.clusterWait))])
    case "cp", "rsync": copy(words.dropFirst(), call, scene)
    case "image" where ["mirror", "extract"].contains(words.dropFirst().first):
      let bytes = scene.value(.imageCompressed)
      scene.emit(
        "\(call.name) image",
        scene.download("an unknown server", bytes: bytes, requests: 4, connections: 1))
    default: break
    }
    return .success
  }

  /// Whether a call comes back only when something has happened in the cluster.
  private static func waits(_ words: [String], _ isAsked: Bool) -> Bool {
    switch words.first {
    case "wait": true
    case "start-build", "logs": isAsked
    case "rollout": words.dropFirst().first == "status"
    default: false
    }
  }

  /// Files to or from a pod, through the API server.
  private func copy(_ operands: ArraySlice<String>, _ call: CommandCall, _ scene: Scene) {
    guard operands.count >= 2, let source = operands.first, let target = operands.last else {
      return
    }
    if source.contains(":") {
      let bytes = scene.value(.copyBytes)
      let place = scene.paths.place(target, from: call.directory)
      let written = scene.bigFile(.write, place.volume, bytes)
      scene.remember(Tree(bytes: bytes, files: 1), at: place)
      scene.emit(
        "\(call.name) cp",
        scene.download("the API server", bytes: bytes, requests: 1, connections: 1) + written)
    } else {
      let place = scene.paths.place(source, from: call.directory)
      let tree = scene.contents(of: place)
      let read = scene.smallFiles(.read, place.volume, tree, calls: .readCalls)
      scene.emit(
        "\(call.name) cp",
        read + scene.upload("the API server", bytes: tree.bytes, requests: 1, connections: 1))
    }
  }
}
