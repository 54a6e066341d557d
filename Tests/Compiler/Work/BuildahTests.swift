import GantryModel
import Testing

@testable import GantryCompiler

/// Buildah's phases against the measured formulas, worked by hand.
///
/// The base image is one layer of 1 GiB, 10,000 files, 1250 directories, 400 MiB compressed; its tar
/// stream T = 2^30 + 768 * 10,000 + 512 * 1250 = 1,082,061,824 bytes = 1.00774... GiB, of class system.
/// One reference second per measured second (`reference.factor` 1) keeps the sums plain. Work of which
/// a share keeps one thread busy is two phases: sums go over both.
@Suite("buildah")
struct BuildahTests {
  static let tar = 1_073_741_824.0 + 768 * 10_000 + 512 * 1250
  static let tarGiB = tar / 1_073_741_824
  static let compressed = 400.0 * 1_048_576

  static func fixture(_ containerfile: String = "FROM base\n", localClaims: Set<Int> = [])
    -> StepFixture
  {
    var configuration = WorkConfiguration()
    configuration.images = images
    configuration.assumptions = ["reference.factor": 1, "image.unknown.layers": 1]
    configuration.source = { _ in
      SourceTree(texts: [
        "Containerfile": containerfile, "data": String(repeating: "d", count: 1000),
      ])
    }
    return StepFixture(configuration, localClaims: localClaims)
  }

  static var images: [ScenarioFile.ImageSettings] {
    let place = StepFixture.location
    var image = ScenarioFile.ImageSettings(name: Located("base", at: place))
    image.compressedMiB = Located(400, at: place)
    image.unpackedMiB = Located(1024, at: place)
    image.files = Located(10_000, at: place)
    return [image]
  }

  static let clone = "git clone https://github.com/e/x /workspace/source\n"

  @Test("a pull unpacks once, with the bytes and CPU of the driver", arguments: ["vfs", "overlay"])
  func pull(driver: String) {
    var fixture = Self.fixture()
    let phases = fixture.phases("buildah pull docker://base", driver: driver)
    // 18.5 T + 0.073 * 10; a third of it on one thread, the rest on up to six.
    #expect(isClose(phases.cpu, 18.5 * Self.tarGiB + 0.73))
    #expect(phases.threads == [1, 6])
    #expect(isClose([phases[0]].cpu, 0.33 * phases.cpu))
    // The spool of the compressed layer and the unpacked files; one layer has nothing to copy.
    #expect(isClose(phases.bytes(.write, .nodeDisk), Self.compressed + 1_073_741_824))
    // 1.012 times the compressed layer comes over one connection: there is one layer.
    #expect(isClose(phases.serviceBytes(.read), 1.012 * Self.compressed))
    #expect(phases.transfers(.read).map(\.concurrency) == [1, 1])
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
    // Each copy on XFS: 0.7 * 1 GiB * 0.035 + 0.036 * 10; the commit's compares: 0.026 * 10 more.
    // Committing nothing takes 0.038.
    let copies = all.filter { $0.label.contains("copy the base") || $0.label.contains("commit") }
    let copy: Double = 0.7 * 0.035 + 0.36
    #expect(isClose(copies.cpu, 2 * copy + 0.26 + 0.038))
    #expect(isClose(copies.bytes(.write, .nodeDisk), 2 * 1_073_741_824 * 0.035))
    var overlay = Self.fixture()
    let plain = overlay.phases(pull + script, driver: "overlay")
    #expect(!plain.contains { $0.label.contains("copy the base") })
    #expect(isClose(plain.filter { $0.label.contains("commit") }.cpu, 0.038))
  }

  @Test("COPY reads the context and adds a layer that is written four times")
  func copyInstruction() {
    var fixture = Self.fixture("FROM base\nCOPY data /srv/data\n")
    let phases = fixture.phases(
      Self.clone + "buildah bud -t x /workspace/source", driver: "overlay")
    let copy = phases.filter { $0.label.contains("COPY") }
    // One file of 1000 bytes: 6 + 4 NFS calls to read it; 0.09 + 9.2/GiB + 0.3/1000 CPU s.
    #expect(isClose(copy.operations(.read, .claim(1)), 10))
    #expect(isClose(copy.bytes(.read, .claim(1)), 1000))
    let cpu: Double = 0.09 + 9200.0 / 1_073_741_824 + 0.0003
    #expect(isClose(copy.cpu, cpu))
    #expect(isClose(copy.bytes(.write, .nodeDisk), 1000))
    let commit = phases.filter { $0.label.contains("commit") }
    #expect(isClose(commit.bytes(.write, .nodeDisk), 3000))
    let committed: Double = 0.038 + 18_300.0 / 1_073_741_824 + 0.000145
    #expect(isClose(commit.cpu, committed))
  }

