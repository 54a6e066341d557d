import GantryModel
import GantryUnits
import Testing

@testable import GantryEngine

/// A plan of tasks by name and the names they wait for.
private func plan(
  _ tasks: [(String, [String])], finally: [String] = []
) -> PlannedRun {
  var run = PlannedRun(name: "run", isGenerated: false, pipelineName: "pl")
  let names = tasks.map(\.0)
  for (name, parents) in tasks {
    var task = PlannedTask(name: name, taskName: name)
    task.dependencies = parents.compactMap { names.firstIndex(of: $0) }
    task.taskRuns = [PlannedTaskRun(name: name, pod: PlannedPod())]
    run.tasks.append(task)
  }
  for name in finally {
    var task = PlannedTask(name: name, taskName: name)
    task.isFinally = true
    task.taskRuns = [PlannedTaskRun(name: name, pod: PlannedPod())]
    run.tasks.append(task)
  }
  return run
}

/// A run under way.
private struct Play {
  let plan: PlannedRun
  var state: PipelineState
  let controller: PipelineController

  init(_ plan: PlannedRun, version: TektonVersion = .v1_15) {
    self.plan = plan
    state = PipelineState(plan: plan, start: .zero)
    controller = PipelineController(version: version)
  }

  mutating func decide(at seconds: Double = 0) -> PipelineDecision {
    controller.decide(plan: plan, state: &state, now: .seconds(seconds))
  }

  mutating func end(_ name: String, _ end: TaskRunEnd = .succeeded) {
    guard let task = plan.tasks.firstIndex(where: { $0.name == name }) else { return }
    state.ended(task: task, end)
  }

  func names(_ tasks: [Int]) -> [String] { tasks.map { plan.tasks[$0].name } }
  var skips: [String: SkipReason] {
    var result: [String: SkipReason] = [:]
    for (index, reason) in state.skips.enumerated() where reason != .none {
      result[plan.tasks[index].name] = reason
    }
    return result
  }
}

@Suite("PipelineRun controller")
struct PipelineControllerTests {
  @Test("all roots start at once, children when every parent is done")
  func order() {
    var play = Play(plan([("a", []), ("b", []), ("c", ["a", "b"])]))
    #expect(play.names(play.decide().create) == ["a", "b"])
    play.end("a")
    #expect(play.decide().create.isEmpty)
    play.end("b")
    #expect(play.names(play.decide().create) == ["c"])
    play.end("c")
    let last = play.decide()
    #expect(last.isFinished && last.status == .succeeded && last.reason == "Succeeded")
    #expect(
      last.message(run: "run") == "Tasks Completed: 3 (Failed: 0, Cancelled 0), Skipped: 0")
  }

  @Test("after a failure nothing starts, finally runs, and the rest counts as skipped")
  func failure() {
    var play = Play(plan([("a", []), ("b", ["a"]), ("c", ["b"])], finally: ["f"]))
    _ = play.decide()
    play.end("a", .failed)
    let second = play.decide()
    #expect(play.names(second.create) == ["f"] && second.startsFinally)
    #expect(play.skips == ["b": .stopping, "c": .stopping])
    play.end("f")
    let last = play.decide()
    #expect(last.status == .failed && last.reason == "Failed")
    #expect(
      last.message(run: "run") == "Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 2")
  }

  @Test("a running parent of a skipped task ends the reconcile without effect")
  func stale() {
    var play = Play(plan([("a", []), ("b", []), ("c", ["b"])], finally: ["f"]))
    _ = play.decide()
    play.end("a", .failed)
    #expect(play.decide().isStale)
    play.end("b")
    #expect(play.names(play.decide().create) == ["f"])
  }

  @Test("a failure with onError continue does not stop the run")
  func continueOnError() {
    var run = plan([("a", []), ("b", ["a"])])
    run.tasks[0].continuesOnError = true
    var play = Play(run)
    _ = play.decide()
    play.end("a", .failed)
    #expect(play.names(play.decide().create) == ["b"])
    play.end("b")
    let last = play.decide()
    #expect(last.status == .succeeded)
    #expect(
      last.message(run: "run")
        == "Tasks Completed: 2 (Failed: 1 (Ignored: 1), Cancelled 0), Skipped: 0")
  }

  @Test("when=false: children that only wait run, those that need a result are skipped")
  func whenFalse() {
    var run = plan([("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["c"])])
    run.tasks[0].whenHolds = false
    run.tasks[2].resultReferences = [ResultUse(task: 0, result: "r", use: .parameter)]
    var play = Play(run)
    #expect(play.names(play.decide().create) == ["b"])
    #expect(
      play.skips == ["a": .whenExpressions, "c": .missingResults, "d": .parentTasks])
    play.end("b")
    let last = play.decide()
    #expect(last.status == .completed && last.counts.skipped == 3)
  }

  @Test("a result that a succeeded task did not return fails the run, by version")
  func missingResult() {
    var run = plan([("a", []), ("b", ["a"])], finally: ["f"])
    var use = ResultUse(task: 0, result: "r", use: .parameter)
    use.isReturned = false
    run.tasks[1].resultReferences = [use]
    var old = Play(run, version: .v0_59)
    _ = old.decide()
    old.end("a")
    let refused = old.decide()
    #expect(refused.isFinished && refused.reason == "InvalidTaskResultReference")
    #expect(
      refused.message(run: "run")
        == "Invalid task result reference: Could not find result with name r for task a")
    var new = Play(run)
    _ = new.decide()
    new.end("a")
    #expect(new.names(new.decide().create) == ["f"])
    new.end("f")
    let last = new.decide()
    #expect(last.status == .failed && last.reason == "PipelineValidationFailed")
    #expect(
      last.message(run: "run").hasSuffix(
        "Failed Validation: 1 (task \"a\" completed "
          + "successfully but did not emit the result \"r\", which is referenced by task \"b\")"))
  }

  @Test("conditions over outcomes decide which finally tasks run")
  func statusConditions() {
    var run = plan([("a", [])], finally: ["good", "bad"])
    run.tasks[1].statusConditions = [
      StatusCondition(input: [.aggregate], values: [[.text("Succeeded")]], isNegated: false)
    ]
    run.tasks[2].statusConditions = [
      StatusCondition(input: [.status(0)], values: [[.text("Failed")]], isNegated: false)
    ]
    var play = Play(run)
    _ = play.decide()
    play.end("a", .failed)
    #expect(play.names(play.decide().create) == ["bad"])
    #expect(play.skips == ["good": .whenExpressions])
  }

  @Test("a matrixed task is done when all its TaskRuns are, and fails when one does")
  func matrix() {
    var run = plan([("m", []), ("b", ["m"])])
    run.tasks[0].taskRuns += run.tasks[0].taskRuns
    var play = Play(run)
    _ = play.decide()
    play.end("m", .failed)
    #expect(play.state.phases[0] == .running)
    #expect(play.decide().create.isEmpty)
    play.end("m")
    #expect(play.decide().status == .failed)
  }

  @Test("an empty matrix and nothing else completes the run")
  func emptyMatrix() {
    var run = plan([("m", [])])
    run.tasks[0].hasEmptyMatrix = true
    run.tasks[0].taskRuns = []
    var play = Play(run)
    let decision = play.decide()
    #expect(decision.status == .completed && play.skips == ["m": .emptyMatrix])
  }
}

