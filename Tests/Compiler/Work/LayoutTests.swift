import GantryModel
import Testing

@testable import GantryCompiler

/// Other layouts than the article's.
@Suite("layouts")
struct LayoutTests {
  /// One task that builds for both platforms in a loop, as the older article did under QEMU.
  static let loop = """
    #!/bin/bash
    set -e
    for platform in linux/x86_64 linux/arm64/v8; do
      buildah bud --storage-driver=vfs --platform="$platform" --manifest both \\
        -f /workspace/source/Containerfile /workspace/source
    done
    buildah manifest push --all both "docker://quay.io/example/samba:latest"
    """

  static let containerfile = """
    FROM quay.io/centos/centos:stream9
    RUN dnf install -y samba cifs-utils shadow-utils && dnf clean all \\
     && useradd -u 1000 joe
    ADD smb.conf /etc/samba/
    EXPOSE 445
    """

  private func phases(on architecture: Architecture) -> ([Phase], StepFixture) {
    var configuration = WorkConfiguration()
    configuration.source = { _ in
      SourceTree(texts: ["Containerfile": Self.containerfile, "smb.conf": "[global]\n"])
    }
    var fixture = StepFixture(configuration)
    let script = "git clone https://github.com/e/x /workspace/source\n" + Self.loop
    let planned = fixture.plan(
      StepFixture.step(script, driver: nil), StepFixture.taskRun(architecture))
    return (planned.phases[0], fixture)
  }

  @Test("a loop over platforms builds both and pushes both, one of them emulated")
  func qemu() {
    let (onAMD, fixture) = phases(on: .amd64)
    // A pull and a push are two phases each: on one thread, and on several.
    #expect(onAMD.filter { $0.label.contains("pull centos") }.count == 4)
    #expect(onAMD.filter { $0.label.contains("push") }.count == 4)
    let metadata = onAMD.filter { $0.label.contains("repository metadata") }
    #expect(metadata.count == 2)
    // Package work under qemu-user takes 4.7 times the CPU, the download not.
    #expect(isClose([metadata[1]].cpu, [metadata[0]].cpu * 4.7))
    #expect([metadata[1]].serviceBytes(.read) == [metadata[0]].serviceBytes(.read))
    #expect(fixture.sink.diagnostics.map(\.code) == ["N0616"], "\(fixture.sink.diagnostics)")
    // On an arm64 node the other one is foreign: the sum is the same.
    let (onARM, _) = phases(on: .arm64)
    #expect(
      onARM.filter { $0.label.contains("(QEMU)") }.count
        == onAMD.filter { $0.label.contains("(QEMU)") }.count)
    #expect(onARM.filter { $0.label.contains("repository metadata") }.cpu == metadata.cpu)
  }

  @Test("a multi-stage build copies from the stage before and skips stages nobody needs")
  func stages() {
    let file = """
      ARG VERSION=1.22
      FROM --platform=$BUILDPLATFORM golang:${VERSION} AS build
      WORKDIR /src
      COPY . .
      RUN go build -o /out/app ./cmd/app
      FROM alpine AS unused
      RUN apk add --no-cache make
      FROM scratch
      COPY --from=build /out/app /app
      """
    var configuration = WorkConfiguration()
    configuration.source = { _ in
      SourceTree(texts: ["Containerfile": file, "main.go": "package main"])
    }
    var fixture = StepFixture(configuration)
    let phases = fixture.phases(
      "git clone https://github.com/e/x /workspace/source; cd /workspace/source; "
        + "podman build --platform linux/arm64 -t app . && podman push app quay.io/e/app:1")
    #expect(!phases.contains { $0.label.hasPrefix("apk") })
    // The build stage is native: it cross-compiles; 60 s of CPU, not 11 times that.
    #expect(isClose(phases.filter { $0.label == "go" }.cpu, 60))
    // Only the program is pushed: 15 MB with a tar header, class programs, 1.006 times.
    let size = (15_000_000.0 + 768) / 2.615 * 1.006
    #expect(isClose(phases.serviceBytes(.write), size))
    #expect(fixture.sink.diagnostics.isEmpty, "\(fixture.sink.diagnostics)")
  }

  @Test("a Containerfile with Windows line ends, comments inside and exec forms is read")
  func containerfileSyntax() {
    let file = Containerfile(
      "# c\r\nFROM a AS b\r\nRUN one \\\r\n# inside\r\n  two\r\nRUN [\"x\", \"y z\"]\r\n"
        + "RUN <<EOF\r\nthree\r\nEOF\r\nCOPY [\"s\", \"/d\"]\r\nNONSENSE here\r\n")
    #expect(file.stages.count == 1)
    #expect(file.stages.first?.name == "b")
    #expect(file.unreadable.map(\.line) == [11])
    var runs: [String] = []
    for instruction in file.stages.first?.instructions ?? [] {
      if case .run(let script, let words) = instruction {
        runs.append(script ?? words.joined(separator: "|"))
      }
    }
    #expect(runs == ["one  two", "x|y z", "three"])
  }

  @Test("buildah from, copy, run and commit make an image as a build does")
  func containers() {
    var fixture = StepFixture()
    let phases = fixture.phases(
      """
      c=$(buildah from ubi9-minimal)
      echo hello > /workspace/source/f
      buildah copy $c /workspace/source/f /srv/f
      buildah run $c -- microdnf install -y java-17-openjdk-headless
      buildah commit $c localhost/app
      buildah push localhost/app oci-archive:/srv/oci-images/app.tar
      """)
    #expect(phases.contains { $0.label.contains("microdnf: install java") })
    let archive = phases.bytes(.write, .claim(0))
    // The base's 36 MB and the 210 MB of Java at the ratio of programs.
    #expect(archive > 36e6 + 210e6 / 2.7)
    #expect(fixture.sink.diagnostics.isEmpty, "\(fixture.sink.diagnostics)")
  }
}
