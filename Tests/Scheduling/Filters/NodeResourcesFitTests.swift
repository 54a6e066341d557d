import GantryModel
import GantryUnits
import Testing

@testable import GantryScheduling

@Suite("NodeResourcesFit")
struct NodeResourcesFitTests {
  private func requests(_ shape: PodShape) -> PodRequests {
    var symbols = Symbols()
    return PodRequests(shape, &symbols)
  }

  @Test("quantities become thousandths of cores and bytes, rounded up")
  func quantities() {
    let table: [(cpu: String, milli: Int64, memory: String, bytes: Int64)] = [
      ("1", 1000, "1Ki", 1024), ("250m", 250, "1.5Mi", 1_572_864),
      ("0.1", 100, "128e6", 128_000_000),
      // Less than a thousandth of a core is one; a fraction of a byte is one.
      ("0.0001", 1, "0.5", 1), ("1.0001", 1001, "100m", 1), ("1e-1", 100, "1E3", 1000),
      (".5", 500, "2k", 2000), ("0", 0, "0", 0), ("3", 3000, "1Gi", 1_073_741_824),
    ]
    for row in table {
      let shape = PodShape.pod(["cpu": row.cpu, "memory": row.memory])
      #expect(requests(shape).cpu == row.milli, "\(row)")
      #expect(requests(shape).memory == row.bytes, "\(row)")
    }
  }

  @Test("containers add up, init containers count with their largest, overhead comes on top")
  func sum() {
    let shape = PodShape.pod(["cpu": "300m"]) {
      $0.containers.append(ShapeContainer(requests: .texts(["cpu": "200m", "memory": "1Gi"])))
      $0.initContainers = [
        ShapeContainer(requests: .texts(["cpu": "400m", "memory": "2Gi"])),
        ShapeContainer(requests: .texts(["cpu": "450m"])),
      ]
      $0.overhead = .texts(["cpu": "10m", "memory": "5"])
    }
    // cpu: max(300 + 200, 400, 450) + 10; memory: max(1 GiB, 2 GiB) + 5.
    #expect(requests(shape).cpu == 510)
    #expect(requests(shape).memory == 2_147_483_653)
    // Memory named by one of two containers: 1 GiB + 200 MiB < 2 GiB of the first init container.
    #expect(requests(shape).nonZeroMemory == 2_147_483_653)
    #expect(requests(shape).nonZeroCPU == 510)
  }

  @Test("a container without requests counts 100 m and 200 MiB for ranking, an explicit zero none")
  func nonZero() {
    let none = requests(.pod())
    #expect((none.cpu, none.memory) == (0, 0))
    #expect((none.nonZeroCPU, none.nonZeroMemory) == (100, 209_715_200))
    let zero = requests(.pod(["cpu": "0", "memory": "0"]))
    #expect((zero.nonZeroCPU, zero.nonZeroMemory) == (0, 0))
    let two = requests(
      .pod(["cpu": "0"]) { $0.containers.append(ShapeContainer(image: "y")) })
    #expect((two.nonZeroCPU, two.nonZeroMemory) == (100, 419_430_400))
    let empty = requests(.pod { $0.containers = [] })
    #expect((empty.nonZeroCPU, empty.nonZeroMemory) == (0, 0))
  }

  @Test("a sidecar counts with the containers and with the init containers after it")
  func sidecar() {
    var sidecar = ShapeContainer(requests: .texts(["cpu": "100m"]))
    sidecar.isSidecar = true
    let shape = PodShape.pod(["cpu": "200m"]) {
      $0.initContainers = [
        ShapeContainer(requests: .texts(["cpu": "350m"])), sidecar,
        ShapeContainer(requests: .texts(["cpu": "300m"])),
      ]
    }
    // max(200 + 100, max(350, 100, 300 + 100)) = 400.
    #expect(requests(shape).cpu == 400)
  }

