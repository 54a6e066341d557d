import GantryEngine
import GantryModel
import GantryUnits
import Testing

@Suite("What limited a phase")
struct LimitTests {
  /// What limited the only phase of a task.
  private func limits(
    of task: String = "a", _ paper: PaperPlan
  ) throws -> [LimitShare] {
    let (outcome, observation) = try paper.explained()
    return try #require(try observation.story(task, in: outcome).phases.first).limits
  }

  @Test("processors while they are shared, the own thread once alone")
  func processors() throws {
    // One processor: `a` needs 5 s, `b` 10 s. Half each until 10; then `b` alone does its other 5.
    var paper = PaperPlan()
    paper.node(total: 1)
    paper.run([task("a", [.compute(5)]), task("b", [.compute(10)])])
    #expect(
      try limits(of: "b", paper) == [
        LimitShare(limit: Limit(.processors, "node"), span: .seconds(10), others: 1),
        LimitShare(
          limit: Limit(.ownThreads, "node", threads: 1), span: .seconds(5), others: 0),
      ])
  }

  @Test("the pod's cpu limit when it is below its threads")
  func podLimit() throws {
    // Four threads, half a core: 5 s of work take 10.
    var paper = PaperPlan()
    paper.node()
    paper.run([task("a", [.compute(5, threads: 4)]) { $0.taskRuns[0].pod.cpuLimit = 0.5 }])
    #expect(
      try limits(paper) == [LimitShare(limit: Limit(.podLimit), span: .seconds(10), others: 0)])
  }

  @Test("of bytes and operations, what took longer")
  func fileSystem() throws {
    // 2000 operations of 1 ms: 2 s; 1e9 bytes at 1e9 B/s: 1 s.
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem()
    paper.run(
      [task("a", [.move(.write, bytes: 1e9, operations: 2000)], claims: [0])], claims: [claim()])
    #expect(
      try limits(paper) == [
        LimitShare(limit: Limit(.fileSystemLatency, "efs"), span: .seconds(2), others: 0)
      ])
  }

  @Test("what a file system gives one node, when that is less than all it gives")
  func client() throws {
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem { $0.perClient = BytesPerSecond(5e8) }
    paper.run([task("a", [.move(.write, bytes: 1e9)], claims: [0])], claims: [claim()])
    #expect(
      try limits(paper) == [
        LimitShare(limit: Limit(.fileSystemClient, "efs"), span: .seconds(2), others: 0)
      ])
  }

  @Test("operations a second of a file system, once many want them")
  func operations() throws {
    // Each of two tasks could do 1000 a second, the file system does 1000 for both: 500 each, so
    // 1000 operations take 2 s.
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem { $0.writeIOPS = 1000 }
    let work = Demand.move(.write, bytes: 0, operations: 1000)
    paper.run(
      [task("a", [work], claims: [0]), task("b", [work], claims: [0])], claims: [claim()])
    #expect(
      try limits(paper) == [
        LimitShare(limit: Limit(.fileSystemOperations, "efs"), span: .seconds(2), others: 1)
      ])
  }

  @Test("a block volume's throughput, the network card, time that passes")
  func others() throws {
    var block = PaperPlan()
    block.node()
    block.run(
      [task("a", [.move(.read, bytes: 1000)], claims: [0])],
      claims: [blockClaim(throughput: 100)])
    #expect(
      try limits(block) == [LimitShare(limit: Limit(.blockVolume), span: .seconds(10), others: 0)])

    var card = PaperPlan()
    card.node { $0.network = BurstRate(baseline: BytesPerSecond(100)) }
    card.service(perConnection: 1e6)
    card.run([
      task("a", [.transfer(.init(.read, .service(0), bytes: 1000))])
    ])
    #expect(
      try limits(card) == [
        LimitShare(limit: Limit(.network, "node"), span: .seconds(10), others: 0)
      ])

    var fixed = PaperPlan()
    fixed.node()
    fixed.run([task("a", [.fixed(seconds: 7), .compute(2)])])
    #expect(
      try limits(fixed) == [LimitShare(limit: Limit(.fixedTime), span: .seconds(7), others: 0)])
  }

  @Test("one stream of writes to a file system: each is waited for and carries so much")
  func stream() throws {
    // 100 writes of 1 ms and 1000 bytes at 1e4 a second: 0.2 s, below every other limit.
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem { $0.writeStream = BytesPerSecond(1e4) }
    paper.run(
      [task("a", [.move(.write, bytes: 1000, operations: 100)], claims: [0])], claims: [claim()])
    #expect(
      try limits(paper) == [
        LimitShare(limit: Limit(.fileSystemStream, "efs"), span: .seconds(0.2), others: 0)
      ])
  }

  @Test("operations of a block volume, and of the link to it")
  func blockOperations() throws {
    // 1000 operations at 100 a second, once the volume's and once the instance's.
    for (volume, link, kind) in [
      (100.0, 1e6, Limit(.blockOperations)), (1e6, 100, Limit(.ebsOperations, "node")),
    ] {
      var paper = PaperPlan()
      paper.node { $0.ebsIOPS = link }
      let claim = blockClaim { $0.iops = volume }
      paper.run(
        [task("a", [.move(.read, bytes: 1000, operations: 1000)], claims: [0])], claims: [claim])
      #expect(
        try limits(paper) == [LimitShare(limit: kind, span: .seconds(10), others: 0)])
    }
  }

  @Test("a server's total rate and its requests a second")
  func servers() throws {
    // 1000 bytes at 100 a second; 1000 requests at 100 a second.
    for (transfer, kind) in [
      (Demand.Transfer(.read, .service(0), bytes: 1000), Limit.Kind.server),
      (Demand.Transfer(.read, .service(0), bytes: 0, operations: 1000), .serverRequests),
    ] {
      var paper = PaperPlan()
      paper.node()
      paper.service(perConnection: 1e6)
      paper.plan.services[0].ceiling = BytesPerSecond(100)
      paper.plan.services[0].readRequests = 100
      paper.run([task("a", [.transfer(transfer)])])
      #expect(
        try limits(paper) == [
          LimitShare(
            limit: Limit(kind, paper.plan.services[0].name), span: .seconds(10), others: 0)
        ])
    }
  }

  @Test("a phase that is cut off says so, with no more time than it had")
  func cutOff() throws {
    var paper = PaperPlan()
    paper.node()
    paper.run([task("a", [.fixed(seconds: 100)]) { $0.timeout = 30 }])
    let (outcome, observation) = try paper.explained()
    let phase = try #require(try observation.story("a", in: outcome).phases.first)
    #expect(phase.end == nil)
    #expect(phase.limits.total == .seconds(30))
  }
}
