import GantryCloud
import GantryCompiler
import GantryManifests
import GantryModel

/// The inputs of a stored result, read again from the store: the files may have changed since.
struct StoredInput {
  let record: SimulationRecord
  let catalog: Catalog

  /// The name under which the stored scenario appears in messages.
  private static let scenarioFile = "<stored scenario>"

  /// Reads the inputs; nil when the store does not hold enough of them.
  func load() throws -> LoadedInput? {
    let sink = DiagnosticSink()
    var limits = YAMLLimits()
    limits.maximumBytes = .max
    let parsed = YAMLLoader.parse(
      Array(record.inputs.utf8), file: Self.scenarioFile, limits: limits)
    guard let root = parsed.documents.first, let node = root["scenario"],
      let reading = root["reading"], let scenario = ScenarioFileReader.decode(node, sink: sink)
    else { return nil }
    let files = root["manifests"]?.files ?? []
    let manifests = read(reading["manifests"], of: files, sink: sink)
    let cluster = read(reading["cluster"], of: files, sink: sink)
    var texts = manifests.texts
    texts.merge(cluster.texts)

    var compiler = CompilerInput(
      scenario: scenario, name: reading["name"]?.text ?? record.scenario,
      manifests: manifests.manifests, cluster: cluster.manifests,
      clusterOrigin: reading["clusterOrigin"]?.text, catalog: catalog)
    let sources = SourceLog()
    compiler.source = sourceFinder(root["sources"]?.files ?? [], reading["folders"])
    let builtIn = BuiltInLog()
    compiler.builtInTask = { name, kind in
      guard let task = BuiltInTasks.task(named: name, kind: kind) else { return nil }
      builtIn.add("\(kind) \(name)")
      return task
    }
    for entry in reading["arrivals"]?.entries ?? [] {
      compiler.arrivalTimes[entry.key.value] = entry.value.items.compactMap(\.number)
    }
    for entry in reading["assumed"]?.entries ?? [] {
      compiler.assumedDurations[entry.key.value] = entry.value.number
    }
    compiler.catalog.overrides = try catalog.overrides(scenario.prices, reportingTo: sink)
    return LoadedInput(
      compiler: compiler, texts: texts, sink: sink, sources: sources, builtIn: builtIn)
  }

  private func read(
    _ names: YAMLNode?, of files: [(file: String, text: String)], sink: DiagnosticSink
  ) -> (manifests: ManifestSet, texts: SourceTexts) {
    let wanted = Set(names?.items.compactMap(\.text) ?? [])
    return ManifestReader.read(texts: files.filter { wanted.contains($0.file) }, sink: sink)
  }

  /// Source trees as they were: the listing of each folder, and the texts that were looked at.
  private func sourceFinder(
    _ files: [(file: String, text: String)], _ folders: YAMLNode?
  ) -> @Sendable (String) -> SourceTree? {
    let texts = Dictionary(
      files.map { ($0.file, $0.text) }, uniquingKeysWith: { first, _ in first })
    var trees: [String: SourceTree] = [:]
    for entry in folders?.entries ?? [] {
      guard let folder = entry.value.text, let listing = texts[folder] else { continue }
      let found = listing.split(separator: "\n").compactMap(Self.file)
      var tree = SourceTree(files: found) { texts[folder + "/" + $0] }
      tree.folder = folder
      tree.isComplete = found.count < SourceFinder.mostFiles
      trees[entry.key.value] = tree
    }
    let known = trees
    return { known[$0] }
  }

  /// A line of a listing: path and bytes.
  private static func file(_ line: Substring) -> SourceTree.File? {
    guard let space = line.lastIndex(of: " "), let bytes = Double(line[line.index(after: space)...])
    else { return nil }
    return SourceTree.File(path: String(line[..<space]), bytes: bytes)
  }
}

extension YAMLNode {
  fileprivate var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  fileprivate var items: [YAMLNode] {
    if case .sequence(let items) = content { items } else { [] }
  }

  fileprivate var text: String? {
    if case .string(let text) = content { text } else { nil }
  }

  fileprivate var number: Double? {
    if case .number(let text) = content { Double(text) } else { nil }
  }

  /// A list of `{file, text}`.
  fileprivate var files: [(file: String, text: String)] {
    items.compactMap { item in
      guard let file = item["file"]?.text, let text = item["text"]?.text else { return nil }
      return (file, text)
    }
  }
}
