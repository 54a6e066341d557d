import GantryModel
import Testing

/// What must be true of the reference case, whatever its figures are.
@Suite("the article's scenarios")
struct ArticleTests {
  @Test("every build runs on its architecture, and clone and publish anywhere")
  func placements() async throws {
    let record = try await Simulated.record("article")
    #expect(record.allSucceeded)
    #expect(record.runs.map(\.pipeline).sorted() == ["htop", "nodejs", "quarkus"])
    for task in record.runs.flatMap(\.taskRuns) {
      #expect(task.status == .succeeded)
      #expect(task.attempts == 1)
      if task.pipelineTask.hasSuffix("-amd64"), !task.pipelineTask.hasPrefix("clone") {
        #expect(task.instanceType == "m5a.2xlarge", "\(task.name)")
      }
      if task.pipelineTask.hasSuffix("-arm64"), !task.pipelineTask.hasPrefix("clone") {
        #expect(task.instanceType == "m6g.2xlarge", "\(task.name)")
      }
    }
  }

  @Test("the cluster is the reference case's")
  func cluster() async throws {
    let record = try await Simulated.record("article/htop")
    let nodes = record.nodes.map { "\($0.instanceType) \($0.architecture.rawValue) \($0.zone)" }
    #expect(
      nodes == [
        "m5a.2xlarge amd64 eu-west-3c", "m5a.2xlarge amd64 eu-west-3a",
        "m6g.2xlarge arm64 eu-west-3b",
      ])
    #expect(record.nodes.map(\.isControlPlane) == [true, false, false])
  }

  @Test(
    "a task starts when those before it are done",
    arguments: [
      (
        "htop",
        [
          ("clone", "build-amd64"), ("clone", "build-arm64"), ("build-amd64", "publish"),
          ("build-arm64", "publish"),
        ]
      ),
      (
        "nodejs",
        [
          ("clone-amd64", "modules-amd64"), ("modules-amd64", "build-amd64"),
          ("clone-arm64", "modules-arm64"), ("modules-arm64", "build-arm64"),
          ("build-amd64", "publish"), ("build-arm64", "publish"),
        ]
      ),
      (
        "quarkus",
        [
          ("clone", "package"), ("package", "build-amd64"), ("package", "build-arm64"),
          ("build-amd64", "publish"), ("build-arm64", "publish"),
        ]
      ),
    ])
  func order(name: String, edges: [(String, String)]) async throws {
    let run = try #require(try await Simulated.record("article/\(name)").run(of: name))
    for (before, after) in edges {
      let end = try #require(run.task(before)?.completionSeconds)
      let start = try #require(run.task(after)?.startSeconds)
      #expect(start >= end, "\(before) → \(after)")
    }
    let builds = [run.task("build-amd64"), run.task("build-arm64")].compactMap { $0 }
    try #require(builds.count == 2)
    let first = try #require(builds[0].completionSeconds)
    #expect(try #require(builds[1].startSeconds) < first, "the builds overlap")
    #expect(run.completionSeconds ?? 0 >= run.task("publish")?.completionSeconds ?? .infinity)
  }

  /// Both archives are written to the claim and read again by the publishing: what is read from EFS
  /// is at least what the archives hold.
  @Test("images go from task to task over EFS", arguments: ["htop", "nodejs", "quarkus"])
  func archives(name: String) throws {
    let outcome = try Simulated.outcome("article/\(name)")
    #expect(outcome.claims.count == 2)
    let archives = try #require(outcome.claims.map(\.bytes).max())
    // Two images of base and additions, compressed: 70 MB of Fedora at the least, 38 MB of ubi-minimal.
    #expect(archives > 2 * 38e6 && archives < 2e9)
    let files = try #require(outcome.fileSystems.first)
    #expect(outcome.fileSystems.count == 1)
    #expect(files.bytesRead >= archives)
    #expect(files.bytesWritten >= archives)
    #expect(files.accessPointsPeak == 2)
    // What is pushed to quay.io goes through NAT, and is about what the archives hold.
    #expect(outcome.network.natBytesOut > 0.8 * archives)
  }

  /// Bands around what such builds take in practice: minutes, not seconds or hours.
  @Test(
    "the time is believable",
    arguments: zip(
      ["htop", "nodejs", "quarkus", ""], [60.0...240, 90.0...420, 120.0...600, 120.0...720]))
  func makespan(name: String, band: ClosedRange<Double>) async throws {
    let record = try await Simulated.record(name.isEmpty ? "article" : "article/\(name)")
    #expect(band.contains(record.makespanSeconds), "\(record.makespanSeconds)")
  }

  /// 4000 IOPS and 500 GiB of io1, and gateways and load balancers as the installer makes them: one
  /// NAT gateway for each of three zones; API external and internal, and ingress.
  @Test("the bill has what surprises people")
  func bill() async throws {
    let record = try await Simulated.record("article/htop")
    let hours = record.makespanSeconds / 3600
    func monthly(_ service: String, _ item: String) throws -> CostLine {
      try #require(
        record.cost.monthlyLines.first { $0.service == service && $0.item.hasPrefix(item) })
    }
    #expect(try monthly("EBS", "io1 provisioned IOPS").quantity.isClose(to: 4000))
    #expect(try monthly("EBS", "io1 capacity").quantity.isClose(to: 500))
    #expect(try monthly("EBS", "gp3 capacity, workers").quantity.isClose(to: 240))
    #expect(try monthly("VPC", "NAT gateways").quantity.isClose(to: 3 * 730))
    #expect(try monthly("ELB", "load balancers").quantity.isClose(to: 3 * 730))
    let gateways = try #require(record.line("VPC", "NAT gateways"))
    #expect(gateways.quantity.isClose(to: 3 * hours))
    let disk =
      try monthly("EBS", "io1 provisioned IOPS").amountUSD
      + monthly("EBS", "io1 capacity").amountUSD
    let worker = try monthly("EC2", "m5a.2xlarge Linux on-demand, workers").amountUSD
    #expect(disk > worker, "the control plane's disk costs more than an x86 worker")
    #expect(record.cost.lines.allSatisfy { !$0.source.isEmpty })
    let shares = record.cost.runs.reduce(0) { $0 + $1.totalUSD }
    #expect(shares.isClose(to: record.cost.totalUSD))
  }

  @Test("the Graviton node builds faster than the older x86 one")
  func architectures() async throws {
    for name in ["htop", "nodejs", "quarkus"] {
      let run = try #require(try await Simulated.record("article/\(name)").run(of: name))
      let amd64 = try #require(run.task("build-amd64")?.breakdown[.cpu])
      let arm64 = try #require(run.task("build-arm64")?.breakdown[.cpu])
      #expect(arm64 < amd64, "\(name)")
      #expect(arm64 > amd64 / 3, "\(name)")
    }
  }

  @Test("c7g builds faster than m6g, and the cluster costs more with two of them")
  func faster() async throws {
    let base = try await Simulated.record("article/htop")
    let settings = ["nodes.arm64.type=c7g.2xlarge", "nodes.arm64.count=2"]
    let record = try await Simulated.record("article/htop", settings)
    #expect(record.nodes.count { $0.instanceType == "c7g.2xlarge" } == 2)
    let old = try #require(base.run(of: "htop")?.task("build-arm64"))
    let new = try #require(record.run(of: "htop")?.task("build-arm64"))
    #expect(new.instanceType == "c7g.2xlarge")
    #expect(try #require(new.breakdown[.cpu]) < 0.85 * #require(old.breakdown[.cpu]))
    #expect(try #require(new.durationSeconds) < #require(old.durationSeconds))
    #expect(record.cost.monthlyUSD > base.cost.monthlyUSD)
  }
}

extension Double {
  /// Equal up to what summing in another order may change.
  func isClose(to other: Double) -> Bool { (self - other).magnitude <= 1e-9 * other.magnitude }
}
