import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite struct TerminalReportTests {
  let snapshot = Snapshot()

  private func widest(_ text: String) -> Int {
    text.split(separator: "\n").map(\.displayWidth).max() ?? 0
  }

  @Test("the whole report", arguments: Sample.allCases, [40, 80, 120, 200])
  func widths(_ sample: Sample, _ width: Int) {
    let text = TerminalReport(ReportOptions(width: width)).render(sample.record)
    #expect(snapshot.difference("\(sample)-\(width)", text) == nil)
    #expect(widest(text) <= width)
  }

  @Test("every width holds, also of odd names", arguments: [40, 41, 53, 60, 67, 79, 84, 101, 133])
  func neverWider(_ width: Int) {
    for sample in Sample.allCases.map(\.record) + [odd] {
      for detail in [ReportOptions.Detail.summary, .full] {
        for unicode in [true, false] {
          let options = ReportOptions(width: width, unicode: unicode, detail: detail)
          let text = TerminalReport(options).render(sample)
          #expect(widest(text) <= width, "\(sample.scenario) \(detail)")
        }
      }
    }
  }

  @Test("what the time went for is the time taken, from start to end")
  func breakdown() throws {
    // The samples start a quarter of a second after they are ready.
    for task in Samples.run("htop-run").taskRuns {
      let took = try #require(task.durationSeconds)
      #expect(abs(task.breakdown.values.reduce(0, +) - took - 0.25) < 1e-9)
      #expect(abs(task.shownBreakdown.values.reduce(0, +) - took) < 1e-9)
    }
  }

  @Test("assumptions with long values fit a narrow terminal", arguments: [40, 60, 80])
  func longAssumptions(width: Int) {
    var record = Samples.htop()
    for index in record.assumptions.indices {
      record.assumptions[index].assumption.unit = "s on m5a.2xlarge per measured s"
    }
    let text = TerminalReport(ReportOptions(width: width)).render(record)
    #expect(text.contains("s on m5a.2xlarge per measured s") == (width > 60))
    #expect(widest(text) <= width, "\(text)")
  }

  @Test("the TaskRuns of a matrix are told apart by Tekton's numbers", arguments: [40, 100])
  func matrix(width: Int) {
    var run = Samples.run("htop-run")
    let count = run.taskRuns.count
    for index in 0..<2 {
      run.taskRuns[index].pipelineTask = "build-of-an-image-for-a-platform"
      run.taskRuns[index].name = "htop-run-build-of-an-image-for-a-platform-\(index)"
    }
    let text = TerminalReport(ReportOptions(width: width)).render(Samples.record(runs: [run]))
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("  buil") }
    #expect(rows.count >= 4 && count > 2, "\(text)")
    #expect(rows.filter { $0.contains("-0 ") || $0.contains("-0:") }.count >= 1, "\(text)")
    #expect(rows.filter { $0.contains("-1 ") || $0.contains("-1:") }.count >= 1, "\(text)")
    #expect(widest(text) <= width)
  }

  @Test("three runs, each with its own table")
  func threeRuns() {
    let runs = [
      Samples.run("htop-run"), Samples.run("nodejs-run", pipeline: "nodejs", pace: 1.5),
      Samples.run("quarkus-run", pipeline: "quarkus", at: 5, pace: 3),
    ]
    let text = TerminalReport().render(Samples.record(scenario: "article", runs: runs))
    #expect(snapshot.difference("three-runs-100", text) == nil)
  }

  @Test("colours and plain text differ in colours only", arguments: Sample.allCases)
  func colours(_ sample: Sample) {
    let plain = TerminalReport(ReportOptions(width: 90)).render(sample.record)
    let coloured = TerminalReport(ReportOptions(width: 90, colour: true)).render(sample.record)
    #expect(coloured.contains("\u{1B}["))
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test("coloured output is what was kept")
  func colouredSnapshot() {
    let options = ReportOptions(width: 80, colour: true)
    let text = TerminalReport(options).render(Sample.failed.record)
    #expect(snapshot.difference("failed-80-colour", text) == nil)
  }

  @Test("without Unicode all is ASCII", arguments: Sample.allCases)
  func ascii(_ sample: Sample) {
    let options = ReportOptions(width: 80, unicode: false)
    let text = TerminalReport(options).render(sample.record)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(snapshot.difference("\(sample)-80-ascii", text) == nil)
  }

  /// Very long and foreign names, control characters, runs that take no time.
  private var odd: SimulationRecord {
    let long = String(repeating: "a-very-long-name-", count: 12)
    let node = Samples.node(
      "ip-10-0-199-199.eu-west-3.compute.internal", type: "m6g.metal", .arm64, zone: "eu-west-3c",
      utilisation: 0.999)
    var first = Samples.run("構築-パイプライン-実行", pipeline: "構築", nodes: [node])
    first.taskRuns[0].pipelineTask = long
    first.taskRuns[1].pipelineTask = "tâche 👩‍🚀\u{1B}[31m\r\nred\u{202E}"
    first.taskRuns[1].status = .taskRunTimeout
    first.taskRuns[1].message = long + "\u{7}"
    var nothing = Samples.run("nothing")
    nothing.taskRuns = []
    nothing.criticalPath = []
    nothing.completionSeconds = 0
    var instant = nothing
    instant.name = long
    instant.taskRuns = [Samples.task("instant", on: node, ready: 0, [])]
    return Samples.record(
      scenario: "odd", label: long, runs: [first, nothing, instant], nodes: [node])
  }

  @Test("odd names are shown and cannot change the terminal")
  func oddNames() {
    let text = TerminalReport(ReportOptions(width: 80)).render(odd)
    #expect(snapshot.difference("odd-80", text) == nil)
    #expect(
      text.unicodeScalars.allSatisfy {
        $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x202E)
      })
  }

  @Test("a record without anything is a line or two")
  func empty() {
    var record = Samples.record(runs: [], nodes: [])
    record.cost = Cost()
    record.assumptions = []
    let text = TerminalReport().render(record)
    #expect(
      text == "htop: no runs\nCluster: scenario; no nodes in eu-west-3; seed 1\n")
  }

  @Test("replications show their interval, in the digits that it supports")
  func replications() {
    let record = Samples.replicated("r", [[100], [110], [120]])
    // Standard error 10 / sqrt 3 = 5.774, times t(2) = 4.303: 24.8, one digit of which is 20.
    let text = TerminalReport(ReportOptions(width: 100)).render(record)
    #expect(text.contains("Over 3 replications\n"))
    #expect(text.contains(/makespan +1m50s ± 20s/), "\(text)")
    #expect(text.contains(/run, mean +1m50s ± 20s/))
    // Three runs are too few for a section of 20: the longest of them, in two digits.
    #expect(text.contains(/run, p95 +≈2m00s/) && text.contains("≈ is of too few runs for one"))
    let ascii = TerminalReport(ReportOptions(width: 100, unicode: false)).render(record)
    #expect(ascii.contains(/run, p95 +~2m00s/) && !ascii.contains("≈"))
  }

  @Test("of replications: the headline is of all, and sections of one say which")
  func scopes() {
    let record = Samples.replicated("r", [[100], [110], [120]])
    let text = TerminalReport(ReportOptions(width: 100)).render(record)
    #expect(text.hasPrefix("htop (r): 1m50s ± 20s over 3 replications, USD 1.00 for the run, "))
    let titles = text.split(separator: "\n").filter {
      $0.hasPrefix("Bill") || $0.hasPrefix("Nodes")
    }
    #expect(
      titles == ["Bill (first of 3 replications)", "Nodes (first of 3 replications)"], "\(text)")
    #expect(!TerminalReport().render(Samples.htop()).contains("replications"))
    var many = record
    many.runs += [Samples.run("htop-2", at: 300)]
    // Of 3 replications of two runs: p50 the first of each, p95 the longest of all six.
    many.replications = [[100, 140], [110, 150], [120, 160]].enumerated().map {
      Samples.replication($0.offset, $0.element)
    }
    let line = Headline(record: many).text.plainSpaces
    #expect(
      line.hasPrefix(
        "htop (r): 2 runs in 2m30s ± 20s over 3 replications, a run takes 1m50s ± 20s (p50) to "
          + "≈2m40s (p95), USD 1.00 for all runs"), "\(line)")
    // A run that failed in another replication than the first is no success.
    many.replications[2].failedRuns = 1
    #expect(
      Headline(record: many).text.plainSpaces.hasPrefix(
        "htop (r): 1 run in 3 replications did not succeed; none of the first; USD"))
  }

  @Test("the headline says the failure before the figures")
  func failureFirst() {
    let line = Headline(record: Samples.failed()).text.plainSpaces
    #expect(
      line.hasPrefix(
        "htop (broken): 2 of 2 runs did not succeed; htop-run-1 failed after 2m42s: "
          + "build-arm64: \"step-build\" exited with code 137 (OOMKilled); USD"))
  }

  @Test("tasks without kept segments still have a bar")
  func withoutSegments() {
    var record = Samples.htop()
    for index in record.runs[0].taskRuns.indices { record.runs[0].taskRuns[index].segments = [] }
    let text = TerminalReport(ReportOptions(width: 80)).render(record)
    #expect(text.contains("█ cpu"))
  }
}
