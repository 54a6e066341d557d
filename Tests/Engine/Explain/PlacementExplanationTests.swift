import GantryEngine
import GantryModel
import GantryUnits
import Testing

@Suite("Why this node")
struct PlacementExplanationTests {
  @Test("a pod without room has the scheduler's words, and what woke it")
  func refusedAndWoken() throws {
    // One core: `a` takes it for 10 s. `b` is refused at 0, and its back-off of 1 s is long over
    // when `a` ends at 10.
    var paper = PaperPlan()
    paper.node { $0.allocatable["cpu"] = Quantity(1) }
    paper.run([
      asking(1, task("a", [.compute(10)])), asking(1, task("b", [.compute(5)])),
    ])
    let (outcome, observation) = try paper.explained()
    let looks = try observation.story("b", in: outcome).scheduling
    #expect(looks.map(\.time) == [.zero, .s(10)])
    #expect(looks[0].cause == .created)
    #expect(looks[0].message == "0/1 nodes are available: 1 Insufficient cpu.")
    #expect(
      looks[0].refusals == [
        .init(
          node: "node", filter: "NodeResourcesFit", status: "Unschedulable",
          reasons: ["Insufficient cpu"])
      ])
    #expect(looks[0].chosen == nil)
    #expect(looks[1].cause == .podEnded("run-a"))
    #expect(looks[1].parked == .seconds(10))
    #expect(looks[1].backoff == .zero)
    #expect(looks[1].chosen == "node")
    #expect(looks[1].message == nil)
  }

  @Test("a pod woken early stays in back-off until the next full second")
  func backOff() throws {
    // `a` ends at 0.5; `b` failed at 0, so its back-off ends at 1.
    var paper = PaperPlan()
    paper.node { $0.allocatable["cpu"] = Quantity(1) }
    paper.run([
      asking(1, task("a", [.compute(0.5)])), asking(1, task("b", [.compute(5)])),
    ])
    let (outcome, observation) = try paper.explained()
    let look = try #require(try observation.story("b", in: outcome).scheduling.last)
    #expect(look.time == .s(1))
    #expect(look.parked == .seconds(0.5))
    #expect(look.backoff == .seconds(0.5))
  }

  @Test("scores are those of the real formulas, by plugin and in all")
  func scores() throws {
    // LeastAllocated, of 2 cores and the 200 MiB that a pod without a request counts with:
    // large: ((8 - 2) * 100 / 8 + (10e9 - 209715200) * 100 / 10e9) / 2 = (75 + 97) / 2 = 86
    // small: ((4 - 2) * 100 / 4 + 97) / 2 = (50 + 97) / 2 = 73
    var paper = PaperPlan()
    paper.node("large")
    paper.node("small") { $0.allocatable["cpu"] = Quantity(4) }
    paper.run([asking(2, task("a", [.compute(1)]))])
    let (outcome, observation) = try paper.explained()
    let look = try #require(try observation.story("a", in: outcome).scheduling.first)
    let column = try #require(look.plugins.firstIndex(of: "NodeResourcesFit"))
    let fit = Dictionary(
      uniqueKeysWithValues: look.scores.map { ($0.node, $0.scores[column]) })
    #expect(fit == ["large": 86, "small": 73])
    #expect(look.scores.allSatisfy { $0.total == $0.scores.reduce(0, +) })
    #expect(look.best == ["large"])
    #expect(look.chosen == "large")
  }

  @Test("equally good nodes are all named, and one of them is chosen")
  func ties() throws {
    var paper = PaperPlan()
    for name in ["c", "a", "b"] { paper.node(name) }
    paper.run([task("a", [.compute(1)])])
    let (outcome, observation) = try paper.explained()
    let look = try #require(try observation.story("a", in: outcome).scheduling.first)
    #expect(look.best == ["a", "b", "c"])
    #expect(look.chosen.map(look.best.contains) == true)
    #expect(look.nodeCount == 3)
  }

  @Test("an affinity assistant has a story of its own, and its pods follow it")
  func assistant() throws {
    var paper = PaperPlan()
    paper.node("one")
    paper.node("two")
    paper.fileSystem()
    paper.plan.tekton.coschedule = .workspaces
    paper.run([task("a", [.compute(1)], claims: [0])], claims: [claim()])
    let (outcome, observation) = try paper.explained()
    let assistant = try #require(observation.assistants.first)
    #expect(assistant.claims == ["files"])
    let node = try #require(assistant.scheduling.last?.chosen)
    let look = try #require(try observation.story("a", in: outcome).scheduling.last)
    #expect(look.chosen == node)
    #expect(look.refusals.map(\.filter) == ["InterPodAffinity"])
    #expect(look.refusals.map(\.node) == [node == "one" ? "two" : "one"])
  }

  @Test("only the runs asked for are written down")
  func scope() throws {
    var paper = PaperPlan()
    paper.node()
    paper.run([task("a", [.compute(1)])], name: "one")
    paper.run([task("a", [.compute(1)])], name: "two")
    let (_, named) = try paper.explained(.named("two"))
    #expect(named.taskRuns.map(\.run) == [1])
    let (_, first) = try paper.explained(.first(1))
    #expect(first.taskRuns.map(\.run) == [0])
    #expect(paper.outcome().observation == nil)
  }

  @Test("watching changes nothing", arguments: Array(UInt64(1)...10))
  func sameOutcome(seed: UInt64) throws {
    var random = RandomPlan(seed: seed)
    let paper = random.make()
    let plain = paper.outcome()
    let (watched, _) = try paper.explained()
    #expect(watched.makespan == plain.makespan)
    #expect(watched.eventCount == plain.eventCount)
    #expect(watched.runs.map(\.status) == plain.runs.map(\.status))
    #expect(watched.runs.map(\.completed) == plain.runs.map(\.completed))
    #expect(
      watched.runs.flatMap(\.taskRuns).map(\.segments)
        == plain.runs.flatMap(\.taskRuns).map(\.segments))
    #expect(
      watched.runs.flatMap(\.taskRuns).map(\.node) == plain.runs.flatMap(\.taskRuns).map(\.node))
  }

  @Test("the stories agree with what happened", arguments: Array(UInt64(1)...10))
  func consistent(seed: UInt64) throws {
    var random = RandomPlan(seed: seed)
    let paper = random.make()
    let (outcome, observation) = try paper.explained()
    #expect(observation.taskRuns.count == outcome.runs.reduce(0) { $0 + $1.taskRuns.count })
    for story in observation.taskRuns {
      let record = outcome.runs[story.run].taskRuns[story.taskRun]
      #expect(story.attempts.count == record.attempts)
      let last = try #require(story.attempts.last)
      if let node = record.node, record.scheduled != nil {
        #expect(last.scheduling.last?.chosen == paper.plan.nodes[node].name)
      }
      for look in last.scheduling {
        #expect(look.refusals.count + look.scores.count == paper.plan.nodes.count)
        #expect((look.chosen == nil) == look.scores.isEmpty)
        #expect(look.parked >= .zero && look.backoff >= .zero)
      }
      for phase in last.phases {
        guard let end = phase.end else { continue }
        // What limited the part that ended last adds up to the whole phase.
        let length = end - phase.start
        #expect(abs((phase.limits.total - length).seconds) < 1e-6, "\(phase)")
      }
    }
  }
}
