import Testing

@testable import GantryScheduling

@Suite("The order of nodes")
struct NodeTreeTests {
  private let zone = "topology.kubernetes.io/zone"
  private let region = "topology.kubernetes.io/region"
  private let betaZone = "failure-domain.beta.kubernetes.io/zone"

  private func order(_ cluster: inout SmallCluster) -> String {
    cluster.state.nodeOrder().map { cluster.state.name(of: $0) }.joined()
  }

  @Test("zones take turns in the order in which they appeared; no zone is one too")
  func turns() {
    var cluster = SmallCluster()
    cluster.node("a", [zone: "1"])
    cluster.node("b", [zone: "1"])
    cluster.node("c")
    cluster.node("d", [zone: "2"])
    cluster.node("e", [zone: "1"])
    cluster.node("f")
    // 1: a b e, none: c f, 2: d.
    #expect(order(&cluster) == "acdbfe")
  }

  @Test("region and zone count together, and an empty label is none")
  func keys() {
    var cluster = SmallCluster()
    cluster.node("a", [zone: "1", region: "x"])
    cluster.node("b", [zone: "1", region: "y"])
    cluster.node("c", [zone: "1", region: "x"])
    cluster.node("d", [zone: "", region: ""])
    cluster.node("e")
    cluster.node("f", [region: "x"])
    // x1: a c, y1: b, none: d e, x: f.
    #expect(order(&cluster) == "abdfce")
  }

  @Test("a beta label goes before the stable one")
  func beta() {
    var cluster = SmallCluster()
    cluster.node("a", [zone: "1", betaZone: "2"])
    cluster.node("b", [zone: "1"])
    cluster.node("c", [zone: "3", betaZone: "1"])
    cluster.node("d", [zone: "2"])
    // 2: a d, 1: b c.
    #expect(order(&cluster) == "abdc")
    // An empty beta label hides the stable one.
    cluster.node("e", [zone: "1", betaZone: ""])
    #expect(order(&cluster) == "abedc")
  }

  @Test(
    "a node that comes again or changes its zone goes to the end, a zone left empty is forgotten")
  func changes() {
    var cluster = SmallCluster()
    let a = cluster.node("a", [zone: "1"])
    cluster.node("b", [zone: "2"])
    cluster.node("c", [zone: "2"])
    #expect(order(&cluster) == "abc")
    cluster.state.remove(a)
    cluster.node("a", [zone: "1"])
    #expect(order(&cluster) == "bac")
    // An update that keeps the zone keeps the place.
    cluster.node("b", [zone: "2", "more": "x"])
    #expect(order(&cluster) == "bac")
    cluster.node("b", [zone: "1"])
    // 2: c, 1: a b.
    #expect(order(&cluster) == "cab")
  }

  @Test(
    "how many feasible nodes are looked for",
    arguments: [
      (nil, 99, 99), (nil, 100, 100), (nil, 200, 100), (nil, 250, 120), (nil, 1000, 420),
      // 50 − 5000 ÷ 125 = 10, below 5 it stays at 5.
      (nil, 5000, 500), (nil, 10000, 500), (100, 1000, 1000), (1, 1000, 100), (30, 1000, 300),
      (1, 50, 50), (33, 1001, 330),
    ] as [(Int?, Int, Int)])
  func count(percentage: Int?, nodes: Int, expected: Int) {
    var configuration = SchedulerConfiguration()
    configuration.percentageOfNodesToScore = percentage
    #expect(configuration.nodesToFind(among: nodes) == expected)
  }

  @Test("the search begins where the last one ended, and stops at one too many")
  func running() {
    var cluster = SmallCluster()
    cluster.scheduler.configuration.percentageOfNodesToScore = 1
    for index in 0..<150 {
      cluster.node("n\(index)") { $0.isUnschedulable = index == 100 || index == 101 }
    }
    // 100 are found at n0…n99; n100 and n101 refuse before n102 shows that it is enough.
    let first = cluster.decide(.pod())
    #expect(first.feasibleCount == 100)
    #expect(first.explanation?.rejected.count == 2)
    #expect(cluster.scheduler.nextStartIndex == 102)
    // n102…n149 and n0…n51 are 100.
    #expect(cluster.decide(.pod()).feasibleCount == 100)
    #expect(cluster.scheduler.nextStartIndex == 52)
  }
}
