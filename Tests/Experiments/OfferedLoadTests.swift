import GantryCompiler
import GantryExperiments
import GantryModel
import Testing

@Suite("Work offered against what can be done")
struct OfferedLoadTests {
  private func shares(_ settings: [String]) throws -> [SweepPoint.OfferedLoad] {
    OfferedLoad(try compilation(settings).compilation.plan).shares()
  }

  @Test("runs that do not keep coming offer no load")
  func finite() throws {
    #expect(try shares([]).isEmpty)
    #expect(try shares(["workload[0].count=5"]).isEmpty)
  }

  @Test("requests of the controllers: runs a second × TaskRuns × requests, of the limit")
  func requests() throws {
    let settings = ["workload[0].ratePerHour=1800", "workload[0].count=50"]
    let control = try compilation(settings).compilation.plan.control
    let found = try #require(
      try shares(settings).first { $0.resource == "controller requests" })
    // A run every two seconds of two TaskRuns each: one TaskRun a second.
    #expect(abs(found.share - control.requestsPerTaskRun / control.apiQPS) < 1e-12)
  }

  @Test("processors: seconds of work that arrive in a second, of the threads that may do them")
  func processors() throws {
    let profile = [
      "profiles[0].task=nap", "profiles[0].cpuSeconds=10", "profiles[0].threads=1",
      "workload[0].ratePerHour=360", "workload[0].count=50",
    ]
    let plan = try compilation(profile).compilation.plan
    let found = try #require(try shares(profile).first { $0.resource == "all processors" })
    // Per run two tasks of two steps of 10 s: 40 s, every 10 s, so 4 threads of the reference busy.
    let nodes = plan.nodes.filter { node in
      !node.isUnschedulable && !node.taints.contains { $0.effect != .preferNoSchedule }
    }
    let threads = nodes.reduce(0.0) {
      $0 + $1.totalSpeed * (1 - $1.platformLoad / Double($1.vcpu))
    }
    #expect(abs(found.share - 4 / threads) < 1e-9)
    // Twice the rate, twice the share.
    let twice = try shares(profile.map { $0 == profile[3] ? "workload[0].ratePerHour=720" : $0 })
    #expect(
      abs((twice.first { $0.resource == "all processors" }?.share ?? 0) - 2 * found.share) < 1e-9)
  }
}
