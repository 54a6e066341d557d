import Testing

@testable import GantryScheduling

@Suite("NodePorts and NodeName")
struct NodePortsTests {
  private func pod(_ ports: [HostPort], init initPorts: [HostPort] = []) -> PodShape {
    .pod {
      $0.containers[0].hostPorts = ports
      var first = ShapeContainer(image: "i:1")
      first.hostPorts = initPorts
      if !initPorts.isEmpty { $0.initContainers = [first] }
    }
  }

  /// The port in use, the port wanted, and whether they conflict.
  static let table: [(HostPort, HostPort, Bool)] = [
    (.init(port: 80), .init(port: 80), true),
    (.init(port: 80), .init(port: 81), false),
    (.init(port: 80), .init(port: 80, transport: .udp), false),
    (.init(port: 80, address: "10.0.0.1"), .init(port: 80, address: "10.0.0.1"), true),
    (.init(port: 80, address: "10.0.0.1"), .init(port: 80, address: "10.0.0.2"), false),
    (.init(port: 80, address: "10.0.0.1"), .init(port: 80, address: "0.0.0.0"), true),
    (.init(port: 80, address: "0.0.0.0"), .init(port: 80, address: "10.0.0.1"), true),
    (.init(port: 80, address: ""), .init(port: 80, address: "10.0.0.1"), true),
    // The other wildcard is an address like any other.
    (.init(port: 80, address: "::"), .init(port: 80, address: "10.0.0.1"), false),
    (.init(port: 80, transport: .sctp), .init(port: 80, transport: .sctp), true),
    (.init(port: 0), .init(port: 0), false),
  ]

  @Test("a port conflicts by number, protocol and address", arguments: table)
  func conflict(used: HostPort, wanted: HostPort, isRefused: Bool) {
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.place(pod([used]), on: "a")
    #expect(cluster.refusals(pod([wanted])) == (isRefused ? ["a": "NodePorts"] : [:]))
  }

  @Test("ports of init containers do not count")
  func initContainers() {
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.place(pod([], init: [.init(port: 80)]), on: "a")
    #expect(cluster.refusals(pod([.init(port: 80)])).isEmpty)
    #expect(cluster.refusals(pod([], init: [.init(port: 80)])).isEmpty)
  }

  @Test("a port forced on two pods is free when one of them goes, as in the real scheduler")
  func shared() {
    var cluster = SmallCluster()
    cluster.node("a")
    let first = cluster.place(pod([.init(port: 80)]), on: "a")
    cluster.place(pod([.init(port: 80)]), on: "a")
    #expect(cluster.refusals(pod([.init(port: 80)])) == ["a": "NodePorts"])
    cluster.state.remove(first)
    #expect(cluster.refusals(pod([.init(port: 80)])).isEmpty)
  }

  @Test("a pod that names a node gets that node or none")
  func nodeName() {
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.node("b")
    #expect(cluster.refusals(.pod { $0.nodeName = "b" }) == ["a": "NodeName!"])
    #expect(
      cluster.refusals(.pod { $0.nodeName = "c" }) == ["a": "NodeName!", "b": "NodeName!"])
    #expect(cluster.refusals(.pod { $0.nodeName = "" }).isEmpty)
  }
}
