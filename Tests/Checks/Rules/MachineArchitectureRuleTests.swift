import GantryModel
import Testing

@Suite("MachineSets and architectures")
struct MachineArchitectureRuleTests {
  private func set(name: String, type: String, labels: String = "", annotation: String = "")
    -> String
  {
    """
    apiVersion: machine.openshift.io/v1beta1
    kind: MachineSet
    metadata:
      name: \(name)
      annotations: {\(annotation)}
    spec:
      replicas: 1
      template:
        spec:
          metadata: {labels: {\(labels)}}
          providerSpec:
            value:
              instanceType: \(type)
              placement: {region: eu-west-3, availabilityZone: eu-west-3a}
    """
  }

  private func codes(_ document: String) throws -> [String] {
    var fixture = CheckFixture.one(.init(name: "build"))
    fixture.documents = [document]
    return try fixture.findings().map(\.code).filter { ["E0727", "W0728"].contains($0) }
  }

  @Test("labels and the autoscaler's annotation say the architecture")
  func said() throws {
    let labels = "kubernetes.io/arch: arm64"
    #expect(try codes(set(name: "w", type: "m5a.2xlarge", labels: labels)) == ["E0727"])
    #expect(try codes(set(name: "w", type: "m6g.2xlarge", labels: labels)) == [])
    let annotation =
      "capacity.cluster-autoscaler.kubernetes.io/labels: \"kubernetes.io/arch=arm64\""
    #expect(try codes(set(name: "w", type: "m5a.2xlarge", annotation: annotation)) == ["E0727"])
  }

  @Test("a name is a hint only")
  func named() throws {
    #expect(try codes(set(name: "c-arm64-worker", type: "m5a.2xlarge")) == ["W0728"])
    #expect(try codes(set(name: "c-arm64-worker", type: "m6g.2xlarge")) == [])
    #expect(try codes(set(name: "c-worker", type: "m5a.2xlarge")) == [])
  }
}
