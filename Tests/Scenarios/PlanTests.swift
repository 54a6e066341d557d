import Foundation
import Testing

/// `gantry plan` against a sweep of all points, on the scenarios that ship.
@Suite("plans find what a sweep of everything finds")
struct PlanTests {
  /// A search and the limit that it is about.
  struct Search: CustomTestStringConvertible, Sendable {
    var arguments: String
    var measure: String
    /// The measure's key in the JSON of a sweep.
    var key: String
    var limit: Double

    var testDescription: String { arguments }
  }

  private static let nodes = Search(
    arguments: "scenarios/nodes --vary nodes.amd64.count=1..3 --vary nodes.arm64.count=1..3",
    measure: "p95", key: "p95RunSeconds", limit: 420)
  private static let sweep = Search(
    arguments: "scenarios/sweep --vary nodes.arm64.type=m6g.2xlarge "
      + "--exclude nodes.amd64.count=1,nodes.arm64.count=2",
    measure: "p95", key: "p95RunSeconds", limit: 360)
  private static let article = Search(
    arguments: "scenarios/article --vary nodes.arm64.type=m6g.2xlarge,m7g.2xlarge,c7g.2xlarge "
      + "--vary nodes.arm64.count=1..2 --vary nodes.amd64.count=1..2",
    measure: "mean", key: "meanRunSeconds", limit: 170)

  @Test("the cheapest and the next, with fewer simulations", arguments: [nodes, sweep, article])
  func optimum(_ search: Search) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let plan = try shell.run(
      "gantry plan \(search.arguments) --slo '\(search.measure) < \(search.limit)' --format json")
    #expect(plan.status == 0 && plan.errors.isEmpty, "\(plan.errors)")
    let choice = try object(plan.output)
    let own = try #require(choice["points"] as? [[String: Any]])
    let most = try #require(own.compactMap { $0["replications"] as? Int }.max())
    let used = try #require(choice["simulations"] as? Int)
    #expect(used < own.count * most)
    #expect(choice["exhaustiveSimulations"] as? Int == own.count * most)
    #expect(choice["undecided"] as? [Int] == [])

    // Every point as often as the one that was the hardest to tell.
    let sweep = try shell.run(
      "gantry sweep \(search.arguments) --replications \(most) --format json")
    #expect(sweep.status == 0, "\(sweep.errors)")
    let points = try #require(try object(sweep.output)["points"] as? [[String: Any]])
    let keeping = try points.filter { point in
      try value(point, search.key) < search.limit && point["standing"] as? String != "unusable"
    }.sorted { try value($0, "monthUSD") < value($1, "monthUSD") }
    try #require(keeping.count > 1 && keeping.count < points.count)
    #expect(choice["winner"] as? Int == keeping[0]["point"] as? Int)
    #expect(choice["runnerUp"] as? Int == keeping[1]["point"] as? Int)

    // What the race leaves out rests on this: no month costs less than what stands there anyway.
    for (planned, swept) in zip(own, points) {
      let standing = try #require(planned["standingMonthUSD"] as? Double)
      #expect(try standing <= value(swept, "monthUSD"))
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func value(_ point: [String: Any], _ key: String) throws -> Double {
    try #require((point[key] as? [String: Any])?["value"] as? Double)
  }
}
