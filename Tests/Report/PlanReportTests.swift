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

  /// A choice in which every point misses a limit, with p95, month and what is known of the limits.
  private func missed(
    _ point: (Int) -> (
      p95: Estimate, monthUSD: Double, limits: [ChoiceCandidate.LimitVerdict]
    )
  ) -> ChoiceRecord {
    var choice = Samples.noChoice()
    choice.contenders = []
    for index in choice.candidates.indices {
      let (p95, month, limits) = point(index)
      choice.candidates[index].verdict = .misses
      choice.candidates[index].readings = [
        p95, Estimate(value: 0.01, halfWidth: 0), Estimate(value: month, halfWidth: 1),
      ]
      choice.candidates[index].limits = limits
    }
    return choice
  }

  @Test("by how much the nearest point misses, and limits that exclude each other")
  func misses() {
    // Point 1 keeps the budget and misses the p95 of 240 s; the others keep p95 or miss both.
    var choice = missed { index in
      index == 0
        ? (Estimate(value: 300, halfWidth: 2), 1900, [.misses, .keeps, .keeps])
        : (Estimate(value: 200, halfWidth: 2), 2100, [.keeps, .keeps, .misses])
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
    for index in choice.candidates.indices { choice.candidates[index].limits[2] = .misses }
    let dear = words(choice)
    #expect(dear.contains("No point keeps the limits. Nearest"))
    #expect(dear.contains("month < USD 1,000: no point"))
    #expect(dear.contains("month by USD 900 (90 % of the limit)"))
  }

  @Test("lists of points that keep a limit name those that were judged to, and others as perhaps")
  func perhaps() {
    // By the estimates points 2 to 6 keep the p95; five simulations do not tell.
    let choice = missed { index in
      (
        Estimate(value: index == 0 ? 244 : 200, halfWidth: 20), 2100,
        [index == 5 ? .keeps : .unsure, .unsure, .misses]
      )
    }
    let text = ChoiceReport(ReportOptions(width: 300)).render(choice)
      .replacing("\u{A0}", with: " ")
    #expect(text.contains("No point keeps the limits.\n"), "\(text)")
    #expect(text.contains("p95 < 4m00s: point 6; may keep it: points 1, 2, 3, 4, 5"), "\(text)")
    #expect(text.contains("wait < 5.0 %: may keep it: points 1"))
    #expect(text.contains("month < USD 2,000: no point"))
    #expect(text.contains("; misses month by USD 100 (5.0 % of the limit); may miss p95 by 4.0s"))
    #expect(text.contains("misses month") && !text.contains("misses p95"))
  }

  @Test("a warm-up that leaves no runs at all is no failing run")
  func emptied() {
    var choice = Samples.noChoice()
    choice.warmUp = .seconds(60)
    choice.contenders = []
    choice.nearestMiss = nil
    for index in choice.candidates.indices {
      choice.candidates[index].verdict = .fails
      choice.candidates[index].fault = .noRuns
      choice.candidates[index].point.lastCreations = 12.0...12.0
    }
    let text = ChoiceReport(ReportOptions(width: 300)).render(choice)
    #expect(text.contains("All points: all runs end, but none counts"), "\(text)")
    #expect(text.contains("A --warm-up of at most 12s leaves some"))
    #expect(!text.contains("runs that fail"))
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
