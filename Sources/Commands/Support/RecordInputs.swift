import Crypto
import GantryCompiler
import GantryManifests
import GantryModel

/// The inputs of a simulation as canonical JSON, and their hash.
struct RecordInputs {
  let json: String
  let hash: String

  /// Joins everything a result depends on; the scenario has all its defaults.
  init(
    _ input: LoadedInput, scenario: ScenarioFile, catalogVersion: String,
    keeping: RunKeeping = .everything
  ) {
    let yaml = ScenarioFileWriter.render(scenario)
    let parsed = YAMLLoader.parse(Array(yaml.utf8), file: "scenario")
    var files: [String] = []
    for file in input.compiler.manifests.files + input.compiler.cluster.files
    where !files.contains(file) {
      files.append(file)
    }
    var text = "{\"manifests\":["
    var contents: [String] = []
    for (index, file) in files.enumerated() {
      let content = input.texts.text(of: file) ?? ""
      contents.append(content)
      if index > 0 { text += "," }
      text += "{\"file\":"
      YAMLNode.appendJSON(file, to: &text)
      text += ",\"text\":"
      YAMLNode.appendJSON(content, to: &text)
      text += "}"
    }
    text += "],\"scenario\":" + (parsed.documents.first?.canonicalJSON ?? "null")
    text += ",\"sources\":["
    for (index, source) in input.sources.all.enumerated() {
      contents.append(source.content)
      if index > 0 { text += "," }
      text += "{\"file\":"
      YAMLNode.appendJSON(source.name, to: &text)
      text += ",\"text\":"
      YAMLNode.appendJSON(source.content, to: &text)
      text += "}"
    }
    json = text + "],\"reading\":" + Self.reading(of: input) + "}"
    hash = Self.hash(
      [parsed.documents.first?.canonicalJSON ?? "", catalogVersion, programVersion, modelRevision]
        + contents
        + input.compiler.arrivalTimes.sorted { $0.key < $1.key }.map { "\($0.value)" }
        + input.compiler.assumedDurations.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        + (keeping == .everything ? [] : ["\(keeping)"])
    )
  }

  /// How the inputs belong together: what is needed to read them again from here.
  private static func reading(of input: LoadedInput) -> String {
    let compiler = input.compiler
    let origin = compiler.clusterOrigin.map { ",\"clusterOrigin\":" + quoted($0) } ?? ""
    return "{\"arrivals\":{"
      + compiler.arrivalTimes.sorted { $0.key < $1.key }.map { path, times in
        quoted(path) + ":[" + times.map { "\($0)" }.joined(separator: ",") + "]"
      }.joined(separator: ",") + "},\"assumed\":{"
      + compiler.assumedDurations.sorted { $0.key < $1.key }.map { task, seconds in
        quoted(task) + ":\(seconds)"
      }.joined(separator: ",") + "},\"cluster\":["
      + compiler.cluster.files.map(quoted).joined(separator: ",") + "]" + origin
      + ",\"folders\":{"
      + input.sources.folders.map { quoted($0.url) + ":" + quoted($0.folder) }
      .joined(separator: ",") + "},\"manifests\":["
      + compiler.manifests.files.map(quoted).joined(separator: ",") + "],\"name\":"
      + quoted(compiler.name) + "}"
  }

  private static func quoted(_ text: String) -> String {
    var json = ""
    YAMLNode.appendJSON(text, to: &json)
    return json
  }

  /// The hash of everything that a sample of a sweep depends on besides its replication.
  static func designHash(
    _ input: LoadedInput, scenario: ScenarioFile, catalogVersion: String, plan: SweepPlan
  ) -> String {
    var scenario = scenario
    scenario.name = nil
    scenario.description = nil
    scenario.replications = nil
    scenario.axes = []
    let yaml = ScenarioFileWriter.render(scenario)
    let parsed = YAMLLoader.parse(Array(yaml.utf8), file: "scenario")
    var files: [String] = []
    for file in input.compiler.manifests.files + input.compiler.cluster.files
    where !files.contains(file) {
      files.append(file)
    }
    return hash(
      [
        parsed.documents.first?.canonicalJSON ?? "", catalogVersion, programVersion, modelRevision,
        plan.warmUp.text, "\(plan.usesBatches)",
      ] + files.map { input.texts.text(of: $0) ?? "" } + input.sources.all.map(\.content)
        + input.compiler.arrivalTimes.sorted { $0.key < $1.key }.map { "\($0.value)" }
        + input.compiler.assumedDurations.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    )
  }

  /// SHA-256 over the parts, each with its length before it, in hex.
  static func hash(_ parts: [String]) -> String {
    var sha = SHA256()
    for part in parts {
      sha.update(data: Array("\(part.utf8.count):".utf8))
      sha.update(data: Array(part.utf8))
    }
    return sha.finalize().map { byte in
      let hex = String(byte, radix: 16)
      return hex.count == 1 ? "0" + hex : hex
    }.joined()
  }
}
