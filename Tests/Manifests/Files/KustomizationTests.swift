import GantryModel
import Testing

@testable import GantryManifests

@Suite("kustomizations")
struct KustomizationTests {
  private func read(_ folder: TemporaryFolder, _ path: String = "") throws -> (
    files: [String], skipped: [String], findings: [Diagnostic]
  ) {
    let sink = DiagnosticSink()
    let result = try InputReader().read(
      [path.isEmpty ? folder.path : "\(folder.path)/\(path)"], sink: sink)
    return (
      result.files.map { folder.relative($0.path) },
      result.skipped.map { folder.relative($0.path) },
      sink.diagnostics
    )
  }

  private let pod = object("Pod", "a")

  @Test("resources come first and once, other files of the folder follow, patches do not")
  func resources() throws {
    let folder = try TemporaryFolder([
      (
        "kustomization.yaml",
        "resources: [z.yaml, sub, no.txt]\npatches: [{path: p.yaml}]\n"
          + "configMapGenerator: [{name: c, files: [k=g.yaml]}]\n"
      ),
      ("z.yaml", pod), ("a.yaml", pod), ("p.yaml", pod), ("g.yaml", pod), ("sub/s.yaml", pod),
      ("inner/kustomization.yml", "bases: [../sub]\nresources: [i.yaml]\n"), ("inner/i.yaml", pod),
    ])
    let result = try read(folder)
    #expect(result.files == ["z.yaml", "sub/s.yaml", "a.yaml", "inner/i.yaml"])
    #expect(result.skipped == ["g.yaml", "p.yaml"])
    #expect(result.findings.map(\.code).sorted() == ["E0016", "W0003"])
    #expect(result.findings.contains { $0.message.hasSuffix(": patches, configMapGenerator") })
  }

  @Test("a kustomization that is named brings its resources only")
  func named() throws {
    let folder = try TemporaryFolder([
      ("kustomization.yaml", "resources:\n- a.yaml\n"), ("a.yaml", pod), ("b.yaml", pod),
    ])
    #expect(try read(folder, "kustomization.yaml").files == ["a.yaml"])
  }

  @Test("kustomizations that name each other end")
  func circles() throws {
    let folder = try TemporaryFolder([
      ("a/kustomization.yaml", "resources: [../b, x.yaml]"), ("a/x.yaml", pod),
      ("b/kustomization.yaml", "resources: [../a, ., y.yaml]"), ("b/y.yaml", pod),
    ])
    #expect(try read(folder).files.sorted() == ["a/x.yaml", "b/y.yaml"])
  }

  @Test(
    "what it cannot mean is reported at its place",
    arguments: [
      ("resources: [no.yaml]", "E0016", 13), ("resources: [https://h/x.yaml]", "W0002", 13),
      ("resources: [github.com/o/r]", "W0002", 13), ("resource: [a.yaml]", "E0012", 1),
      ("resources: a.yaml", "E0011", 12), ("resources: [a.yaml]\nnamespace: x", "W0003", 1),
      ("resources: [a.yaml", "E0001", 19),
    ])
  func findings(text: String, code: String, column: Int) throws {
    let folder = try TemporaryFolder([("kustomization.yaml", text), ("a.yaml", pod)])
    let findings = try read(folder).findings
    #expect(findings.map(\.code) == [code])
    #expect(findings.first?.location?.column == column)
  }

  @Test("another kind under the same file name is an ordinary manifest")
  func flux() throws {
    let folder = try TemporaryFolder([
      (
        "kustomization.yaml",
        object("Kustomization", "a", version: "kustomize.toolkit.fluxcd.io/v1")
      )
    ])
    #expect(try read(folder).files == ["kustomization.yaml"])
  }
}
