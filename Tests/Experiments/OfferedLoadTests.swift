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
    #expect(try shares(["workload[0].times[0]=5m"]).isEmpty)
    #expect(try shares(["workload[0].times[0]=5m", "workload[0].times[1]=5m"]).isEmpty)
  }

  @Test("a list of times is as much work as the same runs at equal intervals")
  func list() throws {
    let work = ["profiles[0].task=nap", "profiles[0].cpuSeconds=10"]
    let even = try shares(work + ["workload[0].every=15s", "workload[0].count=5"])
    // Five runs in a minute: four intervals of 15 s on average, wherever they lie.
    let list = try shares(
      work + ["0s", "5s", "7s", "50s", "60s"].enumerated().map { "workload[0].times[\($0)]=\($1)" })
    #expect(list == even && !even.isEmpty)
  }

  @Test("of streams that are open one after the other the larger one counts, not both")
  func oneAfterAnother() throws {
    let work = ["profiles[0].task=nap", "profiles[0].cpuSeconds=10"]
    let first = ["workload[0].every=20s", "workload[0].count=10"]
    func second(_ start: String) -> [String] {
      ["workload[1].every=10s", "workload[1].count=10", "workload[1].start=\(start)"]
    }
    func share(_ settings: [String]) throws -> Double {
      try #require(try shares(work + settings).first { $0.resource == "all processors" }).share
    }
    let alone = try share(["workload[0].every=10s", "workload[0].count=10"])
    // The first one's last run comes after 180 s.
    #expect(try abs(share(first + second("200s")) - alone) < 1e-12)
    #expect(try abs(share(first + second("100s")) - 1.5 * alone) < 1e-12)
  }

  @Test("work that only one pool may do is held against that pool")
  func pool() throws {
    var plan = try compilation([
      "profiles[0].task=nap", "profiles[0].cpuSeconds=10", "workload[0].every=10s",
      "workload[0].count=10", "controlPlane.schedulable=false", "nodes.amd64.count=3",
    ]).compilation.plan
    let builder = try #require(plan.nodes.firstIndex { $0.pool == "amd64" })
    plan.nodes[builder].pool = "builders"
    plan.nodes[builder].labels["pool"] = "builders"
    plan.templates[0].tasks[0].taskRuns[0].pod.nodeSelector["pool"] = "builders"
    let found = OfferedLoad(plan).shares()
    // One task of two steps of 10 s every 10 s: two reference threads busy on that one node.
    let node = plan.nodes[builder]
    let threads = node.totalSpeed * (1 - node.platformLoad / Double(node.vcpu))
    let own = try #require(found.first { $0.resource == "processors of pool builders" })
    #expect(abs(own.share - 2 / threads) < 1e-9)
    #expect(found.first == own)
    #expect(found.map(\.resource).contains("all processors"))
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
