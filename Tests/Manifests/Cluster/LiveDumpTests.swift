import GantryModel
import GantryUnits
import Testing

@testable import GantryManifests

@Suite("dumps of a live cluster are read")
struct LiveDumpTests {
  /// Written after the shape of `oc get machinesets,nodes,sc,pvc,cm,limits -A -o yaml`.
  private let dump = """
    apiVersion: v1
    items:
    - apiVersion: machine.openshift.io/v1beta1
      kind: MachineSet
      metadata:
        annotations:
          capacity.cluster-autoscaler.kubernetes.io/labels: kubernetes.io/arch=arm64
          machine.openshift.io/GPU: "0"
          machine.openshift.io/memoryMb: "32768"
          machine.openshift.io/vCPU: "8"
        creationTimestamp: "2024-05-01T10:00:00Z"
        generation: 2
        labels: {machine.openshift.io/cluster-api-cluster: c-x7k2p}
        managedFields:
        - apiVersion: machine.openshift.io/v1beta1
          fieldsType: FieldsV1
          fieldsV1: {"f:spec": {"f:replicas": {}}}
          manager: oc
          operation: Update
          time: "2024-05-01T10:00:00Z"
        name: c-x7k2p-worker-arm64-eu-west-3a
        namespace: openshift-machine-api
        resourceVersion: "21907"
        uid: 7c1c9f2e-0000-4000-8000-000000000000
      spec:
        replicas: 2
        selector: {matchLabels: {machine.openshift.io/cluster-api-machineset: w}}
        template:
          metadata: {labels: {machine.openshift.io/cluster-api-machine-role: worker}}
          spec:
            lifecycleHooks: {}
            metadata: {labels: {disk: fast}}
            futureField: {a: 1}
            providerSpec:
              value:
                ami: {id: ami-0}
                apiVersion: machine.openshift.io/v1beta1
                blockDevices:
                - deviceName: /dev/sdb
                  ebs: {volumeSize: 10, volumeType: st1}
                - ebs:
                    encrypted: true
                    iops: 3000
                    kmsKey: {arn: ""}
                    volumeSize: 120
                    volumeType: gp3
                    newField: 1
                capacityReservationId: ""
                credentialsSecret: {name: aws-cloud-credentials}
                deviceIndex: 0
                iamInstanceProfile: {id: p}
                instanceType: m6g.2xlarge
                kind: AWSMachineProviderConfig
                metadata: {creationTimestamp: null}
                metadataServiceOptions: {}
                placement: {availabilityZone: eu-west-3a, region: eu-west-3}
                securityGroups: [{filters: [{name: "tag:Name", values: [x]}]}]
                spotMarketOptions: {maxPrice: "0.2"}
                subnet: {filters: []}
                tags: [{name: n, value: v}]
                userDataSecret: {name: worker-user-data}
            taints: [{effect: NoSchedule, key: arch, value: arm64}]
      status: {availableReplicas: 2, fullyLabeledReplicas: 2, observedGeneration: 2, replicas: 2}
    - apiVersion: v1
      kind: Node
      metadata:
        annotations: {csi.volume.kubernetes.io/nodeid: '{"efs.csi.aws.com":"i-0"}'}
        creationTimestamp: "2024-05-01T10:05:00Z"
        labels: {kubernetes.io/arch: arm64, node.kubernetes.io/instance-type: m6g.2xlarge,
          topology.kubernetes.io/zone: eu-west-3a, node-role.kubernetes.io/worker: ""}
        name: ip-10-0-1-2.eu-west-3.compute.internal
        uid: a
      spec:
        providerID: aws:///eu-west-3a/i-0
        taints:
        - {effect: NoExecute, key: node.kubernetes.io/unreachable, timeAdded: "2024-05-01T10:06:00Z"}
        unschedulable: true
      status:
        addresses: [{address: 10.0.1.2, type: InternalIP}]
        allocatable: {cpu: 7500m, ephemeral-storage: "114345831029", hugepages-2Mi: "0",
          memory: 31343140Ki, pods: "250"}
        capacity: {cpu: "8", ephemeral-storage: 125293548Ki, memory: 32494116Ki, pods: "250"}
        conditions: []
        daemonEndpoints: {kubeletEndpoint: {Port: 10250}}
        images:
        - names: [quay.io/openshift/a@sha256:1, "quay.io/openshift/a:latest"]
          sizeBytes: 1234567
        - names: null
          sizeBytes: 5
        nodeInfo: {architecture: arm64}
        somethingNew: {}
    - allowVolumeExpansion: true
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata:
        annotations: {storageclass.kubernetes.io/is-default-class: "true"}
        creationTimestamp: "2024-05-01T10:05:00Z"
        name: gp3-csi
      parameters: {encrypted: "true", type: gp3}
      provisioner: ebs.csi.aws.com
      reclaimPolicy: Delete
      volumeBindingMode: WaitForFirstConsumer
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        annotations: {pv.kubernetes.io/bind-completed: "yes"}
        creationTimestamp: "2024-05-01T10:05:00Z"
        finalizers: [kubernetes.io/pvc-protection]
        name: cache
        namespace: ci
        ownerReferences: [{kind: PipelineRun, name: r, apiVersion: tekton.dev/v1, uid: b}]
      spec:
        accessModes: [ReadWriteMany]
        resources: {requests: {storage: 10Gi}}
        storageClassName: efs-csi
        volumeMode: Filesystem
        volumeName: pvc-1
        brandNew: 1
      status: {accessModes: [ReadWriteMany], capacity: {storage: 10Gi}, phase: Bound}
    - apiVersion: v1
      data: {disable-affinity-assistant: "true", coschedule: workspaces}
      kind: ConfigMap
      metadata: {name: feature-flags, namespace: openshift-pipelines, uid: c}
    - apiVersion: v1
      data: {_example: "x"}
      kind: ConfigMap
      metadata: {name: config-defaults, namespace: knative-serving}
    - apiVersion: v1
      kind: LimitRange
      metadata: {name: l, namespace: ci, uid: d}
      spec:
        limits:
        - {type: Container, default: {cpu: 1, memory: 1Gi}, defaultRequest: {cpu: 100m},
           min: {cpu: 10m}, max: {memory: 4Gi}, maxLimitRequestRatio: {cpu: "10"}}
        - {type: Pod, max: {cpu: "4"}}
        - {type: openshift.io/Image, max: {storage: 1Gi}}
    kind: List
    metadata: {resourceVersion: ""}
    """

