import GantryUnits
import Testing

@testable import GantryScheduling

@Suite("ImageLocality")
struct ImageLocalityTests {
  private func pod(_ images: [String], init initImages: [String] = []) -> PodShape {
    .pod {
      $0.containers = images.map { ShapeContainer(image: $0) }
      $0.initContainers = initImages.map { ShapeContainer(image: $0) }
    }
  }

  private func cluster(minor: Int = 28, _ images: [[ReportedImage]]) -> SmallCluster {
    var cluster = SmallCluster(minor: minor)
    for (index, list) in images.enumerated() {
      cluster.node("n\(index)") { $0.images = list }
    }
    return cluster
  }

  @Test(
    "a name without a tag means latest; a port is no tag, a digest is enough",
    arguments: [
      ("img", "img:latest"), ("img:1", "img:1"), ("host:5000/img", "host:5000/img:latest"),
      ("host:5000/img:1", "host:5000/img:1"), ("a/b", "a/b:latest"), ("", ":latest"),
      ("img@sha256:ab", "img@sha256:ab"), ("h:1/img@sha256:ab", "h:1/img@sha256:ab"),
    ])
  func names(name: String, expected: String) {
    #expect(ImageTable.normalised(name) == expected)
  }

  @Test("the size counts in the share of nodes that have the image, between 23 and 1,000 MiB")
  func sizes() {
    let table: [(Double, Int64)] = [
      // 523 ÷ 2 = 261.5: 100 × (261.5 − 23) ÷ 977 = 24.4.
      (523, 24),
      (46, 0), (47, 0), (10, 0),
      // 66 ÷ 2 = 33: 100 × 10 ÷ 977 = 1.02.
      (66, 1),
      (2000, 100), (90_000, 100),
    ]
    for (size, expected) in table {
      var two = cluster([[.init(names: ["x:1", "x@sha256:ab"], size: .mib(size))], []])
      #expect(two.scores(.imageLocality, pod(["x:1"])) == ["n0": expected, "n1": 0])
      #expect(two.scores(.imageLocality, pod(["x@sha256:ab"])) == ["n0": expected, "n1": 0])
      #expect(two.scores(.imageLocality, pod(["x:2"])) == ["n0": 0, "n1": 0])
    }
  }

  @Test("containers add up and raise the ceiling; init containers count from 1.30 on")
  func containers() {
    let images = [[ReportedImage(names: ["x:1"], size: .mib(600))], []]
    var old = cluster(images)
    // Twice 300 of 2 × 1,000: 100 × (600 − 23) ÷ 1,977 = 29.19.
    #expect(old.scores(.imageLocality, pod(["x:1", "x:1"])) == ["n0": 29, "n1": 0])
    // 100 × (300 − 23) ÷ 977 = 28.35, then with a second container 100 × 277 ÷ 1,977 = 14.01.
    #expect(old.scores(.imageLocality, pod(["x:1"], init: ["x:1"])) == ["n0": 28, "n1": 0])
    #expect(old.scores(.imageLocality, pod(["x:1", "y"])) == ["n0": 14, "n1": 0])
    #expect(old.scores(.imageLocality, pod([])) == ["n0": 0, "n1": 0])
    for (minor, expected) in [(29, 28), (30, 29), (35, 29)] as [(Int, Int64)] {
      var new = cluster(minor: minor, images)
      #expect(
        new.scores(.imageLocality, pod(["x:1"], init: ["x:1"])) == ["n0": expected, "n1": 0])
    }
  }

  @Test("the size is that of the first node that had the image, and counts follow the nodes")
  func updates() {
    var two = cluster([
      [.init(names: ["x:1"], size: .mib(500))], [.init(names: ["x:1"], size: .mib(900))],
    ])
    // On both nodes: 100 × (500 − 23) ÷ 977 = 48.8.
    #expect(two.scores(.imageLocality, pod(["x:1"])) == ["n0": 48, "n1": 48])
    var bare = two.state.description(of: NodeID(index: 0))
    bare.images = []
    two.state.update(bare)
    // Now on one of two, still of the size first seen: 100 × (250 − 23) ÷ 977 = 23.2.
    #expect(two.scores(.imageLocality, pod(["x:1"])) == ["n0": 0, "n1": 23])
    two.node("n2")
    // One of three: 166.67 → 100 × (166 MiB and a bit − 23) ÷ 977 = 14.7.
    #expect(two.scores(.imageLocality, pod(["x:1"])) == ["n0": 0, "n1": 14, "n2": 0])
    // A node that cannot take the pod counts among all nodes.
    two.node("n3") { $0.isUnschedulable = true }
    // 125 MiB: 100 × 102 ÷ 977 = 10.4.
    #expect(two.scores(.imageLocality, pod(["x:1"])) == ["n0": 0, "n1": 10, "n2": 0])
  }
}
