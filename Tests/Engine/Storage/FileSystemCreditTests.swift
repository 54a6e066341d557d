import GantryModel
import GantryUnits
import Testing

/// Burst credits, metering and allowances of file systems as Amazon states them.
@Suite("File system credits and allowances")
struct FileSystemCreditTests {
  private static let mib = 1_048_576.0
  private static let tib = 1_099_511_627_776.0

  private func paper(
    _ demand: Demand, _ change: @escaping (inout FileSystemSpec) -> Void
  ) -> PaperPlan {
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem(change)
    paper.run([task("a", [demand], claims: [0])], claims: [claim()])
    return paper
  }

  /// A nearly empty file system: 1 MiB/s, 100 MiB/s while 2.1 TiB of credits last.
  private func nearlyEmpty(_ demand: Demand, credits: Double? = nil) -> PaperPlan {
    paper(demand) {
      $0.mode = .bursting
      $0.metered = BurstRate(
        baseline: .mibps(1), burst: .mibps(100), credits: 2.1 * Self.tib, initialCredits: credits)
    }
  }

  @Test("a nearly empty file system writes at burst for about six hours and then at 1 MiB/s")
  func sixHours() throws {
    // 2.1 TiB = 2202009.6 MiB drain at 100 - 1 = 99 MiB/s: 22242.52 s (6.18 h), in which 2224252 MiB
    // are written. 3600 MiB more take an hour at 1 MiB/s.
    let burst = 2.1 * 1_048_576 / 99
    let bytes = (burst * 100 + 3600) * Self.mib
    let end = try #require(nearlyEmpty(.move(.write, bytes: bytes)).outcome().end(of: "a"))
    #expect(abs(end.seconds - (burst + 3600)) < 1e-3)
    #expect(burst / 3600 > 6 && burst / 3600 < 6.2)
    // Read, a third counts: 300 MiB/s while the credits last as long, then 3 MiB/s.
    let read = nearlyEmpty(.move(.read, bytes: (burst * 300 + 3 * 3600) * Self.mib))
    let readEnd = try #require(read.outcome().end(of: "a"))
    #expect(abs(readEnd.seconds - (burst + 3600)) < 1e-3)
  }

  @Test("credits at the start may be few, or none")
  func initialCredits() {
    // 990 MiB of credits drain at 99 MiB/s: 10 s for 1000 MiB, then 60 MiB at 1 MiB/s: 70 s.
    let few = nearlyEmpty(.move(.write, bytes: 1060 * Self.mib), credits: 990 * Self.mib)
    #expect(few.outcome().makespan == .s(70))
    let none = nearlyEmpty(.move(.write, bytes: 60 * Self.mib), credits: 0)
    #expect(none.outcome().makespan == .s(60))
  }

  @Test("requests below 4 KiB are metered as 4 KiB, in time and on the bill")
  func smallRequests() {
    // 1 MiB/s without credits. 1024 writes of 1 KiB in all 1 MiB count as 4 MiB: 4 s. As reads they
    // count a third: 4/3 s. 16 writes of 64 KiB count as themselves: 1 s.
    func time(_ direction: IODirection, _ operations: Double) -> (Double, FileSystemUsage) {
      var paper = nearlyEmpty(
        .move(direction, bytes: Self.mib, operations: operations, concurrency: 1000), credits: 0)
      paper.plan.fileSystems[0].leastRequest = 4096
      let outcome = paper.outcome()
      return (outcome.makespan.seconds, outcome.fileSystems[0])
    }
    let small = time(.write, 1024)
    #expect(abs(small.0 - 4) < 1e-6)
    #expect(small.1.meteredWritten == 4 * Self.mib && small.1.bytesWritten == Self.mib)
    let read = time(.read, 1024)
    #expect(abs(read.0 - 4.0 / 3) < 1e-6)
    #expect(read.1.meteredRead == 4 * Self.mib && read.1.meteredWritten == 0)
    let large = time(.write, 16)
    #expect(abs(large.0 - 1) < 1e-6)
    #expect(large.1.meteredWritten == Self.mib)
  }

  @Test("small requests and large ones share the metered throughput by bytes")
  func fairness() throws {
    // 8 MiB/s without credits: 1024 requests a second of 4 KiB (4 MiB/s) beside 4 MiB/s of bytes.
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem {
      $0.mode = .provisioned
      $0.metered = BurstRate(baseline: .mibps(8))
      $0.leastRequest = 4096
    }
    paper.run(
      [
        task("small", [.move(.write, bytes: 1, operations: 10_240, concurrency: 1e6)], claims: [0]),
        task("large", [.move(.write, bytes: 40 * Self.mib)], claims: [0]),
      ], claims: [claim()])
    let outcome = paper.outcome()
    let small = try #require(outcome.end(of: "small"))
    let large = try #require(outcome.end(of: "large"))
    #expect(abs(small.seconds - 10) < 1e-3)
    #expect(abs(large.seconds - 10) < 1e-3)
  }

