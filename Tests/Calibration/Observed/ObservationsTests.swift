import GantryModel
import Testing

@testable import GantryCalibration

@Suite("what of a dump can be used")
struct ObservationsTests {
  private let place = SourceLocation(file: "runs.json", line: 1, column: 1)

  /// A TaskRun that succeeded: created at 100, started at 101, one step from 108 to 118, over at 119.
  private func taskRun(
    _ name: String = "t", run: String? = nil, _ change: (inout ObservedTaskRun) -> Void = { _ in }
  ) -> ObservedTaskRun {
    var taskRun = ObservedTaskRun(name: name, namespace: "ci", location: place)
    taskRun.pipelineRun = run
    taskRun.pipelineTask = name
    taskRun.times = ObservedTimes(created: 100, started: 101, completed: 119)
    taskRun.condition = ObservedCondition(status: "True", reason: "Succeeded")
    var step = ObservedStep(name: "work")
    (step.started, step.finished, step.exitCode) = (108, 118, 0)
    taskRun.steps = [step]
    change(&taskRun)
    return taskRun
  }

  private func observe(
    _ taskRuns: [ObservedTaskRun], runs: [ObservedPipelineRun] = []
  ) -> Observations {
    var dump = RunDump()
    dump.taskRuns = taskRuns
    dump.pipelineRuns = runs
    return Observations(dump)
  }

  private func pipelineRun(
    _ status: String, _ reason: String, times: ObservedTimes? = nil
  ) -> ObservedPipelineRun {
    var run = ObservedPipelineRun(name: "r", namespace: "ci", location: place)
    run.pipeline = "p"
    run.times = times ?? ObservedTimes(created: 99, started: 99, completed: 120)
    run.condition = ObservedCondition(status: status, reason: reason)
    return run
  }

  @Test("queueing, start-up, steps and the rest are told apart")
  func parts() throws {
    let observed = observe([
      taskRun { taskRun in
        var second = ObservedStep(name: "after")
        (second.started, second.finished) = (120, 125)
        taskRun.steps.append(second)
        taskRun.times.completed = 127
      }
    ])
    let found = try #require(observed.taskRuns.first)
    #expect(found.queueing == 1)
    #expect(found.overhead == 7)
    #expect(found.steps.map(\.seconds) == [10, 5])
    // From 118 to 120, and from 125 to 127.
    #expect(found.remainder == 4)
    #expect(observed.exclusions == [])
    // A TaskRun of its own is a run.
    #expect(observed.runs.map(\.name) == ["t"])
    #expect(observed.runs.map(\.seconds) == [27])
  }

  @Test(
    "what cannot be used is counted with its reason",
    arguments: [
      ("False", "Failed", Exclusion.failed), ("False", "TaskRunTimeout", .timedOut),
      ("False", "TaskRunCancelled", .cancelled), ("False", "TaskRunImagePullFailed", .failed),
      ("Unknown", "Running", .running), ("Unknown", "Pending", .running),
    ])
  func statuses(status: String, reason: String, expected: Exclusion) {
    let observed = observe([
      taskRun { $0.condition = ObservedCondition(status: status, reason: reason) }
    ])
    #expect(observed.taskRuns.isEmpty)
    #expect(observed.exclusions == [ExclusionCount(kind: .taskRun, reason: expected, names: ["t"])])
  }

