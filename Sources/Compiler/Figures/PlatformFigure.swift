import GantryModel
import GantryUnits

/// What OpenShift itself takes of a node's memory and disk.
enum PlatformFigure {
  /// The working sets of the platform's pods.
  static func memory(controlPlane: Bool) -> Assumption {
    controlPlane
      ? assumption(
        "platform.controlPlane.memory",
        "memory that control plane, operators and monitoring use on their node", 10,
        "no measurement of a single-node 4.15 control plane is published; range 8 to 14")
      : assumption(
        "platform.worker.memory", "memory that OpenShift's pods use on each worker", 2.5,
        "requests of its daemons are about 2 GiB; range 1.5 to 4")
  }

  /// System, platform images, logs, and etcd on a control plane.
  static func disk(controlPlane: Bool) -> Assumption {
    controlPlane
      ? assumption(
        "platform.controlPlane.disk",
        "disk that system, platform images, logs and etcd use on a control plane node", 35,
        "no published figure at hand; range 20 to 60")
      : assumption(
        "platform.worker.disk", "disk that system, platform images and logs use on each worker", 18,
        "no published figure at hand; range 10 to 30")
  }

  private static func assumption(
    _ id: String, _ text: String, _ value: Double, _ why: String
  ) -> Assumption {
    Assumption(
      id: id, text: text, value: value, unit: "GiB", confidence: .guess,
      source: "gantry's guess, 2026-11: \(why)")
  }

  /// Everything above, for the check of overridden ids.
  static let all = [true, false].flatMap { [memory(controlPlane: $0), disk(controlPlane: $0)] }

  /// Sets what the platform takes of a node; where the node is too small for the figure, at most so
  /// much that a part is left for pods: nobody runs OpenShift on less than it needs.
  static func apply(to node: inout PlannedNode, _ figures: inout AssumptionTable) {
    let gib = 1_073_741_824.0
    let memory = figures.value(of: memory(controlPlane: node.isControlPlane)) * gib
    let disk = figures.value(of: disk(controlPlane: node.isControlPlane)) * gib
    let room = node.allocatable["memory"].map { Double($0.value) } ?? Double(node.memory.count)
    node.platformMemory = min(memory, room * most)
    node.platformDisk = min(disk, Double(node.containerDisk.count) * most)
  }

  /// The share of a node that the platform's figure can take.
  private static let most = 0.7
}
