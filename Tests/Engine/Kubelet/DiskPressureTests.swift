import GantryEngine
import GantryModel
import GantryUnits
import Testing

@Suite("The disk runs out")
struct DiskPressureTests {
  @Test("a pod that fills the disk is evicted when less than 15 % is free")
  func filled() throws {
    var paper = PaperPlan()
    paper.smallNode()
    // The page cache takes 1.5 GB/s until 1 GB (a tenth of the memory) is dirty, after 2 s; then 1:
    // 1 + t GB after t seconds. 85 GB are passed at 84 s; at 90 s 91 GB are used and 9 are left.
    paper.run([task("vfs", phases: [phase(0, .data(95e9), writing: 95e9)])])
    let outcome = paper.outcome()
    #expect(outcome.story == ["90 Pressure", "90 Evicted vfs"])
    let event = try #require(outcome.nodeEvents.first)
    #expect(abs(event.used - 91e9) < 10)
    let vfs = try #require(outcome.taskRun("vfs"))
    #expect(vfs.status == .failed && vfs.completed == .s(90))
    #expect(vfs.message.hasPrefix("The node was low on resource: ephemeral-storage. Threshold"))
  }

  @Test("what a phase keeps stays, its scratch goes, and emptyDirs go with their pod")
  func freed() {
    var paper = PaperPlan()
    paper.smallNode()
    // 40 kept and 30 for the moment, then 10 more and 30 again: 70 and 80 GB at most, never 110. The
    // second pod finds all of it gone.
    let first = [phase(10, .data(40e9, scratch: 30e9)), phase(10, .data(10e9, scratch: 30e9))]
    paper.run([
      task("one", phases: first), task("two", phases: [phase(10, .data(80e9))], after: [0]),
    ])
    let outcome = paper.outcome()
    #expect(outcome.story.isEmpty)
    #expect(outcome.runs[0].status == .succeeded)
    #expect(outcome.nodes[0].peakDisk == 80e9)
  }

  @Test("layers of ended containers stay until they are in the way")
  func layers() {
    var paper = PaperPlan()
    paper.smallNode()
    // 45 GB of layers outlive their pod. 50 GB more make 95: the kubelet removes the dead container
    // instead of a pod.
    paper.run([
      task("one", phases: [phase(5, .layer(45e9))]),
      task("two", phases: [phase(30, .data(50e9))], after: [0]),
    ])
    let outcome = paper.outcome()
    #expect(outcome.story == ["10 Pressure"])
    #expect(outcome.runs[0].status == .succeeded)
    #expect(outcome.nodes[0].peakDisk == 50e9)
  }

  @Test("a disk that is full before the kubelet looks fails the step that writes")
  func full() throws {
    var paper = PaperPlan()
    paper.smallNode()
    // Over at 3 s, before the look at 10 s.
    paper.run([task("burst", phases: [phase(1), phase(2, .data(101e9))])])
    let outcome = paper.outcome()
    #expect(outcome.story == ["3 DiskFull burst"])
    #expect(outcome.taskRun("burst")?.message == "\"step-burst-0\" exited with code 1")
  }

  @Test("images that no container uses go before pods do, and are pulled again")
  func images() {
    var paper = PaperPlan()
    paper.smallNode()
    paper.service(perConnection: 1e12)
    let image = paper.image("tool", compressed: 1000, unpacked: 30_000_000_000)
    // 30 GB of image, there at 29 s (1 + t GB). The first task ends at 34 s; at 184 s the second adds
    // 60 GB: above 85. At the look at 190 s the image is older than two minutes and unused: it goes.
    // The third task has to wait for the end of the condition, at 490 s, and pulls it again.
    paper.run([
      task("one", phases: [phase(5)], images: [image]),
      task("two", phases: [phase(150), phase(30, .data(60e9))], after: [0]),
      task("three", phases: [phase(5)], after: [1], images: [image]),
    ])
    let outcome = paper.outcome()
    #expect(outcome.story == ["190 Pressure", "190 ImagesRemoved", "490 PressureEnded"])
    #expect(outcome.runs[0].taskRuns.map(\.status) == [.succeeded, .succeeded, .succeeded])
    #expect(outcome.nodes[0].imagesPulled == 2)
  }

  @Test("images in use and young ones stay: a pod goes instead")
  func imagesInUse() {
    var paper = PaperPlan()
    paper.smallNode()
    paper.service(perConnection: 1e12)
    let image = paper.image("tool", compressed: 1000, unpacked: 30_000_000_000)
    paper.run([
      task("user", phases: [phase(400)], images: [image]),
      task("writer", phases: [phase(200), phase(100, .data(60e9))]),
    ])
    let outcome = paper.outcome()
    #expect(outcome.nodeEvents.map(\.kind) == [.pressure, .evicted])
    #expect(outcome.taskRun("writer")?.status == .failed)
    #expect(outcome.taskRun("user")?.status == .succeeded)
  }

  @Test("size limits of volumes, pods and containers evict just that pod")
  func limits() {
    func message(_ change: VolumeChange, _ edit: (inout PlannedTaskRun) -> Void) -> String? {
      var paper = PaperPlan()
      paper.smallNode()
      paper.run([
        task("over", phases: [phase(1), phase(30, change)]) { edit(&$0.taskRuns[0]) },
        task("other", phases: [phase(30, .data(20e9))]),
      ])
      let outcome = paper.outcome()
      #expect(outcome.taskRun("other")?.status == .succeeded)
      #expect(outcome.story.allSatisfy { $0 == "10 Evicted over" })
      return outcome.taskRun("over")?.message
    }
    let gibibytes = 1_073_741_824.0
    #expect(
      message(.data(11 * gibibytes)) { $0.volumeLimits = ["data": .gib(10)] }
        == "Usage of EmptyDir volume \"data\" exceeds the limit \"10Gi\". ")
    #expect(
      message(.data(11 * gibibytes)) { $0.steps[0].limits.ephemeralStorage = .gib(10) }
        == "Pod ephemeral local storage usage exceeds the total limit of containers 10Gi. ")
    #expect(message(.data(9 * gibibytes)) { $0.volumeLimits = ["data": .gib(10)] } == "")
  }

  @Test("under pressure the same plan ends the same, and bytes on disk in equal those out")
  func determinism() {
    var paper = PaperPlan()
    paper.smallNode("one")
    paper.smallNode("two")
    for run in 0..<6 {
      let size = Double(run + 1)
      paper.run(
        (0..<4).map { index in
          task(
            "t\(index)",
            phases: [
              phase(size, memory: mib(60 * size), .layer(size * 1e9)),
              phase(20, memory: mib(90), .data(9e9 * size)),
            ]
          ) { $0.retries = 2 }
        }, name: "run-\(run)")
    }
    let first = paper.outcome()
    let second = paper.outcome()
    #expect(first.nodeEvents == second.nodeEvents)
    #expect(first.makespan == second.makespan)
    #expect(!first.nodeEvents.isEmpty)
    for usage in first.nodes {
      #expect(usage.peakDisk <= 100e9 && usage.peakMemory <= mib(1100))
    }
  }
}
