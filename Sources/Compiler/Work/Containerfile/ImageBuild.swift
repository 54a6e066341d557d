import GantryModel

/// One build of a Containerfile for one architecture.
struct ImageBuild {
  /// What the command line asks for.
  struct Request {
    var file: Containerfile
    /// The file as the user knows it; nil for one that a script wrote.
    var fileName: String?
    /// How messages call the file.
    var fileLabel = "the Containerfile"
    /// The folder that COPY reads from; nil when there is none.
    var context: Place?
    /// What of the context COPY does not see.
    var ignored: IgnoreFile?
    var architecture: Machine
    var storage: ContainerStorage
    /// Whether every instruction is committed (`--layers`) and found again by a later build.
    var commitsEachInstruction: Bool
    /// Whether instructions that an earlier build committed are taken from there.
    var usesCache = true
    var arguments: [String: String]
    var target: String?
    var tool: String
  }

  let scene: Scene
  let request: Request
  private(set) var stages: [(name: String?, container: WorkingContainer, image: StoredImage)] = []
  private var arguments: [String: String] = [:]
  /// Opaque trees that the stage has copied from.
  var copied: Set<Place> = []
  /// Why the tool gives up, once it does.
  var failure: String?

  init(scene: Scene, request: Request) {
    self.scene = scene
    self.request = request
  }

  /// Plays the build; nil when it fails (a base image that does not exist for the architecture).
  mutating func run() -> StoredImage? {
    let platform = request.architecture.name
    let parts = platform.split(separator: "/").map(String.init)
    arguments = [
      "TARGETARCH": parts[0], "TARGETPLATFORM": "linux/\(platform)", "TARGETOS": "linux",
      "TARGETVARIANT": parts.count > 1 ? parts[1] : "",
      "BUILDARCH": scene.architecture.rawValue,
      "BUILDPLATFORM": "linux/\(scene.architecture.rawValue)",
    ]
    for argument in request.file.arguments {
      arguments[argument.name] = request.arguments[argument.name] ?? argument.value
    }
    let outer = scene.origin
    defer { scene.origin = outer }
    let wanted = neededStages()
    for index in request.file.stages.indices where wanted.contains(index) {
      guard play(index, isLast: index == wanted.max()) else { return nil }
    }
    return stages.last?.image
  }

  /// The stages that the target depends on: others are skipped, as buildah does by default.
  private func neededStages() -> Set<Int> {
    let all = request.file.stages
    guard !all.isEmpty else { return [] }
    let target = request.target.flatMap { name in all.firstIndex { $0.name == name } }
    var open = [target ?? all.count - 1]
    var wanted: Set<Int> = []
    while let index = open.popLast() {
      guard wanted.insert(index).inserted else { continue }
      var names = [all[index].base]
      for case .copy(_, _, let from?, _) in all[index].instructions { names.append(from) }
      for name in names {
        if let found = all[..<index].lastIndex(where: { $0.name == name }) {
          open.append(found)
        } else if let number = Int(name), number >= 0, number < index {
          open.append(number)
        }
      }
    }
    return wanted
  }

  private func expanded(_ text: String, _ variables: [String: String]) -> String {
    field(text, variables).text
  }

  private func field(_ text: String, _ variables: [String: String]) -> ShellField {
    var shell = ShellInterpreter(
      scene: scene, registry: .standard, environment: variables, directory: "/")
    return shell.joined(ShellWordReader.document(text))
  }

  /// The architecture of a stage: what `--platform` of its FROM says, else that of the build.
  private func architecture(of stage: Containerfile.Stage) -> Machine {
    guard let written = stage.platform else { return request.architecture }
    let name = expanded(written, arguments)
    if name.isEmpty { return request.architecture }
    if let known = Machine(platform: name) { return known }
    scene.tell(
      .warning, "W0608",
      "'\(name)' is no architecture of images: \(request.architecture.name) is built instead")
    return request.architecture
  }

  /// Findings from now on are about a part of the Containerfile.
  func point(to map: LineMap, offset: Int = 0) {
    scene.origin = FindingOrigin(
      file: request.fileName, name: request.fileLabel, map: map, offset: offset)
  }

