import GantryCloud
import GantryManifests
import GantryModel
import Testing

@testable import GantryCompiler

@Suite("Tekton: releases and the rules they follow")
struct TektonReleaseTests {
  @Test(
    "releases are read with and without v and patch",
    arguments: [
      ("0.59", TektonVersion.v0_59), ("v0.59.0", .v0_59), ("1.15", .v1_15), ("v1.15.0", .v1_15),
      ("0.62.1", .v0_59), ("0.44", .v0_59), ("1.0", .v1_15), ("1.9.2", .v1_15), ("1.20", .v1_15),
    ])
  func rules(text: String, rules: TektonVersion) throws {
    #expect(try #require(TektonRelease(text)).rules == rules)
  }

  @Test("other texts are no release", arguments: ["", "1", "v", "1.x", "1.2.3.4", "-1.2", "1..2"])
  func noRelease(text: String) { #expect(TektonRelease(text) == nil) }

  // The pairs are those of the product's compatibility and support matrix.
  @Test(
    "OpenShift Pipelines stands for the Tekton it ships",
    arguments: [
      ("1.11", "0.47"), ("1.15", "0.59"), ("1.18", "0.68"), ("1.19", "1.0"), ("1.22", "1.9"),
    ])
  func shipped(product: String, tekton: String) throws {
    let release = try #require(TektonRelease(product))
    #expect(TektonRelease(openShiftPipelines: release)?.description == tekton)
  }

  @Test(
    "a scenario's choice is told with its reason, unless it names the rules themselves",
    arguments: [
      ("tektonVersion: v0.59.0", TektonVersion.v0_59, nil),
      ("tekton: {version: '1.15'}", .v1_15, nil),
      ("tektonVersion: '0.62'", .v0_59, "0.62 is named: 0.59 is the newest before 1.0"),
      ("tektonVersion: '0.50'", .v0_59, "0.50 is named: 0.59 is the oldest"),
      ("tektonVersion: '1.1'", .v1_15, "which like it has neither ClusterTask"),
      ("tektonVersion: '1.16'", .v1_15, "the newest whose rules are known"),
      ("openshiftPipelinesVersion: '1.14'", .v0_59, "OpenShift Pipelines 1.14 ships Tekton 0.56"),
      ("openshiftPipelinesVersion: '1.20'", .v1_15, "OpenShift Pipelines 1.20 ships Tekton 1.3"),
      ("name: x", .v1_15, "nothing in the manifests needs an older version"),
      ("openshiftPipelinesVersion: '1.15'\ntektonVersion: '0.59'", .v0_59, nil),
    ] as [(String, TektonVersion, String?)])
  func choice(text: String, version: TektonVersion, reason: String?) throws {
    let sink = DiagnosticSink()
    let choice = TektonVersionChoice(for: try input(text), sink: sink)
    choice.report(to: sink)
    #expect(choice.version == version)
    #expect(sink.diagnostics.map(\.code) == (reason == nil ? [] : ["N0424"]))
    if let reason { #expect(sink.diagnostics.first?.message.contains(reason) == true) }
    #expect((choice.location == nil) == (text == "name: x"))
  }

  @Test("ClusterTask needs 0.59, and the note is where it is written")
  func clusterTask() throws {
    var input = try input("name: x")
    var task = Task(
      kind: "ClusterTask", apiVersion: "tekton.dev/v1beta1",
      name: Located("t", at: SourceLocation(file: "t.yaml", line: 4, column: 9)),
      spec: TaskSpec(location: SourceLocation(file: "t.yaml", line: 5, column: 1)))
    task.isBuiltIn = false
    input.manifests.tasks = [task]
    let sink = DiagnosticSink()
    TektonVersionChoice(for: input, sink: sink).report(to: sink)
    #expect(
      sink.diagnostics.map(\.message) == [
        "the rules of Tekton 0.59 apply: ClusterTask was removed in Tekton 1.0"
      ])
    #expect(sink.diagnostics.first?.location?.line == 4)
  }

  @Test(
    "contradicting and unknown versions are errors at their place",
    arguments: [
      ("tektonVersion: '0.59'\ntekton: {version: '1.15'}", "E0371", 2, 19),
      ("tektonVersion: '1.15'\nopenshiftPipelinesVersion: '1.14'", "E0371", 2, 28),
      ("openshiftPipelinesVersion: '1.20'\ntekton: {version: '0.59'}", "E0371", 2, 19),
      ("openshiftPipelinesVersion: '2.0'", "E0370", 1, 28),
      ("openshiftPipelinesVersion: '1.3'", "E0370", 1, 28),
    ])
  func wrong(text: String, code: String, line: Int, column: Int) throws {
    let sink = DiagnosticSink()
    _ = TektonVersionChoice(for: try input(text), sink: sink)
    #expect(sink.diagnostics.map(\.code) == [code])
    #expect(sink.diagnostics.first?.location?.line == line)
    #expect(sink.diagnostics.first?.location?.column == column)
  }

  private func input(_ text: String) throws -> CompilerInput {
    let reading = DiagnosticSink()
    let reader = InputReader(standardInput: { Array(text.utf8) })
    let read = try ScenarioFileReader.read(path: "-", input: reader, sink: reading)
    #expect(reading.diagnostics == [])
    return CompilerInput(
      scenario: try #require(read.file), name: "t", manifests: ManifestSet(),
      cluster: ManifestSet(), clusterOrigin: nil,
      catalog: try Catalog(folder: try CatalogFolder.builtIn()))
  }
}
