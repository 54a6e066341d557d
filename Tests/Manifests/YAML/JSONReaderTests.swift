import GantryModel
import Testing

@testable import GantryManifests

@Suite("JSON is read with places")
struct JSONReaderTests {
  private func load(_ text: String, file: String = "f.json") -> (
    nodes: [YAMLNode], findings: [Diagnostic]
  ) {
    let sink = DiagnosticSink()
    return (YAMLLoader.load(text, file: file, sink: sink), sink.diagnostics)
  }

  private func text(_ node: YAMLNode?) -> String? {
    if case .string(let text)? = node?.content { text } else { nil }
  }

  @Test("values, escapes and surrogate pairs")
  func values() throws {
    let result = load(
      #"{"a": "x\n\"\\\/\t\u00e9\ud83d\ude00\ud800!", "b": [1, -2.50, 1E3, true, null], "c": {}}"#)
    let root = try #require(result.nodes.first)
    #expect(result.findings.isEmpty)
    #expect(text(root["a"]) == "x\n\"\\/\té😀\u{FFFD}!")
    guard case .sequence(let items)? = root["b"]?.content else {
      Issue.record("no list")
      return
    }
    #expect(
      items.map(\.kindName) == [
        "the number 1", "the number -2.5", "the number 1000", "the boolean true", "null",
      ])
  }

  @Test("places count characters, also after non-ASCII text on the line")
  func places() throws {
    let root = try #require(load("{\n  \"é日😀\": \"ü\", \"b\":\r\n   7}").nodes.first)
    guard case .mapping(let entries) = root.content else {
      Issue.record("no mapping")
      return
    }
    #expect(entries[0].key.location == Place(file: "f.json", line: 2, column: 3))
    // `  "é日😀": "ü", "b":`: the value is character 10, the next key character 15.
    #expect(entries[0].value.location == Place(file: "f.json", line: 2, column: 10))
    #expect(entries[1].key.location == Place(file: "f.json", line: 2, column: 15))
    #expect(entries[1].value.location == Place(file: "f.json", line: 3, column: 4))
  }

  @Test("several values in a row are several documents")
  func stream() { #expect(load("{\"a\":1}\n{\"b\":2}\n[3]").nodes.count == 3) }

  @Test("flow YAML that only begins like JSON is read as YAML")
  func flowYAML() throws {
    let result = load("{a: b, c: [d, 'e']} # comment\n", file: "f.yaml")
    #expect(result.findings.isEmpty)
    #expect(text(result.nodes.first?["a"]) == "b")
  }

  @Test(
    "syntax errors are located",
    arguments: [
      ("{\"a\": }", 7), ("{\"a\" 1}", 6), ("{a: 1}", 2), ("[1 2]", 4), ("{\"a\": \"x", 9),
      ("{\"a\": tru}", 7), ("{\"a\": \"\\q\"}", 8), ("{\"a\": \"\\u12\"}", 8), ("[1,]", 4),
      ("{\"a\": 1,}", 9), ("[", 2), ("{\"a\": 1", 8), ("[\"\u{1}\"]", 3), ("[.5]", 2),
    ])
  func broken(text: String, column: Int) {
    let findings = load(text).findings
    #expect(findings.map(\.code) == ["E0001"])
    #expect(findings.first?.location == Place(file: "f.json", line: 1, column: column))
  }

  @Test("repeated keys are errors")
  func duplicates() {
    let findings = load("{\"a\": 1, \"a\": 2}").findings
    #expect(findings.map(\.code) == ["E0007"])
    #expect(findings.first?.location?.column == 10)
  }
}
