import GantryManifests
import GantryModel

/// Reads and checks a text; the findings come as `line:column code`.
func findings(
  in text: String, level: TektonAPILevel = .beta, version: TektonVersion = .v1_15,
  features: TektonFeatures = TektonFeatures()
) -> [String] {
  let sink = DiagnosticSink()
  let set = manifests(text, sink: sink)
  TektonValidator.validate(set, level: level, version: version, features: features, sink: sink)
  return sink.diagnostics.filter { $0.severity == .error }.map(place)
}

/// Reads all documents of a text.
func manifests(_ text: String, sink: DiagnosticSink) -> ManifestSet {
  var set = ManifestSet()
  for node in YAMLLoader.load(text, file: "a.yaml", sink: sink) {
    func text(_ name: String) -> String {
      if case .string(let text)? = node[name]?.content { text } else { "" }
    }
    TektonDecoder.decode(
      kind: text("kind"), apiVersion: text("apiVersion"), node: node, into: &set, sink: sink)
  }
  return set
}

private func place(_ finding: Diagnostic) -> String {
  guard let location = finding.location else { return finding.code }
  return "\(location.line):\(location.column) \(finding.code)"
}

/// A Pipeline whose specification begins in line 5.
func pipeline(_ spec: String, apiVersion: String = "tekton.dev/v1") -> String {
  "apiVersion: \(apiVersion)\nkind: Pipeline\nmetadata: {name: p}\nspec:\n" + indented(spec)
}

/// A Task whose specification begins in line 5.
func task(_ spec: String, apiVersion: String = "tekton.dev/v1") -> String {
  "apiVersion: \(apiVersion)\nkind: Task\nmetadata: {name: t}\nspec:\n" + indented(spec)
}

/// A PipelineRun whose specification begins in line 5.
func pipelineRun(_ spec: String, apiVersion: String = "tekton.dev/v1") -> String {
  "apiVersion: \(apiVersion)\nkind: PipelineRun\nmetadata: {name: r}\nspec:\n" + indented(spec)
}

/// A TaskRun whose specification begins in line 5.
func taskRun(_ spec: String) -> String {
  "apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: r}\nspec:\n" + indented(spec)
}

private func indented(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
}