  @Test("a limit without a request is the request")
  func limits() {
    let shape = PodShape.pod {
      $0.containers = [
        ShapeContainer(
          requests: .texts(["memory": "1"]), limits: .texts(["cpu": "2", "memory": "5"]))
      ]
    }
    #expect((requests(shape).cpu, requests(shape).memory) == (2000, 1))
  }

  @Test(
    "other resources count by their name",
    arguments: [
      ("example.com/gpu", true), ("hugepages-2Mi", true), ("attachable-volumes-x", true),
      ("kubernetes.io/batch", true), ("gpu", false), ("requests.example.com/gpu", false),
      ("example.com/", false), ("pods", false),
    ])
  func names(name: String, isCounted: Bool) {
    #expect(PodRequests.isCounted(name) == isCounted)
  }

  @Test("all that is short is named, in order; a pod that asks for nothing needs only a place")
  func shortage() {
    var cluster = SmallCluster()
    cluster.node("a") {
      $0.allocatable = .texts([
        "cpu": "1", "memory": "1Gi", "pods": "2", "ephemeral-storage": "1Gi",
        "example.com/b": "1",
      ])
    }
    cluster.place(.pod(["cpu": "900m", "memory": "1Gi", "example.com/b": "1"]), on: "a")
    func reasons(_ requests: [String: String]) -> [String] {
      cluster.decide(.pod(requests)).explanation?.rejected.flatMap(\.rejection.reasons) ?? []
    }
    #expect(
      reasons([
        "cpu": "101m", "memory": "1", "ephemeral-storage": "1025Mi", "example.com/b": "1",
        "example.com/a": "1",
      ]) == [
        "Insufficient cpu", "Insufficient memory", "Insufficient ephemeral-storage",
        "Insufficient example.com/a", "Insufficient example.com/b",
      ])
    #expect(reasons(["cpu": "100m", "ephemeral-storage": "1Gi"]).isEmpty)
    // A zero of a resource that is exhausted fits.
    #expect(reasons(["cpu": "100m", "memory": "0", "example.com/b": "0"]).isEmpty)
    #expect(reasons(["memory": "1"]) == ["Insufficient memory"])
    #expect(reasons([:]).isEmpty)
    cluster.place(.pod(), on: "a")
    #expect(reasons([:]) == ["Too many pods"])
    #expect(reasons(["memory": "1"]) == ["Too many pods", "Insufficient memory"])
  }

  @Test("an absent number of pods is none, and absurd amounts do not stop the program")
  func extremes() {
    var cluster = SmallCluster()
    cluster.node("a") { $0.allocatable["pods"] = nil }
    cluster.node("b") { $0.allocatable = .texts(["cpu": "9E", "memory": "9E", "pods": "5"]) }
    #expect(cluster.refusals(.pod()) == ["a": "NodeResourcesFit"])
    cluster.place(.pod(["cpu": "9E", "memory": "9E"]), on: "b")
    cluster.place(.pod(["cpu": "9E", "memory": "9E"]), on: "b")
    #expect(cluster.decide(.pod()).chosen != nil)
  }

  @Test("LeastAllocated: the free share of cpu and memory, in whole percent")
  func least() {
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.node("b") { $0.allocatable = .texts(["memory": "1Gi", "pods": "9"]) }
    cluster.node("c") { $0.allocatable = .texts(["pods": "9"]) }
    // a: (4000 − 100) × 100 ÷ 4000 = 97, (8192 − 200) × 100 ÷ 8192 = 97; 194 ÷ 2 = 97.
    // b: only memory counts, (1024 − 200) × 100 ÷ 1024 = 80. c: nothing counts.
    #expect(cluster.scores(.nodeResourcesFit, .pod()) == ["a": 97, "b": 80, "c": 0])
    cluster.place(.pod(["cpu": "0", "memory": "900Mi"]), on: "b")
    // 900 + 200 > 1024.
    #expect(cluster.scores(.nodeResourcesFit, .pod()) == ["a": 97, "b": 0, "c": 0])
  }
}
