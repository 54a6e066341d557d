import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("From claims and classes to storage")
struct StorageCompilerTests {
  private static func storageClass(
    _ name: String, provisioner: String = "ebs.csi.aws.com", _ parameters: String = "",
    isDefault: Bool = false, mode: String = "WaitForFirstConsumer"
  ) -> String {
    """
    ---
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata:
      name: \(name)
      annotations: {storageclass.kubernetes.io/is-default-class: "\(isDefault)"}
    provisioner: \(provisioner)
    volumeBindingMode: \(mode)
    parameters: {\(parameters)}

    """
  }

  private func claim(
    _ template: String, _ manifests: String = "", _ settings: [String] = []
  ) throws -> (claim: PlannedClaim, findings: [Diagnostic], plan: Plan) {
    let fixture = ScenarioFixture(
      manifests: manifests, settings: settings,
      claimTemplate: template + ", resources: {requests: {storage: 10Gi}}")
    let (compilation, findings) = try fixture.compile()
    let plan = try #require(compilation?.plan, "\(findings.map(\.message))")
    return (try #require(plan.templates[0].claims.first), findings, plan)
  }

  @Test("a claim without a class gets OpenShift's default, a gp3 volume for its first consumer")
  func defaultClass() throws {
    let made = try claim("accessModes: [ReadWriteOnce]")
    guard case .block(let volume, let waits) = made.claim.backing else {
      Issue.record("\(made.claim.backing)")
      return
    }
    #expect(waits)
    #expect(volume.kind == "gp3" && volume.size == .gib(10))
    #expect(volume.iops == 3000 && volume.throughput == .mibps(125))
    #expect(made.claim.isPerRun)
  }

  @Test("the default may come from the manifests, or from the scenario before them")
  func chosenDefault() throws {
    let own = Self.storageClass("own", "type: gp2", isDefault: true)
    let byManifest = try claim("accessModes: [ReadWriteOnce]", own)
    guard case .block(let volume, _) = byManifest.claim.backing else {
      Issue.record("\(byManifest.claim.backing)")
      return
    }
    #expect(volume.kind == "gp2")
    // 10 GiB of gp2: 100 IOPS at least, 128 MiB/s.
    #expect(volume.iops == 100 && volume.throughput == .mibps(128))
    let byScenario = try claim(
      "accessModes: [ReadWriteMany]", own, ["storage.defaultClass=efs-csi"])
    #expect(byScenario.claim.backing == .fileSystem(0))
  }

  @Test("parameters of a class make the volume; IOPS per GiB count with the size")
  func parameters() throws {
    let made = try claim(
      "accessModes: [ReadWriteOnce], storageClassName: fast",
      Self.storageClass("fast", "type: io1, iopsPerGB: \"40\"", mode: "Immediate"))
    guard case .block(let volume, let waits) = made.claim.backing else {
      Issue.record("\(made.claim.backing)")
      return
    }
    // 40 x 10 GiB = 400 IOPS; 400 / 4 = 100 MiB/s.
    #expect(volume.iops == 400 && volume.throughput == .mibps(100))
    #expect(!waits)
  }

  @Test("an EBS class cannot serve many nodes: a warning, and the claim stays unbound")
  func manyNodes() throws {
    let made = try claim("accessModes: [ReadWriteMany], storageClassName: gp3-csi")
    guard case .unprovisionable(let why) = made.claim.backing else {
      Issue.record("\(made.claim.backing)")
      return
    }
    #expect(why.contains("ReadWriteMany"))
    let warning = try #require(made.findings.first { $0.code == "W0331" })
    #expect(warning.severity == .warning)
    let written = "accessModes: [ReadWriteMany], storageClassName: gp3-csi"
    #expect(try text(at: warning.location, template: written).hasPrefix("[ReadWriteMany]"))
    #expect(warning.suggestion?.contains("efs") == true)
  }

  /// What is written at a place in the manifests of a claim.
  private func text(at place: GantryModel.SourceLocation?, template: String) throws -> Substring {
    let place = try #require(place)
    let text = ScenarioFixture(claimTemplate: template).text
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)[place.line - 1]
    return line.dropFirst(place.column - 1)
  }

