import GantryModel
import GantryUnits
import Testing

/// Waits for a node against queueing theory: Poisson arrivals, fixed service times, c places.
@Suite("Queueing theory")
struct QueueingTests {
  /// Runs of one task of 3600 s that asks for a core, on a node with `places` cores to give.
  private func plan(places: Int, load: Double, runs: Int) -> PaperPlan {
    var paper = PaperPlan()
    paper.node(total: 1000) { $0.allocatable["cpu"] = Quantity(Int64(places)) }
    paper.run([
      task("a", [.compute(3600)]) {
        $0.taskRuns[0].pod.requests = ["cpu": Quantity(1)]
        $0.taskRuns[0].pod.containers = [.init(image: "", requests: ["cpu": Quantity(1)])]
      }
    ])
    paper.plan.workload[0].process = .poisson(ratePerHour: load * Double(places), count: runs)
    return paper
  }

  /// Mean and its 99.9 % half width over replications, of one figure per replication.
  private func estimate(_ values: [Double]) -> (mean: Double, halfWidth: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    // Student's t for 19 degrees of freedom, two-sided 99.9 %: 3.883.
    return (mean, 3.883 * (variance / count).squareRoot())
  }

  @Test("one place: the mean wait is that of Pollaczek and Khinchine")
  func oneServer() {
    // M/D/1: W = rho S / (2 (1 - rho)) = 0.6 * 3600 / 0.8 = 2700 s. An empty start shortens it by some
    // 3 % over 300 arrivals (it is forgotten after about ten), back-off of up to 10 s lengthens it.
    var waits: [Double] = []
    let paper = plan(places: 1, load: 0.6, runs: 300)
    for replication in 0..<20 {
      let outcome = paper.outcome(replication: replication)
      let all = outcome.runs.compactMap { $0.taskRuns.first?.wait?.seconds }
      #expect(all.count == 300)
      waits.append(all.reduce(0, +) / Double(all.count))
    }
    let (mean, halfWidth) = estimate(waits)
    #expect(abs(mean - 2700) < halfWidth + 90)
    #expect(halfWidth < 1200)
  }

  @Test("several places: as many runs as arrive a second times how long they stay")
  func littlesLaw() {
    // Little: the pods' seconds in the system, by node and queue, are the sum of their stays; and
    // utilisation is load: 0.7 of 3 places.
    let paper = plan(places: 3, load: 0.7, runs: 600)
    let outcome = paper.outcome()
    let stays = outcome.runs.reduce(0.0) { sum, run in
      sum + (run.taskRuns.first?.completed.map { ($0 - run.created).seconds } ?? 0)
    }
    let waits = outcome.runs.reduce(0.0) { $0 + ($1.taskRuns.first?.wait?.seconds ?? 0) }
    #expect(abs(stays - waits - 600 * 3600) < 1e-3)
    #expect(outcome.nodes[0].podSeconds == 600 * 3600)
    #expect(outcome.nodes[0].peakPods == 3)
    let busy = outcome.nodes[0].podSeconds / (3 * outcome.makespan.seconds)
    // 600 exponential gaps: a relative error of 1 / sqrt(600) = 4.1 %, three of them.
    #expect(abs(busy - 0.7) < 0.123 * 0.7)
  }
}
