import GantryModel
import GantryUnits
import Testing

/// A single pipeline on paper: every second of a TaskRun's life is accounted for.
@Suite("The life of a TaskRun")
struct LifeOfATaskRunTests {
  /// Each latency another number of seconds, so that none can stand in for another.
  private func plan(_ tasks: [PlannedTask]) -> PaperPlan {
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.controller = 1
    paper.plan.control.scheduler = 2
    paper.plan.control.sandbox = 3
    paper.plan.control.initContainer = 4
    paper.plan.control.containerStart = 5
    paper.plan.control.completion = 6
    paper.run(tasks)
    return paper
  }

  @Test("one task of one step: each latency in its place")
  func oneTask() throws {
    // Run created at 0; its reconcile at 1 makes the TaskRun; the TaskRun's reconcile at 2 makes the
    // pod; bound at 4; no volumes; sandbox and one init container until 11; no image; one container
    // until 16; 10 s of work on a thread of speed 1 until 26; the end is noticed at 32; the run's
    // reconcile at 33 ends the run.
    let outcome = plan([task("build", [.compute(10)])]).outcome()
    let build = try #require(outcome.taskRun("build"))
    #expect(build.ready == .s(1))
    #expect(build.started == .s(2))
    #expect(build.scheduled == .s(4))
    #expect(build.completed == .s(32))
    #expect(build.wait == .seconds(3))
    #expect(build.status == .succeeded)
    #expect(
      build.segments.map(Stretch.init) == [
        Stretch(.queue, 1, 2), Stretch(.queue, 2, 4), Stretch(.overhead, 4, 11),
        Stretch(.overhead, 11, 16), Stretch(.cpu, 16, 26), Stretch(.overhead, 26, 32),
      ])
    #expect(build.steps.map(\.started) == [.s(16)])
    #expect(build.steps.map(\.finished) == [.s(26)])
    #expect(outcome.runs[0].created == .zero)
    #expect(outcome.runs[0].completed == .s(33))
    #expect(outcome.runs[0].status == .succeeded)
    #expect(outcome.makespan == .s(33))
    #expect(outcome.nodes[0].cpuSeconds == 10)
    #expect(outcome.nodes[0].podSeconds == 28)
    #expect(outcome.nodes[0].peakPods == 1)
  }

  @Test("a custom task takes its time without a pod, and ends with its timeout")
  func customTask() throws {
    // Made at 1, looked at at 2; another controller is done 10 s later; the run's reconcile at 13.
    var custom = task("approve", [])
    custom.taskRuns[0].customRun = CustomRun(seconds: 10, label: "approve", assumptions: [])
    let outcome = plan([custom]).outcome()
    let approve = try #require(outcome.taskRun("approve"))
    #expect(approve.completed == .s(12) && approve.status == .succeeded)
    #expect(approve.node == nil && approve.wait == .seconds(1))
    #expect(
      approve.segments.map(Stretch.init) == [Stretch(.queue, 1, 2), Stretch(.overhead, 2, 12)])
    #expect(outcome.runs[0].completed == .s(13))
    #expect(outcome.nodes[0].podSeconds == 0 && outcome.nodes[0].peakPods == 0)

    custom.timeout = 4
    let late = plan([custom]).outcome()
    #expect(late.taskRun("approve")?.status == .taskRunTimeout)
    #expect(late.taskRun("approve")?.completed == .s(6))
    #expect(late.taskRun("approve")?.segments.last?.kind == .overhead)
  }

  @Test("a task that follows starts a controller's reaction after its parent")
  func twoTasks() throws {
    // The first ends at 32 (above); the run's reconcile at 33 makes the second, which takes the same
    // 31 s from there: 64; the run ends at 65.
    let outcome = plan([
      task("build", [.compute(10)]), task("push", [.compute(10)], after: [0]),
    ]).outcome()
    #expect(outcome.taskRun("push")?.ready == .s(33))
    #expect(outcome.end(of: "push") == .s(64))
    #expect(outcome.runs[0].completed == .s(65))
    let path = outcome.runs[0].criticalPath
    #expect(path.first?.segment.start == .zero)
    #expect(path.last?.segment.end == .s(65))
    #expect(path.compactMap(\.taskRun).first == 0)
    #expect(path.compactMap(\.taskRun).last == 1)
  }

  @Test("steps of a pod run one after another; all containers start before the first")
  func twoSteps() throws {
    // Two containers start: 11 + 10 = 21; work until 31 and, without hand-over, until 36.
    let outcome = plan([task("build", [.compute(10)], [.compute(5)])]).outcome()
    let build = try #require(outcome.taskRun("build"))
    #expect(build.steps.map(\.started) == [.s(21), .s(31)])
    #expect(build.steps.map(\.finished) == [.s(31), .s(36)])
    #expect(build.completed == .s(42))
    #expect(build.breakdown[.cpu] == .seconds(15))
  }

  @Test("a pod that waits for Tekton's ready annotation pays its time")
  func readyAnnotation() {
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.ready = 7
    paper.run([task("build", [.compute(10)])])
    paper.plan.templates[0].tasks[0].taskRuns[0].waitsForReady = false
    #expect(paper.outcome().makespan == .s(10))
    paper.plan.templates[0].tasks[0].taskRuns[0].waitsForReady = true
    #expect(paper.outcome().makespan == .s(17))
  }

  @Test("the hand-over to the next step is drawn between 0 and the polling interval")
  func handOver() throws {
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.stepHandOver = 1
    paper.run([task("build", [.compute(1)], [.compute(1)])])
    var seen: Set<Int64> = []
    for replication in 0..<50 {
      let build = try #require(paper.outcome(replication: replication).taskRun("build"))
      let gap = build.steps[1].started - build.steps[0].finished
      #expect(gap >= .zero && gap < .seconds(1))
      seen.insert(gap.nanoseconds)
    }
    #expect(seen.count == 50)
  }

  @Test("demands of a phase run at the same time; the time goes to the last of them")
  func longestDemandWins() throws {
    var paper = PaperPlan()
    paper.node()
    paper.run([
      task("a", [.compute(2), .fixed(seconds: 3)]), task("b", [.compute(4), .fixed(seconds: 3)]),
    ])
    let outcome = paper.outcome()
    #expect(outcome.taskRun("a")?.segments.map(Stretch.init) == [Stretch(.overhead, 0, 3)])
    #expect(outcome.taskRun("b")?.segments.map(Stretch.init) == [Stretch(.cpu, 0, 4)])
  }

  @Test("a run keeps its name when it occurs once and is numbered when it occurs more often")
  func names() {
    var paper = PaperPlan()
    paper.node()
    paper.run([task("build", [.compute(1)])], name: "once")
    paper.run([task("build", [.compute(1)])], name: "many-") { $0.isGenerated = true }
    paper.plan.workload[1].process = .burst(count: 2)
    #expect(paper.outcome().runs.map(\.name) == ["once", "many-1", "many-2"])
    #expect(paper.outcome().runs[1].taskRuns[0].name == "many-1-build")
  }
}
