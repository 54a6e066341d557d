import ArgumentParser
import Foundation
import GantryCloud
import GantryCompiler
import GantryManifests
import GantryModel

/// Everything that was read for one simulation.
struct LoadedInput {
  var compiler: CompilerInput
  var texts: SourceTexts
  var sink: DiagnosticSink
  /// What the source folders gave, for the hash of the inputs.
  var sources: SourceLog
  /// The built-in tasks that were asked for.
  var builtIn: BuiltInLog
  /// Whether the scenario file cannot be read as one, so that nothing else is known.
  var isScenarioDamaged = false

  /// The texts that findings point into: the inputs, and what was read of source folders.
  var allTexts: SourceTexts {
    var all = texts
    for entry in sources.all where all.text(of: entry.name) == nil {
      all.add(entry.content, file: entry.name)
    }
    return all
  }
}

/// Reads scenario, manifests and cluster from what the user named.
struct InputLoader: Sendable {
  let options: InputOptions
  let catalog: Catalog
  /// Changes of the scenario beyond the options'.
  var further: [ScenarioSetting] = []
  /// What other loaders of the same files have read.
  var cache = ReadCache()

  init(options: InputOptions, catalog: Catalog) {
    self.options = options
    self.catalog = catalog
  }

  /// Splits the arguments into inputs: each scenario is one, all other paths together are one.
  static func groups(of paths: [String]) -> [[String]] {
    let paths = paths.isEmpty ? ["."] : paths
    let scenarios = paths.filter { scenarioFile(at: $0) != nil }.map { [$0] }
    let others = paths.filter { scenarioFile(at: $0) == nil }
    return scenarios + (others.isEmpty ? [] : [others])
  }

