import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("Storage of nodes")
struct NodeStorageTests {
  @Test("a node takes the volumes of its type besides the root volume, and has the type's link")
  func attachments() throws {
    let plan = try ScenarioFixture(settings: ["nodes.extra.type=m6gd.2xlarge"]).plan()
    let big = try #require(plan.nodes.first { $0.instanceType == "m5a.2xlarge" })
    // 27 slots without the interface; 26 where a local disk has one.
    #expect(big.volumeSlots == 26)
    // 8333 IOPS, 16000 for 30 minutes: 7667 * 1800 above it.
    #expect(big.ebsIOPS == 8333)
    #expect(big.ebsIOPSBurst == Burst(rate: 16_000, credits: 7667 * 1800))
    let local = try #require(plan.nodes.first { $0.instanceType == "m6gd.2xlarge" })
    #expect(local.volumeSlots == 25)
    #expect(local.localDisk == nil)
  }

  @Test("containers may lie on the local disks of a type that has some")
  func localDisk() throws {
    let plan = try ScenarioFixture(settings: [
      "nodes.extra.type=m6gd.2xlarge", "nodes.extra.containerStorage=localDisk",
    ]).plan()
    let node = try #require(plan.nodes.first { $0.instanceType == "m6gd.2xlarge" })
    // 474 GB at 600 kB/s each: 284.4 MB/s. 90 % of it less 1 GiB is for pods.
    #expect(node.localDisk?.size.count == 474_000_000_000)
    #expect(abs((node.localDisk?.write.value ?? 0) - 284.4e6) < 1)
    #expect(
      node.allocatable["ephemeral-storage"] == Quantity(426_600_000_000 - 1_073_741_824))
    let findings = try ScenarioFixture(settings: [
      "nodes.extra.type=m6g.2xlarge", "nodes.extra.containerStorage=localDisk",
    ]).compile().findings
    #expect(findings.contains { $0.code == "E0311" })
  }

  @Test("the internal registry is on the first worker, on S3 unless told otherwise")
  func registry() throws {
    func place(_ settings: [String]) throws -> ExternalService.Place? {
      let script = """
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: push}
        spec:
          taskSpec:
            steps:
            - name: push
              image: quay.io/skopeo/stable
              script: |
                skopeo copy docker://ubi9 \
                  docker://image-registry.openshift-image-registry.svc:5000/a/b:1
        ---

        """
      let plan = try ScenarioFixture(manifests: script, settings: settings).plan()
      return plan.services.first { $0.name.hasPrefix("image-registry") }?.place
    }
    let plan = try ScenarioFixture().plan()
    let worker = try #require(plan.nodes.firstIndex { !$0.isControlPlane })
    #expect(try place([]) == .pod(node: worker, storage: .objectStore))
    #expect(
      try place(["registry.internal.storage=emptyDir", "registry.internal.pool=controlPlane"])
        == .pod(node: 0, storage: .nodeDisk))
    var volume = VolumeSpec()
    volume.size = .gib(50)
    volume.throughput = .mibps(250)
    #expect(
      try place([
        "registry.internal.storage=gp3", "registry.internal.sizeGiB=50",
        "registry.internal.throughputMiBps=250",
      ]) == .pod(node: worker, storage: .volume(volume)))
    let findings = try ScenarioFixture(settings: ["registry.internal.pool=none"]).compile().findings
    #expect(findings.contains { $0.code == "E0337" })
  }
}