  @Test("every object arrives and no field is refused")
  func dumpIsRead() throws {
    let result = readManifests(dump)
    #expect(result.findings == [])
    let machines = try #require(result.set.machineSets.first)
    #expect(machines.replicas == 2)
    #expect(machines.instanceType.value == "m6g.2xlarge")
    #expect(machines.zone?.value == "eu-west-3a")
    #expect(machines.rootVolume.type == "gp3")
    #expect(machines.rootVolume.sizeGiB == 120)
    #expect(machines.isSpot)
    #expect(machines.spotMaxPrice == "0.2")
    #expect(machines.labels == ["disk": "fast"])
    #expect(machines.taints == [Taint(key: "arch", value: "arm64", effect: .noSchedule)])
    let node = try #require(result.set.nodes.first)
    #expect(node.isUnschedulable)
    #expect(node.allocatable["cpu"]?.milli == 7500)
    #expect(node.capacity["memory"] == Quantity(32_494_116 * 1024))
    #expect(node.taints.map(\.effect) == [.noExecute])
    #expect(node.images.map(\.size.count) == [1_234_567])
    let storage = try #require(result.set.storageClasses.first)
    #expect(storage.isDefault && storage.waitsForFirstConsumer)
    #expect(storage.parameters["type"] == "gp3")
    let claim = try #require(result.set.persistentVolumeClaims.first)
    #expect(claim.spec.storage?.value == 10 << 30)
    #expect(claim.namespace == "ci")
    let flags = try #require(result.set.configMaps.first)
    #expect(result.set.configMaps.count == 1)
    #expect(flags.data["coschedule"]?.value == "workspaces")
    #expect(flags.data["coschedule"]?.location.line == 121)
    let limits = try #require(result.set.limitRanges.first)
    #expect(limits.defaultLimit["cpu"]?.milli == 1000)
    #expect(limits.max["cpu"] == nil)
    #expect(result.set.skipped.map(\.name) == ["config-defaults"])
  }
}