  private mutating func play(_ index: Int, isLast: Bool) -> Bool {
    let stage = request.file.stages[index]
    point(to: stage.place)
    let name = expanded(stage.base, arguments)
    let architecture = architecture(of: stage)
    guard let base = base(name, architecture) else { return false }
    let volume = scene.newContainer(in: request.storage)
    var container = StageContainer(
      working: WorkingContainer(base: base, volume: volume), variables: [:], directory: "/")
    container.history = [stage.base, architecture.name, "\(base.layers)"]
    startContainer(&container, label: "copy the base image")
    copied = []
    let inherited = stages.first { $0.name == name }?.container.volume
    if let inherited {
      scene.world[volume] = scene.world[inherited]
      container.before = scene.written(in: container.working)
    }
    let lastChange = stage.instructions.lastIndex(where: \.changesFiles)
    for (number, instruction) in stage.instructions.enumerated() {
      guard scene.budget > 0, failure == nil else { break }
      container.places = stage.places[number]
      point(to: container.places.whole)
      guard request.commitsEachInstruction, instruction.changesFiles else {
        play(instruction, in: &container)
        continue
      }
      playCached(instruction, in: &container, number: number + 1, isLast: number == lastChange)
    }
    guard failure == nil else { return false }
    let image = self.image(container)
    if isLast, !request.commitsEachInstruction { commit(&container, label: "image") }
    if !request.commitsEachInstruction || lastChange == nil { endContainer(container) }
    stages.append((stage.name, container.working, image))
    return scene.failure == nil
  }

  /// The base of a stage: an earlier stage, an image in the storage, or one from its registry.
  private func base(_ name: String, _ architecture: Machine) -> StoredImage? {
    if let stage = stages.first(where: { $0.name == name }) { return stage.image }
    if name == "scratch" {
      return StoredImage(layers: [], architecture: architecture, distribution: .other)
    }
    return scene.fetch(name, architecture, into: request.storage, by: request.tool)
  }

  private mutating func play(
    _ instruction: Containerfile.Instruction, in stage: inout StageContainer
  ) {
    switch instruction {
    case .run(let script, let words):
      run(script, words, stage)
    case .copy(let sources, let destination, let from, let isAdd):
      let variables = visible(stage)
      let fields = sources.map { field($0, variables) }
      if from == nil, let missing = missing(fields, isAdd: isAdd) {
        return refuse(fields[missing].text, at: missing, instruction, stage)
      }
      copy(
        fields.map(\.text), to: expanded(destination, variables),
        from: from.map { expanded($0, variables) }, isAdd: isAdd, stage)
    case .argument(let name, let value):
      arguments[name] =
        request.arguments[name] ?? value.map { expanded($0, visible(stage)) } ?? arguments[name]
    case .environment(let name, let value):
      stage.variables[name] = expanded(value, visible(stage))
    case .directory(let path):
      let path = expanded(path, visible(stage))
      stage.directory = path.hasPrefix("/") ? path : stage.directory + "/" + path
    case .metadata: break
    }
  }

  private func visible(_ stage: StageContainer) -> [String: String] {
    arguments.merging(stage.variables) { $1 }
  }

  private func run(_ script: String?, _ words: [String], _ stage: StageContainer) {
    scene.emitRunStart("\(request.tool): start RUN")
    if let map = stage.places.script {
      point(to: map)
      scene.origin?.depth = scene.depth + 1
    }
    scene.enter(stage.working) {
      var environment = visible(stage)
      environment["HOME"] = environment["HOME"] ?? "/root"
      var shell = ShellInterpreter(
        scene: scene, registry: .standard, environment: environment, directory: stage.directory)
      if let script {
        _ = shell.run(script: script)
      } else if !words.isEmpty {
        _ = shell.run(script: words.map { "'\($0)'" }.joined(separator: " "))
      }
    }
  }

  /// What the instructions added so far.
  private func delta(_ container: WorkingContainer) -> (tree: Tree, assumptions: [Int]) {
    scene.world[container.volume].summary(of: "") ?? (Tree(), [])
  }

  private func layer(_ tree: Tree) -> StoredImage.Layer {
    let ratio = scene.value(.compression(tree.content))
    return scene.world.newLayer(tree, compressed: tree.tarBytes / ratio)
  }

  /// The stage's image: one layer for each commit, else one for everything.
  private func image(_ stage: StageContainer) -> StoredImage {
    let delta = delta(stage.working)
    var image = stage.working.base
    image.layers += stage.layers.isEmpty ? [layer(delta.tree)] : stage.layers
    image.assumptions = Array(Set(image.assumptions + delta.assumptions)).sorted()
    return image
  }

