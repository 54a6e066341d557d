import GantryCloud
import GantryManifests
import GantryModel

@testable import GantryCompiler

/// Manifests and settings, compiled with the built-in catalogue.
struct ScenarioFixture {
  /// Added to a run of one task.
  var manifests = ""
  /// As on the command line: `path=value`.
  var settings: [String] = []
  var csvTimes: [String: [Double]] = [:]
  /// Workspaces of the run, as YAML; nil has none.
  var claimTemplate: String?
  /// Whether the added manifests are all there is.
  var isBare = false
  /// The files behind Git URLs.
  var source: @Sendable (_ url: String) -> SourceTree? = { _ in nil }

  /// A task that sleeps, its pipeline and its run.
  private var run: String {
    let workspaces =
      claimTemplate.map {
        """
          workspaces:
          - name: files
            volumeClaimTemplate:
              spec: {\($0)}
        """
      } ?? ""
    let declared = claimTemplate == nil ? "" : "  workspaces: [{name: files}]\n"
    let bound = claimTemplate == nil ? "" : "      workspaces: [{name: files, workspace: files}]\n"
    return """
      apiVersion: tekton.dev/v1
      kind: Task
      metadata: {name: nap}
      spec:
      \(declared)  steps:
        - {name: work, image: "registry.example.com/tool:1", script: sleep 30}
      ---
      apiVersion: tekton.dev/v1
      kind: Pipeline
      metadata: {name: naps}
      spec:
      \(declared)  tasks:
          - name: first
            taskRef: {name: nap}
      \(bound)---
      apiVersion: tekton.dev/v1
      kind: PipelineRun
      metadata: {name: naps-run}
      spec:
        pipelineRef: {name: naps}
      \(workspaces)
      ---

      """
  }

  /// All manifests.
  var text: String { isBare ? manifests : run + manifests }

  /// The compilation, if there is one, and the findings.
  func compile() throws -> (compilation: Compilation?, findings: [Diagnostic]) {
    let sink = DiagnosticSink()
    let text = text
    let input = InputReader(standardInput: { Array(text.utf8) })
    let set = try ManifestReader.read(paths: ["-"], input: input, sink: sink).manifests
    let read = try ScenarioFileReader.read(path: nil, settings: settings, sink: sink)
    let place = SourceLocation(file: "<test>", line: 1, column: 1)
    var compiler = CompilerInput(
      scenario: read.file ?? ScenarioFile(location: place), name: "naps", manifests: set,
      cluster: set, clusterOrigin: nil, catalog: try Catalog(folder: try CatalogFolder.builtIn()))
    compiler.arrivalTimes = csvTimes
    compiler.source = source
    guard !sink.hasErrors else { return (nil, sink.diagnostics) }
    let compilation = ScenarioCompiler(compiler, sink: sink).compile()
    return (compilation, sink.diagnostics)
  }

  /// The plan of a scenario that must be right.
  func plan() throws -> Plan {
    let (compilation, findings) = try compile()
    guard let compilation else { throw Refused(findings: findings.map(\.message)) }
    return compilation.plan
  }

  /// The findings that kept a scenario from being compiled.
  struct Refused: Error {
    var findings: [String]
  }
}
