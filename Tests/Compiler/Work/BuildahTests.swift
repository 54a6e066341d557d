import GantryModel
import Testing

@testable import GantryCompiler

/// Buildah's phases against the measured formulas, worked by hand.
///
/// The base image is one layer of 1 GiB, 10,000 files, 1250 directories, 400 MiB compressed; its tar
/// stream T = 2^30 + 768 * 10,000 + 512 * 1250 = 1,082,061,824 bytes = 1.00774... GiB. One reference
/// second per measured second (`reference.factor` 1), and quiet factors of 1, keep the sums plain.
@Suite("buildah")
struct BuildahTests {
  static let tar = 1_073_741_824.0 + 768 * 10_000 + 512 * 1250
  static let tarGiB = tar / 1_073_741_824
  static let compressed = 400.0 * 1_048_576

  static func fixture(_ containerfile: String = "FROM base\n", localClaims: Set<Int> = [])
    -> StepFixture
  {
    let place = StepFixture.location
    var configuration = WorkConfiguration()
    var image = ScenarioFile.ImageSettings(name: Located("base", at: place))
    image.compressedMiB = Located(400, at: place)
    image.unpackedMiB = Located(1024, at: place)
    image.files = Located(10_000, at: place)
    configuration.images = [image]
    configuration.assumptions = [
      "reference.factor": 1, "pull.quietFactor": 1, "push.quietFactor": 1,
      "manifestPush.quietFactor": 1, "pullArchive.quietFactor": 1, "image.unknown.layers": 1,
    ]
    configuration.source = { _ in
      SourceTree(texts: [
        "Containerfile": containerfile, "data": String(repeating: "d", count: 1000),
      ])
    }
    return StepFixture(configuration, localClaims: localClaims)
  }

  static let clone = "git clone https://github.com/e/x /workspace/source\n"

  @Test("a pull unpacks once, with the bytes and CPU of the driver", arguments: ["vfs", "overlay"])
  func pull(driver: String) {
    var fixture = Self.fixture()
    let phases = fixture.phases("buildah pull docker://base", driver: driver)
    // vfs: 17.16 T + 0.08338 * 10 = ; overlay: 17.53 T + 0.09164 * 10.
    let cpu =
      driver == "vfs" ? 17.16 * Self.tarGiB + 0.8338 : 17.53 * Self.tarGiB + 0.9164
    #expect(isClose(phases.cpu, cpu))
    // The spool of the compressed layer and the unpacked files; one layer has nothing to copy.
    #expect(isClose(phases.bytes(.write, .nodeDisk), Self.compressed + 1_073_741_824))
    // 1.012 times the compressed layer comes over one connection: there is one layer.
    #expect(isClose(phases.serviceBytes(.read), 1.012 * Self.compressed))
    #expect(phases.transfers(.read).map(\.concurrency) == [1])
  }

  @Test(
    "with three layers vfs copies S(k-1)/2 more, nearly free on XFS and in full on a block claim")
  func layers() {
    var onNode = Self.fixture()
    onNode.reader = WorkReader(configuration: Self.threeLayers)
    // Copies: S/3 + 2S/3 = S, of which 0.035 is written on XFS with reflink.
    let disk = onNode.phases("buildah pull docker://base").bytes(.write, .nodeDisk)
    #expect(isClose(disk, Self.compressed + 1_073_741_824 * 1.035))
    var onBlock = Self.fixture(localClaims: [0])
    onBlock.reader = WorkReader(configuration: Self.threeLayers)
    let phases = onBlock.phases("buildah --root /srv/oci-images/store pull docker://base")
    #expect(isClose(phases.bytes(.write, .claim(0)), 1_073_741_824 * 2))
    #expect(phases.transfers(.write) { $0 == .claim(0) }.allSatisfy { $0.operations == 0 })
  }

  private static var threeLayers: WorkConfiguration {
    var configuration = WorkConfiguration()
    var image = ScenarioFile.ImageSettings(name: Located("base", at: StepFixture.location))
    image.compressedMiB = Located(400, at: StepFixture.location)
    image.unpackedMiB = Located(1024, at: StepFixture.location)
    image.files = Located(9000, at: StepFixture.location)
    configuration.images = [image]
    configuration.assumptions = ["image.unknown.layers": 3]
    return configuration
  }

  @Test("a build without instructions copies the base twice under vfs and never under overlay")
  func build() {
    var vfs = Self.fixture()
    let script = Self.clone + "buildah bud -t x /workspace/source"
    let pull = "buildah pull docker://base\n"
    let all = vfs.phases(pull + script)
    // Container and commit: 2 * (1.128 * 1 GiB + 0.07063 * 10); nothing was added to commit.
    let copies = all.filter { $0.label.contains("copy the base") || $0.label.contains("commit") }
    #expect(isClose(copies.cpu, 2 * (1.128 + 0.7063)))
    #expect(isClose(copies.bytes(.write, .nodeDisk), 2 * 1_073_741_824 * 0.035))
    var overlay = Self.fixture()
    let plain = overlay.phases(pull + script, driver: "overlay")
    #expect(!plain.contains { $0.label.contains("copy the base") })
    #expect(plain.filter { $0.label.contains("commit") }.cpu == 0)
  }