  @Test("--layers commits after every instruction")
  func layersFlag() {
    let file = "FROM base\nCOPY data /a\nCOPY data /b\n"
    func commits(_ flags: String) -> Int {
      var fixture = Self.fixture(file)
      let phases = fixture.phases(Self.clone + "buildah bud \(flags) -t x /workspace/source")
      return Set(phases.map(\.label).filter { $0.contains("commit") && !$0.contains("wait") }).count
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
    // Class system: 20.5 s/GiB of tar and 0.025 per 1000 files.
    #expect(isClose(phases.cpu, 20.5 * Self.tarGiB + 0.25))
    #expect(isClose(phases.bytes(.write, .nodeDisk), Self.tar + Self.compressed))
    // 400 MiB in calls of 1 MiB, and OPEN, ACCESS, CLOSE and COMMIT.
    let file = phases.transfers(.write) { $0 == .claim(0) }
    #expect(file.map(\.bytes) == [Self.compressed])
    #expect(file.map(\.operations) == [404])
  }

  @Test("docker:// instead of oci-archive: moves the bytes to the registry")
  func pushToRegistry() {
    var fixture = Self.fixture()
    let phases = fixture.phases(
      "buildah pull docker://base\nbuildah push base docker://quay.io/e/x:1")
    #expect(phases.bytes(.write, .claim(0)) == 0)
    #expect(isClose(phases.serviceBytes(.write), 1.006 * Self.compressed))
    // Per layer and for the configuration 4 requests, 3 for the manifest: 2 * 4 + 3.
    let sent = phases.transfers(.write) { if case .service = $0 { true } else { false } }
    #expect(isClose(sent.reduce(0) { $0 + $1.operations }, 11))
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
    // 0.19 + 18.5 T + 0.073 * 10; one layer copies nothing. Four spools of the archive, one unpacking.
    #expect(isClose(phases.cpu, 0.19 + 18.5 * Self.tarGiB + 0.73))
    #expect(isClose(phases.bytes(.read, .claim(0)), Self.compressed))
    #expect(isClose(phases.bytes(.write, .nodeDisk), 4 * Self.compressed + 1_073_741_824))
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test(
    "an image that another task pushed to a registry is pulled with its own size",
    arguments: ["quay.io/e/x:arm64", "quay.io/e/x@sha256:0123"])
  func pullFromRegistry(name: String) {
    var fixture = Self.fixture()
    let write = StepFixture.step(
      "buildah pull docker://base\nbuildah push base docker://quay.io/e/x:arm64")
    _ = fixture.plan(write, StepFixture.taskRun(.arm64))
    // The only image under its name, so also on a node of the other architecture.
    let phases = fixture.phases("buildah pull docker://\(name)")
    #expect(isClose(phases.serviceBytes(.read), 1.012 * Self.compressed))
    #expect(!fixture.assumptions(phases).contains("image.unknown.compressed"))
    let other = fixture.phases("buildah pull docker://quay.io/e/other:1")
    #expect(fixture.assumptions(other).contains("image.unknown.compressed"))
  }

  @Test("a list of images in a registry is pushed without sending their layers again")
  func listOfPushedImages() {
    var fixture = Self.fixture()
    let write = StepFixture.step(
      "buildah pull docker://base\nbuildah push base docker://quay.io/e/x:arm64")
    _ = fixture.plan(write, StepFixture.taskRun(.arm64))
    let script = "buildah manifest create l; buildah manifest add l docker://quay.io/e/x:arm64\n"
    let same = fixture.phases(script + "buildah manifest push --all l docker://quay.io/e/x:1")
    #expect(same.serviceBytes(.write) < 100_000)
    let other = fixture.phases(script + "buildah manifest push --all l docker://ghcr.io/e/x:1")
    #expect(other.serviceBytes(.write) > Self.compressed)
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
    #expect(isClose(phases.bytes(.read, .claim(0)), Self.compressed))
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
    // Both containers were committed unchanged: the second image's two layers are known by then.
    let expected: Double = 1.006 * Self.compressed + 6100 + 2 * 2300
    #expect(isClose(sent.serviceBytes(.write), expected))
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
    #expect(isClose(phases.bytes(.write, .claim(0)), 1_073_741_824))
    let calls: Double = 7.006 * 10_000 + 8.033 * 1250 + 562.3
    #expect(isClose(phases.operations(.write, .claim(0)), calls))
  }

  @Test("a build with --layers that was made before runs nothing, but reads what COPY names")
  func cachedBuild() {
    var fixture = Self.fixture("FROM base\nCOPY data /a\nRUN pip install a\n")
    let build = "buildah bud --layers -t x /workspace/source\n"
    let both = fixture.phases(Self.clone + build + "echo; " + build)
    #expect(both.filter { $0.label.contains("pip") }.count == 1)
    #expect(isClose(both.filter { $0.label.contains("pip") }.cpu, 1.2))
    // COPY again: twice 0.09 + 9.2/GiB + 0.3/1000.
    let copies = both.filter { $0.label.contains("COPY") }
    let each: Double = 0.09 + 9200.0 / 1_073_741_824 + 0.0003
    #expect(isClose(copies.cpu, 2 * each))
    let commits = both.filter { $0.label.contains("commit") && !$0.label.contains("wait") }
    // Each of the two instructions committed once: the base compared, 0.036 + 0.026 for 10,000 files.
    #expect(Set(commits.map(\.label)).count == 2)
    var without = Self.fixture("FROM base\nCOPY data /a\nRUN pip install a\n")
    let again = without.phases(
      Self.clone + build + "buildah bud --no-cache --layers -t x /workspace/source")
    #expect(again.filter { $0.label.contains("pip") }.count == 2)
  }

  @Test("rmi removes the layers that no other image has: under vfs whole copies")
  func removeImage() {
    func removal(_ driver: String) -> [Phase] {
      var fixture = Self.fixture("FROM base\nCOPY data /a\n")
      return fixture.phases(
        Self.clone + "buildah bud -t x /workspace/source\nbuildah rmi x", driver: driver
      ).filter { $0.label.contains("rmi") }
    }
    // vfs: the base's 10,000 files, one added and 8 of bookkeeping; 1 GiB and 1000 bytes.
    let gib: Double = (1_073_741_824.0 + 1000) / 1_073_741_824
    let whole: Double = 0.0225 + 0.0068 * 10.009 + 0.16 * gib
    #expect(isClose(removal("vfs").cpu, whole))
    let added: Double = 0.0225 + 0.0068 * 0.009 + 0.16 * (gib - 1)
    #expect(isClose(removal("overlay").cpu, added))
  }

  @Test("a push again sends nothing that the pod has sent; another repository mounts the layers")
  func pushAgain() {
    var fixture = Self.fixture()
    let first = "buildah pull docker://base\nbuildah push base docker://quay.io/e/x:1\n"
    let sent = fixture.phases(
      first + "buildah push base docker://quay.io/e/x:2\nbuildah push base docker://quay.io/e/y"
    )
    .serviceBytes(.write)
    // One layer: 6100 + 2300 bytes, then 10,800 + 3700.
    let expected: Double = 1.006 * Self.compressed + 8400 + 14_500
    #expect(isClose(sent, expected))
    // A new pod knows nothing of it.
    let again = fixture.phases(first).serviceBytes(.write)
    #expect(isClose(again, 1.006 * Self.compressed))
  }

  @Test("on ext4 files cost more; without a journal most of all after many were removed")
  func ext4() {
    let pull = "buildah --root /srv/oci-images/store pull docker://base\n"
    let script = pull + "buildah --root /srv/oci-images/store rmi --all\n" + pull
    func cpu(_ fixture: StepFixture) -> Double {
      var fixture = fixture
      return fixture.phases(script).filter { $0.label.contains("pull") }.cpu
    }
    // 10 * 0.075 each; a block volume of the cluster has a journal.
    let each: Double = 18.5 * Self.tarGiB + 0.73 + 0.75
    #expect(isClose(cpu(Self.fixture(localClaims: [0])), 2 * each))
    // The second after 10,008 files went, more than a block group has: 10 * 0.4 more.
    var bare = WorkConfiguration()
    bare.images = Self.images
    bare.assumptions = ["reference.factor": 1, "image.unknown.layers": 1]
    bare.nodeFileSystem = .ext4WithoutJournal
    let onNode = script.replacing("/srv/oci-images", with: "/var/lib/containers")
    var fixture = StepFixture(bare)
    let pulls = fixture.phases(onNode).filter { $0.label.contains("pull") }
    #expect(isClose(pulls.cpu, 2 * each + 4))
    // Creating files is one thread's work: a third of the rest is, too.
    let serial = 0.33 + 0.67 * 4.75 / (each + 4)
    #expect(isClose([pulls[2]].cpu, (each + 4) * serial))
  }
}
