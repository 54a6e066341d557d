import GantryModel
import Testing

@Suite("Files made for another architecture")
struct ForeignFilesRuleTests {
  private func fixture(_ writer: CheckFixture.Step, reader arch: String) -> CheckFixture {
    let build = CheckFixture.Step(
      name: "build", script: "buildah bud -t app $(workspaces.code.path)", after: [writer.name],
      workspaces: ["code"], selector: CheckFixture.Step.arch(arch))
    return CheckFixture(
      tasks: [writer, build],
      workspaces: [CheckFixture.claim("code", storageClass: "efs-csi", mode: "ReadWriteMany")],
      settings: ["tekton.featureFlags.coschedule=disabled"])
  }

  private func step(_ script: String) -> CheckFixture.Step {
    CheckFixture.Step(
      name: "fill", script: "cd $(workspaces.code.path)\n" + script, workspaces: ["code"],
      selector: CheckFixture.Step.arch("arm64"))
  }

  @Test("packages installed on arm64 and built into an amd64 image are told")
  func foreign() throws {
    let found = try fixture(step("npm install"), reader: "amd64").findings("W0702")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("runs on amd64 and reads 'node_modules'") == true)
  }

  @Test("the same architecture, or files that suit every one, are fine")
  func neutral() throws {
    #expect(try fixture(step("npm install"), reader: "arm64").findings("W0702").isEmpty)
    let clone = step("git clone https://example.com/x.git src")
    #expect(try fixture(clone, reader: "amd64").findings("W0702").isEmpty)
  }
}
