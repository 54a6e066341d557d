import GantryExperiments
import GantryModel
import Testing

@Suite("Limits as they are written")
struct GoalTextTests {
  private func read(
    _ text: String, _ family: GoalText.Family = .slo
  ) -> (goal: ServiceGoal?, findings: [Diagnostic]) {
    let sink = DiagnosticSink()
    let place = SourceLocation(file: "--slo", line: 1, column: 1)
    let goal = GoalText(sink: sink).goal(text, at: place, of: family)
    return (goal, sink.diagnostics)
  }

  @Test(
    "what is read",
    arguments: [
      ("p95 < 12m", ServiceGoal(.p95, below: 720)), ("mean<=90s", ServiceGoal(.mean, below: 90)),
      (" p99 <1h30m ", ServiceGoal(.p99, below: 5400)), ("p50 < 75", ServiceGoal(.p50, below: 75)),
      ("makespan < 1h", ServiceGoal(.makespan, below: 3600)),
      ("wait < 5%", ServiceGoal(.waitShare, below: 0.05)),
      ("wait < 5 %", ServiceGoal(.waitShare, below: 0.05)),
      ("failed < 0.01", ServiceGoal(.failed, below: 0.01)),
    ])
  func levels(text: String, expected: ServiceGoal) {
    let found = read(text)
    #expect(found.goal == expected && found.findings.isEmpty)
  }

  @Test("budgets, by either name")
  func budgets() {
    #expect(read("month < 900", .budget).goal == ServiceGoal(.monthUSD, below: 900))
    #expect(read("month-usd < 900", .budget).goal == ServiceGoal(.monthUSD, below: 900))
    #expect(read("run <= 0.2", .budget).goal == ServiceGoal(.runUSD, below: 0.2))
  }

  @Test(
    "what is refused, and the column that is pointed at",
    arguments: [
      ("p95", 4), ("p95 > 12m", 5), ("p95 = 12m", 5), ("p96 < 12m", 1), ("  p96 < 12m", 3),
      ("< 12m", 1), ("p95 < 12x", 7), ("p95 <", 6), ("p95 <= -3m", 8), ("wait < 500%", 8),
      ("month < 900", 1), ("p95 < 0", 7), ("p95 < 5%", 7),
    ])
  func refused(text: String, column: Int) {
    let found = read(text)
    #expect(found.goal == nil)
    #expect(found.findings.map(\.code) == ["E0098"])
    #expect(found.findings.first?.location?.column == column)
  }

  @Test("a measure is limited once, and mistakes come together")
  func repeated() {
    let sink = DiagnosticSink()
    let goals = GoalText(sink: sink).goals(["p95 < 1m", "p95 < 2m", "p9 < 3m"], of: .slo)
    #expect(goals == [ServiceGoal(.p95, below: 60)])
    #expect(sink.diagnostics.map { $0.location?.line } == [2, 3])
  }
}