  /// Scenarios in the folders right below one that is none itself.
  static func scenarios(below path: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let folder = path.hasSuffix("/") ? path : path + "/"
    return names.sorted().map { folder + $0 }.filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder)
        && isFolder.boolValue && scenarioFile(at: $0) != nil
    }
  }

  /// The scenario file that a path means: itself, or `scenario.yaml` in the folder.
  static func scenarioFile(at path: String) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue {
      return ["scenario.yaml", "scenario.yml"]
        .map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
        .first { FileManager.default.fileExists(atPath: $0) }
    }
    let name = (path as NSString).lastPathComponent
    let isYAML = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    return isYAML && name.hasPrefix("scenario") ? path : nil
  }

  /// Reads one input; problems are in its sink.
  /// - Throws: `InputReadError` when a path cannot be read at all.
  func load(_ paths: [String]) throws -> LoadedInput {
    let sink = DiagnosticSink()
    var texts = SourceTexts()
    let scenarioPath = paths.count == 1 ? Self.scenarioFile(at: paths[0]) : nil
    let read = try ScenarioFileReader.read(
      path: scenarioPath, settings: options.settings, further: further, sink: sink)
    texts.merge(read.texts)
    let place = SourceLocation(file: scenarioPath ?? "<command line>", line: 1, column: 1)
    var scenario = read.file ?? ScenarioFile(location: place)
    let folder = scenarioPath.map { ($0 as NSString).deletingLastPathComponent } ?? ""
    let profiles = try ProfileLoader(sink: sink).load(
      options.profiles, folder: folder, into: &scenario)
    texts.merge(profiles.texts)

    var manifestPaths = scenario.manifests.map { resolve($0.value, in: folder) }
    if scenarioPath == nil { manifestPaths = paths }
    if manifestPaths.isEmpty { manifestPaths = [folder.isEmpty ? "." : folder] }
    let isScenarioDamaged = scenarioPath != nil && read.file == nil
    if isScenarioDamaged { manifestPaths = [] }
    let manifests = try readSet(manifestPaths, texts: &texts, sink: sink)
    let given =
      options.cluster.isEmpty
      ? scenario.cluster.map { resolve($0.value, in: folder) } : options.cluster
    let cluster = given.isEmpty ? manifests : try readSet(given, texts: &texts, sink: sink)

    var compiler = CompilerInput(
      scenario: scenario, name: name(of: paths), manifests: manifests, cluster: cluster,
      clusterOrigin: origin(given, paths: paths), catalog: catalog)
    compiler.profileFiles = profiles.names
    let sources = SourceLog()
    for entry in scenario.sources {
      let path = resolve(entry.value.value, in: folder)
      var isFolder: ObjCBool = false
      if !FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        || !isFolder.boolValue
      {
        sink.error(
          "E0069",
          "there is no folder '\(entry.value.value)' with the sources of \(entry.key.value)",
          at: entry.value.location)
      }
    }
    let finder = SourceFinder(
      folders: scenario.sources.map { ($0.key.value, resolve($0.value.value, in: folder)) },
      checkouts: scenarioPath == nil ? paths : [], log: sources, cache: cache)
    compiler.source = { finder.tree(for: $0) }
    let builtIn = BuiltInLog()
    compiler.builtInTask = { name, kind in
      guard let task = BuiltInTasks.task(named: name, kind: kind) else { return nil }
      builtIn.add("\(kind) \(name)")
      return task
    }
    compiler.assumedDurations = try assumedDurations()
    readArrivals(scenario, folder: folder, into: &compiler, sink: sink)
    compiler.catalog.overrides = try catalog.overrides(scenario.prices, reportingTo: sink)
    return LoadedInput(
      compiler: compiler, texts: texts, sink: sink, sources: sources, builtIn: builtIn,
      isScenarioDamaged: isScenarioDamaged)
  }

  private func readSet(
    _ paths: [String], texts: inout SourceTexts, sink: DiagnosticSink
  ) throws -> ManifestSet {
    let read = try cache.manifests(at: paths) {
      let input = InputReader(standardInput: {
        [UInt8](FileHandle.standardInput.readDataToEndOfFile())
      })
      let own = DiagnosticSink()
      let read = try ManifestReader.read(paths: paths, input: input, sink: own)
      return .init(manifests: read.manifests, texts: read.texts, findings: own.diagnostics)
    }
    read.findings.forEach(sink.add)
    texts.merge(read.texts)
    return read.manifests
  }

  private func resolve(_ path: String, in folder: String) -> String {
    Self.resolve(path, in: folder)
  }

  /// A path as a scenario file in a folder means it.
  static func resolve(_ path: String, in folder: String) -> String {
    if path.hasPrefix("/") || path == "-" || folder.isEmpty { return path }
    return normalised(folder + "/" + path)
  }

  /// Takes `.` and `..` out of a path where that is possible.
  private static func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + (parts.isEmpty ? "." : parts.joined(separator: "/"))
  }

  /// The last two parts of the first path: `article/htop`.
  private func name(of paths: [String]) -> String {
    let full = URL(fileURLWithPath: paths[0] == "-" ? "stdin" : paths[0]).standardizedFileURL
    let file = Self.scenarioFile(at: paths[0]) == paths[0] ? full.deletingLastPathComponent() : full
    return file.lastPathComponent
  }

  private func origin(_ cluster: [String], paths: [String]) -> String {
    cluster.isEmpty ? paths.joined(separator: ", ") : cluster.joined(separator: ", ")
  }

  private func assumedDurations() throws -> [String: Double] {
    var durations: [String: Double] = [:]
    for entry in options.assumed {
      let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let seconds = DurationText.seconds(parts[1]), seconds >= 0 else {
        throw ValidationError("'\(entry)' is not task=duration, such as scan=90s.")
      }
      durations[parts[0]] = seconds
    }
    return durations
  }

  private func readArrivals(
    _ scenario: ScenarioFile, folder: String, into compiler: inout CompilerInput,
    sink: DiagnosticSink
  ) {
    for entry in scenario.workload {
      guard let csv = entry.csv else { continue }
      let path = resolve(csv.value, in: folder)
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        sink.error("E0346", "the file '\(path)' cannot be read as text", at: csv.location)
        continue
      }
      compiler.arrivalTimes[csv.value] = ArrivalFile(path: path, sink: sink).times(in: text)
    }
  }
}
