import Foundation
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite("Reports of choices") struct ChoiceReportTests {
  private let snapshot = Snapshot(
    folder: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Snapshots").path, ending: "txt")

  @Test("a tornado of one choice and of two", arguments: [40, 80, 120, 200])
  func tornado(_ width: Int) {
    let report = SensitivityReport(ReportOptions(width: width))
    let one = report.render(Samples.sensitivity())
    #expect(snapshot.difference("sensitivity-\(width)", one) == nil)
    let two = report.render(Samples.sensitivity(against: "nodes.arm64.type=c7g.2xlarge"))
    #expect(snapshot.difference("sensitivity-against-\(width)", two) == nil)
  }

  @Test("a breakeven", arguments: [40, 80, 120])
  func breakeven(_ width: Int) {
    let text = BreakevenReport(ReportOptions(width: width)).render(Samples.breakeven())
    #expect(snapshot.difference("breakeven-\(width)", text) == nil)
  }

  @Test("every width holds, in Unicode and ASCII, with and without all detail", arguments: 40...140)
  func neverWider(_ width: Int) {
    for detail in [ReportOptions.Detail.summary, .full] {
      for unicode in [true, false] {
        let options = ReportOptions(width: width, unicode: unicode, detail: detail)
        let texts =
          [nil, "b=1"].map { SensitivityReport(options).render(Samples.sensitivity(against: $0)) }
          + (0...2).map { BreakevenReport(options).render(Samples.breakeven(crossings: $0)) }
        for text in texts {
          #expect((text.split(separator: "\n").map(\.displayWidth).max() ?? 0) <= width)
          #expect(unicode || text.allSatisfy { $0.isASCII })
        }
      }
    }
  }

  @Test("bars start in the middle, and fill half the width with the largest change")
  func bars() {
    let bar = TornadoBar(columns: 9, unicode: false, scale: 8)
    #expect(bar.text(low: -8, high: 4) == "----|##  ")
    #expect(bar.text(low: 8, high: -2) == "   #|----")
    // Both to the right: the shorter one lies over the longer one.
    #expect(bar.text(low: 2, high: 8) == "    |-###")
    // What is not 0 is seen, 0 is not.
    #expect(bar.text(low: 0.001, high: 0) == "    |-   ")
    #expect(bar.text(low: 0, high: 0) == "    |    ")
    #expect(TornadoBar(columns: 9, unicode: true, scale: 1).text(low: -1, high: 1) == "▒▒▒▒│████")
    #expect(TornadoBar(columns: 4, unicode: true, scale: 0).text(low: 1, high: 1).count == 3)
  }

  @Test("the answer says which choice wins where, plainly where it does not change")
  func answers() {
    func text(_ crossings: Int) -> String {
      BreakevenReport(ReportOptions(width: 200)).render(Samples.breakeven(crossings: crossings))
    }
    #expect(
      text(1).contains(
        "scenarios/made/native beats nodes.arm64.count=0 from 10.3 builds a day on "
          + "(95 %: 10.2 to 10.3); below, nodes.arm64.count=0 is better"))
    #expect(text(2).contains("The better choice changes 2 times in the range"))
    #expect(
      text(0).contains("No crossing: scenarios/made/native beats nodes.arm64.count=0 all over"))
    #expect(text(1).contains("The queue does not settle"))
  }

  @Test("a sensitivity says which figures turn the decision, and which leave it open")
  func decisions() {
    let text = SensitivityReport(ReportOptions(width: 200)).render(
      Samples.sensitivity(against: "b"))
    // −6 becomes +3.5 with the registry's rate, and +0.1 ± 0.4 with the sandbox.
    #expect(text.contains("1 of 5 figures turns the decision: service.a-registry"))
    #expect(text.contains("1 leaves it to chance: timing.sandbox"))
    #expect(text.contains("Left out: 2 on which less than"))
  }

  @Test("the page documents every key", arguments: ["A sensitivity", "A breakeven"])
  func keys(heading: String) throws {
    let text =
      heading == "A breakeven"
      ? BreakevenReport().renderJSON(Samples.breakeven())
      : SensitivityReport().renderJSON(Samples.sensitivity(against: "b"))
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    var found: Set<String> = []
    collect(value, "", &found)
    // What has the keys of something else is told there.
    let own = found.filter { key in
      !["other.", "figures[].atHigh."].contains { key.hasPrefix($0) }
    }
    #expect(try documented(heading) == own)
  }

  private func collect(_ value: Any, _ path: String, _ found: inout Set<String>) {
    if let object = value as? [String: Any] {
      for (key, inner) in object {
        let next = path.isEmpty ? key : path + "." + key
        found.insert(next)
        let isEstimate = (inner as? [String: Any])?["halfWidth"] != nil
        if !isEstimate { collect(inner, next, &found) }
      }
    } else if let array = value as? [Any] {
      for inner in array { collect(inner, path + "[]", &found) }
    }
  }

  private func documented(_ heading: String) throws -> Set<String> {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = root.appendingPathComponent("Sources/Report/GantryReport.docc/JSON.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let section = text.components(separatedBy: "\n## ").first { $0.hasPrefix(heading + "\n") }
    let rows = try #require(section).split(separator: "\n").filter { $0.hasPrefix("| `") }
    return Set(rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) })
  }
}
