import Foundation
import Testing

/// The findings that `scenarios/flawed` promises.
@Suite("a pipeline with mistakes that Tekton accepts")
struct FlawedTests {
  @Test("check finds what the README lists, and nothing else of that gravity")
  func findings() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      "gantry check scenarios/article/tekton scenarios/flawed --cluster scenarios/article/cluster "
        + "--format json")
    #expect(result.status == 65)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let inputs = try #require(report["inputs"] as? [[String: Any]])
    let findings = try #require(inputs.first?["findings"] as? [[String: Any]])
    let grave = findings.filter { $0["severity"] as? String != "note" }
      .compactMap { $0["code"] as? String }
    let readme = try String(contentsOf: ShippedScenarios.readme("flawed"), encoding: .utf8)
    let listed = readme.split(separator: "\n").filter { $0.hasPrefix("| E") || $0.hasPrefix("| W") }
      .map { String($0.dropFirst(2).prefix(5)) }
    #expect(Set(grave) == Set(listed + ["W0605"]))
    #expect(listed == listed.sorted())
  }
}
