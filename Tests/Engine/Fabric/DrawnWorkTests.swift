import GantryEngine
import GantryModel
import GantryUnits
import Testing

@Suite("work that is drawn")
struct DrawnWorkTests {
  /// A run of one task whose step has these demands and factors, many times over.
  private func paper(
    _ demands: [Demand], _ factors: [RandomFactor?], count: Int, speed: Double = 1
  ) -> PaperPlan {
    var paper = PaperPlan()
    paper.node(thread: speed, total: 8 * speed)
    let change = { (task: inout PlannedTask) in
      for architecture in Architecture.allCases {
        task.taskRuns[0].steps[0].phases[architecture.index][0].factors = factors
      }
    }
    var planned = task("build", demands)
    change(&planned)
    paper.run([planned])
    paper.plan.workload = [
      ArrivalStream(template: 0, process: .every(interval: 1000, count: count))
    ]
    return paper
  }

  private func seconds(_ outcome: Outcome) -> [Double] {
    outcome.runs.flatMap(\.taskRuns).flatMap(\.steps).map { ($0.finished - $0.started).seconds }
  }

  @Test("a fixed time of a triangular factor has its mean and stays in its range")
  func triangular() {
    let factor = RandomFactor(.duration, .triangular(low: 0.5, mode: 0.75, high: 1.75))
    let times = seconds(paper([.fixed(seconds: 10)], [factor], count: 500).outcome())
    #expect(times.count == 500)
    #expect(times.allSatisfy { (5...17.5).contains($0) })
    // The variance of a triangle is (a² + b² + c² − ab − ac − bc) ÷ 18 = 0.073; the mean of 500 has an
    // error of 10·0.27 ÷ √500 = 0.12.
    #expect((times.reduce(0, +) / 500 - 10).magnitude < 0.36)
  }

  @Test("processor work that is drawn still scales with the processor, draw by draw")
  func scales() {
    let factor = RandomFactor(.cpu, .lognormal(median: 1, sigma: 0.5))
    let slow = seconds(paper([.compute(10)], [factor], count: 50).outcome())
    let quick = seconds(paper([.compute(10)], [factor], count: 50, speed: 2).outcome())
    #expect(Set(slow).count == 50)
    for (one, other) in zip(slow, quick) { #expect((one / other - 2).magnitude < 1e-6) }
  }

  @Test("replications, runs and figures draw apart; the same draw twice is the same")
  func independence() {
    let wide = ProbabilityDistribution.lognormal(median: 1, sigma: 1)
    let cpu = paper([.fixed(seconds: 10)], [RandomFactor(.cpu, wide)], count: 3)
    let time = paper([.fixed(seconds: 10)], [RandomFactor(.duration, wide)], count: 3)
    #expect(seconds(cpu.outcome()) == seconds(cpu.outcome()))
    #expect(seconds(cpu.outcome()) != seconds(cpu.outcome(replication: 1)))
    #expect(seconds(cpu.outcome()) != seconds(time.outcome()))
    #expect(Set(seconds(cpu.outcome())).count == 3)
  }

  @Test("what was drawn is what is accounted for")
  func accounts() throws {
    let factor = RandomFactor(.cpu, .triangular(low: 0, mode: 1, high: 2))
    let outcome = paper([.compute(10)], [factor], count: 4).outcome()
    let worked = outcome.runs.map { $0.use.cpuByNode.reduce(0, +) }
    for (used, took) in zip(worked, seconds(outcome)) {
      #expect((used - took).magnitude < 1e-6)
    }
  }

  @Test("a factor of 0 is no work, and the step goes on")
  func nothing() {
    let factor = RandomFactor(.cpu, .empirical([0]))
    #expect(seconds(paper([.compute(10)], [factor], count: 2).outcome()) == [0, 0])
  }

  @Test("the start of a pod works on the node's processor and waits for what else runs there")
  func startWork() throws {
    // 6 s of work over 3 threads of a node of 8: 2 s alone. With seven computations of one thread,
    // and equal weights, all fit; with thirteen, each flow has 8 ÷ 14 of a thread: 10.5 s.
    for (others, expected) in [(0, 2.0), (13, 10.5)] {
      var paper = PaperPlan()
      paper.node()
      paper.plan.control.startWork = 6
      paper.plan.control.startThreads = 3
      for index in 0..<others { paper.run([task("t", [.compute(10_000)])], name: "busy-\(index)") }
      paper.run([task("build", [.compute(1)])], name: "late")
      paper.plan.workload[others].start = 1000
      let outcome = paper.outcome()
      let run = try #require(outcome.runs.firstIndex { $0.name == "late" })
      let build = try #require(outcome.taskRun("build", run: run))
      let step = try #require(build.steps.first)
      #expect(((step.started - .s(1000)).seconds - expected).magnitude < 1e-6)
      #expect(build.breakdown[.overhead] == step.started - .s(1000))
    }
  }
}
