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
        "scenarios/made/native beats nodes.arm64.count=0 from 10.27 builds a day on "
          + "(95 %: 10.2 to 10.34); below, nodes.arm64.count=0 is better"))
    #expect(text(2).contains("The better choice changes 2 times in the range"))
    #expect(
      text(0).contains("No crossing: scenarios/made/native beats nodes.arm64.count=0 all over"))
    #expect(text(1).contains("The queue does not settle"))
  }

  /// Two choices that differ by so much, give or take a half width, at some values of an axis.
  private func breakeven(
    _ points: [(value: Double, change: Double, half: Double?)],
    crossings: [BreakevenCrossing] = []
  ) -> String {
    var record = Samples.breakeven(crossings: 0)
    record.a = "old"
    record.b = "new"
    record.judgement = Judgement(.mean)
    record.axis = BreakevenAxis(
      path: "rate", low: points[0].value, high: points[points.count - 1].value, unit: nil,
      isWhole: false)
    record.crossings = crossings
    record.points = points.map { made in
      var point = BreakevenPoint(value: made.value)
      point.a = Estimate(value: 100, halfWidth: 2)
      point.b = Estimate(value: 100 + made.change, halfWidth: 2)
      point.difference = Estimate(value: made.change, halfWidth: made.half)
      return point
    }
    return BreakevenReport(ReportOptions(width: 300)).render(record)
  }

  @Test("what chance explains has no winner: not in the answer, not in the table")
  func noWinner() {
    // The signs change by luck, so that there is a crossing that is none.
    let luck = breakeven(
      [(1, -0.2, 0.5), (2, 0.1, 0.3), (3, 0, 0.1)],
      crossings: [.init(value: 1.7, low: nil, high: nil, isSecondBetterAbove: false)])
    #expect(
      luck.contains(
        "No more than chance tells old and new apart anywhere in the range: the difference "
          + "is at most 0.2s."), "\(luck)")
    #expect(!luck.contains("beats") && !luck.contains("is better"))
    let rows = luck.split(separator: "\n").filter { $0.contains("(") && $0.contains("±") }
    #expect(rows.count { $0.hasSuffix("–") || $0.contains("–  ") } == 3, "\(luck)")
    // At one of three values there is more.
    let some = breakeven([(1, -0.2, 0.5), (2, -4, 0.3), (3, -0.1, 0.3)])
    #expect(
      some.contains("No crossing: new beats old at 1 of 3 values, by 4.0s to 4.0s"), "\(some)")
    #expect(some.contains("At the others no more than chance tells them apart"))
    // Above the crossing nothing is told.
    let half = breakeven(
      [(1, -4, 0.3), (2, -0.1, 0.3), (3, 0.2, 0.3)],
      crossings: [.init(value: 2.3, low: 1, high: nil, isSecondBetterAbove: false)])
    #expect(half.contains("new beats old up to rate 1; above, no more than chance"), "\(half)")
    #expect(!half.contains("old beats"))
  }

  @Test("without any interval it is not known which choice is better")
  func unknown() {
    let text = breakeven([(1, -20, nil), (2, -40, nil)])
    #expect(text.contains("Which of old and new is better is not known: too few runs"), "\(text)")
    #expect(text.contains("-20s ?") && text.contains("? is not known: too few replications"))
    #expect(!text.contains("beats") && !text.contains("No more than chance"))
    var record = Samples.sensitivity(against: "b")
    record.difference?.halfWidth = nil
    let sensitivity = SensitivityReport(ReportOptions(width: 300)).render(record)
    #expect(sensitivity.contains("Which is better is not known, as too few runs give no interval"))
    #expect(!sensitivity.contains("No more than chance"))
  }

  @Test("values of an axis have as many digits as tell them apart, and commas from a thousand on")
  func axisDigits() {
    let values = [1, 10.39, 10.472, 10.4784, 53.18, 999.9, 1230.4, 8614, 10_300]
    let axis = AxisWords(
      axis: .init(path: "rate", low: 1, high: 10_300, unit: nil, isWhole: false), values: values)
    let texts = values.map(axis.number)
    #expect(
      texts == ["1", "10.4", "10.47", "10.48", "53.2", "1,000", "1,230", "8,610", "10,300"])
    #expect(Set(texts).count == texts.count)
    let whole = AxisWords(axis: .init(path: "n", low: 1, high: 9, unit: nil, isWhole: true))
    #expect(whole.number(1234) == "1,234")
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
