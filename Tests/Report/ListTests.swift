import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite struct ListTests {
  let snapshot = Snapshot()

  static func summary(
    _ id: Int64 = 1, scenario: String = "article/htop", label: String? = "base", failed: Int = 0
  ) -> SimulationSummary {
    SimulationSummary(
      id: id, scenario: scenario, label: label, createdAt: "2026-11-23T08:00:00Z",
      programVersion: "0.1.0", catalogVersion: "2026-11-20", region: "eu-west-3", seed: 1,
      replicationCount: 1, inputHash: "5f1d00aa77", clusterOrigin: "scenario",
      makespanSeconds: 162.25, runCount: 3, failedRunCount: failed, meanRunSeconds: 150,
      totalUSD: 0.208, monthlyUSD: 1432)
  }

  @Test("the list", arguments: [40, 80, 120])
  func widths(_ width: Int) {
    let list = [
      Self.summary(12, label: "c7g"), Self.summary(7, label: nil, failed: 2),
      Self.summary(3, scenario: "a-scenario-with-a-very-long-name-日本語/variant", label: "ünïcode"),
    ]
    let text = RunListReport(ReportOptions(width: width)).render(list)
    #expect(snapshot.difference("list-\(width)", text) == nil)
    #expect(text.split(separator: "\n").allSatisfy { $0.displayWidth <= width })
  }

  @Test("an empty list says so")
  func empty() {
    #expect(RunListReport().render([]).hasPrefix("No result is stored"))
    #expect(RunListReport().renderJSON([]) == "[]\n")
    #expect(CSVReport().renderList([]).split(separator: "\r\n").count == 1)
  }

  @Test("CSV quotes commas, quotes and line breaks")
  func quoting() {
    let text = CSVReport().renderList([
      Self.summary(scenario: "a,b", label: "say \"hi\"\nthere")
    ])
    #expect(text.contains("1,\"a,b\",\"say \"\"hi\"\"\nthere\",2026-11-23T08:00:00Z,eu-west-3,1,"))
    #expect(text.hasSuffix("5f1d00aa77\r\n"))
  }

  @Test("CSV of tasks has a line per TaskRun and as many fields in each")
  func tasks() {
    let lines = CSVReport().renderTasks([Samples.htop(), Samples.failed()])
      .split(separator: "\r\n")
    // A header, four TaskRuns, and three and one.
    #expect(lines.count == 1 + 4 + 3 + 1)
    #expect(lines[0].hasPrefix("simulation_id,scenario,label"))
    let fields = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }
    #expect(Set(fields) == [31])
  }
}
