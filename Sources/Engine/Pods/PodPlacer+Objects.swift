import GantryModel
import GantryScheduling
import GantryUnits

// From the plan's nodes, pods and claims to those of the scheduler.

extension PodPlacer {
  static func clusterNode(_ node: PlannedNode, images: [ReportedImage]) -> ClusterNode {
    var result = ClusterNode(name: node.name)
    result.labels = node.labels
    result.allocatable = node.allocatable
    result.taints = node.taints
    result.isUnschedulable = node.isUnschedulable
    result.images = images
    if let slots = node.volumeSlots { result.volumeLimits = [blockDriver: slots] }
    return result
  }

  static func shape(of pod: PlannedPod, namespace: String) -> PodShape {
    var shape = PodShape()
    shape.namespace = namespace
    shape.labels = pod.labels
    shape.containers = pod.containers.map {
      ShapeContainer(image: $0.image, requests: $0.requests)
    }
    shape.initContainers = pod.initContainers.map {
      ShapeContainer(image: $0.image, requests: $0.requests)
    }
    shape.nodeSelector = pod.nodeSelector
    shape.tolerations = pod.tolerations
    if pod.qualityOfService != .bestEffort {
      // Kubernetes adds it: such pods are thought to cope with memory pressure.
      var pressure = Toleration()
      pressure.key = "node.kubernetes.io/memory-pressure"
      pressure.operator = .exists
      pressure.effect = .noSchedule
      shape.tolerations.append(pressure)
    }
    shape.affinity = pod.affinity
    shape.topologySpreadConstraints = pod.topologySpreadConstraints
    return shape
  }

  /// The platform's own pods: one stands for all of a node's requests, the rest for their number.
  static func placePlatform(
    of plan: Plan, on nodeIDs: [NodeID], in state: inout ClusterState
  ) {
    for (index, node) in plan.nodes.enumerated() where !node.platformRequests.isEmpty {
      var requests = node.platformRequests
      let count = max(1, Int(requests.removeValue(forKey: "pods")?.value ?? 1))
      var large = PodShape()
      large.namespace = "openshift"
      large.containers = [ShapeContainer(requests: requests)]
      state.place(state.register(large), on: nodeIDs[index], start: .zero)
      var small = PodShape()
      small.namespace = "openshift"
      // Named requests of nothing, so that only the one above counts.
      small.containers = [ShapeContainer(requests: ["cpu": Quantity(0), "memory": Quantity(0)])]
      let shape = state.register(small)
      for _ in 1..<count { state.place(shape, on: nodeIDs[index], start: .zero) }
    }
  }

  /// The name under which the scheduler knows classes that wait for their first consumer.
  static let lateClass = "wait-for-first-consumer"

  /// The driver that attaches block volumes.
  static let blockDriver = "ebs.csi.aws.com"

  static func mattersForPlacement(_ claim: PlannedClaim) -> Bool {
    if claim.accessModes.contains("ReadWriteOncePod") { return true }
    if case .block = claim.backing { return true }
    return false
  }

  static func volumeClaim(_ claim: PlannedClaim) -> VolumeClaim {
    var result = VolumeClaim()
    result.accessModes = claim.accessModes.compactMap(VolumeAccessMode.init(rawValue:))
    result.request = claim.requested
    switch claim.backing {
    case .fileSystem: result.volumeName = "efs"
    case .block: result.storageClass = lateClass
    case .unprovisionable: break
    }
    return result
  }
}
