import GantryModel
import Testing

@testable import GantryCompiler

/// Builds whose Containerfile names what is not there, and where their findings are.
@Suite("Containerfiles with mistakes")
struct ContextTests {
  private static let clone = "git clone https://github.com/e/x /workspace/source\n"

  private func play(
    _ containerfile: String, script: String = clone + "buildah bud -t x /workspace/source",
    files: [String: String] = [:], folder: String? = "../app"
  ) -> (step: PlannedStep, fixture: StepFixture) {
    var configuration = WorkConfiguration()
    configuration.images = BuildahTests.images
    configuration.assumptions = ["reference.factor": 1, "image.unknown.layers": 1]
    let texts = [
      "Containerfile": containerfile, "data": "1234567890", "lib/a.jar": "1", "lib/b.jar": "2",
    ].merging(files) { $1 }
    configuration.source = { _ in
      var tree = SourceTree(texts: texts)
      tree.folder = folder
      return tree
    }
    var fixture = StepFixture(configuration)
    let step = fixture.plan(StepFixture.step(script, driver: "overlay"))
    return (step, fixture)
  }

  @Test(
    "a source that is surely missing fails the build where it is written",
    arguments: [
      ("COPY nothing /x", 2, 6), ("COPY data nothing /x/", 2, 11), ("ADD nothing.tar /x", 2, 5),
      ("COPY *.war /x/", 2, 6), ("COPY lib/*.war /x/", 2, 6),
      ("COPY --chown=1:1 nothing /x", 2, 18),
      ("COPY [\"nothing\", \"/x\"]", 2, 8), ("RUN pip install a\n  COPY \\\n    nothing /x", 4, 5),
      ("ENV N=nothing\nCOPY $N /x", 3, 6), ("RUN frobnicate && make\nCOPY nothing /x", 3, 6),
    ])
  func missing(instruction: String, line: Int, column: Int) throws {
    let (step, fixture) = play("FROM base\n\(instruction)\n")
    let failure = try #require(step.failures[0])
    #expect(failure.hasPrefix("\"step-work\" exited with code 125: building at STEP"))
    #expect(failure.contains("no such file or directory"))
    let found = fixture.sink.diagnostics.filter { $0.code == "W0434" }
    #expect(found.count == 1)
    #expect(
      found.first?.location
        == GantryModel.SourceLocation(file: "../app/Containerfile", line: line, column: column))
    #expect(found.first?.message.hasPrefix("step 'work': ") == true)
    // The clone was played before.
    #expect(step.phases[0].contains { $0.label.contains("git clone") })
    #expect(!step.phases[0].contains { $0.label.contains("commit") })
  }

  @Test(
    "what is there, or may be, is no mistake",
    arguments: [
      "COPY data /x", "COPY . /x", "COPY lib /x", "COPY lib/*.jar /x/", "COPY l*/a.jar /x/",
      "COPY data *.war /x/", "COPY --from=other nothing /x", "ADD https://e.com/nothing /x",
      "COPY $UNKNOWN /x", "COPY .git /x", "COPY <<E /x\nnothing\nE", "COPY ./lib/../data /x",
    ])
  func present(instruction: String) {
    let (step, fixture) = play("FROM base\n\(instruction)\n")
    #expect(step.failures == [nil, nil], "\(instruction)")
    #expect(!fixture.sink.diagnostics.contains { $0.code == "W0434" })
  }

  @Test(
    "what commands may have made stays a guess",
    arguments: [
      "cd /workspace/source && ./frobnicate", "cd /workspace/source && make",
      "cd /workspace/source && npm run build", "echo x > /workspace/source/nothing",
      "mkdir -p /workspace/source/nothing", "ln -s data /workspace/source/nothing",
      "mv /workspace/source/data /workspace/source/nothing",
      "cp /workspace/source/data /workspace/source/nothing",
      "cd /workspace/source && git apply /tmp/patch", "gpg -o /workspace/source/nothing -d x",
      "cat x | tee /workspace/source/nothing", "curl -o /workspace/source/nothing https://e.com/f",
      "tar xf /srv/oci-images/a.tar -C /workspace/source",
    ])
  func made(command: String) {
    let script = Self.clone + command + "\nbuildah bud -t x /workspace/source"
    let (step, _) = play("FROM base\nCOPY nothing /x\n", script: script)
    #expect(step.failures == [nil, nil], "\(command)")
  }

  @Test("what an ignore file leaves out is missing, a folder only as a whole")
  func ignored() {
    func fails(_ ignore: String, _ copy: String) -> Bool {
      play("FROM base\nCOPY \(copy) /x/\n", files: [".containerignore": ignore]).step.failures[0]
        != nil
    }
    #expect(fails("data", "data"))
    #expect(!fails("data", "lib"))
    #expect(fails("lib", "lib"))
    #expect(!fails("lib\n!lib/a.jar", "lib"))
    #expect(!fails("lib/*.jar", "lib"))
    #expect(fails("lib/*.jar", "lib/*.jar"))
  }

  @Test("a repository that cannot be seen stays a guess")
  func unseen() {
    var fixture = StepFixture()
    let step = fixture.plan(
      StepFixture.step(
        Self.clone + "cat <<E > /tmp/Containerfile\nFROM fedora\nCOPY nothing /x\nE\n"
          + "buildah bud -f /tmp/Containerfile /workspace/source"))
    #expect(step.failures == [nil, nil])
    #expect(fixture.assumptions(step.phases[0]).contains("git.repository.bytes"))
  }

  @Test(
    "a build that fails ends its script as the shell would",
    arguments: [
      ("", "buildah bud S; sleep 1", true), ("#!/bin/sh\n", "buildah bud S; sleep 1", false),
      ("#!/bin/sh\n", "sleep 1; buildah bud S", true),
      ("#!/bin/bash -e\n", "buildah bud S; sleep 1", true),
      ("", "buildah bud S || sleep 1", false), ("", "buildah bud S || exit 1", true),
      ("", "if ! buildah bud S; then exit 1; fi", true), ("", "buildah bud S | tee log", false),
      ("", "set -o pipefail; buildah bud S | tee log", true),
      ("", "set +e; buildah bud S; true", false), ("", "id=$(buildah bud S); sleep 1", true),
      ("", "build() { buildah bud S; }; build; sleep 1", true),
      ("#!/bin/sh\n", "buildah bud S && sleep 1", true), ("", "buildah bud S && a; sleep 1", false),
    ])
  func endings(shebang: String, script: String, fails: Bool) {
    let whole = shebang + Self.clone + script.replacing("S", with: "/workspace/source")
    let (step, _) = play("FROM base\nCOPY nothing /x\n", script: whole)
    #expect((step.failures[0] != nil) == fails, "\(script)")
  }

  @Test("findings of a RUN are where its command is written, with the step in words")
  func places() {
    let file = """
      FROM base
      RUN echo a && \\
          # a comment
          frobnicate && pip install a
      RUN if true; then
      FLY away
      """
    let (_, fixture) = play(file)
    func place(_ code: String) -> GantryModel.SourceLocation? {
      fixture.sink.diagnostics.first { $0.code == code }?.location
    }
    #expect(
      place("N0604") == GantryModel.SourceLocation(file: "../app/Containerfile", line: 4, column: 5)
    )
    #expect(
      place("W0601") == GantryModel.SourceLocation(file: "../app/Containerfile", line: 5, column: 5)
    )
    #expect(
      place("W0609") == GantryModel.SourceLocation(file: "../app/Containerfile", line: 6, column: 1)
    )
    #expect(fixture.sink.diagnostics.allSatisfy { $0.message.hasPrefix("step 'work': ") })
    // Emulation is about the step's node.
    #expect(place("N0616") == nil || place("N0616") == StepFixture.location)
  }

  @Test("a Containerfile that a script wrote has no file: the step and the line are told")
  func written() {
    let script =
      "cat <<'E' > /tmp/Containerfile\nFROM base\nRUN frobnicate\nE\n"
      + "buildah bud -f /tmp/Containerfile /tmp"
    let (_, fixture) = play("FROM base\n", script: script)
    let found = fixture.sink.diagnostics.first { $0.code == "N0604" }
    #expect(found?.location == StepFixture.location)
    #expect(found?.message.contains("the Containerfile 'tmp/Containerfile', line 2: ") == true)
  }

  @Test("a binary Containerfile is told with its place, and fails the build")
  func binary() {
    let (step, fixture) = play("FROM base\nRUN \u{0}\u{1}\n")
    #expect(step.failures[0]?.hasSuffix("code 125: the Containerfile is no text") == true)
    #expect(fixture.sink.diagnostics.map(\.code) == ["W0435"])
    #expect(
      fixture.sink.diagnostics.first?.location
        == GantryModel.SourceLocation(file: "../app/Containerfile", line: 2, column: 5))
    #expect(fixture.sink.diagnostics.first?.message.contains("no UTF-8 text") == true)
    let marked = play("\u{FEFF}FROM base\n")
    #expect(marked.step.failures == [nil, nil])
    #expect(marked.fixture.sink.diagnostics.isEmpty)
  }

  @Test("the places of joined lines are those of the file")
  func lineMap() {
    var map = LineMap()
    map.append("RUN é ", line: 3, column: 1)
    map.append("next", line: 5, column: 7)
    #expect(map.place(at: 0) == (3, 1))
    // 'é' is two bytes and one character.
    #expect(map.place(at: 6) == (3, 6))
    #expect(map.place(at: 7) == (5, 7))
    #expect(map.place(at: 9) == (5, 9))
    #expect(map.dropFirst(4).place(at: 0) == (3, 5))
    #expect(map.dropFirst(4).place(at: 3) == (5, 7))
  }
}

