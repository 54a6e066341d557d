import GantryModel
import Testing

@testable import GantryCompiler

/// Single commands, worked by hand.
@Suite("commands")
struct CommandTests {
  private func configuration(_ texts: [String: String], pack: Double? = nil) -> WorkConfiguration {
    var configuration = WorkConfiguration()
    configuration.assumptions = ["reference.factor": 1]
    configuration.source = { $0.contains("seen") ? SourceTree(texts: texts, packBytes: pack) : nil }
    return configuration
  }

  @Test("git clone downloads the pack and writes each file with six calls")
  func clone() {
    var fixture = StepFixture(
      configuration(["a": "1234567890", "d/b": "12345"], pack: 700))
    let phases = fixture.phases(
      "git clone --depth 1 https://github.com/e/seen.git /workspace/source/x")
    #expect(phases.serviceBytes(.read) == 700)
    // 2 files and 30 of .git: 32 * 6.002 calls; bytes 15 + 700 + 30,000.
    let written = phases.transfers(.write)
    #expect(written.count == 1)
    #expect(written[0].target == .claim(1))
    #expect(isClose(written[0].operations, 32 * 6.002))
    #expect(written[0].bytes == 30_715)
    // 0.3 for the connection, 0.02 to start, 0.044 per 1000 files and 8 per GiB.
    let cpu: Double = 0.32 + 0.000088 + 120.0 / 1_073_741_824
    #expect(isClose(phases.cpu, cpu))
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test(
    "git-init's options mean the same, attached or apart",
    arguments: ["-url=U -path=P", "-url U -path P", "--url=U --path=P"])
  func gitInit(options: String) {
    let words = options.split(separator: " ").map {
      $0.split(separator: "U").joined(separator: "https://github.com/e/seen")
        .split(separator: "P").joined(separator: "/workspace/source")
    }
    #expect(!words.isEmpty)
    var fixture = StepFixture(configuration(["a": "1"]))
    let script =
      "/ko-app/git-init "
      + options.replacing("U", with: "https://github.com/e/seen")
      .replacing("P", with: "/workspace/source")
    let phases = fixture.phases(script)
    #expect(phases.transfers(.write).map(\.target) == [.claim(1)])
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test("the first fetch after init and remote add is a clone, the next is free")
  func fetch() {
    var fixture = StepFixture(configuration(["a": "1"], pack: 500))
    let phases = fixture.phases(
      """
      cd /workspace/source
      git init .
      git remote add origin https://github.com/e/seen
      git fetch --depth 1 origin main
      git checkout FETCH_HEAD
      git fetch origin
      """)
    #expect(phases.serviceBytes(.read) == 500)
    #expect(phases.transfers(.write).map(\.bytes) == [1 + 500 + 30_000])
  }

  @Test("a repository that cannot be seen is a named guess")
  func unseen() {
    var fixture = StepFixture(configuration([:]))
    let phases = fixture.phases(
      "git clone https://gitlab.example.com/e/other.git /workspace/source")
    #expect(fixture.sink.diagnostics.map(\.code) == ["N0611"])
    #expect(fixture.assumptions(phases).contains("git.repository.files"))
    #expect(fixture.reader.tables.services.all.map(\.name) == ["gitlab.example.com"])
  }

  @Test("npm install takes its packages from the lock file")
  func npm() {
    let lock = "{\n\"packages\": {\n\"\": {},\n\"node_modules/a\": {},\n\"node_modules/b\": {}\n}}"
    var fixture = StepFixture(configuration(["package-lock.json": lock]))
    let phases = fixture.phases(
      "git clone https://github.com/e/seen /workspace/source; cd /workspace/source && npm ci")
    let npm = phases.filter { $0.label.contains("npm") }
    // Two packages: 3 + 2 * 0.035 CPU s; 2 * 12,000 bytes; 18 files and 4 directories take
    // 8 + 7 * 18 + 5 * 4 calls in 4 streams.
    #expect(isClose(npm.cpu, 3.07))
    #expect(npm.serviceBytes(.read) == 24_000)
    let written = npm.transfers(.write) { $0 == .claim(1) }
    #expect(isClose(written[0].operations, 154))
    #expect(written[0].concurrency == 4)
  }

  @Test("npm without a lock file counts dependencies, without package.json it guesses")
  func npmGuesses() {
    var some = StepFixture(
      configuration(["package.json": "{\"dependencies\": {\"a\": \"1\", \"b\": \"2\"}}"]))
    let listed = some.phases(
      "git clone https://github.com/e/seen /workspace/source; cd /workspace/source; npm install")
    #expect(listed.contains { $0.label == "npm install: 50 packages" })
    var none = StepFixture()
    #expect(none.phases("npm install").contains { $0.label == "npm install: 200 packages" })
  }

  @Test("mvn downloads once into a cold repository, and -DskipTests leaves the tests out")
  func maven() {
    var fixture = StepFixture()
    let phases = fixture.phases(
      "cd /workspace/source; mvn -B -Dmaven.repo.local=/workspace/source/.m2 package; "
        + "mvn -Dmaven.repo.local=/workspace/source/.m2 -DskipTests package")
    #expect(phases.filter { $0.label.contains("download") }.count == 1)
    #expect(phases.filter { $0.label.contains("tests") }.count == 1)
    // 2 * (6 + 45) + 30.
    #expect(isClose(phases.cpu, 132))
  }

  @Test(
    "sleep is time on any machine",
    arguments: [("5", 5.0), ("0.5", 0.5), ("2m", 120), ("1h", 3600)])
  func sleep(text: String, seconds: Double) {
    var fixture = StepFixture()
    #expect(fixture.phases("sleep \(text)").fixed == seconds)
  }

  @Test("dnf downloads Fedora's metadata once, then the packages")
  func dnf() {
    var fixture = StepFixture(
      configuration(["Containerfile": "FROM fedora:39\nRUN dnf install -y htop && dnf clean all\n"])
    )
    let phases = fixture.phases(
      "git clone https://github.com/e/seen /workspace/source; buildah bud /workspace/source")
    let dnf = phases.filter { $0.label.hasPrefix("dnf") }
    #expect(dnf.serviceBytes(.read) == 130_000_000 + 400_000)
    // Metadata 3 + 0.22 * 130; install 3 + 2 * 0.25 + 0.12 * 1.
    #expect(isClose(dnf.cpu, 31.6 + 3.62))
    // Cleaned in the same build: the new layer holds htop's megabyte and no metadata.
    let commit = phases.filter { $0.label.contains("commit") }
    let copies = 190e6 * 0.035
    #expect(isClose(commit.bytes(.write, .nodeDisk), 3 * 1e6 + copies))
  }

  @Test("cp between claims reads and writes; rm on a claim costs calls")
  func copyAndRemove() {
    var fixture = StepFixture(configuration(["a": "1234", "b": "56"]))
    let script = "git clone https://github.com/e/seen /workspace/source/x\n"
    let phases = fixture.phases(
      script + "cp -r /workspace/source/x /srv/oci-images/y\nrm -rf /srv/oci-images/y")
    let copy = phases.filter { $0.label == "cp" }
    // From one mount to another: 4 + 3 a file to read, 4 + 4 a file to write; rm takes 8 + 1 a file.
    #expect(isClose(copy.transfers(.read)[0].operations, 10))
    #expect(isClose(copy.transfers(.write)[0].operations, 12))
    #expect(copy.bytes(.write, .claim(0)) == 6)
    let remove = phases.filter { $0.label == "rm" }
    #expect(isClose(remove.transfers(.write)[0].operations, 10))
  }

  @Test("skopeo copies compressed layers without unpacking them")
  func skopeo() {
    var fixture = StepFixture(configuration([:]))
    let phases = fixture.phases(
      "skopeo copy docker://docker.io/library/alpine:3.19 oci-archive:/srv/oci-images/a.tar")
    #expect(phases.serviceBytes(.read) == 3.5e6)
    #expect(phases.bytes(.write, .claim(0)) == 3.5e6)
    #expect(phases.bytes(.write, .nodeDisk) == 0)
    #expect(isClose(phases.cpu, 3.5 * 3.5e6 / 1_073_741_824))
  }

  @Test("curl is a download of a guessed size")
  func curl() {
    var fixture = StepFixture()
    let phases = fixture.phases("curl -sSLo /workspace/source/f https://example.com/f")
    #expect(phases.serviceBytes(.read) == 20_000_000)
    #expect(fixture.assumptions(phases).contains("download.bytes"))
    #expect(fixture.reader.tables.services.all.map(\.name) == ["example.com"])
  }

  @Test("tar packs what lies there and unpacks what was packed")
  func tar() {
    var fixture = StepFixture(configuration(["a": String(repeating: "t", count: 9232)]))
    let phases = fixture.phases(
      "git clone https://github.com/e/seen /workspace/source; cd /workspace/source; "
        + "tar -cf /srv/oci-images/t.tar a; tar xf /srv/oci-images/t.tar -C /workspace/source/o")
    // One file of 9232 bytes makes a tar stream of 10,000; written in one call and three.
    let pack = phases.filter { $0.label == "tar: pack" }
    #expect(pack.bytes(.write, .claim(0)) == 10_000)
    let unpack = phases.filter { $0.label == "tar: unpack" }
    #expect(unpack.bytes(.read, .claim(0)) == 10_000)
  }
}

/// Files on volumes.
@Suite("files")
struct FileVolumeTests {
  @Test("what is written into a checkout counts once, beside what the checkout has")
  func overlay() {
    var volume = FileVolume()
    let tree = SourceTree(texts: ["app/a": "123", "app/lib/b": "4567", "c": "8"])
    volume.put(.source(tree, path: ""), at: "src")
    volume.add(Tree(bytes: 100, files: 5), at: "src/app/node_modules", assumptions: [3])
    #expect(volume.summary(of: "src/app/node_modules")?.tree.bytes == 100)
    #expect(volume.summary(of: "src/app")?.tree.bytes == 107)
    #expect(volume.summary(of: "src/app")?.assumptions == [3])
    #expect(volume.summary(of: "src")?.tree.files == 8)
    #expect(volume.summary(of: "src/app", matching: "*b*")?.tree.bytes == 4)
    #expect(volume.summary(of: "src/app", matching: "n*")?.tree.bytes == 100)
    #expect(volume.text(at: "src/app/lib/b") == "4567")
    #expect(volume.summary(of: "src/none") == nil)
    volume.remove("src/app/node_modules")
    #expect(volume.summary(of: "src/app")?.tree.bytes == 7)
  }

  @Test("the longest mount wins, and sub-paths lead into the claim")
  func mounts() {
    var paths = PathSpace(root: .container(0))
    paths.mount(.claim(0), at: "/workspace/a", subPath: "x/y/")
    paths.mount(.claim(1), at: "/workspace/a/b/", subPath: nil)
    #expect(paths.place("/workspace/a/../a/f") == Place(volume: .claim(0), path: "x/y/f"))
    #expect(paths.place("b/f", from: "/workspace/a") == Place(volume: .claim(1), path: "f"))
    #expect(paths.place("/workspace/ab") == Place(volume: .container(0), path: "workspace/ab"))
    #expect(paths.place("../../../etc") == Place(volume: .container(0), path: "etc"))
  }
}
