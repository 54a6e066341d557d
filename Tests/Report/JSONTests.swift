import Foundation
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite struct JSONTests {
  let snapshot = Snapshot()

  @Test("a record as JSON is what was kept and the same each time")
  func record() {
    let text = JSONReport().render(Samples.htop(label: "base"))
    #expect(snapshot.difference("htop-json", text) == nil)
    #expect(text == JSONReport().render(Samples.htop(label: "base")))
    #expect(!text.contains("createdAt"))
    #expect(JSONReport(includesCreationTime: true).render(Samples.failed()).contains("createdAt"))
  }

  @Test("another reader understands it", arguments: Sample.allCases)
  func foreignReader(_ sample: Sample) throws {
    let record = sample.record
    let text = JSONReport(includesInputs: true).render(record)
    let any = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let object = try #require(any as? [String: Any])
    let runs = try #require(object["pipelineRuns"] as? [[String: Any]])
    #expect(runs.count == record.runs.count)
    #expect(object["inputs"] as? String == record.inputs)
    #expect((object["cost"] as? [String: Any])?["totalUSD"] as? Double == record.cost.totalUSD)
    #expect(JSONParser.parse(text) != nil)
  }

  @Test(
    "numbers are the shortest that read back equal, without exponents",
    arguments: zip(
      [0, -0.0, 1, 0.1, 1e-7, 1.5e-9, 1e16, 1.25e21, -2.5e-5, .nan, .infinity, 252.3],
      [
        "0", "0", "1", "0.1", "0.0000001", "0.0000000015", "10000000000000000",
        "1250000000000000000000", "-0.000025", "null", "null", "252.3",
      ]))
  func numbers(_ value: Double, _ text: String) {
    #expect(JSONValue.digits(of: value) == text)
    if value.isFinite { #expect(Double(text) == value) }
  }

  @Test("seconds are whole nanoseconds")
  func seconds() {
    #expect(JSONValue.seconds(252.30000000000001) == .double(252.3))
    #expect(JSONValue.seconds(nil) == .null)
  }

  @Test("texts are escaped and read back equal")
  func escapes() {
    let text = "\"\\\n\t\u{1}\u{7F}é日😀/"
    let written = JSONValue.string(text).prettyText
    #expect(JSONParser.parse(written) == .string(text))
    #expect(JSONParser.parse(#""\ud83d\ude00A""#) == .string("😀A"))
  }

  @Test(
    "what is not JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\"}", "\"", "\"\\x\"", "tru", "1 2", "-", "\"\\ud800\"", "{\"a\":1,}",
      String(repeating: "[", count: 100_000),
    ])
  func malformed(_ text: String) {
    #expect(JSONParser.parse(text) == nil)
  }

  /// Key paths such as `cost.lines[].unit`.
  private func paths(_ value: JSONValue, _ prefix: String, _ found: inout Set<String>) {
    switch value {
    case .object(let members):
      for member in members {
        let path = prefix.isEmpty ? member.name : "\(prefix).\(member.name)"
        found.insert(path)
        paths(member.value, path, &found)
      }
    case .array(let values):
      for value in values { paths(value, prefix + "[]", &found) }
    default: break
    }
  }

  @Test("every key that is documented is produced, and the reverse")
  func documentation() throws {
    var produced: Set<String> = []
    for record in Sample.allCases.map(\.record) {
      let text = JSONReport(includesCreationTime: true, includesInputs: true).render(record)
      let value = try #require(JSONParser.parse(text))
      paths(value, "", &produced)
    }
    // Estimates are all alike and told once.
    produced = produced.filter { path in
      !path.hasPrefix("estimates.") || ![".value", ".halfWidth"].contains { path.hasSuffix($0) }
    }
    #expect(try documented("A record") == produced)
    var compared: Set<String> = []
    var other = Samples.failed()
    other.inputs = Samples.inputs(armType: "c7g.2xlarge")
    let comparison = ComparisonReport().renderJSON([Samples.htop(label: "a"), other])
    paths(try #require(JSONParser.parse(comparison)), "", &compared)
    // Values of inputs may be objects of any shape.
    compared = compared.filter { !$0.contains(".old.") && !$0.contains(".new.") }
    #expect(try documented("A comparison") == compared)
    var checked: Set<String> = []
    let check = JSONReport().render(
      [.init(name: "a", isValid: true, findings: Samples.diagnostics)], kinds: [])
    paths(try #require(JSONParser.parse(check)), "", &checked)
    #expect(try documented("A check") == checked)
    var listed: Set<String> = []
    let list = RunListReport().renderJSON([ListTests.summary()])
    paths(try #require(JSONParser.parse(list)), "", &listed)
    #expect(try documented("A list of stored simulations") == listed)
    var explained: Set<String> = []
    let explanation = ExplanationReport().renderJSON(Samples.explanation())
    paths(try #require(JSONParser.parse(explanation)), "", &explained)
    // These are described where they stand first; plugins are names.
    let elsewhere = [
      "criticalPath[].", "affinityAssistants[].schedulingAttempts[].", "images[].limits[].",
      "plugins.",
    ]
    explained = explained.filter { path in !elsewhere.contains { path.contains($0) } }
    #expect(try documented("An explanation") == explained)
  }

  @Test("a finding of a check has its kind's explanation and remedy, or null")
  func check() throws {
    let kind = FindingKind("W0201", "title", "It matters.", remedy: "pin it")
    let text = JSONReport().render(
      [.init(name: "a", isValid: false, findings: Samples.diagnostics)], kinds: [kind])
    let value = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let input = try #require((value["inputs"] as? [[String: Any]])?.first)
    let findings = try #require(input["findings"] as? [[String: Any]])
    #expect(findings.map { $0["code"] as? String } == ["W0201", "N0001"])
    #expect(findings.map { $0["explanation"] as? String } == ["It matters.", nil])
    #expect(findings.map { $0["remedy"] as? String } == ["pin it", nil])
    #expect(findings[1]["remedy"] is NSNull)
    #expect(findings[0]["suggestion"] as? String == "fedora:39")
  }

  /// The keys in the first column of the table below a heading of the page.
  private func documented(_ heading: String) throws -> Set<String> {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = root.appendingPathComponent("Sources/Report/GantryReport.docc/JSON.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let section = text.components(separatedBy: "\n## ").first { $0.hasPrefix(heading + "\n") }
    let rows = try #require(section).split(separator: "\n").filter { $0.hasPrefix("| `") }
    return Set(rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) })
  }
}