  @Test("a class that does not exist names the nearest; another provisioner is not simulated")
  func unknownClass() throws {
    let made = try claim("accessModes: [ReadWriteMany], storageClassName: efs-cs")
    let warning = try #require(made.findings.first { $0.code == "W0331" })
    #expect(warning.suggestion == "did you mean 'efs-csi'?")
    let written = "accessModes: [ReadWriteMany], storageClassName: efs-cs"
    #expect(try text(at: warning.location, template: written).hasPrefix("efs-cs"))
    let other = try claim(
      "accessModes: [ReadWriteMany], storageClassName: nfs",
      Self.storageClass("nfs", provisioner: "nfs.example.com"))
    guard case .unprovisionable(let why) = other.claim.backing else {
      Issue.record("\(other.claim.backing)")
      return
    }
    #expect(why.contains("nfs.example.com"))
  }

  @Test("a default class of the scenario that does not exist is an error")
  func unknownDefault() throws {
    let (compilation, findings) = try ScenarioFixture(settings: ["storage.defaultClass=none"])
      .compile()
    #expect(compilation == nil)
    #expect(findings.contains { $0.code == "E0330" && $0.location != nil })
  }

  // MARK: EFS

  private func fileSystem(_ settings: [String] = []) throws -> FileSystemSpec {
    let made = try claim(
      "accessModes: [ReadWriteMany], storageClassName: efs-csi", "", settings)
    return try #require(made.plan.fileSystems.first)
  }

  @Test("elastic throughput has ceilings and no credits")
  func elastic() throws {
    let system = try fileSystem()
    #expect(system.mode == .elastic)
    #expect(system.readCeiling > system.writeCeiling)
    #expect(system.perClient.value > 0 && system.readLatency > 0 && system.writeLatency > 0)
  }

  @Test("bursting throughput follows what is stored")
  func bursting() throws {
    // Amazon's figures: baseline 50 MiB/s per TiB, at least 1; burst 100 MiB/s up to 1 TiB, 100 per
    // TiB above; 2.1 TiB of credits.
    let small = try fileSystem(["storage.efs.throughputMode=bursting"])
    #expect(small.metered.baseline == .mibps(1))
    #expect(small.metered.burst == .mibps(100))
    #expect(small.metered.credits == 2.1 * 1_099_511_627_776)
    let large = try fileSystem([
      "storage.efs.throughputMode=bursting", "storage.efs.storedGiB=2048",
    ])
    #expect(large.metered.baseline == .mibps(100))
    #expect(large.metered.burst == .mibps(200))
    #expect(large.stored == .gib(2048))
  }

  @Test("provisioned throughput is what was bought, or the baseline if that is more")
  func provisioned() throws {
    let bought = try fileSystem([
      "storage.efs.throughputMode=provisioned", "storage.efs.provisionedMiBps=64",
    ])
    #expect(bought.metered == BurstRate(baseline: .mibps(64)))
    let (compilation, findings) = try ScenarioFixture(
      settings: ["storage.efs.throughputMode=provisioned"],
      claimTemplate: "accessModes: [ReadWriteMany], storageClassName: efs-csi, "
        + "resources: {requests: {storage: 1Gi}}"
    ).compile()
    #expect(compilation == nil)
    #expect(findings.contains { $0.severity == .error && $0.location != nil })
  }

  @Test("one zone costs speed at no write, and is remembered")
  func oneZone() throws {
    #expect(try fileSystem(["storage.efs.oneZone=true"]).isOneZone)
  }

  // MARK: Settings of EFS

