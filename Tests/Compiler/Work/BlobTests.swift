import GantryModel
import Testing

@testable import GantryCompiler

/// What a registry has is not sent again.
@Suite("blobs that exist")
struct BlobTests {
  /// An image of one layer, 400 MiB compressed.
  private static func fixture() -> StepFixture {
    var configuration = WorkConfiguration()
    configuration.assumptions = [
      "reference.factor": 1, Figure.imageCompressed.id: compressed, Figure.imageLayers.id: 1,
    ]
    return StepFixture(configuration)
  }

  private static let compressed = 400.0 * 1_048_576

  private func uploads(_ phases: [Phase]) -> [Demand.Transfer] {
    phases.flatMap(\.demands).compactMap { demand in
      guard case .transfer(let transfer) = demand, transfer.direction == .write,
        case .service = transfer.target
      else { return nil }
      return transfer
    }
  }

  @Test("a second name of an image that this pod has pushed is a manifest")
  func secondTag() {
    var fixture = Self.fixture()
    let phases = fixture.phases(
      """
      buildah pull docker://example.com/base
      buildah push example.com/base docker://quay.io/e/x:1
      buildah push example.com/base docker://quay.io/e/x:latest
      """)
    // 4 requests for the layer, 4 for the configuration, 3 for the manifest, in two phases of more
    // and fewer threads; then a look at the layer and 4 for the rest, which are 6100 + 2300 bytes.
    let sent = uploads(phases)
    #expect(sent.count == 3)
    #expect(isClose(sent[0].operations + sent[1].operations, 11) && sent[2].operations == 5)
    #expect(isClose(sent[0].bytes + sent[1].bytes, 1.006 * Self.compressed))
    #expect(sent[2].bytes == 8400)
  }

  @Test("another pod does not know what is there and sends it again")
  func otherPod() {
    var fixture = Self.fixture()
    let script = """
      buildah pull docker://example.com/base
      buildah push example.com/base docker://quay.io/e/x:1
      """
    _ = fixture.phases(script)
    #expect(isClose(fixture.phases(script).serviceBytes(.write), 1.006 * Self.compressed))
  }

  @Test("a base from the same registry is mounted from its repository")
  func mount() {
    var fixture = Self.fixture()
    let phases = fixture.phases(
      "buildah pull docker://quay.io/a/base\nbuildah push quay.io/a/base docker://quay.io/e/x:1")
    // 10,800 bytes and 3700 for the layer; a look and a mount, and 4 requests for the rest.
    #expect(uploads(phases).map(\.bytes) == [14_500])
    #expect(uploads(phases).map(\.operations) == [6])
  }

  @Test("of an image on a known base only the new layer is compressed and sent")
  func newLayer() {
    var fixture = Self.fixture()
    let phases = fixture.phases(
      """
      ctr=$(buildah from quay.io/a/base)
      buildah run $ctr -- dd if=/dev/zero of=/data bs=1M count=30
      buildah commit $ctr image
      buildah push image docker://quay.io/e/x:1
      """)
    // The 30 MiB and a header of 768 bytes, compressed; the base of 400 MiB is mounted.
    let whole = Self.compressed
    let sent = phases.serviceBytes(.write)
    #expect(sent > 0 && sent < 31 * 1_048_576 && sent < whole)
    // 4 requests each for the new layer and the configuration, 2 to mount the base, 3 for the rest.
    let operations = uploads(phases).reduce(0) { $0 + $1.operations }
    #expect(isClose(operations, 13))
  }

  @Test("skopeo asks for digests: it moves what the target has not, whoever sent it")
  func skopeo() {
    var fixture = Self.fixture()
    let copy = "skopeo copy docker://example.com/base docker://quay.io/e/x:1"
    #expect(uploads(fixture.phases(copy)).map(\.bytes) == [Self.compressed])
    // The next pod's copy, and one within the registry.
    #expect(uploads(fixture.phases(copy)).map(\.bytes) == [0])
    let within = fixture.phases("skopeo copy docker://quay.io/e/x:1 docker://quay.io/e/y:1")
    #expect(uploads(within).map(\.bytes) == [0])
  }

  @Test("layers of one size from different images are not the same")
  func sameSize() {
    var fixture = Self.fixture()
    let phases = fixture.phases(
      """
      skopeo copy docker://example.com/one docker://quay.io/e/x:1
      skopeo copy docker://example.com/two docker://quay.io/e/x:2
      skopeo copy --override-arch arm64 docker://example.com/two docker://quay.io/e/x:3
      """)
    #expect(uploads(phases).map(\.bytes) == Array(repeating: Self.compressed, count: 3))
  }
}
