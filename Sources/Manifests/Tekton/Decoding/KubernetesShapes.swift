/// Shapes of the Kubernetes types that Tekton objects embed.
///
/// Source: Kubernetes API reference v1.34 (core/v1, meta/v1), read 2026-11-22; newer fields than a
/// cluster knows are refused by that cluster only.
enum KubernetesShapes {
  static let metadata = Shape.fields(
    strings: """
      name generateName namespace selfLink uid resourceVersion creationTimestamp \
      deletionTimestamp clusterName
      """,
    integers: "generation deletionGracePeriodSeconds", stringLists: "finalizers",
    [
      "labels": .stringMap, "annotations": .stringMap, "managedFields": .list(.any),
      "ownerReferences": .list(
        .fields(strings: "apiVersion kind name uid", booleans: "controller blockOwnerDeletion")),
    ])

  static let resources = Shape.fields([
    "limits": .map(.quantity), "requests": .map(.quantity),
    "claims": .list(.fields(strings: "name request")),
  ])

  static let keySelector = Shape.fields(strings: "name key", booleans: "optional")

  static let environment = Shape.list(
    .fields(
      strings: "name value",
      [
        "valueFrom": .fields([
          "fieldRef": .fields(strings: "apiVersion fieldPath"),
          "resourceFieldRef": .fields(
            strings: "containerName resource", ["divisor": .quantity]),
          "configMapKeyRef": keySelector, "secretKeyRef": keySelector,
          "fileKeyRef": .fields(strings: "volumeName path key", booleans: "optional"),
        ])
      ]))

  static let environmentSources = Shape.list(
    .fields(
      strings: "prefix",
      [
        "configMapRef": .fields(strings: "name", booleans: "optional"),
        "secretRef": .fields(strings: "name", booleans: "optional"),
      ]))

  static let volumeMounts = Shape.list(
    .fields(
      strings: "name mountPath subPath subPathExpr mountPropagation recursiveReadOnly",
      booleans: "readOnly"))

  static let seLinux = Shape.fields(strings: "user role type level")
  static let profile = Shape.fields(strings: "type localhostProfile")
  static let windows = Shape.fields(
    strings: "gmsaCredentialSpecName gmsaCredentialSpec runAsUserName", booleans: "hostProcess")

  static let securityContext = Shape.fields(
    strings: "procMount", integers: "runAsUser runAsGroup",
    booleans: "privileged runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation",
    [
      "capabilities": .fields(stringLists: "add drop"), "seLinuxOptions": seLinux,
      "windowsOptions": windows, "seccompProfile": profile, "appArmorProfile": profile,
    ])

  static let podSecurityContext = Shape.fields(
    strings: "fsGroupChangePolicy supplementalGroupsPolicy seLinuxChangePolicy",
    integers: "runAsUser runAsGroup fsGroup", booleans: "runAsNonRoot",
    [
      "supplementalGroups": .list(.integer), "seLinuxOptions": seLinux, "windowsOptions": windows,
      "seccompProfile": profile, "appArmorProfile": profile,
      "sysctls": .list(.fields(strings: "name value")),
    ])

  static let handler: [String: Shape] = [
    "exec": .fields(stringLists: "command"),
    "httpGet": .fields(
      strings: "path host scheme",
      ["port": .integerOrString, "httpHeaders": .list(.fields(strings: "name value"))]),
    "tcpSocket": .fields(strings: "host", ["port": .integerOrString]),
    "grpc": .fields(strings: "service", integers: "port"),
    "sleep": .fields(integers: "seconds"),
  ]

  static let probe = Shape.object(handler).adding(
    .fields(
      integers: """
        initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold \
        terminationGracePeriodSeconds
        """))

  static let lifecycle = Shape.fields(
    strings: "stopSignal", ["postStart": .object(handler), "preStop": .object(handler)])

  static let ports = Shape.list(
    .fields(strings: "name protocol hostIP", integers: "hostPort containerPort"))

  static let labelSelector = Shape.fields([
    "matchLabels": .stringMap,
    "matchExpressions": .list(.fields(strings: "key operator", stringLists: "values")),
  ])

  static let nodeSelectorTerm = Shape.fields([
    "matchExpressions": .list(.fields(strings: "key operator", stringLists: "values")),
    "matchFields": .list(.fields(strings: "key operator", stringLists: "values")),
  ])

  static let podAffinityTerm = Shape.fields(
    strings: "topologyKey", stringLists: "namespaces matchLabelKeys mismatchLabelKeys",
    ["labelSelector": labelSelector, "namespaceSelector": labelSelector])

  static let podAffinity = Shape.fields([
    "requiredDuringSchedulingIgnoredDuringExecution": .list(podAffinityTerm),
    "preferredDuringSchedulingIgnoredDuringExecution": .list(
      .fields(integers: "weight", ["podAffinityTerm": podAffinityTerm])),
  ])

  static let affinity = Shape.fields([
    "nodeAffinity": .fields([
      "requiredDuringSchedulingIgnoredDuringExecution": .fields([
        "nodeSelectorTerms": .list(nodeSelectorTerm)
      ]),
      "preferredDuringSchedulingIgnoredDuringExecution": .list(
        .fields(integers: "weight", ["preference": nodeSelectorTerm])),
    ]),
    "podAffinity": podAffinity, "podAntiAffinity": podAffinity,
  ])

  static let tolerations = Shape.list(
    .fields(strings: "key operator value effect", integers: "tolerationSeconds"))

  static let topologySpread = Shape.list(
    .fields(
      strings: "topologyKey whenUnsatisfiable nodeAffinityPolicy nodeTaintsPolicy",
      integers: "maxSkew minDomains", stringLists: "matchLabelKeys",
      ["labelSelector": labelSelector]))

  static let claimSpec = Shape.fields(
    strings: "volumeName storageClassName volumeMode volumeAttributesClassName",
    stringLists: "accessModes",
    [
      "resources": resources, "selector": labelSelector,
      "dataSource": .fields(strings: "apiGroup kind name"),
      "dataSourceRef": .fields(strings: "apiGroup kind name namespace"),
    ])

  static let claim = Shape.fields(
    strings: "apiVersion kind", ["metadata": metadata, "spec": claimSpec, "status": .any])
}
