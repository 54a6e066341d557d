import GantryModel
import Testing

@testable import GantryManifests

@Suite("texts become values with places")
struct YAMLLoaderTests {
  private func load(
    _ text: String, file: String = "f.yaml", limits: YAMLLimits = YAMLLimits()
  ) -> (nodes: [YAMLNode], findings: [Diagnostic]) {
    let sink = DiagnosticSink()
    return (YAMLLoader.load(text, file: file, limits: limits, sink: sink), sink.diagnostics)
  }

  private func place(_ line: Int, _ column: Int, _ file: String = "f.yaml") -> Place {
    Place(file: file, line: line, column: column)
  }

  @Test("lines and columns count from 1, columns in characters")
  func places() throws {
    let root = try #require(load("a: 1\nlist:\n  - x\n  - {k: v, ö: 日本, z: 1}\n").nodes.first)
    #expect(root.location == place(1, 1))
    #expect(root["a"]?.location == place(1, 4))
    guard case .sequence(let items)? = root["list"]?.content else {
      Issue.record("no list")
      return
    }
    #expect(items[0].location == place(3, 5))
    #expect(items[1].location == place(4, 5))
    #expect(items[1]["k"]?.location == place(4, 9))
    // `  - {k: v, ö: 日本, z: 1}`: 日 is character 15, 1 is character 22.
    #expect(items[1]["ö"]?.location == place(4, 15))
    #expect(items[1]["z"]?.location == place(4, 22))
  }

  @Test("CRLF, CR and a byte order mark do not move places", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let root = try #require(load("\u{FEFF}a: 1\(end)b: 2\(end)").nodes.first)
    #expect(root["a"]?.location == place(1, 4))
    #expect(root["b"]?.location == place(2, 4))
  }

  @Test("line separators inside texts do not count as lines")
  func unusualBreaks() throws {
    let result = load("a: \"x\u{2028}y\"\nb: 2\n---\nc: \u{85}\nd: [1\n")
    let root = try #require(result.nodes.first)
    #expect(root["b"]?.location == place(2, 4))
    #expect(result.findings.count == 1)
    #expect((result.findings.first?.location?.line ?? 0) >= 5)
  }

  @Test("documents are separated, empty ones left out")
  func documents() {
    let result = load("---\na: 1\n---\n# nothing\n---\n\nb: 2\n...\n---\nc: 3\n")
    #expect(result.nodes.count == 3)
    #expect(result.nodes[2].location == place(10, 1))
    #expect(load("").nodes.isEmpty)
    #expect(load("# only a comment\n").nodes.isEmpty)
    #expect(load("\n\n").findings.isEmpty)
  }

  @Test("anchors, aliases and merges are resolved; written keys win")
  func merges() throws {
    let text = """
      base: &base {a: 1, b: 2}
      more: &more {b: 3, c: 4}
      one:
        <<: *base
        b: 9
      two:
        <<: [*base, *more]
      key: &k name
      *k : by-alias
      """
    let result = load(text)
    let root = try #require(result.nodes.first)
    #expect(result.findings.isEmpty)
    func number(_ node: YAMLNode?) -> String? {
      if case .number(let text)? = node?.content { text } else { nil }
    }
    #expect(number(root["one"]?["a"]) == "1")
    #expect(number(root["one"]?["b"]) == "9")
    #expect(number(root["two"]?["b"]) == "2")
    #expect(number(root["two"]?["c"]) == "4")
    #expect(root["name"] != nil)
    // An aliased value keeps the place where it is written.
    #expect(root["one"]?["a"]?.location == place(1, 17))
  }

  @Test("every repeated key is reported with the place of the first")
  func duplicates() {
    let findings = load("a: 1\nb: {x: 1, x: 2}\na: 2\na: 3\n").findings
    #expect(findings.map(\.code) == ["E0007", "E0007", "E0007"])
    #expect(findings.map(\.location) == [place(2, 11), place(3, 1), place(4, 1)])
    #expect(findings[2].notes.first?.location == place(1, 1))
  }

  @Test(
    "what cannot be used is an error at its place",
    arguments: [
      ("a: [1, 2\n", "E0001", 2, 1), ("a: b: c\n", "E0001", 1, 5),
      ("a:\n\t- b\n", "E0001", 2, 1), ("a: 'x\n", "E0001", 2, 1), ("a: @x\n", "E0001", 1, 4),
      ("a: *nope\n", "E0006", 1, 4), ("a: &a [*a]\n", "E0006", 1, 8),
      ("? [x]\n: 1\n", "E0009", 1, 3), ("? {x: 1}\n: 1\n", "E0009", 1, 3),
      ("~: 1\n", "E0009", 1, 1),
      ("a: 1\n<<: 3\n", "E0008", 2, 1), ("<<: [{a: 1}, x]\n", "E0008", 1, 1),
      ("x: {{ .Values.y }}\n", "E0009", 1, 5), ("a: \u{0}\n", "E0002", 1, 4),
      ("é: 1\nb: \u{7}\n", "E0002", 2, 4), ("a: \"\\x\"\n", "E0001", 1, 7),
    ])
  func broken(text: String, code: String, line: Int, column: Int) {
    let findings = load(text).findings
    #expect(findings.map(\.code) == [code])
    #expect(findings.first?.location == place(line, column))
  }

  @Test("bytes that are not UTF-8 are located")
  func invalidBytes() {
    func first(_ bytes: [UInt8]) -> Diagnostic? {
      YAMLLoader.parse(bytes, file: "f.yaml").diagnostics.first
    }
    // Latin-1 é after two characters of two bytes.
    let latin = first(Array("a: 1\nö: ü".utf8) + [0xE9, 0x0A])
    #expect(latin?.code == "E0002")
    #expect(latin?.location == place(2, 5))
    #expect(first([0x61, 0xC0, 0xAF])?.location == place(1, 2))  // overlong '/'
    #expect(first([0xED, 0xA0, 0x80])?.code == "E0002")  // surrogate
    #expect(first([0xF4, 0x90, 0x80, 0x80])?.code == "E0002")  // above U+10FFFF
    #expect(first([0x61, 0xE2, 0x82])?.code == "E0002")  // cut off
    #expect(first([0xFF, 0xFE, 0x61, 0x00])?.message.contains("UTF-16") == true)
    #expect(first(Array("a: é日𝄞\n".utf8)) == nil)
  }

  @Test("a broken document hides neither the ones before nor the ones after")
  func recovery() {
    let result = load("a: 1\n---\nb: [\n---\nc: 'x\n---\nd: 4\n---\ne: }\n")
    #expect(result.nodes.count == 2)
    #expect(result.findings.count == 3)
    #expect(result.findings.map { $0.location?.line } == [4, 6, 9])
    let last = result.nodes.last
    #expect(last?.location == place(7, 1))
  }

  @Test("the number of syntax errors of a file is bounded")
  func manyErrors() {
    let text = String(repeating: "a: ]\n---\n", count: 5_000)
    #expect(load(text).findings.count == YAMLLimits().maximumSyntaxErrors)
  }
}
