import GantryKernel
import GantryUnits
import Testing

/// Runs a network to its end and gives every completion with its instant.
func drain(_ network: inout FlowNetwork) -> [(payload: UInt32, nanoseconds: Int64)] {
  var ends: [(payload: UInt32, nanoseconds: Int64)] = []
  while let instant = network.nextEvent() {
    while let end = network.popCompletion(at: instant) {
      ends.append((end.payload, instant.nanoseconds))
    }
  }
  return ends
}

@Suite("fluid flows, worked by hand")
struct FlowNetworkTests {
  @Test("one flow gets the whole capacity")
  func alone() {
    var network = FlowNetwork()
    let disk = network.addResource(capacity: 8)
    let reads = network.flowClass(path: [PathStep(disk)])
    _ = network.start(reads, volume: 20, payload: 7, at: .zero)
    // 20 units at 8 per second take 2.5 s.
    #expect(network.nextEvent() == Instant(nanoseconds: 2_500_000_000))
    #expect(drain(&network).map(\.payload) == [7])
    #expect(network.nextEvent() == nil)
  }

  @Test("an end is rounded up to the next whole nanosecond")
  func ceiling() {
    var network = FlowNetwork()
    let disk = network.addResource(capacity: 3)
    let reads = network.flowClass(path: [PathStep(disk)])
    _ = network.start(reads, volume: 1, payload: 0, at: .zero)
    // 1/3 s = 333 333 333.3… ns, so the first whole nanosecond with all of it is …334.
    #expect(network.nextEvent() == Instant(nanoseconds: 333_333_334))
  }

  @Test("flows that come and go share in between")
  func sharing() {
    var network = FlowNetwork()
    let disk = network.addResource(capacity: 10)
    let reads = network.flowClass(path: [PathStep(disk)])
    // 0 s: A alone, 10 per second. 1 s: B joins, 5 each. A has 30 − 10 = 20 left: ends at 5 s.
    // B has 100 − 20 = 80 left at 5 s, alone at 10 per second: ends at 13 s.
    _ = network.start(reads, volume: 30, payload: 1, at: .zero)
    _ = network.start(reads, volume: 100, payload: 2, at: .seconds(1))
    let ends = drain(&network)
    #expect(ends.map(\.payload) == [1, 2])
    #expect(ends.map(\.nanoseconds) == [5_000_000_000, 13_000_000_000])
  }

  @Test("the classical three-link case: the long flow has the smallest share")
  func line() {
    var network = FlowNetwork()
    let first = network.addResource(capacity: 10)
    let second = network.addResource(capacity: 4)
    let long = network.flowClass(path: [PathStep(first), PathStep(second)])
    let onFirst = network.flowClass(path: [PathStep(first)])
    let onSecond = network.flowClass(path: [PathStep(second)])
    _ = network.start(long, volume: 1000, payload: 0, at: .zero)
    _ = network.start(onFirst, volume: 1000, payload: 1, at: .zero)
    _ = network.start(onSecond, volume: 1000, payload: 2, at: .zero)
    // The second link is full at level 2 (4 ÷ 2 flows); the first then has 10 − 2 = 8 for one.
    #expect(network.rate(of: long) == 2)
    #expect(network.rate(of: onSecond) == 2)
    #expect(network.rate(of: onFirst) == 8)
    #expect(network.isSaturated(first) && network.isSaturated(second))
    #expect(network.throughput(of: first) == 10)
  }

  @Test("weights, caps and coefficients")
  func weighted() {
    var network = FlowNetwork()
    let cpu = network.addResource(capacity: 12)
    let small = network.flowClass(path: [PathStep(cpu)], weight: 1)
    let large = network.flowClass(path: [PathStep(cpu)], weight: 3, cap: 4)
    let double = network.flowClass(path: [PathStep(cpu, coefficient: 2)], weight: 2)
    for payload in 0..<2 {
      _ = network.start(small, volume: 100, payload: UInt32(payload), at: .zero)
    }
    _ = network.start(large, volume: 100, payload: 2, at: .zero)
    _ = network.start(double, volume: 100, payload: 3, at: .zero)
    // Load per level: 2·1 + 3 + 2·2 = 9, so the resource would be full at 12/9 = 4/3; the cap
    // comes at 4/3 as well. So small 4/3, large 4, double 8/3, and 2·4/3 + 4 + 2·8/3 = 12.
    #expect(abs(network.rate(of: small) - 4.0 / 3) < 1e-12)
    #expect(network.rate(of: large) == 4)
    #expect(abs(network.rate(of: double) - 8.0 / 3) < 1e-12)
  }

