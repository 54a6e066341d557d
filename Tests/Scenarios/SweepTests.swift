import Foundation
import Testing

/// The answer of `scenarios/sweep`.
@Suite("a sweep of workers")
struct SweepTests {
  @Test("the README shows what its commands print")
  func answer() throws {
    let readme = try Readme("sweep")
    let commands = readme.commands.split(separator: "\n").map(String.init)
    try #require(commands.count == 2)
    let shell = try Shell()
    defer { shell.remove() }
    let sweep = try shell.run(commands[0])
    #expect(sweep.status == 0 && sweep.errors.isEmpty, "\(sweep.errors)")
    let compare = try shell.run(commands[1])
    #expect(compare.status == 0 && compare.errors.isEmpty, "\(compare.errors)")
    #expect(compare.output.contains("Points against sweep#1"))
    let lines = sweep.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    try readme.expect("answer", ["```text"] + lines.dropLast() + ["```"])
    try expectShape(try shell.run(commands[0] + " --format json").output)
  }

  /// What the README says in words: a second amd64 node shortens builds, and costs more.
  private func expectShape(_ json: String) throws {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let points = try #require(object?["points"] as? [[String: Any]])
    #expect(points.count == 12)
    func value(_ point: [String: Any], _ key: String) throws -> Double {
      try #require((point[key] as? [String: Any])?["value"] as? Double)
    }
    for index in 0..<6 {
      // The first axis changes slowest: six points further on there is one amd64 node more.
      let (fewer, more) = (points[index], points[index + 6])
      #expect(try value(more, "meanRunSeconds") < value(fewer, "meanRunSeconds"))
      #expect(try value(more, "monthUSD") > value(fewer, "monthUSD"))
    }
    #expect(points.contains { $0["standing"] as? String == "pareto" })
    #expect(points.allSatisfy { $0["standing"] as? String != "unusable" })
  }
}
