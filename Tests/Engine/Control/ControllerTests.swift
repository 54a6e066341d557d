import GantryEngine
import GantryModel
import GantryUnits
import Testing

/// Workers and clients of Tekton's controllers, on plans that can be worked out by hand.
@Suite("Controllers")
struct ControllerTests {
  /// Five tasks of 10 s side by side that wait for no annotation; each look takes a worker 1 s, which is
  /// all of the controllers' reaction and of the notice of a pod's end.
  private func workers(_ threads: Int) -> PaperPlan {
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.controller = 1
    paper.plan.control.completion = 1
    paper.plan.control.reconcile = 1
    paper.plan.control.controllerThreads = threads
    paper.run(
      ["a", "b", "c", "d", "e"].map { name in
        task(name, [.fixed(seconds: 10)]) { $0.taskRuns[0].waitsForReady = false }
      })
    return paper
  }

  @Test("two workers start two TaskRuns at a time, and note the ends of two at a time")
  func twoWorkers() throws {
    // The run's look takes 0 to 1 and makes five TaskRuns. Two workers take them at 1, 1, 2, 2, 3, for 1 s
    // each. 10 s later the pods end, at 12, 12, 13, 13, 14, and are noted from then on, for 1 s each: a
    // and b leave their workers when c and d need them. The run's last look takes 15 to 16.
    let outcome = workers(2).outcome()
    let taskRuns = outcome.runs[0].taskRuns
    #expect(taskRuns.map(\.started) == [.s(2), .s(2), .s(3), .s(3), .s(4)])
    #expect(taskRuns.map(\.completed) == [.s(13), .s(13), .s(14), .s(14), .s(15)])
    #expect(taskRuns.map(\.controllerWait.seconds) == [0, 0, 1, 1, 2])
    #expect(outcome.runs[0].completed == .s(16))
    #expect(
      outcome.taskRun("e")?.segments.map(Stretch.init)
        == [Stretch(.queue, 1, 4), Stretch(.overhead, 4, 14), Stretch(.overhead, 14, 15)])
    #expect(outcome.taskRun("c")?.segments.last.map(Stretch.init) == Stretch(.overhead, 13, 14))
  }

  @Test("one worker starts them one after another, and ends wait for it too")
  func oneWorker() throws {
    // Starts at 2, 3, 4, 5, 6, so that pods end at 12 to 16, just when the worker is free again.
    let outcome = workers(1).outcome()
    let taskRuns = outcome.runs[0].taskRuns
    #expect(taskRuns.map(\.started) == [.s(2), .s(3), .s(4), .s(5), .s(6)])
    #expect(taskRuns.map(\.completed) == [.s(13), .s(14), .s(15), .s(16), .s(17)])
    #expect(outcome.runs[0].completed == .s(18))
    // Pods of 2 s end at 4 to 8, while the worker is at starts until 6: their ends come behind these in the
    // order of the ends, at 6 to 11.
    var short = workers(1)
    for task in 0..<5 {
      let phase = Phase(label: "short", demands: [.fixed(seconds: 2)])
      short.plan.templates[0].tasks[task].taskRuns[0].steps = [
        PlannedStep(name: "s", phases: [[phase], [phase]])
      ]
    }
    let ended = short.outcome().runs[0].taskRuns
    #expect(ended.map(\.completed) == [.s(7), .s(8), .s(9), .s(10), .s(11)])
    // a: 2 s of work from 2, its end waits from 4 to 6 for the worker, which takes 1 s.
    #expect(
      ended[0].segments.map(Stretch.init)
        == [Stretch(.queue, 1, 2), Stretch(.overhead, 2, 4), Stretch(.queue, 4, 7)])
    #expect(ended[0].controllerWait == .seconds(2))
    #expect(ended[0].segments[2].label == "waiting for a worker of the Tekton controller")
  }

  @Test("a worker whose client may not send is held: the next TaskRun waits for both")
  func client() throws {
    // Requests: 1 a second after 8 at once; 1 makes a TaskRun, 4 its pod, 2 note its end. Three creations
    // leave 5. a's pod leaves 1; b's needs 3 more, 3 s, in which the worker can do nothing else; c's finds
    // none and takes 4 s. Ends: at 10 there are 3, 2 of which a's takes; at 13 there are 4, at 17 6.
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.apiQPS = 1
    paper.plan.control.apiBurst = 8
    paper.plan.control.requestsPerTaskRun = 8
    paper.plan.control.controllerThreads = 1
    paper.run(
      ["a", "b", "c"].map { name in
        task(name, [.fixed(seconds: 10)]) { $0.taskRuns[0].waitsForReady = false }
      })
    var outcome = paper.outcome()
    #expect(outcome.runs[0].taskRuns.map(\.started) == [.s(0), .s(3), .s(7)])
    #expect(outcome.runs[0].taskRuns.map(\.completed) == [.s(10), .s(13), .s(17)])
    #expect(outcome.runs[0].taskRuns.map(\.controllerWait.seconds) == [0, 3, 7])
    // A second worker cannot send more; that it takes c at 0 changes nothing.
    paper.plan.control.controllerThreads = 2
    outcome = paper.outcome()
    #expect(outcome.runs[0].taskRuns.map(\.started) == [.s(0), .s(3), .s(7)])
  }

  @Test("the worker of a run is held while the TaskRuns that it creates are sent")
  func creations() throws {
    // One request a second. The first run's three TaskRuns are sent at 0, 1 and 2 s; only then can the one
    // worker look at the second run, which decides at once.
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.apiQPS = 1
    paper.plan.control.apiBurst = 1
    paper.plan.control.requestsPerTaskRun = 8
    paper.plan.control.controllerThreads = 1
    paper.run(["a", "b", "c"].map { task($0, [.fixed(seconds: 1)]) })
    paper.plan.workload[0].process = .burst(count: 2)
    let outcome = paper.outcome()
    #expect(outcome.runs[0].taskRuns.map(\.ready) == [.zero, .zero, .zero])
    #expect(outcome.runs[1].taskRuns.map(\.ready) == [.s(2), .s(2), .s(2)])
  }

  @Test("requests bound how long many TaskRuns take, whatever the workers")
  func ceiling() {
    // 100 TaskRuns of 7 requests (8 but for the annotation), 20 of them at once, then 20 a second: the last
    // can be sent (700 - 20) / 20 = 34 s after the start at the earliest. The client is never idle but for
    // the last second of work.
    for threads in [1, 2, 50] {
      var paper = PaperPlan()
      paper.node(total: 1000)
      paper.plan.control.apiQPS = 20
      paper.plan.control.apiBurst = 20
      paper.plan.control.requestsPerTaskRun = 8
      paper.plan.control.controllerThreads = threads
      paper.run([task("build", [.fixed(seconds: 1)]) { $0.taskRuns[0].waitsForReady = false }])
      paper.plan.workload[0].process = .burst(count: 100)
      let makespan = paper.outcome().makespan
      #expect(makespan >= .s(34) && makespan <= .s(35), "\(threads): \(makespan)")
    }
  }

  @Test("replicas that share the work have a client and workers each")
  func replicas() {
    func makespan(_ processes: Int) -> Double {
      var paper = PaperPlan()
      paper.node(total: 1000)
      paper.plan.control.apiQPS = 20
      paper.plan.control.apiBurst = 20
      paper.plan.control.requestsPerTaskRun = 8
      paper.plan.control.controllerProcesses = processes
      paper.run([task("build", [.fixed(seconds: 1)]) { $0.taskRuns[0].waitsForReady = false }])
      paper.plan.workload[0].process = .burst(count: 400)
      return paper.outcome().makespan.seconds
    }
    // 2800 requests: (2800 - 20) / 20 = 139 s. Of four replicas the busiest has a fourth of the TaskRuns
    // and of the runs and at most 3 deviations (of 8.7) more: (1.26 * 700 - 20) / 20 = 43 s; none is
    // faster than with a fourth, 34 s.
    #expect((139...140).contains(makespan(1)))
    #expect((34...45).contains(makespan(4)))
  }

  @Test("a chain of tasks takes as long as without workers: reconciles are part of the latencies")
  func noContention() {
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.controller = 3
    paper.plan.control.ready = 4
    paper.plan.control.completion = 2
    paper.run([
      task("a", [.fixed(seconds: 5)]), task("b", [.fixed(seconds: 5)], after: [0]),
      task("c", [.fixed(seconds: 5)], after: [1]),
    ])
    // The run 3 s, each task 3 + 4 + 5 + 2 and 3 for the run to go on.
    #expect(paper.outcome().makespan == .s(3 + 3 * (3 + 4 + 5 + 2 + 3)))
    for seconds in [0.5, 1, 2] {
      paper.plan.control.reconcile = seconds
      let outcome = paper.outcome()
      #expect(outcome.makespan == .s(54))
      #expect(outcome.runs[0].taskRuns.allSatisfy { $0.controllerWait == .zero })
      #expect(
        !outcome.runs[0].taskRuns.flatMap(\.segments).contains { $0.label.contains("worker") })
    }
    // A reconcile longer than the notice of the end makes that as long.
    paper.plan.control.reconcile = 3
    #expect(paper.outcome().makespan == .s(57))
  }

  @Test("looks that take no time leave all as it is, by however many workers", arguments: 1...10)
  func noTime(seed: UInt64) {
    var digests: Set<String> = []
    for threads in [1, 2, 1_000_000] {
      var random = RandomPlan(seed: seed)
      var paper = random.make()
      paper.plan.control.reconcile = 0
      paper.plan.control.apiQPS = 0
      paper.plan.control.controllerThreads = threads
      let outcome = paper.outcome()
      #expect(outcome.runs.flatMap(\.taskRuns).allSatisfy { $0.controllerWait == .zero })
      digests.insert("\(outcome.runs) \(outcome.nodes) \(outcome.claims) \(outcome.eventCount)")
    }
    #expect(digests.count == 1)
  }

  @Test("a client that may send next to nothing leaves the run waiting, and the simulation ends")
  func never() throws {
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.apiQPS = 1e-12
    paper.plan.control.apiBurst = 8
    paper.plan.control.requestsPerTaskRun = 8
    paper.run(["a", "b", "c", "d"].map { task($0, [.fixed(seconds: 1)]) })
    let outcome = paper.outcome()
    #expect(outcome.runs[0].status == .running)
    #expect(outcome.runs[0].reason == "Deadlock")
    #expect(outcome.runs[0].message.contains("the Tekton controller, with 2 workers and"))
    #expect(outcome.taskRun("a")?.started == .zero)
    #expect(outcome.taskRun("d")?.started == nil)
  }

  @Test("a TaskRun whose time is up while it waits for a worker ends then, and costs no worker")
  func timeout() throws {
    // One worker, 5 s a look. a starts at 5, b at 10, c at 15; a's step ends at 6, and its end is behind
    // the starts: it would be noted at 20, but its time is up 8 s after its start.
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.reconcile = 5
    paper.plan.control.controllerThreads = 1
    paper.run(
      ["a", "b", "c"].map { name in
        task(name, [.fixed(seconds: 1)]) {
          $0.taskRuns[0].waitsForReady = false
          $0.timeout = name == "a" ? 8 : 100
          $0.continuesOnError = true
        }
      })
    let outcome = paper.outcome()
    // The run's look takes 0 to 5 as well.
    let a = try #require(outcome.taskRun("a"))
    #expect(a.started == .s(10))
    #expect(a.status == .taskRunTimeout)
    #expect(a.completed == .s(18))
    #expect(a.segments.last.map(Stretch.init) == Stretch(.queue, 11, 18))
    #expect(outcome.end(of: "b") == .s(25))
    #expect(outcome.end(of: "c") == .s(30))
  }
}
