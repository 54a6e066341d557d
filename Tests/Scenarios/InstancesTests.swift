import GantryModel
import Testing

/// The answer of `scenarios/instances`.
@Suite("worker types")
struct InstancesTests {
  @Test("the README's winners are the measured ones")
  func winners() throws {
    let readme = try Readme("instances")
    let records = try readme.measure()
    #expect(records.count == 13)
    #expect(records.allSatisfy { $0.failedRuns == 0 && $0.replicationCount == 20 })
    let base = try #require(records.first { $0.label == "base" })
    let sorted = records.sorted { $0.meanRunSeconds < $1.meanRunSeconds }
    let fastest = try #require(sorted.first)
    let thrifty = try #require(
      records.filter { $0.cost.monthlyUSD <= base.cost.monthlyUSD }
        .min { $0.meanRunSeconds < $1.meanRunSeconds })

    var lines = [
      "**\(name(fastest))** builds soonest: \(comparison(fastest, base)). Of what costs no more than "
        + "the reference case's workers, **\(name(thrifty))** is the fastest: "
        + "\(comparison(thrifty, base)).", "",
      "| workers | mean build | last build ends | USD a month | |", "|---|---:|---:|---:|---|",
    ]
    for record in sorted {
      let isDominated = records.contains {
        $0.meanRunSeconds < record.meanRunSeconds && $0.cost.monthlyUSD <= record.cost.monthlyUSD
      }
      lines.append(
        "| \(name(record)) | \(record.meanRunSeconds.formatted(digits: 0)) "
          + "± \(record.meanRunHalfWidth.formatted(digits: 0)) s "
          + "| \(record.meanMakespanSeconds.formatted(digits: 0)) s "
          + "| \(record.cost.monthlyUSD.formatted(digits: 0)) | \(isDominated ? "" : "✓") |")
    }
    try readme.expect("answer", lines)
    try readme.expect("foundations", base.foundations)
    try expectPattern(records)
  }

  /// What the README says in words.
  private func expectPattern(_ records: [SimulationRecord]) throws {
    func mean(_ label: String) throws -> Double {
      try #require(records.first { $0.label == label }).meanRunSeconds
    }
    let base = try mean("base")
    #expect(try mean("m6a") < base)
    #expect(try mean("m8i-flex") < base)
    #expect(try mean("m6a+m7g") < mean("m6a"))
    #expect(try mean("m8i-flex+m8g") < mean("m8i-flex"))
    // Half the memory on one side crowds the other side; on both sides it does not.
    #expect(try mean("c7g") > mean("m7g"))
    #expect(try mean("c7g") > base)
    #expect(try mean("c7i-flex+c7g") < base)
  }

  /// `m8i-flex + m8g`, with the reference case's type where one is unchanged.
  private func name(_ record: SimulationRecord) -> String {
    let types = [Architecture.amd64, .arm64].compactMap { architecture in
      record.nodes.first { !$0.isControlPlane && $0.architecture == architecture }?.instanceType
    }
    return types.joined(separator: " + ")
  }

  private func comparison(_ record: SimulationRecord, _ base: SimulationRecord) -> String {
    let time = record.meanRunSeconds.change(from: base.meanRunSeconds)
    let cost = record.cost.monthlyUSD - base.cost.monthlyUSD
    let text = cost.formatted(digits: 0)
    return
      "\(time) of build time, \(cost < 0 ? "−USD \(text.dropFirst())" : "+USD \(text)") a month"
  }
}
