import Foundation
import GantryManifests
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryCompiler

@Suite("Tekton: the article's repository as it is")
struct ReferenceRepositoryTests {
  @Test("three runs resolve with ClusterTasks from the built-in library, and only fail by switches")
  func resolves() throws {
    let golden = try TektonGolden.find()
    let path = golden.root.appendingPathComponent("inputs/seed").path
    guard FileManager.default.fileExists(atPath: path) else {
      print("the article's repository: left out, the reference data are not here")
      return
    }
    let sink = DiagnosticSink()
    let set = try ManifestReader.read(paths: [path], sink: sink).manifests
    let choice = TektonVersionChoice(needs: set)
    #expect(choice.version == .v0_59)
    for (mode, refused) in [(CoscheduleMode.disabled, false), (.workspaces, true)] {
      let findings = DiagnosticSink()
      var input = ResolverInput(
        manifests: set,
        configuration: TektonConfiguration(version: choice.version, coschedule: mode))
      input.builtInTask = { name, kind in BuiltInTasks.task(named: name, kind: kind) }
      let runs = PipelineRunResolver(input, sink: findings).resolve()
      #expect(runs.count == 3)
      #expect(runs.allSatisfy { $0.failure == nil && !$0.tasks.isEmpty })
      #expect(!findings.hasErrors)
      let rejections = runs.flatMap(\.tasks).flatMap(\.taskRuns).compactMap(\.rejection)
      #expect(rejections.isEmpty != refused)
      #expect(Set(rejections.map(\.message)).count <= 1)
    }
  }
}
