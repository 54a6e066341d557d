import GantryModel
import GantryUnits
import Testing

@testable import GantryEngine

/// Which results a run gives at its end: rules of Tekton's `ApplyTaskResultsToPipelineResults`.
@Suite("Tekton: results of a run")
struct PipelineResultTests {
  /// Tasks a and b side by side, then `last` finally; results of one task each, and of a and b together.
  private func plan(_ change: (inout PlannedRun) -> Void = { _ in }) -> PlannedRun {
    var plan = PlannedRun(name: "run", isGenerated: false, pipelineName: "pipeline")
    plan.tasks = ["a", "b", "last"].map { name in
      var task = PlannedTask(name: name, taskName: name)
      task.taskRuns = [PlannedTaskRun(name: name, pod: PlannedPod())]
      return task
    }
    plan.tasks[2].isFinally = true
    func use(_ task: Int) -> ResultUse { ResultUse(task: task, result: "r", use: .parameter) }
    plan.results = [
      PlannedResult(name: "of-a", uses: [use(0)], value: .string("v")),
      PlannedResult(name: "of-both", uses: [use(0), use(1)], value: nil),
      PlannedResult(name: "of-last", uses: [use(2)], value: nil),
    ]
    change(&plan)
    return plan
  }

  /// Plays a run whose tasks end so; the names of the results given, and the last decision.
  private func play(
    _ plan: PlannedRun, ends: [TaskRunEnd] = [.succeeded, .succeeded, .succeeded],
    version: TektonVersion = .v1_15
  ) -> (given: [String], all: [RunResult], decision: PipelineDecision) {
    let controller = PipelineController(version: version)
    var state = PipelineState(plan: plan, start: .zero)
    var decision = controller.decide(plan: plan, state: &state, now: .zero)
    for task in plan.tasks.indices where !decision.isFinished {
      if state.phases[task] == .running { state.ended(task: task, ends[task]) }
      decision = controller.decide(plan: plan, state: &state, now: .zero)
    }
    let all = controller.results(plan: plan, state: state, decision: decision)
    return (decision.results.map { plan.results[$0].name }, all, decision)
  }

  @Test("a run that succeeds gives all, final tasks' too")
  func succeeded() {
    let (given, all, decision) = play(plan())
    #expect(given == ["of-a", "of-both", "of-last"])
    #expect(decision.status == .succeeded)
    #expect(all.map(\.state) == [.given(.string("v")), .given(nil), .given(nil)])
  }

  @Test("a failed run gives those of the tasks that succeeded")
  func failed() {
    let (given, all, decision) = play(plan(), ends: [.succeeded, .failed, .succeeded])
    #expect(given == ["of-a", "of-last"])
    #expect(decision.status == .failed && decision.reason == "Failed")
    #expect(all[1].state == .lacking(task: "b"))
  }

  @Test("a skipped task's results are left out of a run that is completed")
  func skipped() {
    let (given, all, decision) = play(plan { $0.tasks[1].whenHolds = false })
    #expect(given == ["of-a", "of-last"])
    #expect(decision.status == .completed)
    #expect(all[1].state == .lacking(task: "b"))
  }

  @Test("a task that succeeds without its result fails the run, which keeps the others")
  func notReturned() {
    for (version, word) in [(TektonVersion.v0_59, "referred"), (.v1_15, "referenced")] {
      let (given, all, decision) = play(
        plan {
          $0.results[0].uses[0].isReturned = false
          $0.results[1].uses[0].isReturned = false
        }, version: version)
      #expect(given == ["of-last"])
      #expect(decision.status == .failed)
      #expect(decision.reason == "CouldntGetPipelineResult")
      #expect(
        decision.message(run: "run")
          == "Failed to get PipelineResult from TaskRun Results for PipelineRun run: invalid "
          + "pipelineresults [of-a of-both], the \(word) results don't exist")
      #expect(all[0].state == .lacking(task: "a"))
    }
  }

  @Test("a run out of time gives what it has, one that is cancelled or refused nothing")
  func cutOff() {
    let controller = PipelineController(version: .v1_15)
    let timed = plan { $0.pipelineTimeout = 60 }
    var state = PipelineState(plan: timed, start: .zero)
    _ = controller.decide(plan: timed, state: &state, now: .zero)
    state.ended(task: 0, .succeeded)
    var decision = controller.decide(plan: timed, state: &state, now: .s(61))
    #expect(decision.status == .pipelineRunTimeout)
    #expect(decision.results == [0])
    var cancelled = PipelineState(plan: plan(), start: .zero)
    _ = controller.decide(plan: plan(), state: &cancelled, now: .zero)
    cancelled.ended(task: 0, .succeeded)
    cancelled.request = .cancelled
    decision = controller.decide(plan: plan(), state: &cancelled, now: .zero)
    #expect(decision.isFinished && decision.results.isEmpty)
    let all = controller.results(plan: plan(), state: cancelled, decision: decision)
    #expect(all.map(\.state) == [.cancelled, .lacking(task: "b"), .lacking(task: "last")])
    let refused = play(plan { $0.failure = .init(reason: "CouldntGetTask", message: "no") })
    #expect(refused.given.isEmpty && refused.all.isEmpty)
  }

  @Test("the outcome of a simulated run has them")
  func simulated() {
    var paper = PaperPlan()
    paper.node()
    paper.run([task("a", [.compute(1)])]) {
      $0.results = [
        PlannedResult(
          name: "image", uses: [ResultUse(task: 0, result: "r", use: .parameter)],
          value: .array(["x"]))
      ]
    }
    #expect(
      paper.outcome().runs[0].results == [RunResult(name: "image", state: .given(.array(["x"])))])
  }
}
