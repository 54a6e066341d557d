import GantryCloud
import GantryCompiler
import GantryManifests
import GantryModel

/// A compiled scenario of two naps, with fields set as on the command line.
func compilation(_ settings: [String]) throws -> (compilation: Compilation, catalog: Catalog) {
  let manifests = """
    apiVersion: tekton.dev/v1
    kind: Task
    metadata: {name: nap}
    spec:
      steps:
      - {name: first, image: "registry.example.com/tool:1", script: sleep 30}
      - {name: second, image: "registry.example.com/tool:1", script: sleep 5}
    ---
    apiVersion: tekton.dev/v1
    kind: Pipeline
    metadata: {name: naps}
    spec:
      tasks:
      - {name: first, taskRef: {name: nap}}
      - {name: second, taskRef: {name: nap}, runAfter: [first]}
    ---
    apiVersion: tekton.dev/v1
    kind: PipelineRun
    metadata: {name: naps-run}
    spec: {pipelineRef: {name: naps}}
    """
  let sink = DiagnosticSink()
  let input = InputReader(standardInput: { Array(manifests.utf8) })
  let set = try ManifestReader.read(paths: ["-"], input: input, sink: sink).manifests
  let read = try ScenarioFileReader.read(path: nil, settings: settings, sink: sink)
  let place = SourceLocation(file: "<test>", line: 1, column: 1)
  let catalog = try Catalog(folder: try CatalogFolder.builtIn())
  let compiler = ScenarioCompiler(
    CompilerInput(
      scenario: read.file ?? ScenarioFile(location: place), name: "naps", manifests: set,
      cluster: set, clusterOrigin: nil, catalog: catalog), sink: sink)
  guard let compiled = compiler.compile() else {
    throw NotCompiled(findings: sink.diagnostics.map(\.message))
  }
  return (compiled, catalog)
}

/// The findings that kept a test's scenario from being compiled.
struct NotCompiled: Error {
  var findings: [String]
}

/// A record to be filled.
func emptyRecord() -> SimulationRecord {
  SimulationRecord(
    scenario: "naps", label: nil, programVersion: "test", catalogVersion: "test",
    region: "eu-west-3", seed: 1, replicationCount: 1, inputs: "{}", inputHash: "0",
    clusterOrigin: "test")
}
