import GantryCloud
import GantryModel
import GantryUnits
import Testing

@Suite("the bill")
struct PricingTests {
  @Test("a month of the reference cluster, with what surprises people")
  func month() throws {
    let cost = try ArticleCluster.pricing(ArticleCluster.plan()).cost(of: ArticleCluster.outcome())
    // EC2   730 h * 0.404 = 294.92; 730 h * 0.36 = 262.80
    // EBS   io1 500 GiB * 0.145 = 72.50; 4000 IOPS * 0.076 = 304.00; gp3 120 GiB * 0.0928 = 11.136
    // ELB   3 * 730 h * 0.02646 = 57.9474; a quarter unit each: 547.5 LCU-h * 0.0063 = 3.44925
    // VPC   3 * 730 h * 0.05 = 109.50; 9 addresses * 730 h * 0.005 = 32.85
    // sum   294.92 + 262.80 + 72.50 + 304.00 + 11.136 + 57.9474 + 3.44925 + 109.50 + 32.85
    //       = 1149.10265
    #expect(
      ArticleCluster.amounts(cost.monthlyLines) == [
        "EC2 m5a.2xlarge Linux on-demand, control plane": 294.92,
        "EC2 m6g.2xlarge Linux on-demand, workers": 262.80,
        "EBS io1 capacity, control plane root volumes": 72.50,
        "EBS io1 provisioned IOPS, control plane root volumes": 304.00,
        "EBS gp3 capacity, workers root volumes": 11.136,
        "ELB load balancers (API external and internal, ingress)": 57.9474,
        "ELB load balancer capacity units": 3.4493,
        "VPC NAT gateways": 109.50,
        "VPC public IPv4 addresses": 32.85,
      ])
    #expect(abs(cost.monthlyUSD - 1149.10265) < 1e-9)
    // An hour is a 730th of it.
    #expect(abs(cost.totalUSD - 1149.10265 / 730) < 1e-9)
    #expect(cost.monthlyLines.allSatisfy { $0.isFixed })
  }

  @Test("every line says where its rate comes from, and its amount is quantity times rate")
  func sources() throws {
    let cost = try ArticleCluster.pricing(ArticleCluster.plan()).cost(of: ArticleCluster.outcome())
    for line in cost.lines + cost.monthlyLines {
      #expect(line.source.contains("20"), "\(line.item): \(line.source)")
      #expect(line.amountUSD == line.quantity * line.rateUSD)
    }
    let nat = try #require(cost.lines.first { $0.item == "NAT gateways" })
    #expect(nat.source == "sources disagree: 0.045, 0.050 and 0.051, 2024-2025 (uncertain)")
    #expect(nat.quantity == 3 && nat.unit == "h")
  }

  @Test("nodes and volumes are charged a minute at least")
  func minute() throws {
    var outcome = ArticleCluster.outcome()
    outcome.makespan = .seconds(6)
    let amounts = ArticleCluster.amounts(
      try ArticleCluster.pricing(ArticleCluster.plan()).cost(of: outcome).lines)
    // 60 s of 0.404 an hour = 0.006733; six seconds of three NAT gateways at 0.05 = 0.00025.
    #expect(amounts["EC2 m5a.2xlarge Linux on-demand, control plane"] == 0.0067)
    #expect(amounts["VPC NAT gateways"] == 0.0003)
  }

  @Test("nodes of one kind share a line; spot nodes have the price of their zone")
  func spot() throws {
    var plan = ArticleCluster.plan()
    var spot = plan.nodes[1]
    spot.isSpot = true
    spot.instanceType = "m5a.2xlarge"
    plan.nodes += [plan.nodes[1], spot]
    let lines = try ArticleCluster.pricing(plan).cost(of: ArticleCluster.outcome()).lines
    let workers = lines.filter { $0.service == "EC2" && $0.item.hasSuffix("workers") }
    // Two m6g hours at 0.36; one m5a spot hour at 0.178, seen in euw3-az1.
    #expect(workers.map(\.quantity) == [2, 1])
    #expect(workers.map(\.rateUSD) == [0.36, 0.178])
    #expect(workers[1].source.contains("skypilot"))
  }

  @Test("gp3 above what is included, and the three steps of io2")
  func volumes() throws {
    var plan = ArticleCluster.plan()
    plan.nodes[1].rootVolume.iops = 4000
    plan.nodes[1].rootVolume.throughput = .mibps(250)
    plan.nodes[0].rootVolume.kind = "io2"
    plan.nodes[0].rootVolume.iops = 70_000
    let amounts = ArticleCluster.amounts(
      try ArticleCluster.pricing(plan).cost(of: ArticleCluster.outcome()).monthlyLines)
    // gp3: 1000 IOPS * 0.0058 = 5.80; 125 MiB/s * 0.0464 = 5.80.
    #expect(amounts["EBS gp3 provisioned IOPS, workers root volumes"] == 5.80)
    #expect(amounts["EBS gp3 extra throughput, workers root volumes"] == 5.80)
    // io2: 32000 * 0.076 = 2432; 32000 * 0.0532 = 1702.40; 6000 * 0.0372 = 223.20.
    let io2 = (1...3).map {
      amounts["EBS io2 provisioned IOPS, tier \($0), control plane root volumes"]
    }
    #expect(io2 == [2432, 1702.40, 223.20])
  }

  @Test("a volume kind or instance type without a price is an error")
  func unknown() {
    var plan = ArticleCluster.plan()
    plan.nodes[1].rootVolume.kind = "gp4"
    #expect(throws: CatalogError.self) { try ArticleCluster.pricing(plan) }
    plan = ArticleCluster.plan()
    plan.nodes[1].instanceType = "a1.large"
    #expect(throws: CatalogError.self) { try ArticleCluster.pricing(plan) }
  }

  @Test("EFS: storage by bytes and time, throughput by mode")
  func fileSystems() throws {
    var plan = ArticleCluster.plan()
    var elastic = FileSystemSpec(name: "elastic")
    elastic.stored = .gib(100)
    var provisioned = FileSystemSpec(name: "provisioned")
    provisioned.mode = .provisioned
    provisioned.stored = .gib(1024)
    provisioned.provisioned = .mibps(60)
    var bursting = FileSystemSpec(name: "bursting")
    bursting.mode = .bursting
    plan.fileSystems = [elastic, provisioned, bursting]
    var outcome = ArticleCluster.outcome()
    var usage = FileSystemUsage()
    // Billed is what EFS meters, which is more where requests are small.
    usage.bytesRead = 1e9
    usage.meteredRead = 30e9
    usage.meteredWritten = 10e9
    usage.byteSeconds = 73 * 1_073_741_824 * 3600
    usage.storedAtEnd = 2 * 1_073_741_824
    var idle = FileSystemUsage()
    idle.meteredRead = 5e9
    outcome.fileSystems = [usage, FileSystemUsage(), idle]
    var services = ClusterServices.openShiftInstaller(zones: 3)
    services.claimRetention = 72 * 3600
    let cost = try ArticleCluster.pricing(plan, services: services).cost(of: outcome)
    let hour = ArticleCluster.amounts(cost.lines.filter { $0.service == "EFS" })
    // An hour: 73 GiB-h / 730 = 0.1 GiB-month * 0.33 = 0.033; 30 GB * 0.033 = 0.99; 10 * 0.066 = 0.66.
    #expect(hour["EFS Standard storage, claims of runs"] == 0.033)
    #expect(hour["EFS Elastic throughput, read"] == 0.99)
    #expect(hour["EFS Elastic throughput, written"] == 0.66)
    let month = ArticleCluster.amounts(cost.monthlyLines.filter { $0.service == "EFS" })
    // A month: 1124 GiB kept * 0.33 = 370.92. The claims' 2 GiB stay for 72 h more: 73 + 144 = 217
    // GiB-h / 730 * 0.33 = 0.0981. Provisioned: 1024 GiB bring 50 MiB/s, 10 more * 6.60 = 66.
    #expect(month["EFS Standard storage, stored besides the runs"] == 370.92)
    #expect(month["EFS Standard storage, claims of runs"] == 0.0981)
    #expect(month["EFS provisioned throughput"] == 66)
    #expect(month["EFS Elastic throughput, read"] == 0.99)
  }

  @Test("S3: what is stored and for how long, and each request")
  func objects() throws {
    var plan = ArticleCluster.plan()
    var store = ExternalService(name: "s3", perConnection: .mbps(87), latency: 0.15)
    store.place = .region
    store.isObjectStore = true
    plan.services = [store]
    var outcome = ArticleCluster.outcome(runs: 2)
    outcome.objects.reads = 50_000
    outcome.objects.writes = 20_000
    outcome.objects.bytes = 73 * 1_073_741_824
    outcome.objects.byteSeconds = 73 * 1_073_741_824 * 3600
    outcome.runs[0].use.objectReads = 50_000
    outcome.runs[0].use.objectWrites = 5000
    outcome.runs[1].use.objectWrites = 15_000
    outcome.runs[1].use.objectBytes = 1
    let cost = try ArticleCluster.pricing(plan).cost(of: outcome)
    let hour = ArticleCluster.amounts(cost.lines.filter { $0.service == "S3" })
    // 73 GiB for an hour: 0.1 GiB-month * 0.024 = 0.0024; 50 * 0.00042 = 0.021; 20 * 0.0053 = 0.106.
    #expect(
      hour == [
        "S3 Standard storage, objects of runs": 0.0024,
        "S3 requests that read (GET, HEAD)": 0.021,
        "S3 requests that write (PUT, POST, LIST)": 0.106,
      ])
    // A month keeps the 73 GiB: 73 * 0.024 = 1.752.
    let month = ArticleCluster.amounts(cost.monthlyLines.filter { $0.service == "S3" })
    #expect(month["S3 Standard storage, objects of runs"] == 1.752)
    // The first run: all reads, a quarter of the writes: 0.021 + 0.0265 = 0.0475.
    #expect(abs(cost.runs[0].usedUSD - 0.0475) < 1e-12)
    #expect(abs(cost.runs[1].usedUSD - (0.0795 + 0.0024)) < 1e-12)
    #expect(abs(cost.runs.reduce(0) { $0 + $1.totalUSD } - cost.totalUSD) < 1e-9)
  }

  @Test("the internal registry's volume is there whatever runs")
  func registry() throws {
    var plan = ArticleCluster.plan()
    var volume = VolumeSpec()
    volume.kind = "gp2"
    volume.size = .gib(100)
    var registry = ExternalService(name: "registry", perConnection: .mbps(300), latency: 0)
    registry.place = .pod(node: 1, storage: .volume(volume))
    plan.services = [registry]
    let amounts = ArticleCluster.amounts(
      try ArticleCluster.pricing(plan).cost(of: ArticleCluster.outcome()).monthlyLines)
    // 100 GiB * 0.116.
    #expect(amounts["EBS gp2 capacity, internal registry"] == 11.6)
  }

  @Test("a claim that was deleted is charged to its end, in the month too")
  func deletedClaim() throws {
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
    var outcome = ArticleCluster.outcome(runs: 1)
    outcome.claims = [ClaimUsage(run: 0, claim: 0, created: .zero)]
    outcome.claims[0].deleted = .seconds(1800)
    let cost = try ArticleCluster.pricing(plan).cost(of: outcome)
    // 73 GiB for half an hour of 730: 0.05 GiB-month * 0.0928 = 0.00464, in both bills.
    for lines in [cost.lines, cost.monthlyLines] {
      #expect(
        ArticleCluster.amounts(lines)["EBS gp3 capacity, claims of runs"] == 0.0046)
    }
  }

  @Test("traffic: NAT, between zones, to the internet after what is free")
  func traffic() throws {
    var outcome = ArticleCluster.outcome()
    outcome.network.natBytesIn = 8e9
    outcome.network.natBytesOut = 2e9
    outcome.network.crossZoneBytes = 5e9
    outcome.network.egressBytes = 12_240e9
    let lines = try ArticleCluster.pricing(ArticleCluster.plan()).cost(of: outcome).lines
    let amounts = ArticleCluster.amounts(lines)
    // NAT 10 GB * 0.05 = 0.50; 5 GB on both sides: 10 * 0.01 = 0.10.
    #expect(amounts["VPC NAT gateway traffic"] == 0.50)
    #expect(amounts["Data transfer between zones, both sides"] == 0.10)
    // 100 GB free, to 10240 GB 10140 * 0.09 = 912.60, the last 2000 * 0.085 = 170.
    let egress = lines.filter { $0.item.hasPrefix("to the internet") }
    #expect(egress.map(\.quantity) == [100, 10_140, 2000])
    #expect(amounts["Data transfer to the internet, free part of the month"] == 0)
    #expect(amounts["Data transfer to the internet, tier 1"] == 912.60)
    #expect(amounts["Data transfer to the internet, tier 2"] == 170)
  }

  @Test("OpenShift's own price is off unless asked for")
  func openShift() throws {
    var services = ClusterServices.openShiftInstaller(zones: 3)
    services.openShift = .rosa
    let rosa = ArticleCluster.amounts(
      try ArticleCluster.pricing(ArticleCluster.plan(), services: services)
        .cost(of: ArticleCluster.outcome()).lines)
    // One worker of 8 vCPU: 2 * 0.171 = 0.342; the hosted control plane 0.25.
    #expect(rosa["OpenShift ROSA workers"] == 0.342)
    #expect(rosa["OpenShift ROSA hosted control plane"] == 0.25)
    services.openShift = .subscription(usdPerVCPUHour: 0.04)
    let own = ArticleCluster.amounts(
      try ArticleCluster.pricing(ArticleCluster.plan(), services: services)
        .cost(of: ArticleCluster.outcome()).lines)
    #expect(own["OpenShift subscription, workers"] == 0.32)
  }

  @Test("uncertain prices are reported as assumptions, an override ends that")
  func assumptions() throws {
    let plan = ArticleCluster.plan()
    let outcome = ArticleCluster.outcome()
    let unsure = try ArticleCluster.pricing(plan).assumptions(of: outcome)
    #expect(unsure.map(\.id) == ["prices.natGateway.hour", "loadBalancer.units"])
    let sure = try ArticleCluster.pricing(plan, overrides: ["natGateway.hour": 0.045])
    #expect(sure.assumptions(of: outcome).map(\.id) == ["loadBalancer.units"])
    let nat = try #require(
      sure.cost(of: outcome).lines.first { $0.item == "NAT gateways" })
    #expect(nat.rateUSD == 0.045 && nat.source == "scenario")
  }
}
