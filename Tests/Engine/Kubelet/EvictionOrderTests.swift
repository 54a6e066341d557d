import GantryModel
import GantryUnits
import Testing

@testable import GantryEngine

@Suite("Whom kubelet and kernel choose")
struct EvictionOrderTests {
  private func pod(
    _ pod: Int, uses usage: Double, requests request: Double = 0, priority: Int = 0
  ) -> EvictionCandidate {
    EvictionCandidate(pod: pod, usage: usage, request: request, priority: priority)
  }

  private func order(_ pods: EvictionCandidate...) -> [Int] {
    EvictionOrder.ranked(pods).map(\.pod)
  }

  @Test("who uses more than it requests goes before who does not, however little it uses")
  func exceedsFirst() {
    // 1 uses 1 of nothing requested; 0 uses 900 of 1000.
    #expect(order(pod(0, uses: 900, requests: 1000), pod(1, uses: 1)) == [1, 0])
    // Using just what is requested does not exceed it.
    #expect(order(pod(0, uses: 5, requests: 5), pod(1, uses: 2, requests: 1)) == [1, 0])
  }

  @Test("among those, the lower priority goes first, whatever it uses")
  func priority() {
    #expect(order(pod(0, uses: 900, priority: 10), pod(1, uses: 1, priority: 5)) == [1, 0])
    // But a pod within its request outlasts a more important one that is not.
    #expect(
      order(pod(0, uses: 1, requests: 2, priority: 0), pod(1, uses: 3, requests: 2, priority: 9))
        == [1, 0])
  }

  @Test("then who is furthest above its request, not who uses most")
  func furthestAbove() {
    // Above the requests: 0 by 100, 1 by 300, 2 by 200.
    #expect(
      order(
        pod(0, uses: 1000, requests: 900), pod(1, uses: 300), pod(2, uses: 600, requests: 400))
        == [1, 2, 0])
    // Within their requests: −100 comes before −500.
    #expect(
      order(pod(0, uses: 500, requests: 1000), pod(1, uses: 900, requests: 1000)) == [1, 0])
  }

  @Test("what is equal in all keeps its order")
  func equal() {
    #expect(order(pod(3, uses: 7), pod(1, uses: 7), pod(2, uses: 7)) == [3, 1, 2])
    #expect(order().isEmpty)
  }

  @Test("oom_score_adj follows the kubelet's formula")
  func adjustment() {
    func adjustment(_ request: Double) -> Int {
      OutOfMemory.adjustment(.burstable, memoryRequest: request, nodeMemory: 8000)
    }
    #expect(OutOfMemory.adjustment(.bestEffort, memoryRequest: 0, nodeMemory: 8000) == 1000)
    #expect(OutOfMemory.adjustment(.guaranteed, memoryRequest: 4000, nodeMemory: 8000) == -997)
    // 1000 − 1000 × 2000 ÷ 8000 = 750; nothing requested stays below BestEffort; all is at least 3.
    #expect(adjustment(2000) == 750)
    #expect(adjustment(0) == 999)
    #expect(adjustment(8000) == 3)
    #expect(adjustment(80_000) == 3)
  }

  @Test("the kernel kills the highest score: share of memory in thousandths plus adjustment")
  func victim() {
    func candidate(_ pod: Int, _ set: Double, _ adjustment: Int) -> OutOfMemory.Candidate {
      OutOfMemory.Candidate(pod: pod, workingSet: set, adjustment: adjustment)
    }
    func victim(_ all: OutOfMemory.Candidate...) -> Int? {
      OutOfMemory.victim(of: all, memory: 1000)?.pod
    }
    // 100 + 1000 against 800 + 200.
    #expect(victim(candidate(0, 100, 1000), candidate(1, 800, 200)) == 0)
    // 10 + 999 against 500 + 750.
    #expect(victim(candidate(0, 10, 999), candidate(1, 500, 750)) == 1)
    // Of equal ones the kernel keeps the last it saw.
    #expect(victim(candidate(4, 200, 1000), candidate(2, 200, 1000)) == 2)
    // What has nothing to give is no victim.
    #expect(victim(candidate(0, 0, 1000)) == nil)
  }
}

@Suite("Which images a kubelet removes")
struct ImageCollectionTests {
  private func image(
    _ position: Int, bytes: Double = 10, from detected: Int64 = 0, used: Int64,
    inUse: Bool = false
  ) -> ImageCollection.Image {
    ImageCollection.Image(
      position: position, bytes: bytes, detected: .s(detected), lastUsed: .s(used), isInUse: inUse)
  }

  private func removed(_ bytes: Double, _ images: ImageCollection.Image...) -> [Int] {
    ImageCollection(minimumAge: 120).removed(from: images, toFree: bytes, at: .s(1000))
      .map(\.position)
  }

  @Test("the least recently used go first, until enough is free")
  func leastRecentlyUsed() {
    // 15 bytes take two images of 10; the third stays.
    #expect(removed(15, image(0, used: 500), image(1, used: 100), image(2, used: 300)) == [1, 2])
    #expect(removed(0, image(0, used: 500)).isEmpty)
  }

  @Test("images in use and young ones stay, whatever is missing")
  func kept() {
    #expect(
      removed(
        .infinity, image(0, used: 1, inUse: true), image(1, from: 881, used: 881),
        image(2, from: 880, used: 880)) == [2])
  }
}
