import GantryModel
import GantryTestSupport
import GantryUnits
import Testing

@testable import GantryReport

@Suite struct ExplanationReportTests {
  let snapshot = Snapshot()

  private func widest(_ text: String) -> Int {
    text.split(separator: "\n").map(\.displayWidth).max() ?? 0
  }

  @Test("a run in short", arguments: [40, 80, 120])
  func run(_ width: Int) {
    let text = ExplanationReport(ReportOptions(width: width)).render(Samples.explanation())
    #expect(snapshot.difference("explain-run-\(width)", text) == nil)
    #expect(widest(text) <= width)
  }

  @Test("a task in full", arguments: [40, 80, 120])
  func task(_ width: Int) {
    let report = ExplanationReport(ReportOptions(width: width), task: "build-amd64")
    let text = report.render(Samples.explanation())
    #expect(snapshot.difference("explain-task-\(width)", text) == nil)
    #expect(widest(text) <= width)
  }

  @Test("JSON has everything, of one task only that")
  func json() {
    let all = ExplanationReport().renderJSON(Samples.explanation())
    #expect(JSONParser.parse(all) != nil)
    #expect(all.contains("\"build-arm64\""))
    let one = ExplanationReport(task: "build-amd64").renderJSON(Samples.explanation())
    #expect(snapshot.difference("explain-task-json", one) == nil)
  }

  @Test("every width holds, with and without detail and signs outside ASCII")
  func neverWider() {
    for width in [40, 41, 53, 67, 79, 101, 133] {
      for detail in [ReportOptions.Detail.summary, .full] {
        for task in [nil, "build-amd64", "notify"] {
          let options = ReportOptions(width: width, unicode: false, detail: detail)
          let text = ExplanationReport(options, task: task).render(Samples.explanation())
          #expect(widest(text) <= width, "\(width) \(detail) \(task ?? "run")")
          #expect(text.utf8.allSatisfy { $0 < 0x80 })
        }
      }
    }
  }

  @Test("attempts with the same refusals are counted, with detail all are shown")
  func repeats() {
    let explained = Samples.explanation()
    func text(_ detail: ReportOptions.Detail) -> String {
      ExplanationReport(ReportOptions(width: 120, detail: detail), task: "build-amd64")
        .render(explained)
    }
    // Five attempts: the first, three like it, and the one that found a node.
    #expect(text(.summary).contains("3 attempts with the same refusals"))
    #expect(!text(.full).contains("attempts with the same refusals"))
    #expect(text(.full).contains("attempt 4: nodejs-run-build-3 ended"))
  }

  @Test("many nodes: refusals are counted, the best scores shown, the rest counted")
  func manyNodes() throws {
    var explained = Samples.explanation()
    var look = SchedulingAttempt(
      time: .zero, cause: .created, parked: .zero, backoff: .zero, nodeCount: 100)
    look.refusals = (0..<40).map {
      .init(
        node: "cordoned-\($0)", filter: "NodeUnschedulable",
        status: "UnschedulableAndUnresolvable", reasons: ["node(s) were unschedulable"])
    }
    look.plugins = ["NodeResourcesFit"]
    look.scores = (0..<20).map {
      .init(node: "n\($0)", scores: [Int64($0)], total: Int64($0))
    }
    look.chosen = "n19"
    look.best = ["n19"]
    explained.runs[0].taskRuns[0].attempts[0].scheduling = [look]
    let short = ExplanationReport(ReportOptions(width: 100), task: "git-clone").render(explained)
    #expect(short.contains("refused cordoned-0, cordoned-1, cordoned-2 and 37 more"))
    #expect(short.contains("12 more nodes with lower scores"))
    #expect(short.contains("40 nodes not looked at"))
    #expect(!short.contains("cordoned-39"))
    let options = ReportOptions(width: 100, detail: .full)
    let full = ExplanationReport(options, task: "git-clone").render(explained)
    #expect(full.contains("refused cordoned-39"))
    #expect(full.contains("n0 "))
  }

  @Test("a run that no resource shortens says so; one that a resource saves, too")
  func headlines() {
    var explained = Samples.explanation()
    for index in explained.runs[0].levers.indices {
      explained.runs[0].levers[index].savedSeconds = 0
    }
    let none = ExplanationReport().render(explained)
    #expect(none.contains("No resource alone shortens it"))

    explained.runs[0].run.status = .failed
    for index in explained.runs[0].levers.indices {
      explained.runs[0].levers[index].status = .failed
    }
    #expect(ExplanationReport().render(explained).contains("No resource alone lets it succeed"))
    explained.runs[0].levers[0].status = .succeeded
    explained.runs[0].levers[0].savedSeconds = nil
    let saved = ExplanationReport().render(explained)
    #expect(saved.contains("It succeeds with: processors of pool amd64, twice as fast"))
  }

  @Test("names from inputs cannot change the terminal")
  func oddNames() {
    var explained = Samples.explanation()
    explained.runs[0].run.name = "odd\u{1B}[31m\nname\u{202E}"
    explained.runs[0].skips[0].task = "task\u{7}\r"
    explained.runs[0].taskRuns[0].attempts[0].scheduling[0].chosen = "node\u{1B}[2J"
    explained.runs[0].levers[0].resource = "pool\u{9B}1m"
    for task in [nil, "git-clone"] {
      let text = ExplanationReport(ReportOptions(width: 80), task: task).render(explained)
      #expect(
        text.unicodeScalars.allSatisfy {
          $0 == "\n"
            || ($0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0.value != 0x202E)
        })
    }
  }
}