@Suite("PipelineRun controller: time and requests")
struct PipelineControllerTimeTests {
  @Test("the run's timeout cancels what runs and ends it at once")
  func pipelineTimeout() {
    var run = plan([("a", []), ("b", ["a"])], finally: ["f"])
    run.pipelineTimeout = 3600
    var play = Play(run)
    _ = play.decide()
    #expect(
      play.controller.nextDeadline(plan: run, state: play.state, now: .zero) == .seconds(3600))
    #expect(!play.decide(at: 3599.9).isFinished)
    let over = play.decide(at: 3600)
    #expect(over.isFinished && over.status == .pipelineRunTimeout)
    #expect(play.names(over.cancel) == ["a"] && over.cancelEnd == .cancelledByTimeout)
    #expect(over.message(run: "r7") == "PipelineRun \"r7\" failed to finish within \"1h0m0s\"")
  }

  @Test("the tasks' timeout cancels the graph, then finally runs and the run has failed")
  func tasksTimeout() {
    var run = plan([("a", []), ("b", ["a"])], finally: ["f"])
    run.pipelineTimeout = 3600
    run.tasksTimeout = 600
    run.finallyTimeout = 3000
    var play = Play(run)
    _ = play.decide()
    let over = play.decide(at: 600)
    #expect(play.names(over.cancel) == ["a"] && !over.isFinished)
    play.end("a", .cancelledByTimeout)
    #expect(play.names(play.decide(at: 601).create) == ["f"])
    #expect(
      play.controller.nextDeadline(plan: run, state: play.state, now: .seconds(601))
        == .seconds(3600))
    play.end("f")
    let last = play.decide(at: 700)
    #expect(last.status == .failed && last.counts.failed == 1 && last.counts.skipped == 1)
  }

  @Test("a pending run creates nothing until it is let go")
  func pending() {
    var run = plan([("a", [])])
    run.isPending = true
    var play = Play(run)
    let decision = play.decide()
    #expect(decision.status == .pending && decision.create.isEmpty && !decision.isFinished)
    #expect(decision.message(run: "run") == "PipelineRun \"run\" is pending")
    play.state.request = .run
    #expect(play.names(play.decide().create) == ["a"])
  }

  @Test("graceful cancellation cancels the graph and runs finally")
  func cancelledRunFinally() {
    var play = Play(plan([("a", []), ("b", ["a"])], finally: ["f"]))
    _ = play.decide()
    play.state.request = .cancelledRunFinally
    let cancelling = play.decide()
    #expect(play.names(cancelling.cancel) == ["a"] && !cancelling.isFinished)
    play.end("a", .cancelled)
    let second = play.decide()
    #expect(play.names(second.create) == ["f"] && second.reason == "CancelledRunningFinally")
    play.end("f")
    let last = play.decide()
    #expect(last.status == .cancelled)
    #expect(last.message(run: "run") == "PipelineRun \"run\" was cancelled")
  }

  @Test("graceful stop lets running tasks end")
  func stoppedRunFinally() {
    var play = Play(plan([("a", []), ("b", ["a"])], finally: ["f"]))
    _ = play.decide()
    play.state.request = .stoppedRunFinally
    #expect(play.decide().cancel.isEmpty)
    play.end("a")
    #expect(play.names(play.decide().create) == ["f"])
    #expect(play.skips == ["b": .gracefullyStopped])
  }

  @Test("cancellation and a refusal before the first task end the run at once")
  func immediateEnds() {
    var run = plan([("a", [])])
    run.request = .cancelled
    var cancelled = Play(run)
    #expect(cancelled.decide().status == .cancelled)
    run.request = .run
    run.failure = .init(reason: "ParameterMissing", message: "m")
    var refused = Play(run)
    let decision = refused.decide()
    #expect(decision.status == .failed && decision.reason == "ParameterMissing")
    #expect(decision.message(run: "run") == "m")
    #expect(refused.decide().create.isEmpty)
  }
}
