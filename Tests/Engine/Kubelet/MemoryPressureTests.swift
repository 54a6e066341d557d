import GantryEngine
import GantryModel
import GantryUnits
import Testing

@Suite("Memory runs out")
struct MemoryPressureTests {
  @Test("a BestEffort pack above the threshold loses its largest pod at the kubelet's next look")
  func pack() throws {
    var paper = PaperPlan()
    paper.smallNode()
    // From 3 s on 200 + 300 + 250 + 300 = 1050 MiB: above 1000, below 1100. The kubelet looks at 10 s
    // and takes the first of the two largest; 750 MiB are left, and the others end at 103 s.
    let sizes = [("a", 200.0), ("b", 300), ("c", 250), ("d", 300)]
    paper.run(sizes.map { task($0.0, phases: [phase(3), phase(100, memory: mib($0.1))]) })
    let outcome = paper.outcome()
    #expect(outcome.story == ["10 Pressure", "10 Evicted b"])
    let b = try #require(outcome.taskRun("b"))
    #expect(b.status == .failed && b.reason == "Failed" && b.completed == .s(10))
    #expect(
      b.message
        == "The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. ")
    #expect(b.steps.map(\.failed) == [true])
    for name in ["a", "c", "d"] { #expect(outcome.end(of: name) == .s(103)) }
    #expect(outcome.nodes[0].peakMemory == mib(1050))
  }

  @Test("pods within their requests outlast BestEffort ones that use less")
  func requests() {
    var paper = PaperPlan()
    paper.smallNode()
    // 700 MiB of 750 requested, and 200 + 150 MiB of nothing requested: the 200 go, 850 are left.
    paper.run([
      task("asks", phases: [phase(50, memory: mib(700))]) {
        $0.taskRuns[0].pod.requests = ["memory": Quantity(Int64(mib(750)))]
        $0.taskRuns[0].pod.qualityOfService = .burstable
      },
      task("bare", phases: [phase(50, memory: mib(200))]),
      task("small", phases: [phase(50, memory: mib(150))]),
    ])
    let outcome = paper.outcome()
    #expect(outcome.story == ["0 Pressure", "0 Evicted bare"])
    #expect(outcome.end(of: "asks") == .s(50))
    #expect(outcome.end(of: "small") == .s(50))
  }

  @Test("after an eviction the kubelet looks again when the pod is gone, not at its usual time")
  func again() {
    var paper = PaperPlan()
    paper.smallNode()
    // The kubelet may look every second after an eviction: 1090 − 30 = 1060 at 0 s, − 30 at 1 s …
    // Pods of 30, 30, 30 and 1000 MiB; the large one requests 1000 and keeps to it.
    paper.run(
      [
        task("asks", phases: [phase(50, memory: mib(1000))]) {
          $0.taskRuns[0].pod.requests = ["memory": Quantity(Int64(mib(1000)))]
        }
      ] + ["a", "b", "c"].map { task($0, phases: [phase(50, memory: mib(30))]) })
    #expect(paper.outcome().story == ["0 Pressure", "0 Evicted a", "1 Evicted b", "2 Evicted c"])
  }

  @Test("a container above its own limit is killed at once, and its TaskRun fails as Tekton says")
  func limit() throws {
    for (version, suffix) in [(TektonVersion.v0_59, ""), (.v1_15, ": OOMKilled")] {
      var paper = PaperPlan()
      paper.plan.tekton.version = version
      paper.smallNode()
      paper.run([
        task("big", phases: [phase(5, memory: mib(200)), phase(60, memory: mib(300))]) {
          $0.taskRuns[0].steps[0].limits.memory = .mib(256)
        },
        task("other", phases: [phase(60, memory: mib(300))]),
      ])
      let outcome = paper.outcome()
      #expect(outcome.story == ["5 OOMKilled big"])
      let big = try #require(outcome.taskRun("big"))
      #expect(big.completed == .s(5))
      #expect(big.message == "\"step-big-0\" exited with code 137" + suffix)
      #expect(outcome.end(of: "other") == .s(60))
    }
  }

  @Test("files in memory count against the limit")
  func tmpfs() {
    var paper = PaperPlan()
    paper.smallNode()
    // 100 + 100 MiB fit into 256; with another 100 MiB of files they do not.
    let phases = [
      phase(5, memory: mib(100), .tmpfs(mib(100))), phase(5, memory: mib(100), .tmpfs(mib(100))),
    ]
    paper.run([
      task("files", phases: phases) { $0.taskRuns[0].steps[0].limits.memory = .mib(256) }
    ])
    #expect(paper.outcome().story == ["5 OOMKilled files"])
    #expect(paper.outcome().nodes[0].peakMemory == mib(300))
  }

  @Test("Tekton 0.59 waits for the steps behind a killed one until the timeout, 1.15 does not")
  func hangs() throws {
    for (version, end, status) in [
      (TektonVersion.v0_59, Int64(90), RunStatus.taskRunTimeout), (.v1_15, 5, .failed),
    ] {
      var paper = PaperPlan()
      paper.plan.tekton.version = version
      paper.smallNode()
      paper.run([
        task("big", phases: [phase(5), phase(60, memory: mib(300))], [phase(1)]) {
          $0.timeout = 90
          $0.taskRuns[0].steps[0].limits.memory = .mib(256)
        }
      ])
      let big = try #require(paper.outcome().taskRun("big"))
      #expect(big.completed == .s(end))
      #expect(big.status == status)
      #expect(big.segments.reduce(Span.zero) { $0 + ($1.end - $1.start) } == .seconds(Double(end)))
    }
  }

