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

  @Test("by how much the nearest point misses, and limits that exclude each other")
  func misses() {
    var choice = Samples.noChoice()
    choice.contenders = []
    // Point 1 keeps the budget and misses the p95 of 240 s; the others keep p95 or miss both.
    for index in choice.candidates.indices {
      choice.candidates[index].verdict = .misses
      choice.candidates[index].readings = [
        Estimate(value: index == 0 ? 300 : 200, halfWidth: 2), Estimate(value: 0.01, halfWidth: 0),
        Estimate(value: index == 0 ? 1900 : 2100, halfWidth: 1),
      ]
    }
    func words(_ choice: ChoiceRecord) -> String {
      let text = ChoiceReport(ReportOptions(width: 200)).render(choice)
      return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let both = words(choice)
    #expect(both.contains("No point keeps the limits: they exclude each other."))
    #expect(both.contains("misses p95 by 1m00s (25 % of the limit)"))
    #expect(both.contains("p95 < 4m00s: points 2, 3, 4, 5, 6"))
    #expect(both.contains("month < USD 2,000: point 1 "))
    choice.goals[2].limit = 1000
    let dear = words(choice)
    #expect(dear.contains("No point keeps the limits. Nearest"))
    #expect(dear.contains("month < USD 1,000: no point"))
    #expect(dear.contains("month by USD 900 (90 % of the limit)"))
  }

  @Test("points that are offered more than they can do are named beside the answer")
  func overload() {
    var choice = Samples.choice()
    #expect(!ChoiceReport().render(choice).contains("More work is offered"))
    choice.candidates[1].point.loads = [.init(resource: "all processors", share: 1.3)]
    let text = ChoiceReport(ReportOptions(width: 200)).render(choice)
    #expect(text.contains("More work is offered than can be done while runs come in: point 2."))
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
