import GantryKernel
import GantryUnits
import Testing

@Suite("fluid flows against the plain solver")
struct FlowNetworkRandomTests {
  @Test("random networks of fixed capacities", arguments: 0..<40)
  func fixed(seed: Int) {
    var random = RandomNetwork(
      seed: UInt64(seed), resourceCount: 1 + seed % 9, classCount: 2 + seed % 13, bucketShare: 0)
    for _ in 0..<60 {
      random.step()
      random.check()
    }
    #expect(random.completions > 0)
  }

  @Test("random networks with token buckets", arguments: 100..<140)
  func buckets(seed: Int) {
    var random = RandomNetwork(
      seed: UInt64(seed), resourceCount: 1 + seed % 7, classCount: 2 + seed % 11, bucketShare: 0.6)
    for _ in 0..<60 {
      random.step()
      random.check()
    }
    #expect(random.completions > 0)
  }
}
