import GantryModel
import Testing

@testable import GantryScheduling

@Suite("Events that wake pods")
struct ClusterEventTests {
  private static let nodeChanges: Set<ClusterEvent> = [
    .nodeAdded, .nodeLabelsChanged, .nodeTaintsChanged, .nodeAllocatableChanged,
  ]

  /// What each plugin of 1.28 registered for.
  static let table: [(FilterPlugin, Set<ClusterEvent>)] = [
    (.nodeUnschedulable, [.nodeAdded, .nodeTaintsChanged]),
    (.nodeName, nodeChanges), (.taintToleration, nodeChanges), (.nodeAffinity, nodeChanges),
    (.nodePorts, nodeChanges.union([.podDeleted])),
    (.nodeResourcesFit, nodeChanges.union([.podDeleted])),
    (.volumeRestrictions, [.podDeleted, .nodeAdded, .claimAdded, .claimUpdated]),
    (.nodeVolumeLimits, [.driverRecordAdded, .podDeleted]),
    (
      .volumeBinding,
      [
        .claimAdded, .claimUpdated, .volumeAdded, .volumeUpdated, .classAdded, .classUpdated,
        .driverRecordAdded, .driverRecordUpdated, .nodeAdded, .nodeLabelsChanged,
      ]
    ),
    (
      .volumeZone,
      [.classAdded, .nodeAdded, .nodeLabelsChanged, .claimAdded, .volumeAdded, .volumeUpdated]
    ),
    (
      .podTopologySpread, [.podAssigned, .podDeleted, .nodeAdded, .nodeDeleted, .nodeLabelsChanged]
    ),
    (.interPodAffinity, [.podAssigned, .podDeleted, .nodeAdded, .nodeLabelsChanged]),
  ]

  @Test("each plugin's refusals turn on the events it registered for", arguments: table)
  func wakes(plugin: FilterPlugin, events: Set<ClusterEvent>) {
    for event in ClusterEvent.allCases {
      #expect(
        event.wakes.contains(FilterPluginSet(plugin)) == events.contains(event), "\(event)")
    }
  }

  @Test("the table has every plugin")
  func complete() { #expect(Self.table.map(\.0) == FilterPlugin.allCases) }

  @Test("a node event is worth a look if resources, affinity, name, ports and taints fit")
  func preCheck() {
    var cluster = SmallCluster()
    let node = cluster.node("a") {
      $0.taints = [Taint(key: "e", effect: .noExecute)]
      $0.isUnschedulable = true
    }
    func passes(_ shape: PodShape) -> Bool {
      let id = cluster.state.register(shape)
      return cluster.state.passesPreCheck(id, on: node)
    }
    // Neither NoExecute taints nor a cordon are looked at.
    #expect(passes(.pod()))
    #expect(!passes(.pod(["cpu": "5"])))
    #expect(!passes(.pod { $0.nodeSelector = ["k": "v"] }))
    #expect(!passes(.pod { $0.nodeName = "b" }))
    var port = PodShape.pod()
    port.containers[0].hostPorts = [HostPort(port: 80)]
    #expect(passes(port))
    cluster.place(port, on: "a")
    #expect(!passes(port))
    var tainted = cluster.state.description(of: node)
    tainted.taints = [Taint(key: "s", effect: .noSchedule)]
    cluster.state.update(tainted)
    #expect(!passes(.pod()))
    #expect(
      passes(
        .pod {
          $0.tolerations = [Toleration()]
          $0.tolerations[0].operator = .exists
        }))
  }

  @Test("a placed pod is awaited by those with a required affinity term that matches it")
  func awaits() {
    var cluster = SmallCluster()
    cluster.node("a")
    let near = cluster.state.register(
      .pod { $0.affinity = .near([.of(["app": "x"], by: "zone"), .of(["app": "y"], by: "zone")]) })
    let away = cluster.state.register(.pod { $0.affinity = .away([.of(["app": "x"], by: "zone")]) })
    let x = cluster.state.register(.pod(labels: ["app": "x"]))
    let z = cluster.state.register(.pod(labels: ["app": "z"]))
    // One of the terms is enough here, though the pod needs all of them.
    #expect(cluster.state.awaits(near, x))
    #expect(!cluster.state.awaits(near, z))
    #expect(!cluster.state.awaits(away, x))
  }
}
