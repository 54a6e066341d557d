import GantryModel
import Testing

@Suite("Owners of EFS access points")
struct AccessPointOwnerRuleTests {
  private func fixture(_ parameters: String, run: [String] = []) -> CheckFixture {
    CheckFixture(
      tasks: [.init(name: "build", workspaces: ["code"])],
      workspaces: [CheckFixture.claim("code", storageClass: "files", mode: "ReadWriteMany")],
      runFields: run,
      documents: [
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: files}
        provisioner: efs.csi.aws.com
        parameters: {provisioningMode: efs-ap, fileSystemId: fs-1\(parameters)}
        """
      ])
  }

  private let asUser = ["taskRunTemplate: {podTemplate: {securityContext: {runAsUser: 1000}}}"]

  @Test("a class without uid gives every access point an owner that no pod has")
  func none() throws {
    let found = try fixture("").findings("W0725")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("names no uid") == true)
  }

  @Test("an owner that is not the pods' user is told; the same, or an unknown user, is not")
  func other() throws {
    let root = ", uid: \"0\", gid: \"0\""
    #expect(try fixture(root, run: asUser).findings("W0725").count == 1)
    #expect(try fixture(root).findings("W0725").isEmpty)
    #expect(try fixture(", uid: \"1000\", gid: \"0\"", run: asUser).findings("W0725").isEmpty)
  }

  @Test("buildah's storage on EFS is told")
  func storage() throws {
    var fixture = fixture(", uid: \"0\", gid: \"0\"")
    #expect(try fixture.findings("W0726").isEmpty)
    fixture.tasks[0].specFields = [
      "volumes: [{name: store, persistentVolumeClaim: {claimName: pvc}}]"
    ]
    fixture.tasks[0].stepFields = ["volumeMounts: [{name: store, mountPath: /var/lib/containers}]"]
    #expect(try fixture.findings("W0726").count == 1)
    // Another claim of the same pod is not where the images are.
    fixture.tasks[0].specFields = [
      "volumes: [{name: store, persistentVolumeClaim: {claimName: other}}]"
    ]
    #expect(try fixture.findings("W0726").isEmpty)
  }
}