  @Test("missing and reversed times, retries and failed steps are excluded")
  func times() {
    let cases: [(Exclusion, (inout ObservedTaskRun) -> Void)] = [
      (.noStatus, { $0.condition = nil }), (.missingTimes, { $0.times.started = nil }),
      (.missingTimes, { $0.times.completed = nil }),
      (.missingTimes, { $0.steps[0].finished = nil }),
      (.missingTimes, { $0.steps[0].started = nil }),
      (.reversedTimes, { $0.times.completed = 100 }), (.reversedTimes, { $0.times.created = 102 }),
      (.reversedTimes, { $0.steps[0].finished = 107 }),
      (.reversedTimes, { $0.steps[0].started = 100 }),
      (.reversedTimes, { $0.steps[0].finished = 120 }), (.retried, { $0.retries = 1 }),
      (.noSteps, { $0.steps = [] }), (.stepFailed, { $0.steps[0].exitCode = 1 }),
      (.stepFailed, { $0.steps[0].reason = "Skipped" }),
    ]
    for (index, (reason, change)) in cases.enumerated() {
      let observed = observe([taskRun("t", change)])
      #expect(observed.taskRuns.isEmpty, "case \(index)")
      #expect(observed.exclusions.map(\.reason) == [reason], "case \(index)")
    }
  }

  @Test("an unknown creation only leaves the queueing unknown")
  func embedded() throws {
    let found = try #require(observe([taskRun { $0.times.created = nil }]).taskRuns.first)
    #expect(found.queueing == nil)
    #expect(found.overhead == 7)
  }

  @Test("steps that overlap count from the end of the one before")
  func overlap() throws {
    // Before 2020 all containers' starts: 108; the second step works from 118 to 130.
    let observed = observe([
      taskRun { taskRun in
        var second = ObservedStep(name: "after")
        (second.started, second.finished) = (108, 130)
        taskRun.steps.append(second)
        taskRun.times.completed = 131
      }
    ])
    #expect(observed.overlapping == 1)
    #expect(try #require(observed.taskRuns.first).steps.map(\.seconds) == [10, 12])
  }

  @Test("a run counts when it succeeded, has its times, and all its TaskRuns can be used")
  func runs() {
    let good = taskRun("a", run: "r")
    let bad = taskRun("b", run: "r") { $0.retries = 1 }
    #expect(observe([good], runs: [pipelineRun("True", "Completed")]).runs.map(\.seconds) == [21])
    let cases: [([ObservedTaskRun], ObservedPipelineRun, Exclusion)] = [
      ([good, bad], pipelineRun("True", "Succeeded"), .partOfItExcluded),
      ([good], pipelineRun("False", "Failed"), .failed),
      ([good], pipelineRun("False", "PipelineRunTimeout"), .timedOut),
      ([good], pipelineRun("False", "Cancelled"), .cancelled),
      ([good], pipelineRun("Unknown", "Running"), .running),
      (
        [good], pipelineRun("True", "", times: ObservedTimes(created: 9, started: 9)),
        .missingTimes
      ),
      (
        [good], pipelineRun("True", "", times: ObservedTimes(started: 99, completed: 98)),
        .reversedTimes
      ), ([], pipelineRun("True", "Succeeded"), .noTaskRuns),
    ]
    for (taskRuns, run, reason) in cases {
      let observed = observe(taskRuns, runs: [run])
      #expect(observed.runs.isEmpty)
      #expect(observed.exclusions.filter { $0.kind == .pipelineRun }.map(\.reason) == [reason])
      // The TaskRun itself is worth something all the same.
      #expect(observed.taskRuns.count == (taskRuns.isEmpty ? 0 : 1))
    }
  }

  @Test(
    "pods and nodes tell where a TaskRun ran; the pod's selector tells the architecture at least")
  func places() throws {
    var dump = RunDump()
    dump.taskRuns = [taskRun("a") { $0.pod = "a-pod" }, taskRun("b") { $0.pod = "b-pod" }]
    dump.pods = [
      ObservedPod(name: "a-pod", namespace: "ci", node: "n"),
      ObservedPod(name: "b-pod", namespace: "ci", node: "gone", architecture: "arm64"),
    ]
    dump.nodes = [ObservedNode(name: "n", instanceType: "m5a.2xlarge", architecture: "amd64")]
    let observed = Observations(dump)
    #expect(observed.taskRuns.map(\.instance) == ["m5a.2xlarge", nil])
    #expect(observed.taskRuns.map(\.architecture) == ["amd64", "arm64"])
  }
}
