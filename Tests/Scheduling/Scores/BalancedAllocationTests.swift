import GantryModel
import Testing

@testable import GantryScheduling

@Suite("NodeResourcesBalancedAllocation")
struct BalancedAllocationTests {
  @Test("BalancedAllocation: half the distance of the two shares off 100, truncated")
  func balanced() {
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.node("b") { $0.allocatable = .texts(["cpu": "1", "pods": "9"]) }
    // a: 2000 ÷ 4000 = 0.5, 1 ÷ 8 = 0.125: 100 × (1 − 0.1875) = 81.25. b: one resource, no distance.
    let shape = PodShape.pod(["cpu": "1", "memory": "0"])
    cluster.place(.pod(["cpu": "1", "memory": "1Gi"]), on: "a")
    #expect(
      cluster.scores(.nodeResourcesBalancedAllocation, shape) == ["a": 81, "b": 100])
  }
}
