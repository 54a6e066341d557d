import Foundation
import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("From manifests and settings to nodes")
struct ClusterCompilerTests {
  private func nodes(_ manifests: String = "", _ settings: [String] = []) throws -> [PlannedNode] {
    try ScenarioFixture(manifests: manifests, settings: settings).plan().nodes
  }

  private static func installConfig(_ compute: String, control: String = "replicas: 1") -> String {
    """
    apiVersion: v1
    baseDomain: example.com
    metadata: {name: c}
    platform: {aws: {region: eu-west-3}}
    pullSecret: '{}'
    controlPlane:
      name: master
      platform: {aws: {type: m5a.2xlarge, zones: [eu-west-3a]}}
      \(control)
    compute:
    \(compute)

    """
  }

  private static func machineSet(
    _ name: String, _ type: String, _ more: String = "metadata: {}", zone: String = "eu-west-3b",
    replicas: Int = 1
  ) -> String {
    let provider =
      "instanceType: \(type), placement: {region: eu-west-3, availabilityZone: \(zone)}"
    return """
      ---
      apiVersion: machine.openshift.io/v1beta1
      kind: MachineSet
      metadata: {name: \(name), namespace: openshift-machine-api}
      spec:
        replicas: \(replicas)
        template:
          spec: {\(more), providerSpec: {value: {\(provider)}}}

      """
  }

  // MARK: Where the cluster comes from

