import GantryModel
import Testing

@testable import GantryManifests

/// Reads one text as a file that the user named.
func readManifests(_ text: String) -> (set: ManifestSet, findings: [Diagnostic]) {
  let sink = DiagnosticSink()
  let nodes = YAMLLoader.load(text, file: "f.yaml", sink: sink)
  let files = InputFiles(documents: nodes, path: "f.yaml")
  return (ManifestReader.decode(files, sink: sink), sink.diagnostics)
}

@Suite("install-configs")
struct InstallConfigTests {
  private let complete = """
    apiVersion: v1
    baseDomain: example.com
    additionalTrustBundlePolicy: Proxyonly
    credentialsMode: Mint
    capabilities: {baselineCapabilitySet: vCurrent}
    cpuPartitioningMode: None
    featureSet: ""
    fips: false
    compute:
    - architecture: amd64
      hyperthreading: Enabled
      name: worker
      platform:
        aws:
          type: m5a.2xlarge
          zones: [eu-west-3a, eu-west-3b]
          rootVolume: {size: 200, type: gp3, throughput: 250}
          metadataService: {authentication: Required}
      replicas: 0
    - name: arm
      architecture: arm64
      platform: {}
      replicas: 2
    controlPlane:
      architecture: amd64
      name: master
      platform:
        aws: {type: m5a.2xlarge, rootVolume: {iops: 4000, size: 500, type: io1, kmsKeyARN: x}}
      replicas: 1
    metadata: {creationTimestamp: null, name: crazy-train}
    networking:
      clusterNetwork: [{cidr: 10.128.0.0/14, hostPrefix: 23}]
      machineNetwork: [{cidr: 10.0.0.0/16}]
      networkType: OVNKubernetes
      serviceNetwork: [172.30.0.0/16]
    platform:
      aws:
        region: eu-west-3
        userTags: {a: b}
        lbType: NLB
        defaultMachinePlatform: {zones: [eu-west-3c], type: m6g.xlarge, rootVolume: {size: 120}}
    publish: External
    pullSecret: '{"auths": {}}'
    sshKey: ssh-ed25519 AAAA
    """

  @Test("pools, root volumes and defaults are read")
  func completeFile() throws {
    let result = readManifests(complete)
    #expect(result.findings == [])
    let config = try #require(result.set.installConfigs.first)
    #expect(config.region.value == "eu-west-3")
    #expect(config.clusterName == "crazy-train")
    #expect(config.networkType == "OVNKubernetes")
    let control = try #require(config.controlPlane)
    #expect(control.replicas == 1)
    #expect(control.instanceType?.value == "m5a.2xlarge")
    #expect(control.rootVolume.iops == 4000)
    #expect(control.rootVolume.type == "io1")
    #expect(control.zones.map(\.value) == ["eu-west-3c"])
    #expect(config.compute.map(\.replicas) == [0, 2])
    #expect(config.compute[0].zones.map(\.value) == ["eu-west-3a", "eu-west-3b"])
    #expect(config.compute[0].rootVolume.throughputMiBps == 250)
    #expect(config.compute[1].instanceType?.value == "m6g.xlarge")
    #expect(config.compute[1].rootVolume.sizeGiB == 120)
    #expect(config.compute[1].location == Place(file: "f.yaml", line: 20, column: 3))
  }

  @Test(
    "what cannot be used is located",
    arguments: [
      ("region: eu-west-3", "regoin: eu-west-3", ["E0012", "E0013"]),
      ("lbType: NLB", "lbTyp: NLB", ["E0012"]),
      ("architecture: arm64", "architecture: s390x", ["E0032"]),
      ("replicas: 2", "replicas: -2", ["E0021"]), ("replicas: 2", "replicas: two", ["E0011"]),
      ("publish: External", "publish: Extern", ["E0022"]),
      ("  aws:\n    region", "  gcp:\n    region", ["E0030"]),
      ("size: 500", "size: 500Gi", ["E0011"]), ("size: 500", "siz: 500", ["E0012"]),
    ])
  func wrong(old: String, new: String, codes: [String]) {
    let text = complete.replacing(old, with: new)
    #expect(text != complete)
    #expect(readManifests(text).findings.map(\.code).sorted() == codes)
  }

  @Test("fields that later releases add are accepted")
  func newFields() {
    #expect(readManifests(complete + "\nsomethingBrandNew: {a: 1}\n").findings == [])
  }

  @Test("without a platform there is nothing to model")
  func noPlatform() {
    let text = "apiVersion: v1\nbaseDomain: x\npullSecret: y\n"
    #expect(readManifests(text).findings.map(\.code) == ["E0013"])
    let none = "apiVersion: v1\nbaseDomain: x\nplatform: {none: {}}\n"
    #expect(readManifests(none).findings.map(\.code) == ["E0030"])
  }
}
