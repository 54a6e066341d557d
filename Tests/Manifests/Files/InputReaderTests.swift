import Foundation
import GantryModel
import Testing

@testable import GantryManifests

@Suite("files are found and read once")
struct InputReaderTests {
  private func read(
    _ folder: TemporaryFolder, _ paths: [String] = [""], input: String = ""
  ) throws -> (files: [String], skipped: [String: String], findings: [Diagnostic]) {
    let sink = DiagnosticSink()
    let reader = InputReader(standardInput: { Array(input.utf8) })
    let full = paths.map {
      $0 == "-" ? $0 : ($0.isEmpty ? folder.path : "\(folder.path)/\($0)")
    }
    let result = try reader.read(full, sink: sink)
    let skipped = result.skipped.map { (folder.relative($0.path), $0.reason) }
    return (
      result.files.map { folder.relative($0.path) },
      Dictionary(skipped, uniquingKeysWith: { a, _ in a }), sink.diagnostics
    )
  }

  @Test("folders are read recursively, sorted, manifests only")
  func folders() throws {
    let pod = object("Pod", "a")
    let folder = try TemporaryFolder([
      ("b.yaml", pod), ("a.yml", pod), ("c/d/e.json", "{\"apiVersion\": \"v1\"}"), ("c.txt", pod),
      (".hidden/x.yaml", pod), (".x.yaml", pod), ("B.YAML", pod), ("node_modules/p.yaml", pod),
      ("README.md", "x"), (".tekton/run.yaml", pod),
    ])
    let result = try read(folder)
    #expect(result.files == ["B.YAML", "a.yml", "b.yaml", "c/d/e.json"])
    #expect(result.skipped.keys.sorted() == ["node_modules"])
    #expect(result.findings.map(\.code) == ["N0001"])
    #expect(try read(folder, [".tekton"]).files == [".tekton/run.yaml"])
  }

  @Test("a file that several paths name is read once")
  func once() throws {
    let folder = try TemporaryFolder([("a.yaml", object("Pod", "a"))])
    try folder.link("b.yaml", to: "a.yaml")
    #expect(try read(folder, ["a.yaml", "", "./a.yaml", ""]).files == ["a.yaml"])
  }

  @Test("links in circles end; links to nowhere and pipes are listed")
  func links() throws {
    let folder = try TemporaryFolder([("a/x.yaml", object("Pod", "a"))])
    try folder.link("a/self", to: ".")
    try folder.link("a/up", to: "..")
    try folder.link("broken.yaml", to: "nowhere.yaml")
    try folder.link("loop.yaml", to: "loop.yaml")
    let result = try read(folder)
    #expect(result.files == ["a/x.yaml"])
    #expect(result.skipped.keys.sorted() == ["broken.yaml", "loop.yaml"])
    #expect(result.findings.isEmpty)
  }

  @Test("standard input has a name of its own and is read once")
  func standardInput() throws {
    let folder = try TemporaryFolder()
    let result = try read(folder, ["-", "-"], input: "a: [")
    #expect(result.files == ["<stdin>"])
    #expect(result.findings.map(\.location?.file) == ["<stdin>"])
  }

  @Test("what cannot be read is an I/O error that names every path")
  func unreadable() throws {
    let folder = try TemporaryFolder([("a.yaml", "")])
    let first = "\(folder.path)/no.yaml"
    let second = "\(folder.path)/none"
    #expect(
      throws: InputReadError([
        .init(path: first, reason: "no such file or folder"),
        .init(path: second, reason: "no such file or folder"),
      ])
    ) {
      try InputReader().read([first, "\(folder.path)/a.yaml", second], sink: DiagnosticSink())
    }
    struct Closed: Error {}
    #expect(throws: InputReadError.self) {
      try InputReader(standardInput: { throw Closed() }).read(["-"], sink: DiagnosticSink())
    }
  }

  @Test("a folder without manifests is an error that says what was expected")
  func emptyFolders() throws {
    let empty = try read(try TemporaryFolder()).findings
    #expect(empty.map(\.code) == ["E0015"])
    #expect(empty.first?.message.contains("no .yaml, .yml or .json files") == true)
    let other = try read(try TemporaryFolder([("package.json", "{}")])).findings
    #expect(other.first?.message.contains("1 file skipped") == true)
  }

  @Test("files of a checkout that are no manifests are skipped with a reason")
  func checkout() throws {
    let folder = try TemporaryFolder([
      ("package.json", "{\"name\": \"x\"}"), ("tsconfig.json", "{ // comment\n}"),
      ("mkdocs.yml", "theme: !!python/name:x"), (".github/ci.yaml", "on: push"),
      ("chart/templates/a.yaml", "apiVersion: v1\n{{- if .Values.x }}\nkind: {{ .y }}\n{{ end }}"),
      ("latin.yaml", "x: y"), ("pod.yaml", object("Pod", "a")),
    ])
    try folder.write("latin.yaml", [0x61, 0x3A, 0x20, 0xE9])
    let result = try read(folder)
    #expect(result.files == ["pod.yaml"])
    #expect(
      result.skipped.keys.sorted() == [
        "chart/templates/a.yaml", "latin.yaml", "mkdocs.yml", "package.json", "tsconfig.json",
      ])
    #expect(result.findings.map(\.code) == ["W0001"])
    #expect(result.findings.first?.location?.line == 3)
  }

  @Test("a template that is named is an error; so is a broken manifest in a folder")
  func brokenFiles() throws {
    let folder = try TemporaryFolder([
      ("t.yaml", "apiVersion: v1\nkind: {{ .y }}\n"), ("b.yaml", "apiVersion: v1\nkind: [\n"),
      ("c.yaml", "apiVersion: v1\n\tkind: x\n"),
    ])
    #expect(try read(folder, ["t.yaml"]).findings.map(\.severity) == [.error])
    let findings = try read(folder).findings
    #expect(findings.map(\.severity) == [.error, .error, .warning])
    #expect(
      findings.map { $0.location.map { folder.relative($0.file) } } == [
        "b.yaml", "c.yaml", "t.yaml",
      ])
  }
}
