import GantryModel
import Testing

@testable import GantryManifests

@Suite("a hostile file is an error, not a hang or a crash")
struct HostileInputTests {
  private func codes(_ text: String, file: String = "f.yaml") -> [String] {
    let sink = DiagnosticSink()
    _ = YAMLLoader.load(text, file: file, sink: sink)
    return sink.diagnostics.map(\.code)
  }

  /// Nine levels of ten aliases each: 10^9 values if they were written out.
  private var laughs: String {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    return text
  }

  @Test("aliases of aliases are counted")
  func billionLaughs() { #expect(codes(laughs) == ["E0005"]) }

  @Test("an exploding alias as a key is refused")
  func aliasAsKey() {
    let text = "a: &a [x]\n? *a\n: 1\n"
    #expect(codes(text) == ["E0009"])
  }

  @Test("merges of merges are counted")
  func mergedLaughs() {
    let keys = (0..<1000).map { "k\($0): 1" }.joined(separator: ", ")
    let sources = Array(repeating: "*a", count: 1100).joined(separator: ", ")
    #expect(codes("a: &a {\(keys)}\nb: {<<: [\(sources)]}\n") == ["E0005"])
  }

  @Test(
    "nesting is bounded",
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "{\"a\":", count: 100_000), String(repeating: "- ", count: 100_000),
      (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      String(repeating: "? ", count: 100_000),
    ])
  func deep(text: String) {
    let found = codes(text)
    #expect(found.count == 1)
    #expect(["E0004", "E0009"].contains(found.first))
  }

  @Test("128 levels pass, 129 do not; aliases add their own levels")
  func exactDepth() {
    func nested(_ count: Int) -> String {
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    #expect(codes(nested(128)).isEmpty)
    #expect(codes(nested(129)) == ["E0004"])
    #expect(codes("# yaml\n" + nested(128)).isEmpty)
    #expect(codes("# yaml\n" + nested(129)) == ["E0004"])
    let half = nested(80)
    #expect(codes("- &a \(half)\n- \(half.replacing("[]", with: "[*a]"))\n") == ["E0004"])
  }

  @Test("a file that is too large is refused unread")
  func size() {
    var limits = YAMLLimits()
    limits.maximumBytes = 10
    let parsed = YAMLLoader.parse(Array("a: 12345678".utf8), file: "f", limits: limits)
    #expect(parsed.diagnostics.map(\.code) == ["E0003"])
    #expect(
      YAMLLoader.parse(Array("a: 1234567".utf8), file: "f", limits: limits).documents.count == 1)
  }

  @Test("thousands of unknown fields are summed up")
  func unknownFields() throws {
    let text = (0..<5_000).map { "field\($0): 1" }.joined(separator: "\n")
    let sink = DiagnosticSink()
    let node = try #require(YAMLLoader.load(text, file: "f", sink: sink).first)
    let reader = try #require(ObjectReader(node, path: "spec", sink: sink))
    reader.finish()
    #expect(sink.diagnostics.count == 21)
    #expect(sink.diagnostics.last?.message.contains("4980 more") == true)
  }

  @Test("mutated manifests never crash", arguments: 0..<40)
  func mutations(seed: Int) {
    let source = """
      apiVersion: tekton.dev/v1
      kind: Pipeline
      metadata: {name: "p-é", labels: {a: &l x, b: *l}}
      spec:
        tasks:
          - name: build
            params: [{name: p, value: "$(params.x)"}]
            <<: {runAfter: [a, b]}
            script: |
              #!/bin/sh
              echo 日本
      ---
      {"apiVersion": "v1", "kind": "List", "items": [{"a": 1e3, "b": "\\u00e9"}]}
      """
    let signs = Array("[]{}:,&*!|>'\"%@`\t\n- #?<".utf8)
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<50 {
      var bytes = Array(source.utf8)
      for _ in 0..<(1 + random.next(8)) {
        let at = random.next(bytes.count)
        switch random.next(4) {
        case 0: bytes[at] = UInt8(random.next(256))
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(signs[random.next(signs.count)], at: at)
        default: bytes.removeSubrange(at..<min(bytes.count, at + random.next(40)))
        }
        if bytes.isEmpty { break }
      }
      let parsed = YAMLLoader.parse(bytes, file: seed % 2 == 0 ? "f.yaml" : "f.json")
      let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
      for finding in parsed.diagnostics {
        let line = finding.location?.line ?? 0
        #expect(line >= 1 && line <= lines + 1)
      }
      let sink = DiagnosticSink()
      let files = InputFiles(documents: parsed.documents, path: "f.yaml")
      _ = ManifestReader.decode(files, sink: sink)
    }
  }
}

/// A small generator so that the mutations are the same everywhere.
private struct SplitMix {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}

extension InputFiles {
  /// One file with documents, as if it had been read.
  init(documents: [YAMLNode], path: String, isDiscovered: Bool = false) {
    self.init()
    files = [File(path: path, documents: documents, isDiscovered: isDiscovered)]
  }
}
