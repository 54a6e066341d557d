import GantryModel

/// Compilers and build tools: guesses, named as such.
struct CompileCommand: CommandModel {
  let names = [
    "go", "make", "gmake", "ninja", "cmake", "gcc", "g++", "cc", "c++", "clang", "cargo", "gradle",
    "gradlew", "javac", "java", "python", "python3", "node", "npx", "configure", "rustc", "dotnet",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    let first = call.texts.first { !$0.hasPrefix("-") }
    scene.noteUnknownWork()
    switch call.name {
    case "go" where ["build", "install", "test", "mod", "get"].contains(first ?? ""):
      go(call, first, scene)
    case "go": scene.countFree()
    case "make", "gmake", "ninja": compile(call, .compiler, .compileCPU, threads: jobs(call), scene)
    case "cmake", "configure": compile(call, .configure, .compilerCallCPU, threads: 1, scene)
    case "cargo", "dotnet": compile(call, .compiler, .compileCPU, threads: 8, scene)
    case "gradle", "gradlew": compile(call, .java, .compileCPU, threads: 2, scene)
    case "javac", "java": compile(call, .java, .compilerCallCPU, threads: 1, scene)
    case "python", "python3": compile(call, .python, .compilerCallCPU, threads: 1, scene)
    case "node", "npx": compile(call, .node, .compilerCallCPU, threads: 1, scene)
    default: compile(call, .compiler, .compilerCallCPU, threads: 1, scene)
    }
    return .success
  }

  private func compile(
    _ call: CommandCall, _ kind: WorkKind, _ figure: Figure, threads: Double, _ scene: Scene
  ) {
    var demands: [Demand] = []
    if figure.id == Figure.compileCPU.id {
      let tree = Tree(bytes: scene.value(.artifactBytes), files: 20, content: .programs)
      demands = scene.write(tree, to: output(call, scene), calls: .copyInCalls)
    }
    scene.emit(call.name, kind: kind, cpu: scene.value(figure), threads: threads, demands)
  }

  /// Where `-o` points, else a made-up name in the working directory.
  private func output(_ call: CommandCall, _ scene: Scene) -> Place {
    let index = call.texts.firstIndex(of: "-o")
    let name = index.flatMap { call.texts.dropFirst($0 + 1).first } ?? ".built"
    return scene.paths.place(name, from: call.directory)
  }

  private func jobs(_ call: CommandCall) -> Double {
    for (index, text) in call.texts.enumerated() where text.hasPrefix("-j") {
      let number =
        text.count > 2 ? String(text.dropFirst(2)) : call.texts.dropFirst(index + 1).first
      return number.flatMap(Double.init).map { min(max($0, 1), 64) } ?? 8
    }
    return 1
  }

  private func go(_ call: CommandCall, _ verb: String?, _ scene: Scene) {
    let bytes = scene.value(.goModules)
    let cache = Place(volume: scene.paths.root, path: "root/go/pkg/mod")
    if scene.world[cache.volume].summary(of: cache.path) == nil {
      let modules = Tree(bytes: bytes * 4, files: 3000, directories: 300)
      scene.emit(
        "go: download modules",
        scene.download("proxy.golang.org", bytes: bytes, requests: 60, connections: 8)
          + scene.write(modules, to: cache, calls: .untarCalls))
    }
    guard verb != "mod", verb != "get" else { return }
    compile(call, .compiler, .goBuildCPU, threads: 8, scene)
    scene.remember(
      Tree(bytes: scene.value(.artifactBytes), files: 1, content: .programs),
      at: output(call, scene))
  }
}
