import GantryModel
import Testing

@testable import GantryCompiler

/// Bytes that go through pipes and redirections, worked by hand.
///
/// A file of 1 GiB lies in the network claim 1. One reference second per measured second; cat takes 0.009 s
/// to start and 0.5 s/GiB.
@Suite("pipes and redirections")
struct StreamTests {
  private static let gib = 1_073_741_824.0
  private static let make = "dd if=/dev/zero of=/workspace/source/big bs=1M count=1024\n"

  /// The phases after the file was made.
  private func play(
    _ script: String, localClaims: Set<Int> = [], assumptions: [String: Double] = [:]
  ) -> (phases: [Phase], fixture: StepFixture) {
    var configuration = WorkConfiguration()
    configuration.assumptions = ["reference.factor": 1].merging(assumptions) { $1 }
    var fixture = StepFixture(configuration, localClaims: localClaims)
    let phases = fixture.phases(Self.make + script).filter {
      $0.label != "dd" || script.contains("dd")
    }
    return (Array(phases), fixture)
  }

  @Test("cat into another file reads and writes at the same time")
  func cat() {
    let (phases, fixture) = play("cat /workspace/source/big > /srv/oci-images/copy")
    #expect(phases.count == 1)
    #expect(phases.bytes(.read, .claim(1)) == Self.gib)
    #expect(phases.bytes(.write, .claim(0)) == Self.gib)
    #expect(isClose(phases.cpu, 0.009 + 0.5))
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test("a pipe is one phase of all its commands")
  func pipe() {
    let (phases, _) = play("cat /workspace/source/big | gzip -c > /srv/oci-images/big.gz")
    #expect(phases.map(\.label) == ["cat | gzip > big.gz"])
    #expect(phases[0].demands.filter { if case .cpu = $0 { true } else { false } }.count == 2)
    // cat, and gzip at 32 s/GiB; the content of a file made by dd compresses as packed data.
    #expect(isClose(phases.cpu, 0.509 + 32))
    #expect(phases.bytes(.read, .claim(1)) == Self.gib)
    let ratio = Figure.compression(.packed).value
    #expect(isClose(phases.bytes(.write, .claim(0)), Self.gib / ratio))
  }

  @Test(
    "checksums and counts read the whole file and write nothing",
    arguments: ["sha256sum", "wc -l", "md5sum", "grep -c x", "sort", "cat"])
  func readers(command: String) {
    let (phases, _) = play("\(command) /workspace/source/big")
    #expect(phases.bytes(.read, .claim(1)) == Self.gib)
    #expect(phases.cpu > 0.1)
    #expect(phases.bytes(.write, .claim(0)) + phases.bytes(.write, .claim(1)) == 0)
    let (piped, _) = play("cat /workspace/source/big | \(command)")
    #expect(piped.bytes(.read, .claim(1)) == Self.gib)
    #expect(piped.cpu > phases.cpu || command == "cat")
  }

  @Test("a redirection is read like a file that is named, and /dev/null keeps nothing")
  func redirections() {
    let (phases, _) = play("sha256sum < /workspace/source/big > /dev/null")
    #expect(phases.bytes(.read, .claim(1)) == Self.gib)
    let (thrown, _) = play("cat /workspace/source/big > /dev/null")
    #expect(thrown.bytes(.read, .claim(1)) == Self.gib)
    #expect(thrown.transfers(.write).isEmpty)
  }

  @Test("what a group, a loop and tee print goes to their files")
  func groups() {
    let (group, _) = play(
      "{ cat /workspace/source/big; cat /workspace/source/big; } > /srv/oci-images/two")
    #expect(group.bytes(.write, .claim(0)) == 2 * Self.gib)
    let (loop, _) = play(
      "for i in 1 2 3; do cat /workspace/source/big; done >> /srv/oci-images/three")
    #expect(loop.bytes(.write, .claim(0)) == 3 * Self.gib)
    let (tee, _) = play("cat /workspace/source/big | tee /srv/oci-images/a > /srv/oci-images/b")
    #expect(tee.bytes(.write, .claim(0)) == 2 * Self.gib)
    #expect(tee.bytes(.read, .claim(1)) == Self.gib)
  }

  @Test(
    "files of a given size are written with it",
    arguments: [
      ("head -c 20G /dev/zero > /srv/oci-images/f", 20.0),
      ("head -c 2G </dev/urandom >/srv/oci-images/f", 2),
      ("dd if=/dev/zero of=/srv/oci-images/f bs=1M count=512", 0.5),
      ("dd if=/dev/zero of=/srv/oci-images/f bs=1M count=3G iflag=count_bytes", 3),
      ("dd if=/dev/zero bs=1G count=2 > /srv/oci-images/f", 2),
      ("cat /dev/zero | dd of=/srv/oci-images/f bs=1M count=1024", 1),
      ("yes | head -c 1G > /srv/oci-images/f", 1),
      ("install -m 644 /workspace/source/big /srv/oci-images/f", 1),
      ("find /workspace/source -name big -exec cp {} /srv/oci-images/f \\;", 1),
      ("truncate -s 20G /srv/oci-images/f", 0),
    ])
  func sized(script: String, gibibytes: Double) {
    let (phases, fixture) = play(script)
    #expect(isClose(phases.bytes(.write, .claim(0)), gibibytes * Self.gib), "\(script)")
    #expect(!fixture.sink.diagnostics.contains { $0.severity == .warning })
  }

  @Test("fallocate takes room on a block volume without writing")
  func allocate() {
    let (phases, _) = play("fallocate -l 5G /srv/oci-images/f; sleep 1", localClaims: [0, 1])
    #expect(phases.bytes(.write, .claim(0)) == 0)
    let kept = phases.flatMap(\.footprint.changes).filter { $0.volume == .claim(0) }
    #expect(kept.reduce(0) { $0 + $1.kept } == 5 * Self.gib)
  }

  @Test(
    "of files that cannot be seen a named guess is read",
    arguments: [
      "cat /workspace/source/unseen > /srv/oci-images/f", "sha256sum /workspace/source/unseen",
      "gzip /workspace/source/unseen", "wc -c $FILE", "sort /opt/list > /srv/oci-images/f",
      "frobnicate > /srv/oci-images/f", "grep -r x /workspace/source/unseen",
    ])
  func unseen(script: String) {
    let (phases, fixture) = play(script)
    #expect(fixture.assumptions(phases).contains("file.unknown.bytes"), "\(script)")
  }

  @Test(
    "what cannot move much data is free",
    arguments: [
      "echo a", "cat /etc/os-release", "test -f x", "cd /tmp", "export A=1", "cat <<E\nx\nE",
      "echo a | grep b", "date", "mkdir x", "oc get pods | grep x", "ls", "sort </dev/null",
    ])
  func free(script: String) {
    let (phases, fixture) = play(script)
    #expect(phases.isEmpty, "\(phases.map(\.label))")
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test("every command that costs nothing whatever it is given reads no content")
  func freeList() {
    // Those that read, write or copy the content of files are models of their own.
    let movers = [
      "cat", "tee", "head", "tail", "grep", "sed", "awk", "sort", "wc", "md5sum", "diff", "install",
      "rpm", "dpkg", "gpg", "chown", "chmod", "chgrp", "oc", "kubectl", "seq", "cut", "tr", "jq",
    ]
    #expect(FreeCommands().names.filter { movers.contains($0) }.isEmpty)
    for name in movers { #expect(CommandRegistry.standard[name] != nil, "\(name)") }
  }

  @Test("chown -R on a network is a call for each file")
  func attributes() {
    let (phases, _) = play("chown -R 1001:0 /workspace/source")
    // 6 to list the folder, and 1 for the one file.
    let calls = phases.operations(.write, .claim(1))
    #expect(calls == 7)
    let (one, _) = play("chmod 644 /workspace/source/big")
    #expect(one.isEmpty)
  }

  @Test("waiting for the cluster is a named guess")
  func cluster() {
    let (phases, fixture) = play("oc wait --for=condition=Ready pod/x; kubectl rollout status d/x")
    #expect(phases.fixed == 60)
    #expect(fixture.assumptions(phases).contains("oc.wait"))
  }
}