  @Test("credits at the start are given in GiB, up to a full bucket of 2.1 TiB")
  func initialCredits() throws {
    let bursting = "storage.efs.throughputMode=bursting"
    let full = try fileSystem([bursting])
    #expect(full.metered.initialCredits == full.metered.credits)
    let few = try fileSystem([bursting, "storage.efs.initialCreditsGiB=3"])
    #expect(few.metered.initialCredits == 3 * 1_073_741_824)
    for wrong in ["3000", "-1"] {
      let findings = try ScenarioFixture(
        settings: [bursting, "storage.efs.initialCreditsGiB=\(wrong)"],
        claimTemplate: "accessModes: [ReadWriteMany], storageClassName: efs-csi, "
          + "resources: {requests: {storage: 1Gi}}"
      ).compile().findings
      #expect(findings.contains { $0.severity == .error && $0.location != nil })
    }
  }

  @Test("operations by mode: reads and writes share 35000 in Bursting, else each has its own")
  func operations() throws {
    let bursting = try fileSystem(["storage.efs.throughputMode=bursting"])
    #expect(bursting.sharesOperations)
    #expect(bursting.readIOPS == 35_000 && bursting.writeIOPS == 7000)
    let elastic = try fileSystem()
    #expect(!elastic.sharesOperations)
    #expect(elastic.readIOPS == 250_000 && elastic.writeIOPS == 50_000)
    let oneZone = try fileSystem(["storage.efs.oneZone=true"])
    #expect(oneZone.sharesOperations && oneZone.writeLatency == 0.0016)
    #expect(elastic.writeLatency == 0.0027 && elastic.readLatency == 0.001)
    #expect(elastic.leastRequest == 4096)
    #expect(elastic.perClient == .mibps(1500) && bursting.perClient == .mibps(500))
  }

  @Test("access points, TLS, mount targets and how long claims stay")
  func mounts() throws {
    let plain = try fileSystem()
    #expect(plain.accessPointLimit == 1000 && plain.usesTLS && plain.keepClaims == nil)
    #expect(plain.mountTargetZones.isEmpty)
    let given = try fileSystem([
      "storage.efs.accessPoints=7", "storage.efs.tls=false", "storage.efs.keepClaims=2h",
      "storage.efs.mountTargetZones=[a]",
    ])
    #expect(given.accessPointLimit == 7 && !given.usesTLS && given.keepClaims == 7200)
    #expect(given.mountTargetZones == ["eu-west-3a"])
    #expect(given.isRemote(from: "eu-west-3b") && !given.isRemote(from: "eu-west-3a"))
    // One Zone has one mount target: here in the first worker's zone.
    #expect(try fileSystem(["storage.efs.oneZone=true"]).mountTargetZones.count == 1)
  }

  // MARK: Settings without effect

  private func unused(_ settings: [String], _ manifests: String = "", class name: String)
    throws -> [Diagnostic]
  {
    let mode = name == "efs-csi" ? "ReadWriteMany" : "ReadWriteOnce"
    let fixture = ScenarioFixture(
      manifests: manifests, settings: settings,
      claimTemplate: "accessModes: [\(mode)], storageClassName: \(name), "
        + "resources: {requests: {storage: 200Gi}}")
    return try fixture.compile().findings.filter { $0.code == "W0338" }
  }

  @Test(
    "credits outside of Bursting and further mount targets of One Zone are warned of",
    arguments: [
      (["storage.efs.initialCreditsGiB=3"], 1),
      (["storage.efs.initialCreditsGiB=3", "storage.efs.throughputMode=bursting"], 0),
      (["storage.efs.oneZone=true", "storage.efs.mountTargetZones=[a, b]"], 1),
      (["storage.efs.oneZone=true", "storage.efs.mountTargetZones=[a]"], 0),
      (["storage.efs.mountTargetZones=[a, b]"], 0),
    ])
  func unusedOfFileSystem(settings: [String], count: Int) throws {
    let findings = try unused(settings, class: "efs-csi")
    #expect(findings.count == count)
    #expect(findings.allSatisfy { $0.severity == .warning && $0.location != nil })
    #expect(findings.allSatisfy { $0.suggestion != nil })
  }

