import GantryModel
import GantryUnits
import Testing

/// Processor, network and node disk: rates worked out by hand.
@Suite("Work on paper")
struct WorkOnPaperTests {
  // MARK: Processor

  @Test("threads run at the single-thread speed until the node's total is shared")
  func hyperThreads() {
    // 8 threads at 1 each would be 8, but hyper-threads together do 6: 60 / 6 = 10 s. One thread of a
    // fast node (speed 2) does 60 in 30 s.
    var paper = PaperPlan()
    paper.node(total: 6)
    paper.run([task("wide", [.compute(60, threads: 8)])])
    #expect(paper.outcome().makespan == .s(10))
    var fast = PaperPlan()
    fast.node(thread: 2, total: 12)
    fast.run([task("narrow", [.compute(60)])])
    #expect(fast.outcome().makespan == .s(30))
  }

  @Test("equal pods share a full processor equally")
  func sharing() {
    // Eight threads share 6: 0.75 each, so 6 s of work take 8 s. Two alone run at 1: 6 s.
    var paper = PaperPlan()
    paper.node(total: 6)
    paper.run((0..<8).map { task("t\($0)", [.compute(6)]) })
    #expect(paper.outcome().makespan == .s(8))
    paper.plan.templates[0].tasks.removeLast(6)
    #expect(paper.outcome().makespan == .s(6))
  }

  @Test("what the platform uses is not there for pods")
  func platformLoad() {
    // 4 of 8 vCPU gone: half of 6 is left; 30 / 3 = 10 s.
    var paper = PaperPlan()
    paper.node(total: 6) { $0.platformLoad = 4 }
    paper.run([task("wide", [.compute(30, threads: 8)])])
    #expect(paper.outcome().makespan == .s(10))
  }

  @Test("shares follow the requests, and what is left over goes to the others")
  func weights() {
    // Weights 1 : 3 on a total of 4: 1 and 3 a second. B has done its 30 after 10 s; A has 10 of 20
    // left and then all 4: 10 + 2.5 = 12.5 s.
    var paper = PaperPlan()
    paper.node(total: 4)
    paper.run([
      task("a", [.compute(20, threads: 8)]) { $0.taskRuns[0].pod.cpuWeight = 1000 },
      task("b", [.compute(30, threads: 8)]) { $0.taskRuns[0].pod.cpuWeight = 3000 },
    ])
    let outcome = paper.outcome()
    #expect(outcome.end(of: "b") == .s(10))
    #expect(outcome.end(of: "a") == .seconds(12.5))
  }

  @Test("a limit caps a pod on an idle node")
  func limit() {
    // Half a core of speed 1: 10 s of work take 20 s.
    var paper = PaperPlan()
    paper.node()
    paper.run([task("a", [.compute(10, threads: 4)]) { $0.taskRuns[0].pod.cpuLimit = 0.5 }])
    #expect(paper.outcome().makespan == .s(20))
  }

  // MARK: Network

  @Test("an upload is limited per connection; requests wait their latency meanwhile")
  func upload() {
    // 4 connections of 10 B/s: 400 B take 10 s. 40 requests of 1 s over 4 connections take 10 s too;
    // with 80 requests they are what takes longest: 20 s.
    var paper = PaperPlan()
    paper.node()
    paper.service(perConnection: 10, latency: 1)
    func push(_ requests: Double) -> PlannedTask {
      task(
        "push",
        [
          .transfer(
            .init(.write, .service(0), bytes: 400, operations: requests, concurrency: 4))
        ])
    }
    paper.run([push(40)])
    let outcome = paper.outcome()
    #expect(outcome.makespan == .s(10))
    #expect(outcome.network.egressBytes == 400)
    #expect(outcome.network.natBytesOut == 400)
    #expect(outcome.nodes[0].bytesOut == 400)
    #expect(outcome.runs[0].use.egressBytes == 400)
    paper.plan.templates[0].tasks = [push(80)]
    #expect(paper.outcome().makespan == .s(20))
  }

