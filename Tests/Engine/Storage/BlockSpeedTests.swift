import GantryModel
import GantryUnits
import Testing

/// How fast block volumes are: bytes, operations, bursts, and the instance's link.
@Suite("Speed of block volumes")
struct BlockSpeedTests {
  private static let mib = 1_048_576.0

  private func paper(
    _ demand: Demand, _ volume: @escaping (inout VolumeSpec) -> Void,
    node: @escaping (inout PlannedNode) -> Void = { _ in }
  ) -> PaperPlan {
    var paper = PaperPlan()
    paper.node("node", node)
    paper.run([task("a", [demand], claims: [0])], claims: [blockClaim(volume)])
    return paper
  }

  private func seconds(_ paper: PaperPlan) -> Double { paper.outcome().makespan.seconds }

  @Test("one operation moves 256 KiB at most, so few IOPS limit throughput")
  func operationSize() {
    // 400 operations of 256 KiB a second are 100 MiB/s, whatever the volume's 1000: 10 s for 1000 MiB.
    let large = paper(.move(.write, bytes: 1000 * Self.mib)) {
      $0.iops = 400
      $0.throughput = .mibps(1000)
    }
    #expect(abs(seconds(large) - 10) < 1e-6)
    // 12000 operations of 4 KiB: 3000 a second, 4 s for 46.875 MiB; a volume of 10 MiB/s takes longer.
    let small = paper(.move(.read, bytes: 12_000 * 4096, operations: 12_000)) { $0.iops = 3000 }
    #expect(abs(seconds(small) - 4) < 1e-6)
    let slow = paper(.move(.read, bytes: 12_000 * 4096, operations: 12_000)) {
      $0.iops = 3000
      $0.throughput = .mibps(10)
    }
    #expect(abs(seconds(slow) - 4.6875) < 1e-6)
    // Operations without bytes: 6000 removals at 3000 a second.
    let removals = paper(.move(.write, bytes: 0, operations: 6000)) { $0.iops = 3000 }
    #expect(abs(seconds(removals) - 2) < 1e-6)
  }