  @Test("COPY reads the context and adds a layer that is written four times")
  func copyInstruction() {
    var fixture = Self.fixture("FROM base\nCOPY data /srv/data\n")
    let phases = fixture.phases(
      Self.clone + "buildah bud -t x /workspace/source", driver: "overlay")
    let copy = phases.filter { $0.label.contains("COPY") }
    // One file of 1000 bytes: 4.34 NFS calls to read it; 0.1804 + 0.02619/1000 CPU s.
    #expect(copy.transfers(.read).map(\.operations) == [4.34])
    #expect(copy.bytes(.read, .claim(1)) == 1000)
    #expect(isClose(copy.cpu, 0.1804 + 0.02619 / 1000))
    #expect(copy.bytes(.write, .nodeDisk) == 1000)
    let commit = phases.filter { $0.label.contains("commit") }
    #expect(commit.bytes(.write, .nodeDisk) == 3000)
    #expect(isClose(commit.cpu, 28.21 * 1000 / 1_073_741_824 + 0.4892 / 1000))
  }

  @Test("--layers commits after every instruction")
  func layersFlag() {
    let file = "FROM base\nCOPY data /a\nCOPY data /b\n"
    func commits(_ flags: String) -> Int {
      var fixture = Self.fixture(file)
      return fixture.phases(Self.clone + "buildah bud \(flags) -t x /workspace/source")
        .filter { $0.label.contains("commit") }.count
    }
    #expect(commits("") == 1)
    #expect(commits("--layers") == 2)
    #expect(commits("--layers=false") == 1)
  }

  @Test("a push to an archive spools, compresses, and writes one big file onto the claim")
  func pushToArchive() {
    var fixture = Self.fixture()
    let script = "buildah pull docker://base\nbuildah tag base x\n"
    let before = fixture.phases(script)
    var second = Self.fixture()
    let phases = Array(
      second.phases(script + "buildah push x oci-archive:/srv/oci-images/a.tar")
        .dropFirst(before.count))
    // Class system: 22.2 s/GiB of tar and 0.02797 per 1000 files.
    #expect(isClose(phases.cpu, 22.2 * Self.tarGiB + 0.2797))
    #expect(isClose(phases.bytes(.write, .nodeDisk), Self.tar + Self.compressed))
    // 400 MiB in calls of 1 MiB, and three more.
    let file = phases.transfers(.write) { $0 == .claim(0) }
    #expect(file.map(\.bytes) == [Self.compressed])
    #expect(file.map(\.operations) == [403])
  }

  @Test("docker:// instead of oci-archive: moves the bytes to the registry")
  func pushToRegistry() {
    var fixture = Self.fixture()
    let phases = fixture.phases(
      "buildah pull docker://base\nbuildah push base docker://quay.io/e/x:1")
    #expect(phases.bytes(.write, .claim(0)) == 0)
    #expect(isClose(phases.serviceBytes(.write), 1.006 * Self.compressed))
    // Per layer and for the configuration 4 requests, 3 for the manifest: 2 * 4 + 3.
    #expect(phases.transfers(.write).last?.operations == 11)
    #expect(fixture.reader.tables.services.all.map(\.name).contains("quay.io"))
    #expect(fixture.assumptions(phases).contains("service.quay.io.rate"))
  }

