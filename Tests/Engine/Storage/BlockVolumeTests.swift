import GantryModel
import GantryUnits
import Testing

@Suite("Block volumes")
struct BlockVolumeTests {
  /// Two nodes in one zone; a volume is made in 3 s, attached in 10, mounted in 2, detached in 7.
  private func plan() -> PaperPlan {
    var paper = PaperPlan()
    paper.node("one")
    paper.node("two")
    paper.plan.control.volumeCreate = 3
    paper.plan.control.volumeAttach = 10
    paper.plan.control.volumeMount = 2
    paper.plan.control.volumeDetach = 7
    return paper
  }

  @Test("a volume that waits for its first consumer is made when the pod has a node")
  func firstConsumer() {
    // 3 + 10 + 2 = 15, then 1000 B at 100 B/s.
    var paper = plan()
    paper.run(
      [task("a", [.move(.write, bytes: 1000)], claims: [0])],
      claims: [blockClaim(throughput: 100)])
    let outcome = paper.outcome()
    #expect(
      outcome.taskRun("a")?.segments.map(Stretch.init) == [
        Stretch(.volume, 0, 15), Stretch(.write, 15, 25),
      ])
    #expect(outcome.claims[0].zone == "here-a")
    #expect(outcome.claims[0].bytes == 1000)
  }

  /// A task that writes to claim 0 at 100 B/s.
  private func writer(_ name: String, _ bytes: Double, kept: Double, after: [Int] = [])
    -> PlannedTask
  {
    task(name, [.move(.write, bytes: bytes)], [.compute(1)], after: after, claims: [0], on: "one") {
      for architecture in 0...1 {
        $0.taskRuns[0].steps[0].phases[architecture][0].footprint.changes = [
          VolumeChange(.claim(0), kept: kept, scratch: max(0, bytes - kept))
        ]
      }
    }
  }

  private func fill(_ first: PlannedTask, _ second: PlannedTask, size: Int64) -> Outcome {
    var paper = PaperPlan()
    paper.node("one")
    let claim = blockClaim(throughput: 100) { $0.size = Bytes(size) }
    paper.run([first, second], claims: [claim])
    return paper.outcome()
  }

  @Test("files that do not fit on a volume fail the step once it is full")
  func full() throws {
    // 600 B in 6 s leave room for 400 of the 800 B that follow: full after 4 s more.
    let outcome = fill(
      writer("a", 600, kept: 600), writer("b", 800, kept: 800, after: [0]), size: 1000)
    #expect(outcome.end(of: "a") == .s(7))
    let failed = try #require(outcome.taskRun("b"))
    #expect(failed.status == .failed)
    #expect(failed.completed == .s(11))
    #expect(failed.message.contains("no space left on device"))
    #expect(failed.steps.map(\.failed) == [true])
    #expect(outcome.claims[0].bytes == 1000)
    let enough = fill(
      writer("a", 600, kept: 600), writer("b", 800, kept: 800, after: [0]), size: 1400)
    #expect(enough.taskRun("b")?.status == .succeeded)
  }

  @Test("room that a phase took for the time being can be used again")
  func freed() {
    let passing = fill(
      writer("a", 900, kept: 100), writer("b", 900, kept: 900, after: [0]), size: 1000)
    #expect(passing.taskRun("b")?.status == .succeeded)
  }

  @Test("a volume that binds at once is made with the run")
  func immediate() {
    // Made until 3, then attached and mounted until 15.
    var paper = plan()
    paper.run(
      [task("a", [.compute(1)], claims: [0])],
      claims: [blockClaim(waitsForFirstConsumer: false)])
    #expect(
      paper.outcome().taskRun("a")?.segments.map(Stretch.init) == [
        Stretch(.volume, 0, 3), Stretch(.volume, 3, 15), Stretch(.cpu, 15, 16),
      ])
  }

  @Test("two claims from templates without a name are two volumes, each in its own zone")
  func sameTemplateName() {
    var paper = plan()
    paper.node("far") { node in
      for key in ["topology.kubernetes.io/zone", "topology.ebs.csi.aws.com/zone"] {
        node.labels[key] = "here-b"
      }
      node.zone = "here-b"
    }
    paper.run(
      [
        task("a", [.compute(1)], claims: [0], on: "one"),
        task("b", [.compute(1)], claims: [1], on: "far"),
      ], claims: [blockClaim(), blockClaim()])
    let outcome = paper.outcome()
    #expect(outcome.claims.map(\.zone) == ["here-a", "here-b"])
    // Both are made, attached and mounted until 15, then compute for 1 s.
    #expect(outcome.makespan == .s(16))
  }

  @Test("a task that follows on the same node only mounts the volume")
  func sameNode() {
    // `a` ends at 16; 2 s to mount, 1 s of work: 19.
    var paper = plan()
    paper.run(
      [
        task("a", [.compute(1)], claims: [0], on: "one"),
        task("b", [.compute(1)], after: [0], claims: [0], on: "one"),
      ], claims: [blockClaim()])
    #expect(paper.outcome().makespan == .s(19))
  }

  @Test("a second pod on the node waits until the volume is attached there")
  func attachUnderWay() {
    // Both at 0: made and attached at 13 for both, each mounts for 2 s.
    var paper = plan()
    paper.run(
      [
        task("a", [.compute(1)], claims: [0], on: "one"),
        task("b", [.compute(1)], claims: [0], on: "one"),
      ], claims: [blockClaim()])
    let outcome = paper.outcome()
    #expect(outcome.end(of: "a") == .s(16))
    #expect(outcome.end(of: "b") == .s(16))
  }

  @Test("a pod on another node waits until the volume has left the first")
  func otherNode() throws {
    // `a` holds it until 15 + 20 = 35; detached until 42, attached until 52, mounted until 54.
    var paper = plan()
    paper.run(
      [
        task("a", [.compute(20)], claims: [0], on: "one"),
        task("b", [.compute(1)], claims: [0], on: "two") { $0.taskRuns[0].pod.cpuWeight = 3 },
      ], claims: [blockClaim()])
    let outcome = paper.outcome()
    #expect(outcome.end(of: "a") == .s(35))
    #expect(outcome.end(of: "b") == .s(55))
    #expect(outcome.taskRun("b")?.breakdown[.volume] == .seconds(54))
    #expect(outcome.runs[0].status == .succeeded)
  }

  @Test("a pod that gives up before it is bound lets go of nothing it does not hold")
  func releaseOfNothing() {
    // `b` gets node one and is cut off after 1 s, before its binding takes 2; `a` keeps the volume
    // until 17 + 40 = 57, so `c` on node two cannot attach before: 57 + 7 + 12 + 1 = 77.
    var paper = plan()
    paper.plan.control.scheduler = 2
    paper.run(
      [
        task("a", [.compute(40)], claims: [0], on: "one"),
        task("wait", [.compute(20)], on: "two"),
        task("b", [.compute(1)], after: [1], claims: [0], on: "one") {
          $0.timeout = 1
          $0.continuesOnError = true
        },
        task("c", [.compute(1)], after: [1], claims: [0], on: "two"),
      ], claims: [blockClaim()])
    let outcome = paper.outcome()
    #expect(outcome.taskRun("b")?.status == .taskRunTimeout)
    #expect(outcome.end(of: "a") == .s(57))
    #expect(outcome.end(of: "c") == .s(77))
  }

  @Test("a pod with a file system and a volume waits for the slower of both")
  func both() {
    // The mount of the file system takes 30 s, longer than the volume's 15.
    var paper = plan()
    paper.plan.control.fileSystemMount = 30
    paper.fileSystem()
    paper.run(
      [task("a", [.compute(1)], claims: [0, 1])], claims: [blockClaim(), claim()])
    #expect(paper.outcome().makespan == .s(31))
  }
}