  @Test("a heap grows to a share of what the container can see")
  func heap() {
    var paper = PaperPlan()
    paper.smallNode()
    var java = phase(10)
    java.footprint = Footprint(memory: mib(250), heap: mib(700), heapShare: 0.25)
    // With a limit of 1 GiB: 250 + 256 = 506 MiB. Without: 950 MiB of a quarter of 10 GB.
    paper.run([
      task("limited", phases: [java]) { $0.taskRuns[0].steps[0].limits.memory = .gib(1) }
    ])
    #expect(paper.outcome().nodes[0].peakMemory == mib(506))
    paper.plan.templates[0].tasks[0].taskRuns[0].steps[0].limits.memory = nil
    #expect(paper.outcome().nodes[0].peakMemory == mib(950))
  }

  @Test("memory that is used up at once is not the kubelet's: the kernel kills, BestEffort first")
  func nodeOutOfMemory() {
    var paper = PaperPlan()
    paper.smallNode()
    // 700 and 300 MiB fit. 150 more make 1150, above 1100. Scores in thousandths of 1100 MiB: the
    // one that requests 2 GB of the node's 10 has 800 + 636, the others 1000 + 273 and 1000 + 136.
    // Killing it leaves 450.
    paper.run([
      task("asks", phases: [phase(50, memory: mib(700))]) {
        $0.taskRuns[0].pod.qualityOfService = .burstable
        $0.taskRuns[0].steps[0].limits.memoryRequest = Bytes(2_000_000_000)
      },
      task("bare", phases: [phase(50, memory: mib(300))]),
      task("late", phases: [phase(3), phase(50, memory: mib(150))]),
    ])
    #expect(paper.outcome().story == ["3 OOMKilled asks"])
    // One that requests 8 of 10 GB has 200 + 636: now the 300 MiB go, and 850 are left.
    paper.plan.templates[0].tasks[0].taskRuns[0].steps[0].limits.memoryRequest =
      Bytes(8_000_000_000)
    #expect(paper.outcome().story == ["3 OOMKilled bare"])
  }

  @Test("a retry waits until the pressure is over, or goes to another node")
  func retry() throws {
    var paper = PaperPlan()
    paper.smallNode("one")
    paper.run([
      task("a", phases: [phase(3), phase(100, memory: mib(600))]) { $0.retries = 1 },
      task("b", phases: [phase(3), phase(100, memory: mib(450))]),
    ])
    // a goes at 10 s. The condition lasts 300 s from when it was seen last, at 10 s; then a starts
    // anew and takes 103 s.
    let alone = paper.outcome()
    #expect(alone.story == ["10 Pressure", "10 Evicted a", "310 PressureEnded"])
    let a = try #require(alone.taskRun("a"))
    #expect(a.attempts == 2 && a.status == .succeeded && a.completed == .s(413))
    // The scheduler prefers nodes without such a taint, but takes the second when the first has one
    // that forbids it: a starts anew at 10 s.
    paper.smallNode("two")
    paper.plan.nodes[1].taints = [Taint(key: "rather-not", effect: .preferNoSchedule)]
    let moved = try #require(paper.outcome().taskRun("a"))
    #expect(moved.node == 1 && moved.attempts == 2 && moved.completed == .s(113))
  }

  @Test("a pod that was bound before the taint came is refused")
  func refused() throws {
    var paper = PaperPlan()
    paper.smallNode()
    paper.plan.control.scheduler = 12
    // Both are bound at 12 s, and above the threshold from 15 s on: pressure at 20 s. The third is
    // bound from 9 + 12 = 21 s on.
    paper.run([
      task("a", phases: [phase(3), phase(50, memory: mib(600))]),
      task("b", phases: [phase(3), phase(50, memory: mib(450))]),
    ])
    paper.run([task("late", phases: [phase(5)])], name: "second")
    paper.plan.workload[1].start = 9
    let outcome = paper.outcome()
    #expect(outcome.story == ["20 Pressure", "20 Evicted a", "21 Refused late"])
    let late = try #require(outcome.taskRun("late", run: 1))
    #expect(late.message == "The node had condition: [MemoryPressure]. ")
    #expect(late.status == .failed && late.completed == .s(21))
  }

  @Test("more memory never makes a pack of equal pods worse", arguments: [40.0, 130, 333])
  func monotone(size: Double) {
    var before = 0
    for mebibytes in stride(from: 100.0, through: 2000, by: 100) {
      var paper = PaperPlan()
      paper.smallNode(mebibytes: mebibytes)
      paper.run((0..<12).map { task("t\($0)", phases: [phase(20, memory: mib(size))]) })
      let outcome = paper.outcome()
      let succeeded = outcome.runs[0].taskRuns.count { $0.status == .succeeded }
      // As many fit as the kubelet's threshold and its reserve of 100 MiB allow, no more.
      #expect(succeeded >= before)
      #expect(Double(succeeded) * size <= mebibytes)
      before = succeeded
    }
    #expect(before == min(12, Int(2000 / size)))
  }
}
