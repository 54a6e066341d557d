import GantryCloud
import GantryModel
import GantryUnits

/// The labels and taints that kubelet, cloud provider and OpenShift put on a node.
enum NodeLabels {
  static func complete(
    _ node: inout PlannedNode, group: MachineGroup, isSchedulable: Bool, dumped: NodeManifest?
  ) {
    node.labels = [
      "kubernetes.io/hostname": node.name,
      "kubernetes.io/os": "linux",
      "beta.kubernetes.io/os": "linux",
      "kubernetes.io/arch": node.architecture.rawValue,
      "beta.kubernetes.io/arch": node.architecture.rawValue,
      "node.kubernetes.io/instance-type": node.instanceType,
      "beta.kubernetes.io/instance-type": node.instanceType,
      "topology.kubernetes.io/region": node.region,
      "topology.kubernetes.io/zone": node.zone,
      "failure-domain.beta.kubernetes.io/region": node.region,
      "failure-domain.beta.kubernetes.io/zone": node.zone,
      "topology.ebs.csi.aws.com/zone": node.zone,
      "node.openshift.io/os_id": "rhcos",
    ]
    if node.isControlPlane {
      node.labels["node-role.kubernetes.io/control-plane"] = ""
      node.labels["node-role.kubernetes.io/master"] = ""
    }
    if isSchedulable { node.labels["node-role.kubernetes.io/worker"] = "" }
    node.labels.merge(group.labels) { _, given in given }
    node.taints = group.taints
    if let dumped {
      node.labels.merge(dumped.labels) { _, given in given }
      node.taints = dumped.taints
      node.isUnschedulable = dumped.isUnschedulable
    } else if node.isControlPlane, !isSchedulable {
      node.taints.append(Taint(key: "node-role.kubernetes.io/master", effect: .noSchedule))
    }
  }
}

/// What OpenShift's own pods request on a node: it decides which node looks emptier to the scheduler.
///
/// Estimates for 4.15: about 2 cores and 9 GiB on a single control plane node, 0.4 cores and 2 GiB on a
/// worker (monitoring, OVN-Kubernetes, DNS, CSI and logging daemons); no published dump was at hand.
enum PlatformPods {
  static func requests(controlPlane: Bool) -> ResourceList {
    controlPlane
      ? ["cpu": Quantity(milli: 2000), "memory": Quantity(9 << 30), "pods": Quantity(90)]
      : ["cpu": Quantity(milli: 400), "memory": Quantity(2 << 30), "pods": Quantity(15)]
  }
}

/// What a node of OpenShift 4.15 leaves for pods.
///
/// Source: OpenShift 4.15 documentation, allocating resources for nodes: 500 millicores, 1 GiB of
/// memory and 1 GiB of storage for the system, eviction below 100 MiB, 250 pods a node. That 4 % of the
/// instance's memory goes to firmware and kernel is an estimate from published node dumps of 32 GiB
/// instances (about 30.9 of 32 GiB are seen).
enum Allocatable {
  static func of(type: InstanceType, disk size: Bytes) -> ResourceList {
    let memory = Int64(Double(type.memory.count) * 0.96) - (1 << 30) - (100 << 20)
    let disk = Int64(Double(size.count) * 0.9) - (1 << 30)
    return [
      "cpu": Quantity(milli: Int64(type.vcpu) * 1000 - 500),
      "memory": Quantity(max(memory, 0)),
      "ephemeral-storage": Quantity(max(disk, 0)),
      "pods": Quantity(250),
    ]
  }
}
