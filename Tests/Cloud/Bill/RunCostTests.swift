import GantryCloud
import GantryModel
import GantryUnits
import Testing

@Suite("what a run costs")
struct RunCostTests {
  @Test("two runs pay for what they used, and share the rest by the time they were there")
  func twoRuns() throws {
    var plan = ArticleCluster.plan()
    plan.nodes.removeFirst()
    var outcome = ArticleCluster.outcome(runs: 2)
    // The first is there for the whole hour, the second for the half of it.
    outcome.runs[1].created = .seconds(1800)
    // The worker offers 10 reference threads * 3600 s = 36000. The runs use 9000 (a quarter) and 3600
    // (a tenth), of which 1600 are requests of pods that computed less. 10 GB through NAT, 8 of them the second run's.
    outcome.runs[0].use.cpuByNode = [9000]
    outcome.runs[1].use.cpuByNode = [2000]
    outcome.runs[1].use.reservedByNode = [1600]
    outcome.network.natBytesIn = 10e9
    outcome.runs[0].use.natBytes = 2e9
    outcome.runs[1].use.natBytes = 8e9
    let services = ClusterServices(natGateways: 1, loadBalancers: 0, publicIPv4Addresses: 0)
    let cost = try ArticleCluster.pricing(plan, services: services).cost(of: outcome)
    // The node: 0.36 + 120 * 0.0928 / 730 = 0.36 + 0.015254795 = 0.375254795.
    // Used: 0.25 * 0.375254795 + 2 * 0.05 = 0.193813699; 0.1 * 0.375254795 + 8 * 0.05 = 0.437525479.
    // Rest: 0.65 * 0.375254795 + 0.05 (gateway) = 0.293915616, shared 1800 + 900 s : 900 s, that is
    //     0.2204367 and 0.0734789.
    let node = 0.36 + 120 * 0.0928 / 730
    let used = [0.25 * node + 0.1, 0.1 * node + 0.4]
    let rest = 0.65 * node + 0.05
    for (run, (own, part)) in zip(cost.runs, zip(used, [0.75, 0.25])) {
      #expect(abs(run.usedUSD - own) < 1e-12)
      #expect(abs(run.idleShareUSD - rest * part) < 1e-12)
    }
    #expect(abs(cost.runs[0].idleShareUSD - 0.2204367) < 1e-7)
    // Bill: 0.375254795 + 0.5 + 0.05 = 0.925254795.
    #expect(abs(cost.totalUSD - (node + 0.55)) < 1e-12)
    #expect(abs(cost.runs.reduce(0) { $0 + $1.totalUSD } - cost.totalUSD) < 1e-9)
    // To the cent: 0.41425, 0.51100; 41 + 51 = 92, and the bill is 93: the larger part of a cent wins.
    #expect(cost.runCents == [42, 51])
  }

  @Test("a run pays for the time in which it held the cluster alone, and its part of the other")
  func holding() throws {
    var outcome = ArticleCluster.outcome(runs: 3)
    // Alone from 0 to 600 s, two from 600 to 1200, none until 2400, then one to the end at 3600.
    let spans: [(start: Double, end: Double?)] = [(0, 1200), (600, 1200), (2400, nil)]
    for (index, span) in spans.enumerated() {
      outcome.runs[index].created = .seconds(span.start)
      outcome.runs[index].completed = span.end.map { .seconds($0) }
    }
    let cost = try ArticleCluster.pricing(ArticleCluster.plan()).cost(of: outcome)
    // 900, 300 and 1200 s of 2400; the 1200 s without a run are shared alike.
    for (run, part) in zip(cost.runs, [0.375, 0.125, 0.5]) {
      #expect(abs(run.idleShareUSD - cost.totalUSD * part) < 1e-9)
    }
  }

  @Test("runs that used nothing share evenly")
  func idle() throws {
    let cost = try ArticleCluster.pricing(ArticleCluster.plan())
      .cost(of: ArticleCluster.outcome(runs: 3))
    #expect(cost.runs.map(\.usedUSD) == [0, 0, 0])
    #expect(Set(cost.runs.map(\.idleShareUSD)).count == 1)
    // 1149.10265 / 730 = 1.57411 USD: 157 cents in three parts.
    #expect(cost.runCents == [53, 52, 52])
  }

  @Test("without runs there is nobody to pay")
  func none() throws {
    let cost = try ArticleCluster.pricing(ArticleCluster.plan()).cost(of: ArticleCluster.outcome())
    #expect(cost.runs.isEmpty && cost.runCents.isEmpty)
  }

