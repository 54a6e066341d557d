import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("What steps take of memory and leave on disk")
struct FootprintTests {
  private func mib(_ count: Double) -> Double { count * 1_048_576 }

  /// What the phases together leave on a volume, and the most that one has there for the moment.
  private func left(_ phases: [Phase], on volume: LocalVolume) -> (kept: Double, scratch: Double) {
    let all = phases.flatMap(\.footprint.changes).filter { $0.volume == volume }
    return (all.reduce(0) { $0 + $1.kept }, all.map(\.scratch).max() ?? 0)
  }

  private static let build = """
    cat > Containerfile <<EOF
    FROM registry.fedoraproject.org/fedora:39
    RUN dnf install -y htop
    EOF
    buildah bud -t x .
    """

  @Test("a command's kind decides its working set")
  func kinds() {
    var fixture = StepFixture()
    // A JVM: 250 MiB and a heap of 700, at most a quarter of what it can see.
    let java = fixture.phases("mvn package")[0].footprint
    #expect(java.workingSet(visible: mib(100_000)) == mib(950))
    #expect(java.workingSet(visible: mib(1024)) == mib(506))
    #expect(fixture.phases("npm install x")[0].footprint.memory == mib(350))
    #expect(fixture.phases("frobnicate")[0].footprint.memory == mib(100))
    #expect(fixture.phases("dnf install -y git")[0].footprint.memory == mib(220))
    #expect(fixture.phases("git clone https://example.com/a.git")[0].footprint.memory == mib(60))
  }

  @Test("figures of memory are assumptions that the scenario can replace")
  func overridden() {
    var configuration = WorkConfiguration()
    configuration.assumptions = ["memory.node": 1000]
    var fixture = StepFixture(configuration)
    #expect(fixture.phases("npm install x")[0].footprint.memory == mib(1000))
    #expect(fixture.reader.tables.assumptions.unknownOverrides().isEmpty)
  }

  @Test("a package manager inside a build has buildah waiting beside it")
  func nested() {
    var fixture = StepFixture()
    let phases = fixture.phases(Self.build)
    let inside = phases.filter { $0.label.hasPrefix("dnf: install") }
    #expect(!inside.isEmpty)
    for phase in inside { #expect(phase.footprint.memory == mib(220 + 90)) }
  }

  @Test("each write to the node's disk is on a volume of the pod, once")
  func conservation() {
    // Whatever is written to the node's disk is kept, or there for the moment, in the same phase.
    var fixture = StepFixture()
    let phases = fixture.phases("buildah pull docker.io/library/fedora:39\nnpm install x")
    // Work in two phases of the same name has all that is there for the moment at its end.
    for (label, group) in Dictionary(grouping: phases, by: \.label) {
      let written = group.bytes(.write, .nodeDisk)
      let changes = group.map { $0.footprint.changes.filter { !$0.volume.isInMemory } }
      let kept = changes.joined().reduce(0) { $0 + max($1.kept, 0) }
      let scratch = changes.map { $0.reduce(0) { $0 + $1.scratch } }.max() ?? 0
      #expect(isClose(kept + scratch, written), "\(label)")
    }
    // The storage's emptyDir has the image; the layers' archives lay in /var/tmp only meanwhile.
    let storage = left(phases, on: .emptyDir("volume storage", inMemory: false))
    #expect(storage.kept > 0 && storage.scratch == 0)
    #expect(left(phases, on: .layer).scratch > 0)
  }

  @Test("what rm removes is given back")
  func removal() {
    var fixture = StepFixture()
    let kept = fixture.phases("curl -o /tmp/file https://example.com/file")
    // download.bytes: 20 MB.
    #expect(left(kept, on: .layer).kept == 20_000_000)
    let removed = fixture.phases("curl -o /tmp/file https://example.com/file\nrm -f /tmp/file")
    #expect(left(removed, on: .layer).kept == 0)
  }

  @Test("vfs leaves more in its storage than overlay, and a build gives its container back")
  func drivers() {
    func storage(_ driver: String) -> Double {
      var fixture = StepFixture()
      let phases = fixture.phases(Self.build, driver: driver)
      return left(phases, on: .emptyDir("volume storage", inMemory: false)).kept
    }
    #expect(storage("overlay") > 0)
    #expect(storage("vfs") > storage("overlay"))
  }

  @Test(
    "when its images are removed, a storage is empty again, whatever was built in it",
    arguments: ["vfs", "overlay"],
    [
      build.swapping("-t x", "--layers=false -t x"),
      build.swapping("-t x", "--layers -t x"),
      // The second build finds the first one's layers.
      build.swapping("-t x", "--layers -t x") + "\nbuildah bud --layers -t y .",
      """
      c=$(buildah from registry.fedoraproject.org/fedora:39)
      buildah run $c -- dnf install -y htop
      buildah commit $c x
      buildah rm $c
      """,
      "buildah bud -f nowhere/Containerfile -t x /workspace/source",
    ])
  func emptied(driver: String, script: String) {
    var fixture = StepFixture()
    let phases = fixture.phases(script + "\nbuildah rmi --all", driver: driver)
    let volume = LocalVolume.emptyDir("volume storage", inMemory: false)
    let most = left(phases.filter { !$0.label.contains("rmi") }, on: volume).kept
    #expect(most > mib(100))
    #expect(abs(left(phases, on: volume).kept) < 1)
  }

  @Test("a profile's memory and disk replace those that were read, with or without its work")
  func profiles() {
    func phases(_ edit: (inout ScenarioFile.StepProfile) -> Void) -> [Phase] {
      var profile = ScenarioFile.StepProfile(
        task: Located("task", at: StepFixture.location), location: StepFixture.location)
      edit(&profile)
      var configuration = WorkConfiguration()
      configuration.profiles = [profile]
      var fixture = StepFixture(configuration)
      return fixture.phases("npm install x")
    }
    func located(_ value: Double) -> Located<Double> { Located(value, at: StepFixture.location) }
    let read = phases { $0.memoryMiB = located(2000) }
    #expect(read.count > 1)
    #expect(read.allSatisfy { $0.footprint.memory == mib(2000) })
    #expect(read.cpu > 0)
    let given = phases {
      $0.cpuSeconds = Located(.fixed(7), at: StepFixture.location)
      $0.diskMiB = located(5)
    }
    #expect(given.count == 1 && given.cpu == 7)
    #expect(given[0].footprint.memory == mib(350))
    #expect(given[0].footprint.changes == [VolumeChange(.layer, kept: mib(5))])
  }
}

extension String {
  /// The text with another in place of a part that it has once.
  fileprivate func swapping(_ part: String, _ other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
