import GantryModel
import Testing

@Suite("Block volumes between tasks")
struct BlockVolumeRuleTests {
  private func fixture(
    mode: String = "ReadWriteOnce", storageClass: String = "gp3-csi", after: [String] = [],
    settings: [String] = []
  ) -> CheckFixture {
    CheckFixture(
      tasks: [
        .init(name: "one", workspaces: ["code"], selector: CheckFixture.Step.arch("amd64")),
        .init(
          name: "two", after: after, workspaces: ["code"],
          selector: CheckFixture.Step.arch("arm64")),
      ],
      workspaces: [CheckFixture.claim("code", storageClass: storageClass, mode: mode)],
      settings: [
        "tekton.version=1.15", "tekton.featureFlags.coschedule=disabled",
        "nodes.arm64.zones=[eu-west-3a]", "nodes.amd64.zones=[eu-west-3a]",
        "controlPlane.schedulable=false",
      ] + settings)
  }

  @Test("parallel tasks on two nodes wait for the volume")
  func waits() throws {
    #expect(try fixture().findings("W0708").count == 1)
    #expect(try fixture(after: ["one"]).findings("W0708").isEmpty)
    let shared = fixture(mode: "ReadWriteMany", storageClass: "efs-csi")
    #expect(try shared.findings("W0708").isEmpty)
  }

  @Test("zones that do not meet are an error")
  func zones() throws {
    let apart = fixture(after: ["one"], settings: ["nodes.arm64.zones=[eu-west-3b]"])
    let found = try apart.findings("E0709")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("'one' in eu-west-3a, 'two' in eu-west-3b") == true)
    #expect(try fixture(after: ["one"]).findings("E0709").isEmpty)
  }

  @Test("ReadWriteOncePod lets one pod in: not two tasks at once, and none beside the assistant")
  func onePod() throws {
    #expect(try fixture(mode: "ReadWriteOncePod").findings("W0710").count == 1)
    #expect(try fixture(mode: "ReadWriteOncePod", after: ["one"]).findings("W0710").isEmpty)
    let assisted = fixture(
      mode: "ReadWriteOncePod", after: ["one"],
      settings: ["tekton.featureFlags.coschedule=workspaces"])
    #expect(try assisted.findings("E0711").count == 1)
  }
}
