/// Shapes of volumes and their sources.
extension KubernetesShapes {
  private static let items = Shape.list(.fields(strings: "key path", integers: "mode"))
  private static let secretRef = Shape.fields(strings: "name")
  private static let downwardItems = Shape.list(
    .fields(
      strings: "path", integers: "mode",
      [
        "fieldRef": .fields(strings: "apiVersion fieldPath"),
        "resourceFieldRef": .fields(strings: "containerName resource", ["divisor": .quantity]),
      ]))

  static let emptyDir = Shape.fields(strings: "medium", ["sizeLimit": .quantity])
  static let claimSource = Shape.fields(strings: "claimName", booleans: "readOnly")
  static let configMapSource = Shape.fields(
    strings: "name", integers: "defaultMode", booleans: "optional", ["items": items])
  static let secretSource = Shape.fields(
    strings: "secretName", integers: "defaultMode", booleans: "optional", ["items": items])
  static let csi = Shape.fields(
    strings: "driver fsType", booleans: "readOnly",
    ["volumeAttributes": .stringMap, "nodePublishSecretRef": secretRef])

  static let projected = Shape.fields(
    integers: "defaultMode",
    [
      "sources": .list(
        .fields([
          "secret": .fields(strings: "name", booleans: "optional", ["items": items]),
          "configMap": .fields(strings: "name", booleans: "optional", ["items": items]),
          "downwardAPI": .fields(["items": downwardItems]),
          "serviceAccountToken": .fields(
            strings: "audience path", integers: "expirationSeconds"),
          "clusterTrustBundle": .fields(
            strings: "name signerName path", booleans: "optional",
            ["labelSelector": labelSelector]),
          "podCertificate": .any,
        ]))
    ])

  static let volumes = Shape.list(
    .fields(
      strings: "name",
      [
        "emptyDir": emptyDir, "persistentVolumeClaim": claimSource, "configMap": configMapSource,
        "secret": secretSource, "projected": projected, "csi": csi,
        "hostPath": .fields(strings: "path type"),
        "downwardAPI": .fields(integers: "defaultMode", ["items": downwardItems]),
        "nfs": .fields(strings: "server path", booleans: "readOnly"),
        "ephemeral": .fields([
          "volumeClaimTemplate": .fields(["metadata": metadata, "spec": claimSpec])
        ]),
        "image": .fields(strings: "reference pullPolicy"),
        "gitRepo": .fields(strings: "repository revision directory"),
        // Volume kinds that no build uses are accepted as they are.
        "gcePersistentDisk": .any, "awsElasticBlockStore": .any, "iscsi": .any,
        "glusterfs": .any, "rbd": .any, "flexVolume": .any, "cinder": .any, "cephfs": .any,
        "flocker": .any, "fc": .any, "azureFile": .any, "vsphereVolume": .any, "quobyte": .any,
        "azureDisk": .any, "photonPersistentDisk": .any, "portworxVolume": .any, "scaleIO": .any,
        "storageos": .any,
      ]))

  static let podTemplate = Shape.fields(
    strings: "runtimeClassName dnsPolicy priorityClassName schedulerName",
    booleans: "automountServiceAccountToken enableServiceLinks hostNetwork hostUsers",
    [
      "nodeSelector": .stringMap, "env": environment, "tolerations": tolerations,
      "affinity": affinity, "securityContext": podSecurityContext, "volumes": volumes,
      "dnsConfig": .fields(
        stringLists: "nameservers searches",
        ["options": .list(.fields(strings: "name value"))]),
      "imagePullSecrets": .list(secretRef),
      "hostAliases": .list(.fields(strings: "ip", stringLists: "hostnames")),
      "topologySpreadConstraints": topologySpread,
    ])
}
