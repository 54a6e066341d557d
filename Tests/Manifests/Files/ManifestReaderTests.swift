import GantryModel
import GantryUnits
import Testing

@testable import GantryManifests

@Suite("documents are dispatched by group and kind")
struct ManifestReaderTests {
  private func read(_ text: String, isDiscovered: Bool = false) -> (
    set: ManifestSet, findings: [Diagnostic]
  ) {
    let sink = DiagnosticSink()
    let nodes = YAMLLoader.load(text, file: "f.yaml", sink: sink)
    let files = InputFiles(documents: nodes, path: "f.yaml", isDiscovered: isDiscovered)
    return (ManifestReader.decode(files, sink: sink), sink.diagnostics)
  }

  @Test("kinds that do not matter are listed")
  func skipped() {
    let result = read(
      [
        object("ServiceAccount", "sa"),
        object("Role", "r", version: "rbac.authorization.k8s.io/v1"),
        object("Subscription", "s", version: "operators.coreos.com/v1alpha1"),
        object("EventListener", "e", version: "triggers.tekton.dev/v1beta1"),
        object("ConfigMap", "other"), object("CustomRun", "c", version: "tekton.dev/v1beta1"),
      ].joined(separator: "---\n"))
    #expect(result.findings == [])
    #expect(
      result.set.skipped.map(\.kind) == [
        "ServiceAccount", "Role", "Subscription", "EventListener", "ConfigMap", "CustomRun",
      ])
    #expect(result.set.skipped[1].location == Place(file: "f.yaml", line: 5, column: 1))
  }

  @Test(
    "kinds, versions and groups that cannot be are errors with the nearest name",
    arguments: [
      ("tekton.dev/v1", "Pipelin", "E0017", 2, "did you mean 'Pipeline'?"),
      ("tekton.dev/v1", "ClusterTask", "E0018", 1, "known: tekton.dev/v1beta1"),
      ("tekton.dev/v1alpha1", "Task", "E0018", 1, "known: tekton.dev/v1 and tekton.dev/v1beta1"),
      ("tekton.dv/v1", "Task", "E0017", 1, "did you mean 'tekton.dev'?"),
      ("v1", "PersistentVolumeClam", "E0017", 2, "did you mean 'PersistentVolumeClaim'?"),
      ("v1", "Pipeline", "E0017", 2, "write 'apiVersion: tekton.dev/v1'"),
      ("v1", "StorageClass", "E0017", 2, "write 'apiVersion: storage.k8s.io/v1'"),
      ("v2", "Node", "E0018", 1, "known: v1"),
      ("storage.k8s.io/v1", "StorageClas", "E0017", 2, "did you mean 'StorageClass'?"),
      ("machine.openshift.io/v1", "MachineSet", "E0018", 1, "known: machine.openshift.io/v1beta1"),
      ("machine.openshift.io/v1beta1", "MachinSet", "E0017", 2, "did you mean 'MachineSet'?"),
    ])
  func unknown(version: String, kind: String, code: String, line: Int, help: String) {
    let findings = read(object(kind, "x", version: version)).findings
    #expect(findings.map(\.code) == [code])
    #expect(findings.first?.location?.line == line)
    #expect(findings.first?.suggestion == help)
  }

  @Test("lists are flattened, also typed ones whose items have no kind, also nested")
  func lists() {
    let result = read(
      """
      {"apiVersion": "v1", "kind": "List", "metadata": {}, "items": [
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}},
        {"apiVersion": "v1", "kind": "SecretList", "items": [{"metadata": {"name": "b"}}]},
        {"apiVersion": "v1", "kind": "List", "items": []}]}
      """)
    #expect(result.findings == [])
    #expect(result.set.skipped.map { "\($0.kind)/\($0.name)" } == ["Pod/a", "Secret/b"])
  }

  @Test(
    "a file that is named must hold objects; in a folder it is skipped",
    arguments: [
      "replicas: 1\n", "- a\n", "text\n", "apiVersion: v1\n", "services: {web: {image: x}}\n",
    ])
  func notAnObject(text: String) {
    #expect(read(text).findings.map(\.code) == ["E0014"])
    let discovered = read(text, isDiscovered: true)
    #expect(discovered.findings == [])
    #expect(discovered.set.skippedFiles.map(\.path) == ["f.yaml"])
  }

  @Test("a misspelt apiVersion or kind is an error everywhere")
  func misspelt() {
    for text in ["apiversion: v1\nkind: Pod\n", "apiVersion: v1\nkin: Pod\n"] {
      let findings = read(text, isDiscovered: true).findings
      #expect(findings.map(\.code) == ["E0014"])
      #expect(findings.first?.suggestion?.hasPrefix("did you mean") == true)
    }
    #expect(read("apiVersion: 1\nkind: Pod\n").findings.map(\.code) == ["E0011"])
    #expect(read("apiVersion: v1\nkind: {a: b}\n").findings.map(\.code) == ["E0011"])
  }

  @Test("of an object that is there twice the later one is used, with a warning if they differ")
  func twice() {
    func claim(_ size: String, namespace: String = "ns") -> String {
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: c, namespace: \(namespace)}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: \(size)}}}

      """
    }
    let different = read(claim("1Gi") + "---\n" + claim("2Gi"))
    #expect(different.set.persistentVolumeClaims.map(\.spec.storage?.value) == [2_147_483_648])
    #expect(different.findings.map(\.code) == ["W0004"])
    #expect(different.findings.first?.location == Place(file: "f.yaml", line: 8, column: 18))
    #expect(
      different.findings.first?.notes.first?.location == Place(file: "f.yaml", line: 3, column: 18))
    let same = read(claim("1Gi") + "---\n" + claim("1Gi"))
    #expect(same.findings == [])
    #expect(same.set.persistentVolumeClaims.count == 1)
    let elsewhere = read(claim("1Gi") + "---\n" + claim("1Gi", namespace: "ms"))
    #expect(elsewhere.set.persistentVolumeClaims.count == 2)
  }

  @Test("objects with generated names are never the same")
  func generated() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n"
    #expect(read(text + "---\n" + text).set.skipped.count == 2)
  }
}