  @Test("an archive that another task wrote is loaded with its own size")
  func pullFromArchive() {
    var fixture = Self.fixture()
    let write = StepFixture.step(
      "buildah pull docker://base\nbuildah push base oci-archive:/srv/oci-images/$(uname -m).tar")
    _ = fixture.plan(write, StepFixture.taskRun(.arm64))
    let phases = fixture.phases("buildah pull oci-archive:/srv/oci-images/aarch64.tar")
    // 18.58 T + 0.06919 * 10; one layer copies nothing. Four spools of the archive, one unpacking.
    #expect(isClose(phases.cpu, 18.58 * Self.tarGiB + 0.6919))
    #expect(phases.bytes(.read, .claim(0)) == Self.compressed)
    #expect(isClose(phases.bytes(.write, .nodeDisk), 4 * Self.compressed + 1_073_741_824))
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test("an archive that nobody wrote is a guess, and said to be one")
  func missingArchive() {
    var fixture = Self.fixture()
    let phases = fixture.phases("buildah pull oci-archive:/srv/oci-images/none.tar")
    #expect(fixture.sink.diagnostics.map(\.code) == ["W0606"])
    #expect(fixture.assumptions(phases).contains("image.unknown.compressed"))
  }

  @Test("an archive in a sub-path of the claim is the same file")
  func subPaths() {
    var fixture = Self.fixture()
    var writer = StepFixture.taskRun()
    writer.workspaces[0].subPath = "deep/er"
    _ = fixture.plan(
      StepFixture.step(
        "buildah pull docker://base; buildah push base oci-archive:/srv/oci-images/a.tar"),
      writer)
    let phases = fixture.phases("buildah pull oci-archive:/srv/oci-images/deep/er/a.tar")
    #expect(phases.bytes(.read, .claim(0)) == Self.compressed)
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test("a manifest push --all sends every member, without --all the list alone")
  func manifest() {
    let script = """
      for i in 1 2; do id=$(buildah from base); n=$(buildah commit $id); l="$l $n"; done
      buildah manifest create list $l
      """
    var all = Self.fixture()
    let sent = all.phases(script + "\nbuildah manifest push --all list docker://quay.io/e/x")
    // Both members have the base's layer, which is sent once, and an empty one of their own: 4 requests
    // for each of two layers and the configuration, 3 for the manifest; then 4 less and a look.
    #expect(isClose(sent.serviceBytes(.write), 1.006 * Self.compressed))
    let requests = sent.transfers(.write).map(\.operations).filter { $0 > 0 }
    #expect(requests == [15, 12])
    var alone = Self.fixture()
    let list = alone.phases(script + "\nbuildah manifest push list docker://quay.io/e/x")
    #expect(list.serviceBytes(.write) == 2000)
    #expect(all.sink.diagnostics.isEmpty)
  }

  @Test("two platforms build twice, the foreign one under QEMU by kind of work")
  func platforms() {
    let file = "FROM base\nRUN pip install a\n"
    func cpu(_ flags: String, _ label: String) -> Double {
      var fixture = Self.fixture(file)
      return fixture.phases(Self.clone + "buildah bud \(flags) -t x /workspace/source")
        .filter { $0.label.contains(label) }.cpu
    }
    let native = cpu("--platform linux/amd64", "pip")
    // One package: 1.2 s; Python under qemu-user: 10.2 times.
    #expect(isClose(native, 1.2))
    #expect(isClose(cpu("--platform linux/arm64/v8", "pip"), 1.2 * 10.2))
    #expect(isClose(cpu("--platform linux/amd64,linux/arm64", "pip"), 1.2 * 11.2))
    #expect(isClose(cpu("--arch arm64", "pip"), 1.2 * 10.2))
    // What buildah does itself is native on both.
    #expect(isClose(cpu("--arch arm64", "commit"), cpu("--arch amd64", "commit")))
    var same = Self.fixture(file)
    let arm = same.plan(StepFixture.step(Self.clone + "buildah bud --arch arm64 /workspace/source"))
    #expect(isClose(arm.phases[1].filter { $0.label.contains("pip") }.cpu, 1.2))
  }

  @Test("an image that does not exist for an architecture fails the step there only")
  func missingArchitecture() {
    var configuration = WorkConfiguration()
    var image = ScenarioFile.ImageSettings(name: Located("base", at: StepFixture.location))
    image.architectures = [Located("amd64", at: StepFixture.location)]
    configuration.images = [image]
    configuration.source = { _ in SourceTree(texts: ["Containerfile": "FROM base\n"]) }
    var fixture = StepFixture(configuration)
    let step = fixture.plan(StepFixture.step(Self.clone + "buildah bud /workspace/source"))
    #expect(step.failures == [nil, "the image 'base' does not exist for arm64"])
  }

  @Test("a Containerfile that is not visible is a guess with a warning")
  func invisibleContainerfile() {
    var fixture = StepFixture()
    let phases = fixture.phases("buildah bud -f /workspace/source/Containerfile /workspace/source")
    #expect(fixture.sink.diagnostics.map(\.code) == ["W0605"])
    #expect(
      fixture.assumptions(phases).isSuperset(of: ["bud.unknown.runCPU", "bud.unknown.added"]))
  }

  @Test("storage on a network claim costs calls per file")
  func storageOnNetwork() {
    var fixture = Self.fixture()
    let phases = fixture.phases("buildah --root /srv/oci-images/store pull docker://base")
    // 7.006 * 10,000 files + 8.033 * 1250 directories + 562.3.
    let written = phases.transfers(.write) { $0 == .claim(0) }
    #expect(written.map(\.bytes) == [1_073_741_824])
    #expect(isClose(written[0].operations, 7.006 * 10_000 + 8.033 * 1250 + 562.3))
  }
}
