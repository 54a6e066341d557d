import GantryModel
import Testing

@testable import GantryManifests

@Suite("the reference inputs are read")
struct ReferenceInputTests {
  @Test("every file loads; only Tekton's own checks may object")
  func everyFile() throws {
    guard let folder = SharedFolder.path("golden/tekton/inputs") else { return }
    let sink = DiagnosticSink()
    let files = try InputReader().read([folder], sink: sink)
    #expect(files.files.count > 200)
    #expect(sink.diagnostics.filter { $0.severity == .error } == [])
    #expect(files.skipped.isEmpty)
    for file in files.files {
      let sink = DiagnosticSink()
      var reader = DocumentReader(sink: sink)
      reader.add(file)
      #expect(sink.diagnostics.isEmpty && !reader.documents.isEmpty)
      for document in reader.documents {
        let verdict = KindTable.verdict(
          group: document.group, version: document.version, kind: document.kind.value)
        #expect(
          [.tekton, .configMap, .limitRange, .persistentVolumeClaim, .skipped].contains(verdict),
          "\(file.path): \(document.kind.value)")
      }
    }
  }

  @Test("the article's repository is read as it is, its kustomization's resources once")
  func articleRepository() throws {
    guard let folder = SharedFolder.path("golden/tekton/inputs/seed") else { return }
    let sink = DiagnosticSink()
    let files = try InputReader().read([folder], sink: sink)
    #expect(files.files.count == 10)
    #expect(Set(files.files.map(\.path)).count == 10)
    #expect(sink.diagnostics.isEmpty)
  }

  @Test("the article's objects are decoded without an error")
  func articleObjects() throws {
    guard let folder = SharedFolder.path("golden/tekton/inputs/seed") else { return }
    let result = try ManifestReader.read(paths: [folder])
    #expect(result.sink.diagnostics.filter { $0.severity == .error } == [])
    #expect(result.manifests.pipelines.count == 3)
    #expect(result.manifests.pipelineRuns.count == 3)
    #expect(result.manifests.tasks.count { !$0.isBuiltIn } == 3)
    #expect(result.manifests.skipped.map(\.kind) == ["ServiceAccount", "Role", "RoleBinding"])
  }
}
