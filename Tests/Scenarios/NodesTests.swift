import GantryModel
import Testing

/// The answer of `scenarios/nodes`.
@Suite("number of workers")
struct NodesTests {
  /// The goal that the README names.
  private let goal = 300.0

  @Test("the README's winner is the cheapest that meets the goal")
  func winner() throws {
    let readme = try Readme("nodes")
    let records = try readme.measure()
    #expect(records.count == 7)
    #expect(records.allSatisfy { $0.failedRuns == 0 && $0.runs.count == 24 })
    let winner = try #require(
      records.filter { $0.meanMakespanSeconds <= goal }
        .min { $0.cost.monthlyUSD < $1.cost.monthlyUSD })
    let sorted = records.sorted { $0.cost.monthlyUSD < $1.cost.monthlyUSD }
    var lines = [
      "**\(winner.label ?? "")** (amd64 + arm64) is the cheapest that is done in five minutes: "
        + "\(winner.meanMakespanSeconds.formatted(digits: 0)) s for USD "
        + "\(winner.cost.monthlyUSD.formatted(digits: 0)) a month.", "",
      "| workers | mean build | last build ends | USD a month |", "|---|---:|---:|---:|",
    ]
    lines += sorted.map { record in
      "| \(record.label ?? "") | \(record.meanRunSeconds.formatted(digits: 0)) s "
        + "| \(record.meanMakespanSeconds.formatted(digits: 0)) s "
        + "| \(record.cost.monthlyUSD.formatted(digits: 0)) |"
    }
    try readme.expect("answer", lines)
    let reference = try #require(records.first { $0.label == "1+1" })
    try readme.expect("foundations", reference.foundations)
    try expectShape(records)
  }

  /// More of both never takes longer, and each doubling gains less.
  private func expectShape(_ records: [SimulationRecord]) throws {
    func end(_ label: String) throws -> Double {
      try #require(records.first { $0.label == label }).meanMakespanSeconds
    }
    let ends = try ["1+1", "2+2", "3+3", "4+4", "6+6"].map(end)
    #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 >= $1 }, "\(ends)")
    #expect(ends[0] - ends[1] > ends[1] - ends[3])
    #expect(try end("2+1") <= end("1+1"))
    #expect(try end("1+2") <= end("1+1"))
  }
}