  @Test("a download that passes no NAT gateway is not billed there")
  func endpoint() {
    var paper = PaperPlan()
    paper.node()
    paper.service(perConnection: 10)
    paper.plan.services[0].usesNAT = false
    paper.run([task("get", [.transfer(.init(.read, .service(0), bytes: 100))])])
    let outcome = paper.outcome()
    #expect(outcome.makespan == .s(10))
    #expect(outcome.network.natBytesIn == 0)
    #expect(outcome.nodes[0].bytesIn == 100)
  }

  @Test("uploads and file system writes share the network card")
  func networkCard() {
    // 100 B/s out, two flows: 50 each. The write of 500 is done at 10; the upload has 500 of 1000
    // left and the card for itself: 15 s.
    var paper = PaperPlan()
    paper.node { $0.network = BurstRate(baseline: BytesPerSecond(100)) }
    paper.service(perConnection: 1e6)
    paper.fileSystem()
    paper.run(
      [
        task("push", [.transfer(.init(.write, .service(0), bytes: 1000))]),
        task("save", [.move(.write, bytes: 500)], claims: [0]),
      ], claims: [claim()])
    let outcome = paper.outcome()
    #expect(outcome.end(of: "save") == .s(10))
    #expect(outcome.end(of: "push") == .s(15))
    #expect(outcome.nodes[0].bytesOut == 1500)
  }

  @Test("a network card bursts until its credits are gone")
  func networkCredits() {
    // Burst 100, baseline 20, 800 credits drain at 80 a second: 10 s for 1000 B, then 20 B/s for the
    // other 200 B: 20 s.
    var paper = PaperPlan()
    paper.node {
      $0.network = BurstRate(
        baseline: BytesPerSecond(20), burst: BytesPerSecond(100), credits: 800)
    }
    paper.service(perConnection: 1e6)
    paper.run([task("push", [.transfer(.init(.write, .service(0), bytes: 1200))])])
    #expect(paper.outcome().makespan == .s(20))
  }

  // MARK: Node disk

  @Test("writes fill the page cache first and then go at the disk's rate")
  func pageCache() {
    // Memory 10 GB: half is available, a fifth of that may be dirty: 1 GB. Written at 1.5 GB/s
    // while the disk takes 0.5: the cache is full after 1 s, with 1.5 GB written. The other 1 GB
    // goes at 0.5 GB/s: 3 s.
    var paper = PaperPlan()
    paper.node { $0.rootVolume.throughput = BytesPerSecond(5e8) }
    paper.run([task("copy", [.transfer(.init(.write, .nodeDisk, bytes: 2.5e9))])])
    let outcome = paper.outcome()
    #expect(outcome.makespan == .s(3))
    #expect(outcome.nodes[0].diskBytesWritten == 2.5e9)
    // What fits into the cache takes 1 s at 1.5 GB/s; the instance's EBS link limits the disk too.
    paper.plan.templates[0].tasks = [
      task("copy", [.transfer(.init(.write, .nodeDisk, bytes: 1.5e9))])
    ]
    #expect(paper.outcome().makespan == .s(1))
    paper.plan.nodes[0].ebs = BurstRate(baseline: BytesPerSecond(2.5e8))
    paper.plan.templates[0].tasks = [
      task("copy", [.transfer(.init(.write, .nodeDisk, bytes: 2e9))])
    ]
    // Drained at 1.25 GB/s: 0.8 s for 1.2 GB; 0.8 GB at 0.25: 3.2 s.
    #expect(paper.outcome().makespan == .s(4))
  }

  @Test("memory is read and written at the rate of the page cache")
  func memory() {
    var paper = PaperPlan()
    paper.node()
    paper.run([task("copy", [.transfer(.init(.write, .memory, bytes: 3e9))])])
    #expect(paper.outcome().makespan == .s(2))
  }
}
