import GantryModel
import GantryScheduling
import GantryUnits

/// The clusters and pods that the speed of decisions is measured with.
enum Workload: String, CaseIterable {
  case bestEffort = "BestEffort + nodeSelector"
  case affinity = "requests + required pod affinity"

  /// A cluster of equal nodes in three zones, half of each architecture.
  static func cluster(nodes: Int) -> ClusterState {
    var state = ClusterState()
    for index in 0..<nodes {
      var node = ClusterNode(name: "node-\(index)")
      node.labels = [
        "kubernetes.io/hostname": node.name,
        "kubernetes.io/arch": index % 2 == 0 ? "amd64" : "arm64",
        "topology.kubernetes.io/region": "eu-west-3",
        "topology.kubernetes.io/zone": "eu-west-3" + ["a", "b", "c"][index % 3],
      ]
      node.allocatable = [
        "cpu": Quantity(milli: 7500), "memory": Quantity(30_938_000 * 1024), "pods": Quantity(250),
      ]
      state.add(node)
    }
    return state
  }

  /// The shapes that the pods take in turn.
  var shapes: [PodShape] {
    switch self {
    case .bestEffort:
      return ["amd64", "arm64"].map { architecture in
        var shape = PodShape()
        shape.containers = [ShapeContainer(image: "img/step:1")]
        shape.nodeSelector = ["kubernetes.io/arch": architecture]
        return shape
      }
    case .affinity:
      return (0..<20).map { group in
        var shape = PodShape()
        shape.labels = ["group": "\(group)"]
        shape.containers = [
          ShapeContainer(
            image: "img/step:1",
            requests: ["cpu": Quantity(milli: 100), "memory": Quantity(268_435_456)])
        ]
        var term = PodAffinityTerm(topologyKey: "topology.kubernetes.io/zone")
        var selector = LabelSelector()
        selector.matchLabels = shape.labels
        term.labelSelector = selector
        var affinity = PodAffinity()
        affinity.required = [term]
        shape.affinity = Affinity()
        shape.affinity?.podAffinity = affinity
        return shape
      }
    }
  }

  /// Places pods one after another and gives how many found a node.
  func run(on cluster: ClusterState, pods: Int, percentage: Int?) -> Int {
    var state = cluster
    var configuration = SchedulerConfiguration()
    configuration.percentageOfNodesToScore = percentage
    var scheduler = Scheduler(configuration: configuration)
    let ids = shapes.map { state.register($0) }
    var placed = 0
    for index in 0..<pods {
      let shape = ids[index % ids.count]
      let decision = scheduler.schedule(
        shape, in: &state, ties: .seeded(UInt64(index) &* 0x9E37_79B9_7F4A_7C15))
      guard let node = decision.chosen else { continue }
      state.place(shape, on: node)
      placed += 1
    }
    return placed
  }
}