  @Test("a flow without volume ends when it starts, after those that started before it")
  func empty() {
    var network = FlowNetwork()
    let none = network.addResource(capacity: 0)
    let starved = network.flowClass(path: [PathStep(none)])
    _ = network.start(starved, volume: 0, payload: 1, at: .seconds(3))
    _ = network.start(starved, volume: 0, payload: 2, at: .seconds(3))
    let ends = drain(&network)
    #expect(ends.map(\.payload) == [1, 2])
    #expect(ends.map(\.nanoseconds) == [3_000_000_000, 3_000_000_000])
  }

  @Test("without capacity flows starve and go on when it comes")
  func starvation() {
    var network = FlowNetwork()
    let disk = network.addResource(capacity: 10)
    let reads = network.flowClass(path: [PathStep(disk)])
    let flow = network.start(reads, volume: 30, payload: 1, at: .zero)
    network.setCapacity(0, of: disk, at: .seconds(1))
    #expect(network.nextEvent() == nil)
    #expect(network.remaining(of: flow, at: .seconds(100)) == 20)
    network.setCapacity(5, of: disk, at: .seconds(100))
    // 20 left at 5 per second from 100 s on.
    #expect(network.nextEvent() == .seconds(104))
    #expect(network.delivered(by: disk, at: .seconds(104)) == 30)
  }

  @Test("a cancelled flow gives back what is left, and the others speed up")
  func cancellation() {
    var network = FlowNetwork()
    let disk = network.addResource(capacity: 10)
    let reads = network.flowClass(path: [PathStep(disk)])
    let first = network.start(reads, volume: 100, payload: 1, at: .zero)
    let second = network.start(reads, volume: 50, payload: 2, at: .zero)
    // 5 each for 4 s: 80 and 30 left; then 30 at 10 per second: 7 s.
    #expect(network.cancel(first, at: .seconds(4)) == 80)
    #expect(!network.isPending(first) && network.isPending(second))
    #expect(drain(&network).map(\.nanoseconds) == [7_000_000_000])
  }

  @Test("a flow that ended but was not reported can be withdrawn")
  func withdrawal() {
    var network = FlowNetwork()
    let disk = network.addResource(capacity: 10)
    let reads = network.flowClass(path: [PathStep(disk)])
    _ = network.start(reads, volume: 10, payload: 1, at: .zero)
    let second = network.start(reads, volume: 10, payload: 2, at: .zero)
    #expect(network.popCompletion(at: .seconds(2))?.payload == 1)
    #expect(network.cancel(second, at: .seconds(2)) == 0)
    #expect(network.popCompletion(at: .seconds(2)) == nil)
    #expect(network.runningCount == 0)
  }

  @Test("equal definitions are one class, whatever the order of the path")
  func interning() {
    var network = FlowNetwork()
    let a = network.addResource(capacity: 1)
    let b = network.addResource(capacity: 1)
    let first = network.flowClass(path: [PathStep(a), PathStep(b)])
    #expect(network.flowClass(path: [PathStep(b), PathStep(a)]) == first)
    #expect(network.flowClass(path: [PathStep(a), PathStep(b)], weight: 2) != first)
    // Named twice, a resource counts twice.
    let twice = network.flowClass(path: [PathStep(a), PathStep(a)])
    _ = network.start(twice, volume: 1, payload: 0, at: .zero)
    #expect(network.rate(of: twice) == 0.5)
  }

  @Test("a reset network repeats itself")
  func reset() {
    var network = FlowNetwork()
    let disk = network.addResource(capacity: 10)
    let reads = network.flowClass(path: [PathStep(disk)])
    var runs: [[Int64]] = []
    for _ in 0..<2 {
      for payload in 0..<5 {
        _ = network.start(
          reads, volume: Double(payload + 1) * 3, payload: UInt32(payload), at: .zero)
      }
      network.setCapacity(4, of: disk, at: .seconds(0.5))
      runs.append(drain(&network).map(\.nanoseconds))
      network.reset()
    }
    #expect(runs[0] == runs[1])
    #expect(network.capacity(of: disk) == 10)
  }

