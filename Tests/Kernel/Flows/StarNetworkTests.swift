import GantryKernel
import GantryUnits
import Testing

@Suite("star of nodes around a hub")
struct StarNetworkTests {
  @Test("nodes share the hub flow by flow, within their limits")
  func rates() {
    var star = StarNetwork(hubCapacity: 200, nodeCapacities: [150, 150, 30], flowsPerNode: 4)
    star.start(node: 0, volume: 900, payload: 1, at: .zero)
    // Alone: the node's limit binds.
    #expect(star.rate(ofNode: 0) == 150)
    star.start(node: 1, volume: 900, payload: 2, at: .zero)
    star.start(node: 1, volume: 900, payload: 3, at: .zero)
    star.start(node: 2, volume: 900, payload: 4, at: .zero)
    // 200 ÷ 4 = 50 is more than node 2 can take, so it has 30 and the others (200 − 30) ÷ 3.
    #expect(star.rate(ofNode: 2) == 30)
    #expect(star.rate(ofNode: 0) == 170.0 / 3)
    #expect(star.rate(ofNode: 1) == 170.0 / 3)
    #expect(star.runningCount == 4)
  }

  @Test("ends to the nanosecond")
  func ends() {
    var star = StarNetwork(hubCapacity: 100, nodeCapacities: [80, 80], flowsPerNode: 2)
    star.start(node: 0, volume: 100, payload: 1, at: .zero)
    star.start(node: 1, volume: 200, payload: 2, at: .zero)
    // 50 each: the first ends at 2 s, the second has 100 left at 80 per second: 3.25 s.
    #expect(star.nextEvent() == .seconds(2))
    #expect(star.popCompletion(at: .seconds(2)) == 1)
    #expect(star.popCompletion(at: .seconds(2)) == nil)
    #expect(star.nextEvent() == .seconds(3.25))
    #expect(star.popCompletion(at: .seconds(3.25)) == 2)
    #expect(star.nextEvent() == nil && star.runningCount == 0)
    star.start(node: 1, volume: 0, payload: 3, at: .seconds(4))
    #expect(star.nextEvent() == .seconds(4))
    #expect(star.popCompletion(at: .seconds(4)) == 3)
  }

  @Test("equals the general network", arguments: 0..<30)
  func general(seed: Int) {
    let random = RandomStream(seed: UInt64(seed))
    var draws: UInt64 = 0
    func draw(_ bound: Int) -> Int {
      draws += 1
      return Int(random.integer(draws, below: UInt64(bound)))
    }
    let nodeCount = 1 + draw(8)
    let capacities = (0..<nodeCount).map { _ in Double([30, 75, 150][draw(3)]) }
    let hubCapacity = Double(50 + draw(400))
    var star = StarNetwork(hubCapacity: hubCapacity, nodeCapacities: capacities, flowsPerNode: 3)
    var network = FlowNetwork()
    let hub = network.addResource(capacity: hubCapacity)
    var classes: [FlowClassID] = []
    for capacity in capacities {
      let card = network.addResource(capacity: capacity)
      classes.append(network.flowClass(path: [PathStep(card), PathStep(hub)]))
    }
    var counts = [Int](repeating: 0, count: nodeCount)
    var nodes: [Int] = []
    var now = Instant.zero
    var started: UInt32 = 0
    while started < 300 || network.runningCount > 0 {
      let pause = now + Span(nanoseconds: Int64(draw(1_000_000_000)))
      let next = network.nextEvent()
      let other = star.nextEvent()
      // Both round up; sums in another order may differ in the last nanosecond.
      let gap = (next?.nanoseconds ?? 0) - (other?.nanoseconds ?? 0)
      #expect(abs(gap) <= 1 && (next == nil) == (other == nil))
      if let next, let other, max(next, other) <= pause {
        now = max(next, other)
        let expected = network.popCompletion(at: next)?.payload
        let ended = star.popCompletion(at: other)
        #expect(ended != nil && ended == expected)
        if let ended { counts[nodes[Int(ended)]] -= 1 }
      } else {
        now = pause
        let node = draw(nodeCount)
        guard counts[node] < 3, started < 300 else { continue }
        let volume = Double(1 + draw(200)) + 0.37
        _ = network.start(classes[node], volume: volume, payload: started, at: now)
        star.start(node: node, volume: volume, payload: started, at: now)
        nodes.append(node)
        counts[node] += 1
        started += 1
      }
      for node in 0..<nodeCount where counts[node] > 0 {
        #expect(abs(star.rate(ofNode: node) - network.rate(of: classes[node])) < 1e-9 * hubCapacity)
      }
    }
  }

  @Test("a reset star repeats itself")
  func reset() {
    var star = StarNetwork(hubCapacity: 100, nodeCapacities: [80, 60], flowsPerNode: 4)
    var runs: [[Int64]] = []
    for _ in 0..<2 {
      for payload in 0..<6 {
        star.start(
          node: payload % 2, volume: Double(10 + payload), payload: UInt32(payload), at: .zero)
      }
      var ends: [Int64] = []
      while let instant = star.nextEvent() {
        while let payload = star.popCompletion(at: instant) {
          ends += [instant.nanoseconds, Int64(payload)]
        }
      }
      runs.append(ends)
      star.reset()
    }
    #expect(runs[0] == runs[1] && runs[0].count == 12)
  }

  @Test("a node without a free slot refuses")
  func full() async {
    await #expect(processExitsWith: .failure) {
      var star = StarNetwork(hubCapacity: 1, nodeCapacities: [1], flowsPerNode: 1)
      star.start(node: 0, volume: 1, payload: 0, at: .zero)
      star.start(node: 0, volume: 1, payload: 1, at: .zero)
    }
  }
}
