import GantryEngine
import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("Tekton: CEL over the outcome of tasks")
struct ConditionTests {
  private let positions = ["build": 0, "test": 1]

  @Test("comparisons joined by && become conditions that must all hold")
  func comparisons() throws {
    let conditions = try #require(
      WhenEvaluation.statusConditions(
        ofCEL: "'$(tasks.build.status)' == 'Succeeded' && '$(tasks.status)' != 'Failed'",
        positions: positions))
    #expect(conditions.map(\.input) == [[.status(0)], [.aggregate]])
    #expect(conditions.map(\.values) == [[[.text("Succeeded")]], [[.text("Failed")]]])
    #expect(conditions.map(\.isNegated) == [false, true])
  }

  @Test("a list of values is a condition of its own")
  func list() throws {
    let conditions = try #require(
      WhenEvaluation.statusConditions(
        ofCEL: "'$(tasks.test.status)' in ['Failed', 'None']", positions: positions))
    #expect(conditions.map(\.input) == [[.status(1)]])
    #expect(conditions.map(\.values) == [[[.text("Failed")], [.text("None")]]])
  }

  @Test(
    "other forms are not decided",
    arguments: [
      "'$(tasks.build.status)' == 'a' || true", "size('$(tasks.build.status)') == 4",
      "'$(tasks.build.status)'.startsWith('F')", "!('$(tasks.status)' == 'Failed')",
      "'$(tasks.build.status)' in ['a' 'b']", "'$(tasks.build.status)'",
    ])
  func others(text: String) {
    #expect(WhenEvaluation.statusConditions(ofCEL: text, positions: positions) == nil)
  }

  // Both final tasks look at a task that succeeds; the aggregate is Succeeded.
  @Test("final tasks run or are skipped by what has happened")
  func played() throws {
    let resolution = Resolution(
      """
      apiVersion: tekton.dev/v1
      kind: PipelineRun
      metadata: {name: r}
      spec:
        pipelineSpec:
          tasks:
          - {name: build, taskSpec: {steps: [{image: i, script: x}]}}
          finally:
          - name: cheer
            when: [{cel: "'$(tasks.build.status)' == 'Succeeded' && '$(tasks.status)' != 'Failed'"}]
            taskSpec: {steps: [{image: i, script: x}]}
          - name: mourn
            when: [{cel: "'$(tasks.build.status)' == 'Failed'"}]
            taskSpec: {steps: [{image: i, script: x}]}
      """
    ) { $0.configuration.enablesCEL = true }
    let plan = PlannedRun(graphOf: try #require(resolution.runs.first))
    let controller = PipelineController(version: .v1_15)
    var state = PipelineState(plan: plan, start: .zero)
    #expect(controller.decide(plan: plan, state: &state, now: .zero).create == [0])
    state.ended(task: 0, .succeeded)
    #expect(controller.decide(plan: plan, state: &state, now: .zero).create == [1])
    #expect(state.skips[2].text.contains("When Expressions"))
    #expect(resolution.texts == [])
  }
}
