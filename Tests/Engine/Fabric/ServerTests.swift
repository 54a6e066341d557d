import GantryModel
import GantryUnits
import Testing

/// Registries and object stores: where they are decides what their traffic crosses and costs.
@Suite("Servers")
struct ServerTests {
  private func upload(
    _ bytes: Double, requests: Double = 0, connections: Double = 1
  ) -> Demand {
    .transfer(
      .init(
        .write, .service(0), bytes: bytes, operations: requests, concurrency: connections))
  }

  private func download(
    _ bytes: Double, requests: Double = 0, connections: Double = 1
  ) -> Demand {
    .transfer(
      .init(.read, .service(0), bytes: bytes, operations: requests, concurrency: connections))
  }

  // MARK: External

  @Test("a registry's total rate is shared by all nodes, each way on its own")
  func ceiling() {
    // 100 B/s in all: two nodes push 500 B each in 10 s, while a third pulls 1000 B in 10 s.
    var paper = PaperPlan()
    for name in ["one", "two", "three"] { paper.node(name) }
    paper.service(perConnection: 1e6)
    paper.plan.services[0].ceiling = BytesPerSecond(100)
    paper.run([
      task("a", [upload(500)], on: "one"), task("b", [upload(500)], on: "two"),
      task("c", [download(1000)], on: "three"),
    ])
    let outcome = paper.outcome()
    for name in ["a", "b", "c"] { #expect(outcome.end(of: name) == .s(10)) }
  }

  @Test("one connection carries 5 Gbit/s, and a node below 32 vCPU no more to the internet")
  func singleFlow() {
    // 625 MB/s for one connection: 6.25 GB take 10 s. Four connections of a large node in the region
    // take 2.5 s; over the internet a node of 8 vCPU stays at 625 MB/s, one of 32 with 20 Gbit/s at
    // half of that, 1.25 GB/s: 5 s.
    func seconds(
      connections: Double, vcpu: Int, place: ExternalService.Place
    ) -> Double {
      var paper = PaperPlan()
      paper.node {
        $0.vcpu = vcpu
        $0.network = BurstRate(baseline: .gigabits(20))
      }
      paper.service(perConnection: 1e12)
      paper.plan.services[0].place = place
      paper.run([task("a", [upload(6.25e9, connections: connections)])])
      return paper.outcome().makespan.seconds
    }
    #expect(abs(seconds(connections: 1, vcpu: 64, place: .region) - 10) < 1e-6)
    #expect(abs(seconds(connections: 4, vcpu: 64, place: .region) - 2.5) < 1e-6)
    #expect(abs(seconds(connections: 4, vcpu: 8, place: .internet) - 10) < 1e-6)
    #expect(abs(seconds(connections: 4, vcpu: 32, place: .internet) - 5) < 1e-6)
  }

  // MARK: S3

  private func bucket() -> PaperPlan {
    var paper = PaperPlan()
    paper.node()
    paper.service(perConnection: 10, latency: 0.15)
    paper.plan.services[0].place = .region
    paper.plan.services[0].usesNAT = false
    paper.plan.services[0].isObjectStore = true
    paper.plan.services[0].readRequests = 5500
    paper.plan.services[0].writeRequests = 3500
    return paper
  }

  @Test("S3: rate per connection, latency per request; requests are counted, traffic is free")
  func objectStore() {
    // 1000 B over 10 connections of 10 B/s: 10 s. 1000 requests of 0.15 s over 10: 15 s.
    var paper = bucket()
    paper.run([task("a", [upload(1000, requests: 10, connections: 10)])])
    let outcome = paper.outcome()
    #expect(outcome.makespan == .s(10))
    #expect(outcome.objects.writes == 10 && outcome.objects.reads == 0)
    #expect(outcome.objects.bytes == 1000)
    #expect(outcome.runs[0].use.objectWrites == 10)
    #expect(outcome.network.egressBytes == 0 && outcome.network.natBytesOut == 0)
    paper.plan.templates[0].tasks = [task("a", [download(100, requests: 1000, connections: 10)])]
    let read = paper.outcome()
    #expect(read.makespan == .s(15))
    #expect(read.objects.reads == 1000 && read.objects.writes == 0)
    #expect(read.objects.bytes == 0 && read.network.natBytesIn == 0)
  }

  @Test("a prefix takes 3500 writes and 5500 reads a second")
  func requestRate() {
    // 1000 connections would do 6667 requests a second: 35000 writes take 10 s, 55000 reads too.
    for demand in [
      upload(1, requests: 35_000, connections: 1000),
      download(1, requests: 55_000, connections: 1000),
    ] {
      var paper = bucket()
      paper.run([task("a", [demand])])
      #expect(abs(paper.outcome().makespan.seconds - 10) < 1e-6)
    }
  }

  // MARK: A registry in the cluster

  /// Two nodes; the registry is on the second.
  private func cluster(
    _ storage: ExternalService.PodStorage, _ change: (inout PlannedNode) -> Void = { _ in }
  ) -> PaperPlan {
    var paper = PaperPlan()
    paper.node("one")
    paper.node("two", change)
    paper.service(perConnection: 1e6)
    paper.plan.services[0].usesNAT = false
    paper.plan.services[0].place = .pod(node: 1, storage: storage)
    return paper
  }

  @Test("an image goes out of one node, into the registry's, and onto its volume")
  func internalRegistry() {
    // 50 B/s of the volume: 500 B take 10 s. From the registry's own node no card is crossed.
    var volume = VolumeSpec()
    volume.throughput = BytesPerSecond(50)
    var paper = cluster(.volume(volume))
    paper.run([task("a", [upload(500)], on: "one")])
    let outcome = paper.outcome()
    #expect(outcome.makespan == .s(10))
    #expect(outcome.nodes[0].bytesOut == 500 && outcome.nodes[1].bytesIn == 500)
    #expect(outcome.network == NetworkUsage())
    paper.plan.templates[0].tasks = [task("a", [upload(500)], on: "two")]
    let own = paper.outcome()
    #expect(own.makespan == .s(10))
    #expect(own.nodes[1].bytesIn == 0 && own.nodes[1].bytesOut == 0)
  }

  @Test("the registry's network card is shared by all who push and pull")
  func registryCard() {
    // 100 B/s into the registry's node: two pushes of 500 B take 10 s; a pull goes the other way.
    var paper = cluster(.nodeDisk) { $0.network = BurstRate(baseline: BytesPerSecond(100)) }
    paper.node("three")
    paper.run([
      task("a", [upload(500)], on: "one"), task("b", [upload(500)], on: "three"),
      task("c", [download(1000)], on: "one"),
    ])
    let outcome = paper.outcome()
    for name in ["a", "b", "c"] { #expect(outcome.end(of: name) == .s(10)) }
    #expect(outcome.nodes[1].bytesIn == 1000 && outcome.nodes[1].bytesOut == 1000)
  }

  @Test("a registry in another zone is paid for, in pushes and in image pulls")
  func zones() {
    var paper = cluster(.nodeDisk) {
      $0.zone = "here-b"
      $0.labels["topology.kubernetes.io/zone"] = "here-b"
    }
    let image = paper.image("tool", compressed: 900)
    paper.run([task("a", [upload(100)], images: [image], on: "one")])
    let outcome = paper.outcome()
    #expect(outcome.network.crossZoneBytes == 1000)
    #expect(outcome.runs[0].use.crossZoneBytes == 100)
    #expect(outcome.network.natBytesIn == 0)
  }

  @Test("a registry on S3 passes uploads on and lets clients fetch from S3 themselves")
  func registryOnObjectStore() {
    var paper = cluster(.objectStore)
    paper.plan.services[0].isObjectStore = true
    paper.run([task("a", [upload(500), download(300)], on: "one")])
    let outcome = paper.outcome()
    #expect(outcome.nodes[0].bytesOut == 500 && outcome.nodes[0].bytesIn == 300)
    #expect(outcome.nodes[1].bytesIn == 500 && outcome.nodes[1].bytesOut == 500)
    #expect(outcome.objects.bytes == 500)
  }
}