  @Test("in Bursting mode a write takes five of the operations that reads have too")
  func sharedOperations() throws {
    // 35000 a second. 14000 writes count 70000: 2 s. With 35000 reads beside them both get the same
    // number a second, 35000 / 6 = 5833.3: the writes take 2.4 s; the 21000 reads left have all: 0.6 s.
    let alone = paper(.move(.write, bytes: 0, operations: 14_000, concurrency: 1e6)) {
      $0.sharesOperations = true
      $0.readIOPS = 35_000
      $0.writeIOPS = 7000
    }
    #expect(abs(alone.outcome().makespan.seconds - 2) < 1e-6)
    var both = alone
    both.plan.templates[0].tasks.append(
      task("b", [.move(.read, bytes: 0, operations: 35_000, concurrency: 1e6)], claims: [0]))
    let outcome = both.outcome()
    let writes = try #require(outcome.end(of: "a"))
    let reads = try #require(outcome.end(of: "b"))
    #expect(abs(writes.seconds - 2.4) < 1e-6)
    #expect(abs(reads.seconds - 3) < 1e-6)
  }

  @Test("a directory takes few creations at once, however many threads there are")
  func oneDirectory() {
    // 10 ms each. 100 threads in one directory that takes 2 streams: 200 a second, 1000 take 5 s. In
    // 10 directories 2000 a second: 0.5 s. One thread does 100 a second: 10 s.
    func seconds(threads: Double, directories: Double?) -> Double {
      paper(
        .transfer(
          .init(
            .write, .claim(0), bytes: 0, operations: 1000, concurrency: threads,
            directories: directories))
      ) {
        $0.writeLatency = 0.01
        $0.directoryStreams = 2
      }.outcome().makespan.seconds
    }
    #expect(abs(seconds(threads: 100, directories: 1) - 5) < 1e-6)
    #expect(abs(seconds(threads: 100, directories: 10) - 0.5) < 1e-6)
    #expect(abs(seconds(threads: 1, directories: 1) - 10) < 1e-6)
    #expect(abs(seconds(threads: 100, directories: nil) - 0.1) < 1e-6)
  }

  @Test("a stream waits for each write and sends its bytes in between")
  func writeStream() {
    // 100 writes of 10 ms and 1000 B at 100 B/s: 1 s and 10 s one after the other, 11 s; four streams
    // share that: 2.75 s.
    for (streams, seconds) in [(1.0, 11.0), (4, 2.75)] {
      let paper = paper(.move(.write, bytes: 1000, operations: 100, concurrency: streams)) {
        $0.writeLatency = 0.01
        $0.writeStream = BytesPerSecond(100)
      }
      #expect(abs(paper.outcome().makespan.seconds - seconds) < 1e-6)
    }
  }

  @Test("reading, writing and One Zone have latencies of their own")
  func latencies() {
    // 1000 operations one after the other at 1 ms, 2.7 ms and 1.6 ms.
    for (direction, latency) in [
      (IODirection.read, 0.001), (.write, 0.0027), (.write, 0.0016),
    ] {
      let paper = paper(.move(direction, bytes: 0, operations: 1000)) {
        $0.readLatency = direction == .read ? latency : 99
        $0.writeLatency = direction == .write ? latency : 99
      }
      #expect(abs(paper.outcome().makespan.seconds - 1000 * latency) < 1e-6)
    }
  }

  @Test("TLS makes a mount longer")
  func mountTLS() {
    for (usesTLS, seconds) in [(true, Int64(6)), (false, 4)] {
      var paper = paper(.compute(1)) { $0.usesTLS = usesTLS }
      paper.plan.control.fileSystemMount = 3
      paper.plan.control.fileSystemTLS = 2
      #expect(paper.outcome().makespan == .s(seconds))
    }
  }

  @Test("a node in a zone without a mount target pays for traffic between zones")
  func mountTargets() {
    for (zones, crossing) in [(["here-b"], 1500.0), (["here-a"], 0), ([], 0)] {
      let paper = paper(.move(.write, bytes: 1500)) { $0.mountTargetZones = zones }
      let outcome = paper.outcome()
      #expect(outcome.network.crossZoneBytes == crossing)
      #expect(outcome.runs[0].use.crossZoneBytes == crossing)
    }
  }
}
