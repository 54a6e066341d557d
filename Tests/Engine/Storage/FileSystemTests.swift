import GantryModel
import GantryUnits
import Testing

@Suite("File systems")
struct FileSystemTests {
  private func plan(
    _ demand: Demand, _ change: @escaping (inout FileSystemSpec) -> Void
  ) -> PaperPlan {
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem(change)
    paper.run([task("a", [demand], claims: [0])], claims: [claim()])
    return paper
  }

  @Test("a phase takes as long as its bytes or its operations, whichever is longer")
  func bytesOrOperations() {
    // 1000 B at 100 B/s: 10 s. Operations of 10 ms, two at a time: 200 a second; 600 take 3 s and
    // 4000 take 20 s.
    for (operations, seconds) in [(600.0, Int64(10)), (4000, 20)] {
      let paper = plan(
        .move(.read, bytes: 1000, operations: operations, concurrency: 2)
      ) {
        $0.readCeiling = BytesPerSecond(100)
        $0.readLatency = 0.01
      }
      let outcome = paper.outcome()
      #expect(outcome.makespan == .s(seconds))
      #expect(outcome.fileSystems[0].bytesRead == 1000)
      #expect(outcome.fileSystems[0].operations == operations)
      #expect(outcome.runs[0].use.fileSystemRead == 1000)
    }
  }

  @Test("the file system's operations per second limit even many streams")
  func operationsPerSecond() {
    // 100 streams of 10 ms would do 10000 a second; the file system does 1000: 4 s for 4000.
    let paper = plan(.move(.write, bytes: 0, operations: 4000, concurrency: 100)) {
      $0.writeIOPS = 1000
      $0.writeLatency = 0.01
    }
    #expect(paper.outcome().makespan == .s(4))
  }

  @Test("a client's limit counts a byte read as a third")
  func perClient() {
    // 100 B/s per client: 1000 B written in 10 s; 3000 B read in 10 s.
    let written = plan(.move(.write, bytes: 1000)) { $0.perClient = BytesPerSecond(100) }
    #expect(written.outcome().makespan == .s(10))
    let read = plan(.move(.read, bytes: 3000)) { $0.perClient = BytesPerSecond(100) }
    #expect(read.outcome().makespan == .s(10))
  }

  @Test("clients share the file system's throughput")
  func sharing() {
    // 100 B/s for two: `a` has its 500 B after 10 s; `b` has 500 of 1000 left, alone: 15 s.
    var paper = PaperPlan()
    paper.node("one")
    paper.node("two")
    paper.fileSystem { $0.writeCeiling = BytesPerSecond(100) }
    paper.run(
      [
        task("a", [.move(.write, bytes: 500)], claims: [0], on: "one"),
        task("b", [.move(.write, bytes: 1000)], claims: [0], on: "two"),
      ], claims: [claim()])
    let outcome = paper.outcome()
    #expect(outcome.end(of: "a") == .s(10))
    #expect(outcome.end(of: "b") == .s(15))
    #expect(outcome.fileSystems[0].bytesWritten == 1500)
    #expect(outcome.claims[0].bytes == 1500)
    // 500 B for the last 5 s, 1000 B from the end on.
    #expect(outcome.fileSystems[0].storedAtEnd == 1500)
    #expect(outcome.fileSystems[0].byteSeconds == 2500)
    #expect(outcome.fileSystems[0].accessPointsPeak == 1)
  }

  @Test("bursting throughput falls to the baseline when the credits are gone")
  func burstingCredits() {
    // Burst 100, baseline 50: 500 credits drain at 50 a second: 10 s for 1000 B, then 500 B at 50:
    // 20 s. Reads are metered at a third: 3000 B in 10 s, then 1500 B at 150.
    let metered = BurstRate(
      baseline: BytesPerSecond(50), burst: BytesPerSecond(100), credits: 500)
    let written = plan(.move(.write, bytes: 1500)) {
      $0.mode = .bursting
      $0.metered = metered
    }
    #expect(written.outcome().makespan == .s(20))
    let read = plan(.move(.read, bytes: 4500)) {
      $0.mode = .bursting
      $0.metered = metered
    }
    #expect(read.outcome().makespan == .s(20))
  }

  @Test("provisioned throughput is a plain limit")
  func provisioned() {
    let paper = plan(.move(.write, bytes: 1500)) {
      $0.mode = .provisioned
      $0.metered = BurstRate(baseline: BytesPerSecond(50))
    }
    #expect(paper.outcome().makespan == .s(30))
  }

  @Test("pods wait until the access point is made, then mount it")
  func accessPoint() throws {
    // Made in 4 s from the run's first reconcile, mounted in 3, then 1 s of work.
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem()
    paper.plan.control.accessPoint = 4
    paper.plan.control.fileSystemMount = 3
    paper.run([task("a", [.compute(1)], claims: [0])], claims: [claim()])
    let outcome = paper.outcome()
    #expect(
      outcome.taskRun("a")?.segments.map(Stretch.init) == [
        Stretch(.volume, 0, 4), Stretch(.volume, 4, 7), Stretch(.cpu, 7, 8),
      ])
    // A claim that exists already is only mounted.
    paper.plan.templates[0].claims[0].isPerRun = false
    #expect(paper.outcome().makespan == .s(4))
  }
}