  @Test("a hub that is not full until one more flow comes: then everybody is touched")
  func filling() {
    var network = FlowNetwork()
    let hub = network.addResource(capacity: 100)
    var nodes: [FlowClassID] = []
    for _ in 0..<3 {
      let card = network.addResource(capacity: 40)
      nodes.append(network.flowClass(path: [PathStep(card), PathStep(hub)]))
    }
    _ = network.start(nodes[0], volume: 400, payload: 0, at: .zero)
    _ = network.start(nodes[1], volume: 400, payload: 1, at: .zero)
    #expect(network.rate(of: nodes[0]) == 40 && !network.isSaturated(hub))
    let third = network.start(nodes[2], volume: 400, payload: 2, at: .seconds(1))
    // 3 · 40 = 120 is more than 100: the hub is full at 100 ÷ 3 each.
    #expect(network.isSaturated(hub) == true)
    for node in nodes { #expect(network.rate(of: node) == 100.0 / 3) }
    network.cancel(third, at: .seconds(4))
    #expect(network.isSaturated(hub) == false)
    // 400 − 40 − 3 · 100/3 = 260 left at 40 per second: 4 + 6.5 s for both.
    #expect(drain(&network).map(\.nanoseconds) == [10_500_000_000, 10_500_000_000])
  }

  @Test("flows that end in one instant come in the order of their starts, across classes")
  func ties() {
    var network = FlowNetwork()
    let first = network.addResource(capacity: 10)
    let second = network.addResource(capacity: 20)
    let slow = network.flowClass(path: [PathStep(first)])
    let fast = network.flowClass(path: [PathStep(second)])
    _ = network.start(fast, volume: 40, payload: 1, at: .zero)
    _ = network.start(slow, volume: 10, payload: 2, at: .zero)
    _ = network.start(fast, volume: 40, payload: 3, at: .zero)
    _ = network.start(slow, volume: 30, payload: 4, at: .zero)
    // Fast: 10 each, both end at 4 s. Slow: 5 each, 2 ends at 2 s, 4 has 20 left at 10: 4 s.
    let ends = drain(&network)
    #expect(ends.map(\.payload) == [2, 1, 3, 4])
    #expect(
      ends.map(\.nanoseconds) == [2_000_000_000, 4_000_000_000, 4_000_000_000, 4_000_000_000])
  }

  @Test("a cap alone is a path: latency-bound work")
  func capOnly() {
    var network = FlowNetwork()
    let alone = network.flowClass(path: [], cap: 4)
    _ = network.start(alone, volume: 10, payload: 1, at: .zero)
    _ = network.start(alone, volume: 10, payload: 2, at: .zero)
    #expect(drain(&network).map(\.nanoseconds) == [2_500_000_000, 2_500_000_000])
  }

  @Test("an end beyond the end of time is no event")
  func never() {
    var network = FlowNetwork()
    let trickle = network.addResource(capacity: 1e-9)
    let reads = network.flowClass(path: [PathStep(trickle)])
    _ = network.start(reads, volume: 1e3, payload: 1, at: .zero)
    #expect(network.nextEvent() == nil)
  }

  @Test("everything can be removed and defined anew")
  func removal() {
    var network = FlowNetwork()
    for capacity in [10.0, 20.0] {
      let disk = network.addResource(capacity: capacity)
      let reads = network.flowClass(path: [PathStep(disk)])
      let flow = network.start(reads, volume: 100, payload: 1, at: .zero)
      #expect(network.rate(of: flow) == capacity)
      network.removeAll()
      #expect(!network.isPending(flow) && network.nextEvent() == nil)
    }
  }

  @Test("misuse is refused")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      var network = FlowNetwork()
      _ = network.flowClass(path: [], weight: 1, cap: nil)
    }
    await #expect(processExitsWith: .failure) {
      var network = FlowNetwork()
      let disk = network.addResource(capacity: 1)
      _ = network.flowClass(path: [PathStep(disk)], weight: 0)
    }
    await #expect(processExitsWith: .failure) {
      var network = FlowNetwork()
      let disk = network.addResource(capacity: 1)
      let reads = network.flowClass(path: [PathStep(disk)])
      _ = network.start(reads, volume: .nan, payload: 0, at: .zero)
    }
    await #expect(processExitsWith: .failure) {
      var network = FlowNetwork()
      let disk = network.addResource(capacity: 1)
      let reads = network.flowClass(path: [PathStep(disk)])
      let flow = network.start(reads, volume: 1, payload: 0, at: .zero)
      network.cancel(flow, at: .zero)
      network.cancel(flow, at: .zero)
    }
    await #expect(processExitsWith: .failure) {
      var network = FlowNetwork()
      let disk = network.addResource(capacity: 1)
      let reads = network.flowClass(path: [PathStep(disk)])
      _ = network.start(reads, volume: 1, payload: 0, at: .zero)
      // The flow ends at 1 s, which must be taken first.
      network.setCapacity(2, of: disk, at: .seconds(2))
    }
  }
}
