import GantryCloud
import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

/// aws s3 as a script uses it.
@Suite("aws s3")
struct AWSCommandTests {
  private static let mib = 1_048_576.0

  private func fixture(_ assumptions: [String: Double] = [:]) throws -> StepFixture {
    var configuration = WorkConfiguration()
    configuration.assumptions = assumptions.merging(["reference.factor": 1]) { given, _ in given }
    var fixture = StepFixture(configuration)
    fixture.reader.tables.services.places = ServicePlaces(
      region: "eu-west-3", registry: .pod(node: 0, storage: .nodeDisk),
      catalog: try Catalog(folder: try CatalogFolder.builtIn()))
    return fixture
  }

  @Test("an object above 8 MiB goes in parts, ten at a time, with two requests around them")
  func upload() throws {
    var fixture = try fixture([Figure.downloadBytes.id: 100 * Self.mib])
    let phases = fixture.phases(
      """
      curl -o /tmp/out.tar https://example.com/out.tar
      aws s3 cp /tmp/out.tar s3://bucket/runs/1/
      aws s3 cp s3://bucket/runs/1/out.tar /srv/oci-images/
      """)
    // 100 MiB: 13 parts of 8 MiB; up with 15 requests, down with 14, the size asked for first.
    let up = try #require(phases.first { $0.label == "aws s3 cp to S3" }?.transfers.first)
    #expect(up.direction == .write && up.bytes == 100 * Self.mib)
    #expect(up.operations == 15 && up.concurrency == 10)
    let down = try #require(phases.first { $0.label == "aws s3 cp from S3" })
    #expect(down.transfers.first?.operations == 14)
    // And written to the claim as one file.
    #expect(down.transfers.last?.target == .claim(0))
    #expect(down.transfers.last?.bytes == 100 * Self.mib)
    // 9 s of processor a GiB: 0.87890625 s each way.
    #expect(isClose([down].cpu, 9 * 100.0 / 1024))
    #expect(!fixture.sink.diagnostics.contains { $0.code == "N0611" })
  }

  @Test("what one task puts into a bucket another finds there")
  func handOver() throws {
    var fixture = try fixture()
    _ = fixture.plan(StepFixture.step("echo 1234567890 > /tmp/a && aws s3 cp /tmp/a s3://b/a"))
    // A new pod; the text as it is known, without the newline.
    let step = fixture.plan(StepFixture.step("aws s3 cp s3://b/a /workspace/source/a"))
    let download = step.phases[0].flatMap(\.transfers).first { $0.direction == .read }
    #expect(download?.bytes == 10)
    #expect(download?.operations == 2)
  }

  @Test("S3 of the cluster's region is reached without NAT, that of another over the internet")
  func places() throws {
    var fixture = try fixture()
    _ = fixture.phases(
      "aws s3 cp /tmp/a s3://b/a\naws s3 cp --region us-east-1 /tmp/a s3://c/a")
    let services = fixture.reader.tables.services.all
    let own = try #require(services.first { $0.name == "s3.eu-west-3.amazonaws.com" })
    #expect(own.place == .region && !own.usesNAT && own.isObjectStore)
    #expect(own.perConnection.value == 87e6 && own.latency == 0.15)
    #expect(own.readRequests == 5500 && own.writeRequests == 3500)
    let far = try #require(services.first { $0.name == "s3.us-east-1.amazonaws.com" })
    #expect(far.place == .internet && far.usesNAT)
  }

  @Test("a push to the internal registry's address goes to its pod")
  func internalRegistry() throws {
    var fixture = try fixture()
    let host = "image-registry.openshift-image-registry.svc:5000"
    _ = fixture.phases("skopeo copy docker://ubi9 docker://\(host)/team/app:1")
    let registry = try #require(fixture.reader.tables.services.all.first { $0.name == host })
    #expect(registry.place == .pod(node: 0, storage: .nodeDisk))
    #expect(!registry.usesNAT && !registry.isObjectStore)
  }

  @Test("small files on a block volume count operations, on the node's disk they do not")
  func blockVolume() throws {
    // 100 files of 10 B: half an operation each.
    var configuration = WorkConfiguration()
    let texts = Dictionary(
      uniqueKeysWithValues: (0..<100).map { ("f\($0)", "1234567890") })
    configuration.source = { _ in SourceTree(texts: texts, packBytes: 1) }
    var fixture = StepFixture(configuration, localClaims: [1])
    let script = "cp -r /workspace/source/a/. "
    let clone = "git clone https://github.com/e/seen.git /workspace/source/a\n"
    let phases = fixture.phases(clone + script + "/workspace/source/b")
    let copy = try #require(phases.last { $0.label == "cp" })
    let written = copy.transfers.first { $0.direction == .write }
    let files = try #require(copy.transfers.first { $0.direction == .read }).operations * 2
    #expect(files >= 100 && written?.operations == files / 2)
    let local = fixture.phases(clone + script + "/tmp/b")
    let onDisk = local.last { $0.label == "cp" }?.transfers.first { $0.direction == .write }
    #expect(onDisk?.target == .nodeDisk && onDisk?.operations == 0)
  }

  @Test("a registry's total rate and latency can be given")
  func limits() throws {
    var configuration = WorkConfiguration()
    configuration.assumptions = ["service.quay.io.total": 5e7, "service.quay.io.latency": 0.5]
    var fixture = StepFixture(configuration)
    _ = fixture.phases("skopeo copy docker://ubi9 docker://quay.io/team/app:1")
    let quay = try #require(fixture.reader.tables.services.all.first { $0.name == "quay.io" })
    #expect(quay.ceiling?.value == 5e7 && quay.latency == 0.5)
    #expect(fixture.reader.tables.assumptions.unknownOverrides().isEmpty)
  }
}

extension Phase {
  fileprivate var transfers: [Demand.Transfer] {
    demands.compactMap { if case .transfer(let transfer) = $0 { transfer } else { nil } }
  }
}