  @Test(
    "parameters of a class that its volume type does not take are warned of",
    arguments: [
      ("type: gp2, iops: \"4000\"", 1), ("type: gp2, throughput: \"300\"", 1),
      ("type: st1, iopsPerGB: \"4\", throughput: \"300\"", 2),
      ("type: io1, iops: \"4000\", throughput: \"300\"", 1),
      ("type: io2, iops: \"4000\", throughput: \"300\"", 1),
      ("type: io1, iops: \"4000\"", 0), ("type: gp3, iops: \"4000\", throughput: \"300\"", 0),
      ("type: gp2, iops: \"0\"", 0),
    ])
  func unusedOfClass(parameters: String, count: Int) throws {
    let manifests = Self.storageClass("own", parameters)
    #expect(try unused([], manifests, class: "own").count == count)
  }

  @Test("figures of a root volume or of the registry that change nothing name their own place")
  func unusedOfScenario() throws {
    let root = try unused(
      ["nodes.arm64.rootVolume.type=gp2", "nodes.arm64.rootVolume.throughputMiBps=500"],
      class: "gp3-csi")
    #expect(root.map(\.location?.line) == [2])
    let registry = "registry.internal."
    let none = try unused([registry + "iops=4000", registry + "sizeGiB=50"], class: "gp3-csi")
    #expect(none.map(\.location?.line) == [2, 1])
    let disk = try unused(
      [registry + "storage=emptyDir", registry + "sizeGiB=50"], class: "gp3-csi")
    #expect(disk.map(\.location?.line) == [2])
    let volume = try unused(
      [registry + "storage=gp3", registry + "iops=4000", registry + "sizeGiB=50"],
      class: "gp3-csi")
    #expect(volume.isEmpty)
  }

  // MARK: EBS by kind

  private func volume(_ parameters: String, size: Int) throws -> (VolumeSpec?, [Diagnostic]) {
    let fixture = ScenarioFixture(
      manifests: Self.storageClass("own", parameters),
      claimTemplate: "accessModes: [ReadWriteOnce], storageClassName: own, "
        + "resources: {requests: {storage: \(size)Gi}}")
    let (compilation, findings) = try fixture.compile()
    guard case .block(let volume, _) = compilation?.plan.templates[0].claims.first?.backing else {
      return (nil, findings)
    }
    return (volume, findings)
  }

  @Test("gp2 and st1 burst: operations under 1000 GiB, throughput by size")
  func bursts() throws {
    // gp2 of 500 GiB: 1500 IOPS, 3000 for 5.4 million; of 1000 GiB 3000 for ever.
    let small = try #require(try volume("type: gp2", size: 500).0)
    #expect(small.iops == 1500 && small.iopsBurst == Burst(rate: 3000, credits: 5_400_000))
    let large = try #require(try volume("type: gp2", size: 1000).0)
    #expect(large.iops == 3000 && large.iopsBurst == nil)
    // st1 of 512 GiB: 20 MiB/s, 125 for half a TiB of credits, in operations of 1 MiB.
    let cold = try #require(try volume("type: st1", size: 512).0)
    #expect(cold.throughput == .mibps(20) && cold.largestOperation == .mib(1))
    #expect(
      cold.throughputBurst
        == Burst(rate: 125 * 1_048_576, credits: 512 * 1_073_741_824))
    #expect(cold.iops == 500)
  }

  @Test("io1 has 500 MiB/s up to 32000 IOPS, then 16 KiB for each")
  func provisionedThroughput() throws {
    for (iops, throughput) in [(1000, 250.0), (10_000, 500), (48_000, 750), (64_000, 1000)] {
      let made = try #require(try volume("type: io1, iops: \"\(iops)\"", size: 2000).0)
      #expect(made.throughput == .mibps(throughput))
    }
  }

  @Test("each kind has its sizes")
  func sizes() throws {
    for (kind, size) in [("st1", 100), ("io1", 2), ("gp2", 20_000)] {
      let findings = try volume("type: \(kind), iops: \"100\"", size: size).1
      #expect(findings.contains { $0.code == "E0320" })
    }
  }
}
