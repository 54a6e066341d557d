import GantryModel
import Testing

@testable import GantryManifests

@Suite("written cluster objects are checked where a typo changes the meaning")
struct ClusterErrorTests {
  private let machineSet = """
    apiVersion: machine.openshift.io/v1beta1
    kind: MachineSet
    metadata: {name: $INFRASTRUCTURE_NAME-$ARCH-worker, labels: {a: b}}
    spec:
      replicas: 1
      template:
        spec:
          taints: [{key: a, effect: NoSchedule}]
          providerSpec:
            value:
              instanceType: m6g.xlarge
              placement: {availabilityZone: eu-west-3a}
              blockDevices: [{ebs: {volumeSize: 100, volumeType: gp3}}]
    """

  @Test("a templated name is a name")
  func template() {
    let result = readManifests(machineSet)
    #expect(result.findings == [])
    #expect(result.set.machineSets.first?.name.value == "$INFRASTRUCTURE_NAME-$ARCH-worker")
    #expect(result.set.machineSets.first?.isSpot == false)
  }

  @Test(
    "MachineSets",
    arguments: [
      ("replicas: 1", "replica: 1", ["E0012"]), ("replicas: 1", "replicas: -1", ["E0021"]),
      ("replicas: 1", "replicas: '1'", ["E0011"]),
      ("instanceType", "instanceTyp", ["E0012", "E0013"]),
      ("NoSchedule", "NoShedule", ["E0022"]),
      ("{key: a, effect", "{kee: a, effect", ["E0012", "E0013"]),
      ("volumeSize: 100", "volumeSiz: 100", ["E0012"]),
      ("availabilityZone", "availabilityzone", ["E0012"]),
      ("name: $INFRASTRUCTURE_NAME-$ARCH-worker, ", "", ["E0013"]),
      ("{a: b}", "{a: yes}", ["E0011"]),
      ("metadata: {name", "metadata: {nam", ["E0012", "E0013"]),
      ("instanceType:", "kind: VSphereMachineProviderSpec\n          instanceType:", ["W0006"]),
    ])
  func machineSets(old: String, new: String, codes: [String]) {
    let text = machineSet.replacing(old, with: new)
    #expect(text != machineSet)
    #expect(readManifests(text).findings.map(\.code).sorted() == codes)
  }

  @Test("an empty spotMarketOptions asks for spot, null does not")
  func spot() {
    func isSpot(_ value: String) -> Bool? {
      readManifests(machineSet + "\n          spotMarketOptions: \(value)\n").set.machineSets.first?
        .isSpot
    }
    #expect(isSpot("{}") == true)
    #expect(isSpot("") == false)
  }

  @Test(
    "other kinds",
    arguments: [
      (
        "StorageClass", "storage.k8s.io/v1", "provisioner: efs.csi.aws.com\nparameters: {a: 1}",
        ["E0011"]
      ),
      ("StorageClass", "storage.k8s.io/v1", "parameters: {a: b}", ["E0013"]),
      (
        "StorageClass", "storage.k8s.io/v1",
        "provisioner: x\nvolumeBindingMode: WaitForFirstConsumr", ["E0022"]
      ),
      ("StorageClass", "storage.k8s.io/v1", "provisioner: x\nreclaimpolicy: Retain", ["E0012"]),
      (
        "StorageClass", "storage.k8s.io/v1",
        "provisioner: x\nallowedTopologies: [{matchLabelExpressions: [{key: k}]}]", []
      ),
      ("PersistentVolumeClaim", "v1", "", ["E0013"]),
      ("PersistentVolumeClaim", "v1", "spec: {accessModes: [ReadWriteOne]}", ["E0022"]),
      ("PersistentVolumeClaim", "v1", "spec: {resources: {requests: {storage: 1 Gi}}}", ["E0020"]),
      ("PersistentVolumeClaim", "v1", "spec: {resources: {requests: {storage: -1Gi}}}", ["E0021"]),
      ("PersistentVolumeClaim", "v1", "spec: {resources: {requests: 5}}", ["E0011"]),
      ("PersistentVolumeClaim", "v1", "spec: {storageClasName: x}", ["E0012"]),
      ("LimitRange", "v1", "spec: {limits: [{default: {cpu: x}}]}", ["E0013", "E0020"]),
      ("Node", "v1", "status: {allocatable: {cpu: [1]}}", ["E0011"]),
      ("Node", "v1", "spec: {taint: []}", ["E0012"]), ("Node", "v1", "spec: []", ["E0011"]),
      ("Node", "v1", "", []),
    ])
  func kinds(kind: String, version: String, body: String, codes: [String]) {
    let findings = readManifests(object(kind, "x", version: version) + body + "\n").findings
    #expect(findings.map(\.code).sorted() == codes)
    #expect(findings.allSatisfy { $0.location != nil })
  }

  @Test("an object without metadata is refused, one with a null name too")
  func metadata() {
    #expect(
      readManifests("apiVersion: v1\nkind: Node\n").findings.map(\.code) == ["E0013"])
    #expect(
      readManifests("apiVersion: v1\nkind: Node\nmetadata: {name: }\n").findings.map(\.code)
        == ["E0013"])
    #expect(
      readManifests("apiVersion: v1\nkind: Node\nmetadata: x\n").findings.map(\.code) == ["E0011"])
  }

  @Test("zones of a storage class come from any of the zone labels")
  func zones() {
    let text = """
      allowedTopologies:
      - matchLabelExpressions:
        - {key: topology.ebs.csi.aws.com/zone, values: [eu-west-3a]}
        - {key: other, values: [x]}
      - matchLabelExpressions: [{key: topology.kubernetes.io/zone, values: [eu-west-3b]}]
      provisioner: ebs.csi.aws.com
      """
    let result = readManifests(object("StorageClass", "x", version: "storage.k8s.io/v1") + text)
    #expect(result.set.storageClasses.first?.allowedZones == ["eu-west-3a", "eu-west-3b"])
  }
}