  @Test("gp2 does 3000 IOPS until 5.4 million operations are spent, then 3 per GiB")
  func generalPurposeBurst() {
    // 100 GiB: 300 IOPS. 5.4e6 / (3000 - 300) = 2000 s of burst, 6e6 operations; 300 more take 1 s.
    let volume: (inout VolumeSpec) -> Void = {
      $0.kind = "gp2"
      $0.iops = 300
      $0.iopsBurst = Burst(rate: 3000, credits: 5_400_000)
    }
    #expect(
      abs(seconds(paper(.move(.write, bytes: 0, operations: 6_000_300), volume)) - 2001) < 1e-3)
  }

  @Test("st1 writes 250 MiB/s per TiB until its bucket is empty, in operations of 1 MiB")
  func throughputBurst() {
    // 1 TiB: 40 MiB/s, 250 while 1048576 MiB of credits drain at 210: 4993.2 s; 4000 MiB at 40: 100 s.
    let burst = 1_048_576.0 / 210
    let bytes = (burst * 250 + 4000) * Self.mib
    let paper = paper(.move(.write, bytes: bytes)) {
      $0.kind = "st1"
      $0.iops = 500
      $0.largestOperation = .mib(1)
      $0.throughput = .mibps(40)
      $0.throughputBurst = Burst(rate: 250 * Self.mib, credits: 1_048_576 * Self.mib)
    }
    #expect(abs(seconds(paper) - (burst + 100)) < 1e-3)
  }

  @Test("tasks on one node share their volume")
  func sharing() {
    // 100 B/s for two: 500 B each take 10 s.
    var paper = PaperPlan()
    paper.node()
    paper.run(
      ["a", "b"].map { task($0, [.move(.write, bytes: 500)], claims: [0]) },
      claims: [blockClaim(throughput: 100)])
    #expect(paper.outcome().makespan == .s(10))
  }

  @Test("volumes share the instance's link: bytes, operations, and its credits")
  func link() {
    // Two volumes of 100 B/s behind a link of 100, with 500 credits above it: together 200 B/s for
    // 5 s, then 100: two times 1000 B take 5 + 10 = 15 s.
    var paper = PaperPlan()
    paper.node {
      $0.ebs = BurstRate(
        baseline: BytesPerSecond(100), burst: BytesPerSecond(200), credits: 500)
    }
    paper.run(
      [
        task("a", [.move(.write, claim: 0, bytes: 1000)], claims: [0]),
        task("b", [.move(.write, claim: 1, bytes: 1000)], claims: [1]),
      ], claims: [blockClaim(throughput: 100), blockClaim(throughput: 100)])
    #expect(paper.outcome().makespan == .s(15))
    // 1000 IOPS of the instance, 3000 while 8000 credits last: 4 s and 12000 operations, then 1000 a
    // second: 15000 take 7 s on a volume of 16000.
    let operations = self.paper(.move(.write, bytes: 0, operations: 15_000)) {
      $0.iops = 16_000
    } node: {
      $0.ebsIOPS = 1000
      $0.ebsIOPSBurst = Burst(rate: 3000, credits: 8000)
    }
    #expect(abs(seconds(operations) - 7) < 1e-6)
  }

  @Test("a new volume has its credits full, though others have spent theirs")
  func freshVolume() {
    // Each run has a volume of 10 B/s, 100 B/s for 900 credits: 10 s for 1000 B. One after the other,
    // twice: a replication starts afresh too.
    var paper = PaperPlan()
    paper.node()
    paper.run(
      [task("a", [.move(.write, bytes: 1000)], claims: [0])],
      claims: [
        blockClaim(throughput: 10) { $0.throughputBurst = Burst(rate: 100, credits: 900) }
      ])
    paper.plan.workload[0].process = .times([0, 20, 40])
    for replication in [0, 1] {
      let outcome = paper.outcome(replication: replication)
      #expect((0..<3).map { outcome.end(of: "a", run: $0) } == [.s(10), .s(30), .s(50)])
    }
  }

  @Test("a claim that all runs share is one volume: another node waits for it")
  func sharedClaim() {
    // The first run holds it on node one until 20; detached 7, attached 10: the second goes from 37.
    var paper = PaperPlan()
    paper.node("one")
    paper.node("two")
    paper.plan.control.volumeAttach = 10
    paper.plan.control.volumeDetach = 7
    var shared = blockClaim()
    shared.isPerRun = false
    paper.run([task("a", [.compute(10)], claims: [0], on: "one")], claims: [shared])
    paper.run([task("b", [.compute(1)], claims: [0], on: "two")], claims: [shared])
    paper.plan.workload[1].start = 5
    let outcome = paper.outcome()
    #expect(outcome.end(of: "a", run: 0) == .s(20))
    #expect(outcome.end(of: "b", run: 1) == .s(38))
  }

  @Test("a node takes so many volumes; further pods wait as the scheduler says")
  func attachments() throws {
    // Two slots: the third pod waits until the first has ended after 10 s.
    var paper = PaperPlan()
    paper.node { $0.volumeSlots = 2 }
    paper.run(
      (0..<3).map { task("t\($0)", [.compute(10)], claims: [$0]) },
      claims: [blockClaim(), blockClaim(), blockClaim()].enumerated().map { index, claim in
        var claim = claim
        claim.name = "c\(index)"
        return claim
      })
    let outcome = paper.outcome()
    #expect(outcome.end(of: "t0") == .s(10))
    #expect(outcome.end(of: "t1") == .s(10))
    let end = try #require(outcome.end(of: "t2"))
    #expect(end.seconds >= 20 && end.seconds < 31)
    paper.plan.workload[0].process = .burst(count: 1)
    paper.plan.nodes[0].volumeSlots = 0
    let none = paper.outcome()
    #expect(none.runs[0].message.contains("node(s) exceed max volume count"))
    paper.plan.nodes[0].volumeSlots = 3
    #expect(paper.outcome().makespan == .s(10))
  }

  @Test("2 GB in synced blocks on the gp2 volume of a 2018 test took 16.3 to 17.3 s")
  func measured() {
    // aws-samples/amazon-efs-tutorial, c5.2xlarge: 2 GiB at 128 MiB/s are 16.0 s.
    let paper = paper(.move(.write, bytes: 2048 * Self.mib)) {
      $0.kind = "gp2"
      $0.iops = 300
      $0.iopsBurst = Burst(rate: 3000, credits: 5_400_000)
      $0.throughput = .mibps(128)
    }
    let seconds = seconds(paper)
    #expect(abs(seconds - 16) < 1e-3)
    for measured in [17.0, 17.3, 16.3, 16.6, 16.4] {
      #expect(abs(seconds / measured - 1) < 0.1)
    }
  }

  // MARK: Node disk

  @Test("containers on a local disk are not behind the EBS link, and share it with nothing")
  func localDisk() {
    // Memory 10 GB: 1 GB may be dirty. 1.5 GB/s into the cache while the disk takes 0.5: full after 1 s
    // with 1.5 GB; 1 GB more at 0.5 GB/s: 3 s. The root volume of 0.1 GB/s does not matter.
    let paper = paper(.transfer(.init(.write, .nodeDisk, bytes: 2.5e9))) { _ in
    } node: {
      $0.rootVolume.throughput = BytesPerSecond(1e8)
      $0.ebs = BurstRate(baseline: BytesPerSecond(1e8))
      $0.localDisk = LocalDisk(size: .gib(474), write: BytesPerSecond(5e8))
    }
    #expect(abs(seconds(paper) - 3) < 1e-6)
  }
}
