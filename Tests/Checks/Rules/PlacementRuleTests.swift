import GantryModel
import Testing

@Suite("Pods that no node takes")
struct PlacementRuleTests {
  @Test("a label that no node has is told at its place, with the values there are")
  func selector() throws {
    let fixture = CheckFixture.one(
      .init(name: "build", selector: ["topology.kubernetes.io/zone": "eu-west-3x"]))
    let found = try fixture.findings("E0703")
    #expect(found.count == 1)
    #expect(found.first?.suggestion?.contains("eu-west-3a") == true)
    let place = try #require(found.first?.location)
    let line = fixture.text.split(separator: "\n", omittingEmptySubsequences: false)[place.line - 1]
    #expect(line.contains("topology.kubernetes.io/zone"))
    // Alone on the cluster, the run waits until Tekton's hour is over.
    let run = try fixture.findings("E0700")
    #expect(run.count == 1)
    let name = try #require(run.first?.location)
    let lines = fixture.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[name.line - 1].contains("ame"), "\(lines[name.line - 1])")
  }

  @Test("a key that nearly exists is suggested")
  func misspelt() throws {
    let found = try CheckFixture.one(
      .init(name: "build", selector: ["kubernetes.io/arc": "arm64"])
    ).findings("E0703")
    #expect(found.first?.suggestion == "did you mean 'kubernetes.io/arch'?")
  }

  @Test("an architecture without nodes is told as such")
  func architecture() throws {
    let fixture = CheckFixture.one(
      .init(name: "build", selector: CheckFixture.Step.arch("arm64")),
      settings: ["nodes.arm64.count=0"])
    #expect(try fixture.findings("E0704").count == 1)
    #expect(try fixture.findings("E0703").isEmpty)
  }

  @Test("requests are summed over steps and compared with the largest node")
  func requests() throws {
    // 8 vCPU, 500 m of them reserved: 7.6 cores do not fit.
    let found = try CheckFixture.one(
      .init(
        name: "build", stepFields: ["computeResources: {requests: {cpu: 7600m}}"])
    ).findings("E0705")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("cpu 7600m") == true)
    #expect(found.first?.suggestion?.contains("cpu 7500m") == true)
  }

  @Test("a taint on all matching nodes is told")
  func taint() throws {
    let found = try CheckFixture.one(
      .init(name: "build", selector: CheckFixture.Step.arch("arm64")),
      settings: ["nodes.arm64.taints=[\"dedicated=arm:NoSchedule\"]"]
    ).findings("E0706")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("dedicated") == true)
  }

  @Test("pods that fit are not told")
  func fits() throws {
    let codes = try CheckFixture.one(
      .init(name: "build", selector: CheckFixture.Step.arch("arm64"))
    ).findings().map(\.code)
    #expect(Set(codes).isDisjoint(with: ["E0700", "E0703", "E0704", "E0705", "E0706"]))
  }
}
