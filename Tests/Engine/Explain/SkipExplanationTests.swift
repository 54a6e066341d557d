import GantryEngine
import GantryModel
import GantryUnits
import Testing

@Suite("Why this skip")
struct SkipExplanationTests {
  private static let place = SourceLocation(file: "pipeline.yaml", line: 12, column: 7)

  private func skips(_ tasks: [PlannedTask]) throws -> [SkipStory] {
    var paper = PaperPlan()
    paper.node()
    paper.run(tasks)
    return try paper.explained().1.skips
  }

  @Test("a when expression is shown with its values and its place; other tasks are none")
  func condition() throws {
    let skips = try skips([
      task("a", [.compute(1)]),
      task("b", [.compute(1)]) { task in
        var no = ResolvedWhen(input: "fast", isNegated: false, values: ["slow", "careful"])
        no.holds = false
        no.location = Self.place
        var yes = ResolvedWhen(input: "x", isNegated: true, values: ["y"])
        yes.holds = true
        task.when = [yes, no]
        task.whenHolds = false
      },
    ])
    #expect(
      skips == [
        SkipStory(
          run: 0, task: "b", reason: "When Expressions evaluated to false",
          facts: [.condition("\"fast\" in [\"slow\", \"careful\"]", Self.place)])
      ])
  }

  @Test("an expression over the end of a task is shown with that end put in")
  func status() throws {
    let skips = try skips([
      task("a", [.compute(1)]),
      task("cleanup", [.compute(1)]) { task in
        task.isFinally = true
        var when = ResolvedWhen(input: "$(tasks.a.status)", isNegated: false, values: ["Failed"])
        when.location = Self.place
        task.when = [when]
        task.statusConditions = [
          StatusCondition(input: [.status(0)], values: [[.text("Failed")]], isNegated: false)
        ]
      },
    ])
    #expect(
      skips.map(\.facts) == [
        [
          .condition(
            "\"Succeeded\" in [\"Failed\"], from \"$(tasks.a.status)\" in [\"Failed\"]", Self.place
          )
        ]
      ])
  }

  @Test("a missing result is the reason of its reader, whose children are skipped with it")
  func resultsAndParents() throws {
    let skips = try skips([
      task("a", [.compute(1)]) { $0.whenHolds = false },
      task("b", [.compute(1)], after: [0]) {
        $0.resultReferences = [ResultUse(task: 0, result: "digest", use: .parameter)]
      },
      task("c", [.compute(1)], after: [1]),
    ])
    #expect(skips.map(\.task) == ["a", "b", "c"])
    #expect(
      skips.map(\.reason) == [
        "When Expressions evaluated to false", "Results were missing",
        "Parent Tasks were skipped",
      ])
    #expect(skips[1].facts == [.missingResult(task: "a", result: "digest")])
    #expect(skips[2].facts == [.parent("b")])
  }

  @Test("after a failure nothing new starts, and the failed task is named")
  func stopping() throws {
    let skips = try skips([
      task("a", [.compute(1)]) { $0.taskRuns[0].steps[0].failures = ["broken", "broken"] },
      task("b", [.compute(1)], after: [0]),
    ])
    #expect(
      skips == [
        SkipStory(
          run: 0, task: "b", reason: "PipelineRun was stopping", facts: [.failedTask("a")])
      ])
  }

  @Test("a limit that was used up is named with its seconds")
  func timeouts() throws {
    // `a` is cut off at 30, which does not stop the run; `b` comes too late.
    var paper = PaperPlan()
    paper.node()
    paper.run([
      task("a", [.compute(50)]) { $0.continuesOnError = true },
      task("b", [.compute(1)], after: [0]),
    ]) { $0.tasksTimeout = 30 }
    #expect(
      try paper.explained().1.skips == [
        SkipStory(
          run: 0, task: "b", reason: "PipelineRun Tasks timeout has been reached",
          facts: [.limit("timeouts.tasks", seconds: 30)])
      ])
  }
}
