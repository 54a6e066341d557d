import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite struct TerminalReportTests {
  let snapshot = Snapshot()

  @Test(
    "the whole report",
    arguments: Sample.allCases, [40, 80, 120, 200])
  func widths(_ sample: Sample, _ width: Int) {
    let text = TerminalReport(ReportOptions(width: width)).render(sample.record)
    #expect(snapshot.difference("\(sample)-\(width)", text) == nil)
    #expect(widest(text) <= width)
  }

  private func widest(_ text: String) -> Int {
    text.split(separator: "\n").map(\.displayWidth).max() ?? 0
  }
}
