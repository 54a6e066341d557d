import GantryModel
import GantryUnits
import Testing

@Suite("How runs end")
struct HowRunsEndTests {
  private func paper(
    _ tasks: [PlannedTask], claims: [PlannedClaim] = [],
    _ change: (inout PlannedRun) -> Void = { _ in }
  ) -> PaperPlan {
    var paper = PaperPlan()
    paper.node()
    paper.run(tasks, claims: claims, change)
    return paper
  }

  /// A task whose only step fails after its 5 s.
  private func failing(
    _ name: String, after: [Int] = [], _ change: (inout PlannedTask) -> Void = { _ in }
  ) -> PlannedTask {
    task(name, [.compute(5)], after: after) {
      $0.taskRuns[0].steps[0].failures = ["no such tool", "no such tool"]
      change(&$0)
    }
  }

  // MARK: Failures

  @Test("a failed task ends the run and its followers are not created")
  func failure() throws {
    let outcome = paper([failing("a"), task("b", [.compute(1)], after: [0])]).outcome()
    #expect(outcome.runs[0].status == .failed)
    #expect(outcome.runs[0].taskRuns.map(\.pipelineTask) == ["a"])
    let failed = try #require(outcome.taskRun("a"))
    #expect(failed.status == .failed)
    #expect(failed.message == "no such tool")
    #expect(failed.steps.map(\.failed) == [true])
    #expect(outcome.runs[0].skippedTasks.map(\.name) == ["b"])
    #expect(
      outcome.runs[0].message
        == "Tasks Completed: 1 (Failed: 1, Cancelled 0), Skipped: 1")
  }

  @Test("retries repeat the whole pod; each attempt takes its time")
  func retries() throws {
    // A first step of 5 s works, the second fails after 1 s: three attempts, 18 s.
    let flaky = task("a", [.compute(5)], [.compute(1)]) {
      $0.retries = 2
      $0.taskRuns[0].steps[1].failures = ["broken", "broken"]
    }
    let outcome = paper([flaky]).outcome()
    let failed = try #require(outcome.taskRun("a"))
    #expect(failed.attempts == 3)
    #expect(failed.completed == .s(18))
    #expect(failed.breakdown[.cpu] == .seconds(18))
    #expect(failed.steps.count == 2)
    #expect(outcome.nodes[0].podSeconds == 18)
    // Nothing waits here: 12 s of failed attempts are none of it.
    #expect(failed.failedAttempts == .seconds(12))
    #expect(failed.wait == .zero)
  }

  @Test("a pod uses what it computes, or what it keeps from others by its requests")
  func reservations() throws {
    // 8 reference threads, 10 GB. Of 10 s each: an eighth of the cpu is 10 thread-seconds; 2 cpu and half
    // of the memory are half of the node, 40; computing alone is 10, and requests nothing beyond it.
    func reserved(_ requests: ResourceList, _ demand: Demand) -> Double {
      let only = task("a", [demand]) { $0.taskRuns[0].pod.requests = requests }
      return paper([only]).outcome().runs[0].use.reservedByNode.first ?? 0
    }
    #expect(reserved(["cpu": Quantity(1)], .fixed(seconds: 10)) == 10)
    #expect(
      reserved(["cpu": Quantity(2), "memory": Quantity(5_000_000_000)], .fixed(seconds: 10)) == 40)
    #expect(reserved([:], .fixed(seconds: 10)) == 0)
    #expect(reserved(["cpu": Quantity(1)], .compute(10)) == 0)
    #expect(reserved(["cpu": Quantity(2)], .compute(10)) == 10)
  }

  @Test("a step with onError continue is noted as failed and the next one runs")
  func stepContinues() throws {
    let tolerant = task("a", [.compute(5)], [.compute(2)]) {
      $0.taskRuns[0].steps[0].failures = ["broken", "broken"]
      $0.taskRuns[0].steps[0].continuesOnError = true
    }
    let outcome = paper([tolerant]).outcome()
    let ended = try #require(outcome.taskRun("a"))
    #expect(ended.status == .succeeded)
    #expect(ended.steps.map(\.failed) == [true, false])
    #expect(ended.completed == .s(7))
  }

  @Test("a step that never ends stays until the TaskRun's timeout")
  func endless() throws {
    let sleeping = task("a", [.compute(5)], [.compute(1)]) {
      $0.timeout = 60
      $0.taskRuns[0].steps[0].endless = ["'sleep infinity'", "'sleep infinity'"]
    }
    let outcome = paper([sleeping]).outcome()
    let ended = try #require(outcome.taskRun("a"))
    #expect(ended.status == .taskRunTimeout)
    #expect(ended.completed == .s(60))
    // 5 s of work, then nothing: the second step is never reached.
    #expect(ended.breakdown[.cpu] == .seconds(5))
    #expect(ended.segments.last?.label == "step 'step-0': 'sleep infinity' never ends")
    #expect(outcome.runs[0].status == .failed)
  }

  @Test("without any timeout a step that never ends leaves its run running")
  func endlessWithoutTimeout() {
    let sleeping = task("a", [.compute(5)]) {
      $0.taskRuns[0].steps[0].endless = ["'tail -f'", "'tail -f'"]
    }
    let outcome = paper([sleeping]).outcome()
    #expect(outcome.runs[0].status == .running)
    #expect(outcome.runs[0].message == "a still runs")
  }

  @Test("a step that passes its own timeout is killed; one that does not is left alone")
  func stepTimeout() throws {
    let slow = task("a", [.compute(5)], [.compute(30)], [.compute(1)]) {
      $0.taskRuns[0].steps[0].timeout = 10
      $0.taskRuns[0].steps[1].timeout = 10
    }
    let ended = try #require(paper([slow]).outcome().taskRun("a"))
    #expect(ended.status == .failed)
    #expect(ended.completed == .s(15))
    #expect(ended.steps.map(\.failed) == [false, true])
    #expect(ended.message.contains("exceeded the specified timeout limit"))
  }

  @Test("a task with onError continue lets its followers run")
  func taskContinues() {
    let outcome = paper([
      failing("a") { $0.continuesOnError = true }, task("b", [.compute(3)], after: [0]),
    ]).outcome()
    #expect(outcome.runs[0].status == .succeeded)
    #expect(outcome.end(of: "b") == .s(8))
  }

  @Test("a TaskRun that Tekton refuses fails at its first reconcile, without a pod")
  func rejected() throws {
    let refused = task("a", [.compute(5)]) {
      $0.taskRuns[0].rejection = .init(
        reason: "TaskRunValidationFailed",
        message: "more than one PersistentVolumeClaim is bound")
    }
    let outcome = paper([refused]).outcome()
    let failed = try #require(outcome.taskRun("a"))
    #expect(failed.status == .failed)
    #expect(failed.reason == "TaskRunValidationFailed")
    #expect(failed.message == "more than one PersistentVolumeClaim is bound")
    #expect(failed.node == nil)
    #expect(failed.completed == .zero)
  }

  @Test("a run that is refused before its first task has no TaskRuns")
  func refusedRun() {
    let outcome = paper([task("a", [.compute(1)])]) {
      $0.failure = .init(reason: "ParameterMissing", message: "needs 'url'")
    }.outcome()
    #expect(outcome.runs[0].status == .failed)
    #expect(outcome.runs[0].reason == "ParameterMissing")
    #expect(outcome.runs[0].taskRuns.isEmpty)
  }

  // MARK: Conditions

  @Test("a task whose when does not hold is skipped; those ordered after it run")
  func whenFalse() {
    let outcome = paper([
      task("a", [.compute(1)]) { $0.whenHolds = false },
      task("b", [.compute(2)], after: [0]),
    ]).outcome()
    #expect(outcome.runs[0].status == .completed)
    #expect(
      outcome.runs[0].skippedTasks
        == [.init(name: "a", reason: "When Expressions evaluated to false")])
    #expect(outcome.end(of: "b") == .s(2))
  }

  @Test("finally tasks run after a failure, and the run has failed all the same")
  func finally() {
    let outcome = paper([
      failing("a"), task("clean", [.compute(4)]) { $0.isFinally = true },
    ]).outcome()
    #expect(outcome.end(of: "clean") == .s(9))
    #expect(outcome.runs[0].status == .failed)
    #expect(outcome.runs[0].completed == .s(9))
  }

  @Test("a pending run is created and nothing happens")
  func pending() {
    let outcome = paper([task("a", [.compute(1)])]) { $0.isPending = true }.outcome()
    #expect(outcome.runs[0].status == .pending)
    #expect(outcome.runs[0].taskRuns.isEmpty)
    #expect(outcome.makespan == .zero)
  }

  // MARK: Time limits

  @Test("a pod that no node can take times out and says why")
  func unschedulable() throws {
    let homeless = task("a", [.compute(1)], on: "nowhere") { $0.timeout = 60 }
    let outcome = paper([homeless]).outcome()
    let ended = try #require(outcome.taskRun("a"))
    #expect(ended.status == .taskRunTimeout)
    #expect(ended.completed == .s(60))
    #expect(ended.node == nil)
    #expect(ended.message.hasPrefix("TaskRun \"run-a\" failed to finish within \"1m0s\" ("))
    #expect(ended.message.contains("node"))
    #expect(ended.breakdown[.queue] == .seconds(60))
    #expect(outcome.runs[0].status == .failed)
  }

  @Test("a limit that is reached at the very end is kept")
  func justInTime() {
    let outcome = paper([task("a", [.compute(60)]) { $0.timeout = 60 }]).outcome()
    #expect(outcome.taskRun("a")?.status == .succeeded)
  }

  @Test("a TaskRun is cut off in the middle of a phase and what it did is accounted for")
  func cutOff() throws {
    // 10 s of 30 at 2 B/s: 20 B of 60; the processor has done 10 s of 20.
    var cut = PaperPlan()
    cut.node()
    cut.service(perConnection: 2)
    cut.run([
      task(
        "a", [.transfer(.init(.read, .service(0), bytes: 60)), .compute(20), .compute(5)]
      ) { $0.timeout = 10 }
    ])
    let outcome = cut.outcome()
    #expect(outcome.taskRun("a")?.status == .taskRunTimeout)
    #expect(outcome.network.natBytesIn == 20)
    #expect(outcome.nodes[0].bytesIn == 20)
    #expect(outcome.nodes[0].cpuSeconds == 15)
    #expect(outcome.runs[0].use.cpuByNode == [15])
    #expect(outcome.nodes[0].podSeconds == 10)
  }

  @Test("the PipelineRun's own timeout cancels what runs and ends the run")
  func pipelineTimeout() throws {
    let outcome = paper([task("a", [.compute(100)])]) { $0.pipelineTimeout = 30 }.outcome()
    #expect(outcome.runs[0].status == .pipelineRunTimeout)
    #expect(outcome.runs[0].completed == .s(30))
    #expect(
      outcome.runs[0].message == "PipelineRun \"run\" failed to finish within \"30s\"")
    let cancelled = try #require(outcome.taskRun("a"))
    #expect(cancelled.status == .cancelled)
    #expect(cancelled.completed == .s(30))
    #expect(outcome.nodes[0].cpuSeconds == 30)
  }

  @Test("the tasks' timeout lets the finally tasks run")
  func tasksTimeout() {
    let outcome = paper([
      task("a", [.compute(100)]), task("clean", [.compute(4)]) { $0.isFinally = true },
    ]) { $0.tasksTimeout = 30 }.outcome()
    #expect(outcome.taskRun("a")?.completed == .s(30))
    #expect(outcome.end(of: "clean") == .s(34))
    #expect(outcome.runs[0].status == .failed)
  }

  @Test("the finally tasks' timeout counts from their start")
  func finallyTimeout() {
    let outcome = paper([
      task("a", [.compute(20)]), task("clean", [.compute(100)]) { $0.isFinally = true },
    ]) { $0.finallyTimeout = 30 }.outcome()
    #expect(outcome.taskRun("clean")?.completed == .s(50))
    #expect(outcome.runs[0].completed == .s(50))
    #expect(outcome.runs[0].status == .failed)
  }

  // MARK: Never

  @Test("a pod that no node can take, without any limit, is reported as a deadlock")
  func deadlock() {
    let outcome = paper([task("a", [.compute(1)], on: "nowhere")]).outcome()
    #expect(outcome.runs[0].status == .running)
    #expect(outcome.makespan == .zero)
    #expect(outcome.runs[0].reason == "Deadlock")
    #expect(outcome.runs[0].message.hasPrefix("a waits for a node: "))
    #expect(outcome.runs[0].completed == nil)
    #expect(outcome.runs[0].criticalPath.isEmpty)
  }

  @Test("a long step is not taken for a deadlock while another pod waits")
  func patience() {
    // One core: the second pod waits an hour, in which only the scheduler's rhythm is heard.
    var full = PaperPlan()
    full.node { $0.allocatable["cpu"] = Quantity(1) }
    full.run(
      (0..<2).map { index in
        task("t\(index)", [.compute(3600)]) {
          $0.taskRuns[0].pod.requests = ["cpu": Quantity(1)]
          $0.taskRuns[0].pod.containers = [.init(image: "", requests: ["cpu": Quantity(1)])]
        }
      })
    let outcome = full.outcome()
    #expect(outcome.runs[0].status == .succeeded)
    #expect(outcome.makespan >= .s(7200) && outcome.makespan < .s(7220))
  }

  @Test("a claim that cannot be bound keeps its pod waiting, with the reason")
  func unprovisionable() {
    var bad = claim()
    bad.name = "shared"
    bad.backing = .unprovisionable("no such class")
    let waiting = task("a", [.compute(1)], claims: [0])
    let stuck = paper([waiting], claims: [bad]).outcome()
    #expect(stuck.runs[0].reason == "Deadlock")
    #expect(
      stuck.runs[0].message
        == "a waits for a node: the claim 'shared' cannot be bound: no such class")
    var limited = waiting
    limited.timeout = 60
    let timedOut = paper([limited], claims: [bad]).outcome()
    #expect(timedOut.taskRun("a")?.status == .taskRunTimeout)
    #expect(timedOut.taskRun("a")?.message.hasSuffix("cannot be bound: no such class)") == true)
  }

  @Test("the horizon cuts everything off and says so")
  func horizon() throws {
    var cut = paper([task("a", [.compute(100)])])
    cut.plan.horizon = .s(40)
    let outcome = cut.outcome()
    #expect(outcome.makespan == .s(40))
    #expect(outcome.runs[0].status == .running)
    #expect(outcome.runs[0].reason == "HorizonReached")
    #expect(outcome.runs[0].message == "a still runs")
    let open = try #require(outcome.taskRun("a"))
    #expect(open.completed == nil)
    #expect(open.segments.map(Stretch.init) == [Stretch(.cpu, 0, 40)])
    #expect(outcome.nodes[0].cpuSeconds == 40)
    #expect(outcome.runs[0].use.cpuByNode == [40])
    #expect(outcome.nodes[0].podSeconds == 40)
  }
}