  @Test("claims on block volumes are their run's, from creation on")
  func blockClaims() throws {
    var plan = ArticleCluster.plan()
    var template = PlannedRun(name: "r", isGenerated: true, pipelineName: "p")
    var volume = VolumeSpec()
    volume.size = .gib(73)
    template.claims = [
      PlannedClaim(
        name: "c", backing: .block(volume, waitsForFirstConsumer: true), accessModes: [],
        requested: .gib(73), isPerRun: true)
    ]
    plan.templates = [template]
    var outcome = ArticleCluster.outcome(runs: 2)
    outcome.claims = [ClaimUsage(run: 1, claim: 0, created: .seconds(1800))]
    let cost = try ArticleCluster.pricing(plan).cost(of: outcome)
    let amounts = cost.lines.filter { $0.item == "gp3 capacity, claims of runs" }
    // 73 GiB for half an hour of 730: 0.05 GiB-month * 0.0928 = 0.00464.
    #expect(amounts.count == 1 && abs(amounts[0].amountUSD - 0.00464) < 1e-12)
    #expect(!amounts[0].isFixed)
    #expect(cost.runs[0].usedUSD == 0 && abs(cost.runs[1].usedUSD - 0.00464) < 1e-12)
    // In the month it stays for the remaining 729.5 hours: 72.95 GiB-month * 0.0928 = 6.76976.
    let month = cost.monthlyLines.filter { $0.item == "gp3 capacity, claims of runs" }
    #expect(abs(month[0].amountUSD - 6.76976) < 1e-9)
  }

  @Test("EFS storage is shared by what the claims held and how long")
  func storage() throws {
    var plan = ArticleCluster.plan()
    plan.fileSystems = [FileSystemSpec(name: "efs")]
    var template = PlannedRun(name: "r", isGenerated: true, pipelineName: "p")
    template.claims = [
      PlannedClaim(
        name: "c", backing: .fileSystem(0), accessModes: [], requested: .gib(1), isPerRun: true)
    ]
    plan.templates = [template]
    var outcome = ArticleCluster.outcome(runs: 2)
    outcome.claims = [
      ClaimUsage(run: 0, claim: 0, created: .zero, bytes: 1e9),
      ClaimUsage(run: 1, claim: 0, created: .seconds(1800), bytes: 6e9),
    ]
    var usage = FileSystemUsage()
    usage.byteSeconds = 14_400e9
    outcome.fileSystems = [usage]
    let runs = try ArticleCluster.pricing(plan).cost(of: outcome).runs
    // 1 GB * 3600 s : 6 GB * 1800 s = 1 : 3.
    #expect(abs(runs[1].usedUSD - 3 * runs[0].usedUSD) < 1e-12 && runs[0].usedUSD > 0)
  }

  @Test("the runs add up to the bill, however odd the use", arguments: 0..<20)
  func sums(seed: Int) throws {
    var plan = ArticleCluster.plan()
    var bucket = ExternalService(name: "s3", perConnection: .mbps(87), latency: 0.15)
    bucket.isObjectStore = true
    var registry = ExternalService(name: "registry", perConnection: .mbps(300), latency: 0)
    registry.place = .pod(node: 0, storage: .volume(VolumeSpec()))
    plan.services = [bucket, registry]
    plan.fileSystems = [FileSystemSpec(name: "efs")]
    var outcome = ArticleCluster.outcome(runs: 1 + seed)
    outcome.fileSystems = [FileSystemUsage()]
    outcome.makespan = .seconds(Double(seed * seed * 37))
    for run in outcome.runs.indices {
      let odd = Double((run * 7919 + seed * 104_729) % 1000)
      // At times more than the nodes offer: rounding in the engine must not make idle time negative.
      outcome.runs[run].use.cpuByNode = [odd * 3, odd * 11]
      outcome.runs[run].use.egressBytes = odd * 1e9
      outcome.network.egressBytes += odd * 1e9
      outcome.network.natBytesOut += 1e9
      outcome.runs[run].use.objectReads = odd
      outcome.objects.reads += odd
      outcome.objects.writes += 3
      outcome.runs[run].use.objectBytes = odd
      outcome.objects.byteSeconds += odd * 1e12
      outcome.runs[run].use.fileSystemMeteredWritten = odd * 1e8
      outcome.fileSystems[0].meteredWritten += odd * 1e8
      outcome.runs[run].use.crossZoneBytes = odd * 1e7
      outcome.network.crossZoneBytes += odd * 1e7
    }
    let cost = try ArticleCluster.pricing(plan).cost(of: outcome)
    let sum = cost.runs.reduce(0) { $0 + $1.totalUSD }
    #expect(abs(sum - cost.totalUSD) < 1e-9)
    #expect(cost.runs.allSatisfy { $0.usedUSD >= 0 && $0.idleShareUSD >= -1e-12 })
    #expect(cost.runCents.reduce(0, +) == Int((cost.totalUSD * 100).rounded()))
  }
}
