import GantryModel
import Testing

@Suite("Affinity assistant against selectors")
struct AssistantArchitectureRuleTests {
  private func fixture(
    _ mode: String, workspaces: [[String]] = [["code"], ["code"]], second: String = "arm64"
  ) -> CheckFixture {
    CheckFixture(
      tasks: [
        .init(
          name: "one", workspaces: workspaces[0], selector: CheckFixture.Step.arch("amd64")),
        .init(name: "two", workspaces: workspaces[1], selector: CheckFixture.Step.arch(second)),
      ],
      workspaces: [CheckFixture.claim("code", storageClass: "efs-csi", mode: "ReadWriteMany")],
      settings: ["tekton.version=1.15", "tekton.featureFlags.coschedule=\(mode)"])
  }

  @Test("one claim on two architectures cannot be kept on one node")
  func workspaces() throws {
    let found = try fixture("workspaces").findings("E0707")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("'one' (amd64) and 'two' (arm64)") == true)
    #expect(try fixture("workspaces").findings("E0700").count == 1)
  }

  @Test("without the assistant, without sharing, or on one architecture it can")
  func possible() throws {
    #expect(try fixture("disabled").findings("E0707").isEmpty)
    #expect(try fixture("workspaces", workspaces: [["code"], []]).findings("E0707").isEmpty)
    #expect(try fixture("workspaces", second: "amd64").findings("E0707").isEmpty)
  }

  @Test("an assistant for the whole run holds tasks without claims too")
  func wholeRun() throws {
    #expect(try fixture("pipelineruns", workspaces: [["code"], []]).findings("E0707").count == 1)
  }
}