  @Test("without a description the article's cluster stands in, and says so")
  func defaults() throws {
    let (compilation, _) = try ScenarioFixture().compile()
    let compiled = try #require(compilation)
    #expect(
      compiled.plan.nodes.map(\.instanceType) == ["m5a.2xlarge", "m5a.2xlarge", "m6g.2xlarge"])
    #expect(compiled.plan.nodes.map(\.zone) == ["eu-west-3c", "eu-west-3a", "eu-west-3b"])
    #expect(compiled.plan.nodes.map(\.name) == ["control-plane-0", "amd64-0", "arm64-0"])
    #expect(compiled.plan.nodes[0].rootVolume.kind == "io1")
    #expect(compiled.plan.nodes[0].rootVolume.iops == 4000)
    #expect(compiled.plan.nodes[0].rootVolume.size == .gib(500))
    #expect(compiled.clusterOrigin.contains("default"))
    // A single-node control plane takes pods.
    #expect(compiled.plan.nodes[0].taints.isEmpty)
    #expect(compiled.plan.nodes[0].labels["node-role.kubernetes.io/worker"] == "")
  }

  @Test("an install-config gives control plane and workers, with the installer's defaults")
  func installConfig() throws {
    let found = try nodes(
      Self.installConfig(
        """
        - {name: worker, replicas: 2, platform: {aws: {type: m6i.large, zones: [eu-west-3a, eu-west-3c]}}}
        - {name: arm, architecture: arm64, platform: {aws: {type: m6g.large}}}
        """))
    #expect(
      found.map(\.instanceType)
        == ["m5a.2xlarge", "m6i.large", "m6i.large", "m6g.large", "m6g.large", "m6g.large"])
    #expect(found.map(\.pool) == ["controlPlane", "amd64", "amd64", "arm64", "arm64", "arm64"])
    #expect(found[1].zone == "eu-west-3a" && found[2].zone == "eu-west-3c")
    #expect(found[1].rootVolume.kind == "gp3" && found[1].rootVolume.size == .gib(120))
  }

  @Test("MachineSets stand in for the compute pools; alike ones are one pool")
  func machineSets() throws {
    let found = try nodes(
      Self.installConfig("- {name: worker, replicas: 3}")
        + Self.machineSet("a", "m6g.xlarge", zone: "eu-west-3a", replicas: 2)
        + Self.machineSet("b", "m6g.xlarge", zone: "eu-west-3b")
        + Self.machineSet("none", "m6i.large", replicas: 0))
    #expect(found.map(\.pool) == ["controlPlane", "arm64", "arm64", "arm64"])
    #expect(found.dropFirst().map(\.zone) == ["eu-west-3a", "eu-west-3a", "eu-west-3b"])
  }

  @Test("two pools of one architecture keep their own names")
  func names() throws {
    let found = try nodes(
      Self.machineSet("small", "m6g.large") + Self.machineSet("large", "m6g.2xlarge"))
    #expect(found.map(\.pool) == ["small", "large"])
    #expect(found.map(\.name) == ["small-0", "large-0"])
  }

  @Test("a MachineSet's labels and taints are on its nodes")
  func labelsAndTaints() throws {
    let metadata =
      "metadata: {labels: {disk: fast}}, "
      + "taints: [{key: arch, value: arm64, effect: NoSchedule}]"
    let found = try nodes(Self.machineSet("a", "m6g.large", metadata))
    #expect(found[0].labels["disk"] == "fast")
    #expect(found[0].taints == [Taint(key: "arch", value: "arm64", effect: .noSchedule)])
    // Said again, as in a shown scenario, or with another value, it stays one taint.
    let again = try nodes(
      Self.machineSet("a", "m6g.large", metadata), ["nodes.arm64.taints[0]=arch=arm:NoSchedule"])
    #expect(again[0].taints == [Taint(key: "arch", value: "arm", effect: .noSchedule)])
  }

  @Test("a dump of a live cluster keeps names, labels, taints and allocatable")
  func dump() throws {
    let found = try nodes(
      """
      apiVersion: v1
      kind: Node
      metadata:
        name: ip-10-0-1-2
        labels:
          node.kubernetes.io/instance-type: m6i.2xlarge
          topology.kubernetes.io/zone: eu-west-3b
          topology.kubernetes.io/region: eu-west-3
          disk: fast
      spec:
        unschedulable: true
        taints: [{key: a, effect: NoExecute}]
      status:
        allocatable: {cpu: 7500m, memory: 30Gi, pods: "250"}
      """)
    #expect(found.map(\.name) == ["ip-10-0-1-2"])
    #expect(found[0].labels["disk"] == "fast")
    #expect(found[0].isUnschedulable)
    #expect(found[0].taints == [Taint(key: "a", effect: .noExecute)])
    #expect(found[0].allocatable["cpu"] == Quantity(milli: 7500))
    #expect(found[0].pool == "amd64")
  }

  // MARK: Settings

  @Test("settings refine a pool by its name or by its architecture")
  func settings() throws {
    let found = try nodes(
      Self.machineSet("workers", "m6g.large"),
      ["nodes.arm64.type=c7g.2xlarge", "nodes.arm64.count=3", "nodes.arm64.zones[0]=a"])
    #expect(found.map(\.instanceType) == ["c7g.2xlarge", "c7g.2xlarge", "c7g.2xlarge"])
    #expect(Set(found.map(\.zone)) == ["eu-west-3a"])
  }

  @Test("a pool that does not exist is added when it has a type")
  func newPool() throws {
    let found = try nodes("", ["nodes.big.type=m6i.4xlarge"])
    #expect(found.last?.pool == "big")
    #expect(found.last?.instanceType == "m6i.4xlarge")
  }

  @Test("taints, labels, spot, root volume and platform load are set")
  func details() throws {
    let found = try nodes(
      "",
      [
        "nodes.arm64.taints[0]=arch=arm64:NoSchedule", "nodes.arm64.labels.disk=fast",
        "nodes.arm64.spot=true", "nodes.arm64.rootVolume.type=io2",
        "nodes.arm64.rootVolume.iops=5000", "nodes.arm64.rootVolume.sizeGiB=200",
        "nodes.arm64.platformLoad=1.5",
      ])
    let arm = try #require(found.last)
    #expect(arm.taints == [Taint(key: "arch", value: "arm64", effect: .noSchedule)])
    #expect(arm.labels["disk"] == "fast")
    #expect(arm.isSpot)
    #expect(arm.rootVolume.kind == "io2" && arm.rootVolume.iops == 5000)
    #expect(arm.platformLoad == 1.5)
  }

  @Test("three control plane nodes with workers take no pods; without workers they do")
  func controlPlane() throws {
    let three = try nodes("", ["controlPlane.count=3"])
    #expect(three[0].taints.map(\.key) == ["node-role.kubernetes.io/master"])
    #expect(three[0].labels["node-role.kubernetes.io/worker"] == nil)
    let alone = try nodes(
      "", ["controlPlane.count=3", "nodes.amd64.count=0", "nodes.arm64.count=0"])
    #expect(alone.count == 3)
    #expect(alone.allSatisfy { $0.taints.isEmpty })
  }

  @Test("in another region the default cluster stands in that region's zones")
  func region() throws {
    let found = try nodes("", ["region=us-east-1"])
    #expect(found.allSatisfy { $0.zone.hasPrefix("us-east-1") && $0.region == "us-east-1" })
  }

  @Test("every node carries the labels that pods select by")
  func labels() throws {
    for node in try nodes() {
      #expect(node.labels["kubernetes.io/arch"] == node.architecture.rawValue)
      #expect(node.labels["beta.kubernetes.io/arch"] == node.architecture.rawValue)
      #expect(node.labels["kubernetes.io/hostname"] == node.name)
      #expect(node.labels["topology.kubernetes.io/zone"] == node.zone)
      #expect(node.labels["node.kubernetes.io/instance-type"] == node.instanceType)
      #expect((node.allocatable["cpu"]?.milli ?? 0) == Int64(node.vcpu) * 1000 - 500)
    }
  }

  // MARK: Errors

  /// Settings that cannot be right, with the finding's code.
  @Test(
    "wrong settings are found at their place",
    arguments: [
      ("nodes.arm64.type=m6g.2xlage", "E0310"), ("nodes.arm64.type=mac2.metal", "E0310"),
      ("nodes.arm64.count=-1", "E0061"), ("nodes.arm64.count=100001", "E0301"),
      ("nodes.arm64.zones[0]=q", "E0308"), ("nodes.arm64.taints[0]=nonsense", "E0060"),
      ("nodes.arm64.taints[0]=a=b:Never", "E0060"), ("nodes.new.count=2", "E0307"),
      ("nodes.arm64.rootVolume.type=io1", "E0321"), ("nodes.arm64.rootVolume.type=gp9", "E0022"),
      ("nodes.arm64.rootVolume.iops=99", "E0323"),
      ("nodes.arm64.rootVolume.iops=90000", "E0323"),
      ("nodes.arm64.rootVolume.throughputMiBps=5000", "E0324"),
      ("nodes.arm64.rootVolume.sizeGiB=0", "E0061"), ("region=eu-west-33", "E0300"),
    ])
  func errors(setting: String, code: String) throws {
    let (compilation, findings) = try ScenarioFixture(settings: [setting]).compile()
    #expect(compilation == nil)
    let finding = try #require(findings.first { $0.severity == .error })
    #expect(finding.code == code, "\(finding.message)")
    #expect(finding.location != nil)
  }

  @Test("a pool that names another architecture than its type has is an error")
  func architectureMismatch() throws {
    let manifests = Self.installConfig(
      "- {name: worker, architecture: arm64, replicas: 1, platform: {aws: {type: m6i.large}}}")
    let (compilation, findings) = try ScenarioFixture(manifests: manifests).compile()
    #expect(compilation == nil)
    let finding = try #require(findings.first { $0.code == "E0304" })
    #expect(finding.message == "the pool 'worker' is arm64, but m6i.large is amd64")
    #expect(finding.location?.line ?? 0 > 10)
  }

  @Test("a cluster without any node is an error")
  func noNodes() throws {
    let (compilation, findings) = try ScenarioFixture(
      settings: ["controlPlane.count=0", "nodes.amd64.count=0", "nodes.arm64.count=0"]
    ).compile()
    #expect(compilation == nil)
    #expect(findings.contains { $0.code == "E0306" })
  }

  @Test("a dumped node without an instance type is an error")
  func unknownNode() throws {
    let manifests = "apiVersion: v1\nkind: Node\nmetadata: {name: bare}\n"
    let (compilation, findings) = try ScenarioFixture(manifests: manifests).compile()
    #expect(compilation == nil)
    #expect(findings.contains { $0.code == "E0305" })
  }

  @Test("all problems come together")
  func together() throws {
    let (_, findings) = try ScenarioFixture(
      settings: [
        "nodes.arm64.type=m6g.2xlage", "nodes.amd64.zones[0]=q", "nodes.new.count=2",
      ]
    ).compile()
    #expect(Set(findings.map(\.code)).isSuperset(of: ["E0310", "E0308", "E0307"]))
  }
}
