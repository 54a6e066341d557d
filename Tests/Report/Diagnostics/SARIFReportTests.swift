import Foundation
import GantryModel
import Testing

@testable import GantryReport

@Suite("SARIF")
struct SARIFReportTests {
  private let kind = FindingKind("W0001", "a title", "An explanation.", remedy: "do it otherwise")

  private func log(_ findings: [Diagnostic]) throws -> [String: Any] {
    let text = SARIFReport(programVersion: "1.2.3", kinds: [kind]).render(findings)
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let runs = (value as? [String: Any])?["runs"] as? [[String: Any]]
    return try #require(runs?.first)
  }

  @Test("equal findings come once, each points at its rule, help stands in the message")
  func results() throws {
    let place = SourceLocation(file: "a b/ü.yaml", line: 3, column: 7)
    let finding = kind.finding("something", at: place)
    let run = try log([finding, finding])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 1)
    #expect((results[0]["message"] as? [String: String])?["text"] == "something (do it otherwise)")
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    #expect(rules.count == 1)
    #expect((rules[0]["shortDescription"] as? [String: String])?["text"] == "a title")
  }

  @Test("paths become URI references; what is no file has no place")
  func places() throws {
    #expect(SARIFReport.uri("a b/ü.yaml") == "a%20b/%C3%BC.yaml")
    #expect(SARIFReport.uri("/x/y.yaml") == "file:///x/y.yaml")
    let option = SourceLocation(file: "--set", line: 1, column: 1)
    let results = try log([kind.finding("x", at: option)])["results"] as? [[String: Any]]
    #expect(results?.first?["locations"] == nil)
  }

  @Test("a code without a kind is a rule all the same")
  func unknownKind() throws {
    let run = try log([Diagnostic(.error, "E9999", "odd", at: nil)])
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    #expect(rules[0]["id"] as? String == "E9999")
    let level = rules[0]["defaultConfiguration"] as? [String: String]
    #expect(level?["level"] == "error")
  }
}
