import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite("A planned choice")
struct PlanReportTests {
  private let snapshot = Snapshot()

  @Test("the whole report", arguments: [40, 80, 120, 200])
  func widths(_ width: Int) {
    let text = ChoiceReport(ReportOptions(width: width)).render(Samples.choice())
    #expect(snapshot.difference("choice-\(width)", text) == nil)
  }

  @Test("where nothing is shown to keep the limits")
  func none() {
    let text = ChoiceReport(ReportOptions(width: 80)).render(Samples.noChoice())
    #expect(snapshot.difference("choice-none-80", text) == nil)
    #expect(!text.contains("Cheapest:"))
  }

  @Test("every width holds", arguments: [40, 41, 57, 66, 79, 93, 133, 200])
  func neverWider(_ width: Int) {
    for detail in [ReportOptions.Detail.summary, .full] {
      for unicode in [true, false] {
        let options = ReportOptions(width: width, unicode: unicode, detail: detail)
        for choice in [Samples.choice(), Samples.noChoice()] {
          let text = ChoiceReport(options).render(choice)
          #expect(text.split(separator: "\n").filter { $0.displayWidth > width }.isEmpty)
        }
      }
    }
  }
}