/// Architectures that EC2 does not offer.
@Suite("foreign platforms")
struct MachineTests {
  private func cpu(_ file: String, _ flags: String = "") -> (cpu: Double, codes: Set<String>) {
    var fixture = BuildahTests.fixture(file)
    let phases = fixture.phases(BuildahTests.clone + "buildah bud \(flags) -t x /workspace/source")
    let codes = Set(fixture.sink.diagnostics.map(\.code))
    return (phases.filter { $0.label.contains("pip") }.cpu, codes)
  }

  @Test(
    "programs of an architecture that EC2 does not have run under QEMU, with a note",
    arguments: ["s390x", "ppc64le", "riscv64", "arm/v7"])
  func foreign(name: String) {
    let run = "RUN pip install a\n"
    // One package: 1.2 s; Python under qemu-user: 10.2 times.
    for found in [
      cpu("FROM --platform=linux/\(name) base\n" + run),
      cpu("FROM base\n" + run, "--platform linux/\(name)"),
      cpu("FROM base\n" + run, "--arch \(name)"),
      cpu("ARG P=linux/\(name)\nFROM --platform=$P base\n" + run),
      cpu("FROM --platform=$TARGETPLATFORM base\n" + run, "--platform linux/\(name)"),
    ] {
      #expect(isClose(found.cpu, 1.2 * 10.2))
      #expect(found.codes == ["N0616", "N0737"])
    }
  }

