import GantryModel
import Testing

@Suite("Claims and what is written to them")
struct ClaimSizeRuleTests {
  private func fixture(_ script: String, storageClass: String) -> CheckFixture {
    CheckFixture(
      tasks: [.init(name: "fill", script: script, workspaces: ["code"])],
      workspaces: [
        CheckFixture.claim("code", storageClass: storageClass, mode: "ReadWriteOnce")
      ])
  }

  private let large = "dd if=/dev/zero of=/workspace/code/f bs=1M count=20480"

  @Test("20 GiB on a block volume of 1 GiB is told, and fails the run")
  func overflow() throws {
    let found = try fixture(large, storageClass: "gp3-csi").findings()
    let full = found.filter { $0.code == "W0433" }
    #expect(full.count == 1)
    #expect(full.first?.message.contains("20.0 GiB of files, more than the 1.0 GiB") == true)
    let failed = found.filter { $0.code == "E0700" }
    #expect(failed.first?.message.contains("no space left on device") == true)
  }

  @Test("what fits, or is removed before more comes, is not told")
  func fits() throws {
    let small = "dd if=/dev/zero of=/workspace/code/f bs=1M count=900"
    #expect(try fixture(small, storageClass: "gp3-csi").findings("W0433").isEmpty)
    let again = "\(small)\nrm /workspace/code/f\n\(small)"
    #expect(try fixture(again, storageClass: "gp3-csi").findings("W0433").isEmpty)
    let both = "\(small)\ncp /workspace/code/f /workspace/code/g"
    #expect(try fixture(both, storageClass: "gp3-csi").findings("W0433").count == 1)
  }

  @Test("EFS has no limit per claim: a note, and the run succeeds")
  func fileSystem() throws {
    let found = try fixture(large, storageClass: "efs-csi").findings()
    #expect(found.filter { $0.code == "N0736" }.count == 1)
    #expect(!found.contains { ["W0433", "E0700"].contains($0.code) })
    #expect(try fixture("sleep 1", storageClass: "efs-csi").findings("N0736").isEmpty)
  }
}