  /// Plays an instruction whose result is committed, or takes it from an earlier build.
  ///
  /// A found instruction still gets its container, and COPY still reads and hashes its sources; RUN
  /// does not run, and nothing is committed.
  private mutating func playCached(
    _ instruction: Containerfile.Instruction, in stage: inout StageContainer, number: Int,
    isLast: Bool
  ) {
    stage.history.append("\(instruction) \(visible(stage).sorted { $0.key < $1.key })")
    if case .copy(_, _, nil, _) = instruction, let context = request.context,
      let tree = scene.known(at: context)?.tree
    {
      stage.history.append("\(tree)")
    }
    let key = stage.history.joined(separator: "\n")
    let found =
      request.usesCache ? scene.world[store: request.storage.place].builds[key] : nil
    if let found, case .run = instruction {
      scene.world[stage.working.volume] = found.files
      stage.before = scene.written(in: stage.working)
      scene.countFree()
    } else {
      play(instruction, in: &stage)
    }
    guard failure == nil else { return }
    let before = stage.committed
    if let found {
      stage.committed = delta(stage.working).tree
      stage.layers.append(found.layer)
    } else {
      commit(&stage, label: "instruction \(number)")
      let layer = layer(stage.committed - before)
      stage.layers.append(layer)
      scene.world[store: request.storage.place].builds[key] = CommittedInstruction(
        files: scene.world[stage.working.volume], layer: layer)
    }
    endContainer(stage)
    if !isLast { startContainer(&stage, label: "copy the image for the next instruction") }
  }

  /// A container starts: under vfs as a copy of the image so far.
  private func startContainer(_ stage: inout StageContainer, label: String) {
    stage.before = scene.written(in: stage.working)
    guard request.storage.driver == .vfs else { return }
    stage.started = stage.working.base.tree + stage.committed
    scene.rest(on: stage.working.base.assumptions)
    scene.emitCopy("\(request.tool): \(label) (vfs)", stage.started, request.storage)
  }

  /// A container is removed with what it started from and what was written in it.
  private func endContainer(_ stage: StageContainer) {
    scene.noteRemoved(
      written: scene.written(in: stage.working) - stage.before, from: request.storage)
    guard request.storage.driver == .vfs else { return }
    scene.emitDiscard(
      "\(request.tool): remove the container (vfs)", stage.started, request.storage)
  }

  /// Commits what was added since the last commit; vfs copies the image below for the new layer.
  private func commit(_ stage: inout StageContainer, label: String) {
    let container = stage.working
    let delta = delta(container)
    let added = delta.tree - stage.committed
    let below = container.base.tree + stage.committed
    stage.committed = delta.tree
    scene.emitCommit(
      "\(request.tool): commit \(label) (\(request.storage.driver.rawValue))", added,
      below: below, assumptions: delta.assumptions + container.base.assumptions, request.storage)
  }

  /// A stage while its instructions are played.
  struct StageContainer {
    var working: WorkingContainer
    /// Where the instruction that is played is written.
    var places = Containerfile.Places(whole: LineMap())
    var variables: [String: String]
    var directory: String
    /// What earlier commits hold of the instructions' files.
    var committed = Tree()
    /// What the container was a copy of when it started.
    var started = Tree()
    /// The bytes of the instructions' files that were there when it started.
    var before = 0.0
    /// The layers that were committed.
    var layers: [StoredImage.Layer] = []
    /// What tells the image so far from another one.
    var history: [String] = []
  }
}

extension Containerfile.Instruction {
  /// Whether the instruction can add files.
  var changesFiles: Bool {
    switch self {
    case .run, .copy: true
    default: false
    }
  }
}

extension Scene {
  /// An image in a storage, pulled first when it is not there; nil fails the step.
  func fetch(
    _ name: String, _ architecture: Machine, into storage: ContainerStorage, by tool: String
  ) -> StoredImage? {
    let key = "\(ImageReference(name).text) \(architecture.name)"
    if let local = world[store: storage.place].images[name], local.architecture == architecture {
      return local
    }
    if let known = world[store: storage.place].images[key] { return known }
    guard let image = registryImage(named: name, for: architecture) else {
      fail("the image '\(name)' does not exist for \(architecture.name)")
      return nil
    }
    pull(image, named: name, into: storage, by: tool)
    world[store: storage.place].images[key] = image
    return image
  }

  /// Runs commands inside a container that is being built.
  func enter(_ container: WorkingContainer, _ body: () -> Void) {
    let saved = (paths, machine, distribution)
    paths = PathSpace(root: container.volume)
    machine = container.base.architecture
    distribution = container.base.distribution
    body()
    (paths, machine, distribution) = saved
  }
}