  @Test("BUILDPLATFORM is the node's own, and 32-bit x86 runs on x86-64")
  func native() {
    let run = "RUN pip install a\n"
    for found in [
      cpu("FROM --platform=$BUILDPLATFORM base\n" + run, "--platform linux/s390x"),
      cpu("FROM --platform=linux/amd64 base\n" + run),
    ] {
      #expect(isClose(found.cpu, 1.2))
      #expect(found.codes.isDisjoint(with: ["N0737", "W0608"]))
    }
    #expect(isClose(cpu("FROM base\n" + run, "--arch 386").cpu, 1.2))
  }

  @Test("a platform that no image has is told")
  func unknown() {
    #expect(cpu("FROM --platform=linux/vax base\nRUN pip install a\n").codes == ["W0608"])
    #expect(cpu("FROM base\n", "--platform linux/amd64,linux/vax").codes == ["W0608"])
  }

  @Test("uname prints the emulated machine's name")
  func uname() {
    let file = "FROM --platform=linux/s390x base\nRUN test $(uname -m) = s390x && sleep 7\n"
    var fixture = BuildahTests.fixture(file)
    let phases = fixture.phases(BuildahTests.clone + "buildah bud /workspace/source")
    #expect(phases.filter { $0.label == "sleep" }.fixed == 7)
  }

  @Test(
    "names of platforms in any spelling",
    arguments: [
      ("linux/arm64/v8", "arm64"), ("x86_64", "amd64"), ("linux/arm/v7", "arm/v7"),
      ("i386", "386"), ("LINUX/S390X", "s390x"), ("ppc64el", "ppc64le"),
    ])
  func names(text: String, name: String) {
    #expect(Machine(platform: text)?.name == name)
    #expect(Machine(platform: "vax") == nil)
    #expect(Machine(platform: "") == nil)
  }
}
