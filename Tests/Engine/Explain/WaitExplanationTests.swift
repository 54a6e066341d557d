import GantryEngine
import GantryModel
import GantryUnits
import Testing

@Suite("Why this wait")
struct WaitExplanationTests {
  @Test("the controller's limit of requests is told from its reaction")
  func controller() throws {
    // Of 8 requests each, 1 makes the TaskRun and 4 its pod; 8 at once and 1 a second. Three creations
    // leave 5, 7 after the controller's 2 s; a's pod leaves 3 of them, b's needs 1 more, which takes 1 s,
    // and the one worker is at it; c's needs 4, of which none is there then.
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.apiQPS = 1
    paper.plan.control.apiBurst = 8
    paper.plan.control.requestsPerTaskRun = 8
    paper.plan.control.controller = 2
    paper.plan.control.controllerThreads = 1
    paper.run(["a", "b", "c"].map { task($0, [.compute(100)]) })
    let (outcome, observation) = try paper.explained()
    func wait(_ name: String) throws -> PodStory.ControllerWait {
      try #require(try observation.story(name, in: outcome).controller)
    }
    #expect(try wait("a").limited == .zero)
    #expect(try wait("a").reaction == .seconds(2))
    #expect(try wait("b").queued == .zero)
    #expect(try wait("b").limited == .seconds(1))
    #expect(try wait("c").queued == .seconds(1))
    #expect(try wait("c").limited == .seconds(4))
    #expect(try wait("c").requestsPerSecond == 1)
    #expect(try wait("c").burst == 8)
    #expect(try wait("c").workers == 1)
    #expect(outcome.taskRun("c")?.started == .s(2 + 2 + 5))
  }

  @Test("claims that are made first are named with their time")
  func claims() throws {
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem()
    paper.plan.control.accessPoint = 4
    paper.run([task("a", [.compute(1)], claims: [0])], claims: [claim()])
    let (outcome, observation) = try paper.explained()
    let wait = try #require(try observation.story("a", in: outcome).claims)
    #expect(wait.claims == ["files"])
    #expect(wait.until.map { $0 - wait.from } == .seconds(4))
    #expect(wait.obstacle == nil)
  }

  @Test("a claim that can never be bound has its reason, and the wait no end")
  func unbound() throws {
    var paper = PaperPlan()
    paper.node()
    let never = PlannedClaim(
      name: "lost", backing: .unprovisionable("no class 'gold'"), accessModes: ["ReadWriteOnce"],
      requested: .gib(1), isPerRun: true)
    paper.run([task("a", [.compute(1)], claims: [0])], claims: [never])
    let (outcome, observation) = try paper.explained()
    let wait = try #require(try observation.story("a", in: outcome).claims)
    #expect(wait.obstacle == "claim 'lost': no class 'gold'")
    #expect(wait.until == nil)
  }

  @Test("a volume on another node is told with who held it, until when, and the way it takes")
  func volume() throws {
    // `a` holds it until 15 + 20 = 35; then 7 s to detach, 10 to attach, 2 to mount.
    var paper = PaperPlan()
    paper.node("one")
    paper.node("two")
    paper.plan.control.volumeCreate = 3
    paper.plan.control.volumeAttach = 10
    paper.plan.control.volumeMount = 2
    paper.plan.control.volumeDetach = 7
    paper.run(
      [
        task("a", [.compute(20)], claims: [0], on: "one"),
        task("b", [.compute(1)], claims: [0], on: "two") { $0.taskRuns[0].pod.cpuWeight = 3 },
      ], claims: [blockClaim()])
    let (outcome, observation) = try paper.explained()
    let first = try #require(try observation.story("a", in: outcome).volumes.first)
    #expect(first.heldBy.isEmpty && first.free == .zero)
    #expect(
      first.actions == [
        .init("made", .seconds(3)), .init("attached", .seconds(10)),
        .init("mounted", .seconds(2)),
      ])
    let wait = try #require(try observation.story("b", in: outcome).volumes.first)
    #expect(wait.heldBy == ["a"])
    #expect(wait.holder == "one")
    #expect(wait.free == .s(35))
    #expect(
      wait.actions == [
        .init("detached from one", .seconds(7)), .init("attached", .seconds(10)),
        .init("mounted", .seconds(2)),
      ])
    #expect(wait.until == .s(54))
  }

  @Test("a pull that two pods wait for is shared, and limited by the registry's connections")
  func images() throws {
    // 3000 B over three connections of 100 B/s: 10 s. `c` finds the image on the node.
    var paper = PaperPlan()
    paper.node()
    paper.service(perConnection: 100)
    paper.image("tool", compressed: 3000)
    paper.run([
      task("a", [.compute(1)], images: [0]), task("b", [.compute(1)], images: [0]),
      task("c", [.compute(1)], after: [0], images: [0]),
    ])
    let (outcome, observation) = try paper.explained()
    let pull = try #require(try observation.story("a", in: outcome).images.first)
    #expect(pull.image == "tool")
    #expect(pull.bytes == 3000)
    #expect(pull.until == .s(10))
    #expect(pull.pullStarted == .zero)
    #expect(pull.sharedWith == ["b"])
    #expect(
      pull.limits == [
        LimitShare(limit: Limit(.connection, "registry"), span: .seconds(10), others: 0)
      ])
    #expect(!pull.isCached)
    #expect(try observation.story("c", in: outcome).images.first?.isCached == true)
  }

  @Test("a pod waits behind the images that its node pulls first")
  func queuedPull() throws {
    // 10 s each, one after another.
    var paper = PaperPlan()
    paper.node()
    paper.service(perConnection: 100)
    paper.image("first", compressed: 3000)
    paper.image("second", compressed: 3000)
    paper.run([
      task("a", [.compute(1)], images: [0]), task("b", [.compute(1)], images: [1]),
    ])
    let (outcome, observation) = try paper.explained()
    let wait = try #require(try observation.story("b", in: outcome).images.first)
    #expect(wait.behind == ["first"])
    #expect(wait.from == .zero)
    #expect(wait.pullStarted == .s(10))
    #expect(wait.until == .s(20))
  }

  @Test("claims of one name are told apart")
  func sameNames() throws {
    // Both made, attached and mounted at once, in 15 s.
    var paper = PaperPlan()
    paper.node()
    paper.plan.control.volumeAttach = 15
    paper.run(
      [task("a", [.compute(1)], claims: [0, 1])], claims: [blockClaim(), blockClaim()])
    let (outcome, observation) = try paper.explained()
    let waits = try observation.story("a", in: outcome).volumes
    #expect(waits.map(\.claim) == ["block (claim 1 of the run)", "block (claim 2 of the run)"])
    #expect(waits.map(\.until) == [.s(15), .s(15)])
  }
}
