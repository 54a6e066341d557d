import GantryModel

/// mvn and its wrapper.
struct MavenCommand: CommandModel {
  let names = ["mvn", "mvnw"]

  private static let valued: Set<String> = [
    "-s", "--settings", "-f", "--file", "-P", "-pl", "-T", "-gs", "--threads", "-l",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let options = CommandOptions(call.texts, valued: Self.valued)
    scene.noteUnknownWork()
    scene.emit(
      "mvn: start", kind: .java, cpu: scene.value(.mavenStartCPU),
      threads: scene.value(.mavenThreads))
    let repository = repository(options, call, scene)
    let isWarm = scene.world[repository.volume].summary(of: repository.path) != nil
    if !isWarm, !options.isSet("-o", "--offline") { fill(repository, scene) }
    let goals = Set(options.operands)
    let builds: Set<String> = ["package", "install", "verify", "deploy", "compile", "test"]
    guard !builds.isDisjoint(with: goals) else { return .success }
    scene.emit(
      "mvn: compile and package", kind: .java, cpu: scene.value(.mavenPackageCPU),
      threads: scene.value(.mavenThreads))
    let skips = options.isSet("-DskipTests", "-Dmaven.test.skip") || goals == ["compile"]
    if !skips {
      scene.emit(
        "mvn: tests", kind: .java, cpu: scene.value(.mavenTestCPU),
        threads: scene.value(.mavenThreads))
    }
    target(options, call, scene)
    return .success
  }

  private func repository(_ options: CommandOptions, _ call: CommandCall, _ scene: Scene) -> Place {
    let home = call.variables["HOME"] ?? "/root"
    let path = options.value("-Dmaven.repo.local") ?? home + "/.m2/repository"
    return scene.paths.place(path, from: call.directory)
  }

  private func fill(_ place: Place, _ scene: Scene) {
    let artifacts = scene.value(.mavenArtifacts)
    let bytes = scene.value(.mavenBytes)
    var demands = scene.download(
      "repo.maven.apache.org", bytes: bytes,
      requests: artifacts * scene.value(.mavenRequests),
      connections: scene.value(.mavenConnections))
    demands += scene.write(
      Tree(bytes: bytes, files: artifacts * 3, directories: artifacts, content: .packed),
      to: place, calls: .copyInCalls, concurrency: scene.value(.mavenConnections))
    scene.emit("mvn: download \(Int(artifacts)) artifacts", demands)
  }

  private func target(_ options: CommandOptions, _ call: CommandCall, _ scene: Scene) {
    var folder = call.directory
    if let file = options.value("-f", "--file") {
      let path =
        file.hasSuffix(".xml") ? file.split(separator: "/").dropLast().joined(separator: "/") : file
      folder = path.hasPrefix("/") ? path : folder + "/" + path
    }
    let place = scene.paths.place("target", from: folder)
    scene.world[place.volume].remove(place.path)
    let bytes = scene.value(.mavenTarget)
    let files = scene.value(.mavenTargetFiles)
    var demands: [Demand] = []
    for part in layout(folder, scene) {
      let tree = Tree(
        bytes: bytes * part.bytes, files: (files * part.files).rounded(), directories: 8,
        content: .packed)
      let path = PathSpace.joined(place.path, part.path)
      demands += scene.write(tree, to: Place(volume: place.volume, path: path), calls: .copyInCalls)
    }
    scene.emit("mvn: write target", demands)
  }

  /// A part of `target`, by its share of the bytes and files.
  private struct Part {
    var path: String
    var bytes: Double
    var files: Double
  }

  /// Quarkus leaves a folder of its own, nearly all of it libraries; else the whole is one tree.
  private func layout(_ folder: String, _ scene: Scene) -> [Part] {
    let pom = scene.paths.place("pom.xml", from: folder)
    guard scene.text(at: pom)?.contains("quarkus") == true else {
      return [Part(path: "", bytes: 1, files: 1)]
    }
    return [
      Part(path: "quarkus-app/lib", bytes: 0.88, files: 0.4),
      Part(path: "quarkus-app/app", bytes: 0.01, files: 0.01),
      Part(path: "quarkus-app/quarkus", bytes: 0.05, files: 0.02),
      Part(path: "quarkus-app/quarkus-run.jar", bytes: 0.03, files: 0.01),
      Part(path: "classes", bytes: 0.03, files: 0.56),
    ]
  }
}
