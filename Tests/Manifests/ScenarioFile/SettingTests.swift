import GantryModel
import Testing

@testable import GantryManifests

@Suite("--set changes the file before it is read")
struct SettingTests {
  @Test("fields of all kinds are reached by their paths")
  func paths() throws {
    let result = try readScenario(
      completeScenario,
      settings: [
        "nodes.arm64.type=c7g.2xlarge", "nodes.arm64.count=3", "nodes.new.type=m6a.large",
        "storage.efs.throughputMode=elastic", "storage.efs.provisionedMiBps=",
        "workload[0].count=5", "workload[4].every=1m", "prices.natGateway.hour=0.06",
        "prices.\"ec2.m6g.2xlarge.onDemand\"=0.3", "nodes['arm64'].zones=[a, c]",
        "nodes.amd64.zones=a,b", "nodes.arm64.labels.example.com/x=y=z", "kubernetesVersion=1.30",
        "manifests=[x]", "controlPlane.schedulable=no", "name=yes", "results.clone.url=http://x",
        "nodes.arm64.rootVolume={type: gp3, sizeGiB: 120}", "seed=~",
      ])
    #expect(result.findings == [])
    let file = try #require(result.file)
    #expect(file.nodes.map(\.name.value) == ["arm64", "amd64", "new"])
    let arm = file.nodes[0].settings
    #expect(arm.type == Located("c7g.2xlarge", at: Place(file: "--set", line: 1, column: 18)))
    #expect(arm.count == Located(3, at: Place(file: "--set", line: 2, column: 19)))
    #expect(arm.zones.map(\.value) == ["a", "c"])
    #expect(arm.labels.last?.key.value == "example.com/x")
    #expect(arm.labels.last?.value.value == "y=z")
    #expect(arm.rootVolume?.iops == nil)
    #expect(arm.rootVolume?.type?.value == "gp3")
    #expect(file.nodes[1].settings.zones.map(\.value) == ["a", "b"])
    #expect(file.nodes[2].settings.type?.value == "m6a.large")
    #expect(file.storage.efs.provisionedMiBps == nil)
    #expect(file.workload.count == 5)
    #expect(file.workload[0].count?.value == 5)
    #expect(file.workload[4].every?.value == "1m")
    #expect(file.prices.map(\.id.value) == ["natGateway.hour", "ec2.m6g.2xlarge.onDemand"])
    #expect(file.prices.map(\.value) == [0.06, 0.3])
    #expect(file.kubernetesVersion?.value == "1.30")
    #expect(file.name?.value == "yes")
    #expect(file.controlPlane?.schedulable == false)
    #expect(file.results.last?.key.value == "clone.url")
    #expect(file.seed == nil)
    #expect(result.texts.line(2, of: "--set") == "nodes.arm64.count=3")
  }

  @Test("options alone make a file")
  func withoutFile() throws {
    let sink = DiagnosticSink()
    let file = try ScenarioFileReader.read(
      path: nil, settings: ["nodes.a.count=2", "seed=5"], sink: sink
    ).file
    #expect(sink.diagnostics == [])
    #expect(file?.seed?.value == 5)
    let none = try ScenarioFileReader.read(path: nil, sink: sink).file
    #expect(none?.nodes.isEmpty == true)
  }

  @Test(
    "a wrong option is reported at its place and the others are applied",
    arguments: [
      ("nodes.a.tpye=x", "E0063", 9, "did you mean 'type'?"),
      ("sed=1", "E0063", 1, "did you mean 'seed'?"),
      ("storage.x=1", "E0063", 9, "known: efs, defaultClass"),
      ("seed.x=1", "E0063", 6, nil),
      ("workload.count=1", "E0063", 10, "write workload[0] for its first item"),
      ("workload[2].count=1", "E0063", 9, nil), ("nodes[0].count=1", "E0063", 6, nil),
      ("seed", "E0062", 5, nil), ("=1", "E0062", 1, nil), ("a..b=1", "E0062", 3, nil),
      ("workload[x]=1", "E0062", 10, nil), ("workload[0=1", "E0062", 10, nil),
      ("nodes.\"a=1", "E0062", 7, nil), ("", "E0062", 1, nil), ("nodes.a.=1", "E0062", 9, nil),
      ("nodes.\"a\"x=1", "E0062", 10, nil), ("seed=[1", "E0001", 8, nil),
      ("seed=abc", "E0011", 6, nil), ("nodes.a.spot=maybe", "E0011", 14, nil),
      ("horizon=8", "E0060", 9, nil), ("tekton.version=new", "E0060", 16, nil),
      ("tektonVersion=1", "E0060", 15, nil), ("openshiftPipelinesVersion=1.x", "E0060", 27, nil),
    ] as [(String, String, Int, String?)])
  func wrong(option: String, code: String, column: Int, help: String?) throws {
    let result = try readScenario("seed: 1\n", settings: ["name=first", option, "region=last"])
    #expect(result.findings.map(\.code) == [code])
    #expect(result.findings.first?.location == Place(file: "--set", line: 2, column: column))
    if let help { #expect(result.findings.first?.suggestion == help) }
    #expect(result.file?.region?.value == "last")
  }

  @Test("an option cannot go through a value of the file that is no mapping")
  func throughScalar() throws {
    let findings = try readScenario("nodes: 3\n", settings: ["nodes.a.count=1"]).findings
    #expect(findings.map(\.code) == ["E0063", "E0011"])
  }
}
