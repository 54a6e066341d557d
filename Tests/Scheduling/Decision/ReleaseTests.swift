import GantryModel
import GantryUnits
import Testing

@testable import GantryScheduling

@Suite("Differences between releases")
struct ReleaseTests {
  private func node(_ name: String, cpu: Int64) -> ClusterNode {
    var node = ClusterNode(name: name)
    node.allocatable = [
      "cpu": Quantity(cpu), "memory": Quantity(8 << 30), "pods": Quantity(10),
    ]
    return node
  }

  private func explanation(_ shape: PodShape, minor: Int) throws -> Explanation {
    var state = ClusterState()
    var first = node("a", cpu: 8)
    first.images = [ReportedImage(names: ["init:1"], size: .mib(500))]
    state.add(first)
    state.add(node("b", cpu: 8))
    var configuration = SchedulerConfiguration()
    configuration.kubernetesMinor = minor
    var scheduler = Scheduler(configuration: configuration)
    let id = state.register(shape)
    return try #require(scheduler.schedule(id, in: &state, explain: true).explanation)
  }

  @Test("from 1.33 BestEffort pods are not ranked by balance", arguments: [28, 31, 32, 33, 35])
  func balance(minor: Int) throws {
    var shape = PodShape()
    shape.containers = [ShapeContainer(image: "x:1")]
    let plugins = try explanation(shape, minor: minor).plugins
    #expect(plugins.contains(.nodeResourcesBalancedAllocation) == (minor < 33))
  }

  @Test("from 1.33 a request of zero is none, and one of memory alone is one", arguments: [32, 33])
  func balanceOfZero(minor: Int) throws {
    var zero = PodShape.pod(["cpu": "0", "memory": "0"])
    zero.initContainers = [ShapeContainer(image: "x:1")]
    let skipped = try explanation(zero, minor: minor).plugins
    #expect(skipped.contains(.nodeResourcesBalancedAllocation) == (minor < 33))
    let memory = try explanation(.pod(["memory": "1"]), minor: minor).plugins
    #expect(memory.contains(.nodeResourcesBalancedAllocation))
    var overhead = PodShape.pod()
    overhead.overhead = .texts(["cpu": "1m"])
    #expect(
      try explanation(overhead, minor: minor).plugins.contains(.nodeResourcesBalancedAllocation))
  }

  @Test("without a release the rules of 1.28 hold")
  func release() { #expect(SchedulerConfiguration().kubernetesMinor == 28) }

  @Test("from 1.30 images of init containers count", arguments: [28, 30])
  func images(minor: Int) throws {
    var shape = PodShape()
    shape.containers = [ShapeContainer(image: "x:1")]
    shape.initContainers = [ShapeContainer(image: "init:1")]
    let result = try explanation(shape, minor: minor)
    let column = try #require(result.plugins.firstIndex(of: .imageLocality))
    // 500 MiB on one node of two count 250; 100 × (250 − 23) ÷ (2 × 1000 − 23) = 11.48.
    #expect(result.scored[0].scores[column] == (minor < 30 ? 0 : 11))
  }

  @Test("up to 1.28 a pod with a sidecar waits")
  func sidecar() throws {
    var shape = PodShape()
    var sidecar = ShapeContainer(image: "x:1")
    sidecar.isSidecar = true
    shape.containers = [ShapeContainer(image: "x:1")]
    shape.initContainers = [sidecar]
    let old = try explanation(shape, minor: 28)
    #expect(old.rejected.allSatisfy { $0.rejection.plugin == .nodeResourcesFit })
    #expect(old.rejected.count == 2)
    #expect(try explanation(shape, minor: 29).rejected.isEmpty)
  }

  @Test("a failure is summed up in the real scheduler's words")
  func summary() {
    var state = ClusterState()
    var tainted = node("a", cpu: 8)
    tainted.taints = [Taint(key: "k", value: "v", effect: .noSchedule)]
    state.add(tainted)
    state.add(node("b", cpu: 1))
    state.add(node("c", cpu: 1))
    var shape = PodShape()
    shape.containers = [ShapeContainer(image: "x:1", requests: ["cpu": Quantity(2)])]
    let id = state.register(shape)
    var scheduler = Scheduler()
    let decision = scheduler.schedule(id, in: &state, explain: true)
    let preemption = scheduler.preempt(for: id, in: &state)
    #expect(
      decision.failureSummary(nodes: 3, preemption: preemption)
        == "0/3 nodes are available: 1 node(s) had untolerated taint {k: v}, 2 Insufficient cpu. "
        + "preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, "
        + "2 No preemption victims found for incoming pod.")
  }
}
