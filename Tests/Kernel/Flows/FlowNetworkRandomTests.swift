import GantryKernel
import GantryUnits
import Testing

@Suite("fluid flows against the plain solver")
struct FlowNetworkRandomTests {
  @Test("random networks of fixed capacities", arguments: 0..<24)
  func fixed(seed: Int) {
    var random = RandomNetwork(
      seed: UInt64(seed), resourceCount: 1 + seed % 9, classCount: 2 + seed % 13, bucketShare: 0)
    for _ in 0..<40 {
      random.step()
      random.check()
    }
    #expect(random.completions > 0)
  }

  @Test("random networks with token buckets", arguments: 100..<124)
  func buckets(seed: Int) {
    var random = RandomNetwork(
      seed: UInt64(seed), resourceCount: 1 + seed % 7, classCount: 2 + seed % 11, bucketShare: 0.6)
    for _ in 0..<40 {
      random.step()
      random.check()
    }
    #expect(random.completions > 0)
  }

  @Test("larger networks, of which a change touches only a part", arguments: 200..<204)
  func large(seed: Int) {
    var random = RandomNetwork(
      seed: UInt64(seed), resourceCount: 25, classCount: 50, bucketShare: 0.2)
    for _ in 0..<60 {
      random.step()
      random.check()
    }
    #expect(random.completions > 0)
  }

  @Test("what went in comes out: volumes of ended flows equal what was delivered")
  func conservation() {
    let random = RandomStream(seed: 5)
    var network = FlowNetwork()
    let hub = network.addResource(capacity: 1e9 / 3)
    var paths: [FlowClassID] = []
    var cards: [ResourceID] = []
    for number in 0..<5 {
      let card = network.addResource(capacity: 1e8 * Double(1 + number) / 7)
      cards.append(card)
      paths.append(
        network.flowClass(path: [PathStep(card), PathStep(hub, coefficient: 0.5)]))
    }
    var volumes = [Double](repeating: 0, count: 5)
    for number in 0..<500 as Range<UInt64> {
      let path = Int(random.integer(2 * number, below: 5))
      let volume = 1e9 * random.uniform(2 * number + 1)
      volumes[path] += volume
      _ = network.start(paths[path], volume: volume, payload: 0, at: .zero)
    }
    #expect(drain(&network).count == 500)
    let end = network.now
    for path in 0..<5 {
      let delivered = network.delivered(by: cards[path], at: end)
      #expect(abs(delivered / volumes[path] - 1) < 1e-12)
    }
    let total = volumes.reduce(0, +) / 2
    #expect(abs(network.delivered(by: hub, at: end) / total - 1) < 1e-12)
  }

  @Test("the same calls give the same ends to the nanosecond")
  func determinism() {
    func digest() -> UInt64 {
      var random = RandomNetwork(seed: 77, resourceCount: 6, classCount: 12, bucketShare: 0.4)
      var digest: UInt64 = 0xCBF2_9CE4_8422_2325
      for _ in 0..<100 {
        random.step()
        digest = (digest ^ UInt64(random.flows.count)) &* 0x0000_0100_0000_01B3
        let next = random.network.nextEvent()?.nanoseconds ?? 0
        digest = (digest ^ UInt64(next)) &* 0x0000_0100_0000_01B3
      }
      return digest
    }
    // A value of this version: it changes when the model does, and with nothing else.
    #expect(digest() == 12_293_947_044_122_669_951)
    #expect(digest() == digest())
  }

  @Test("many classes, few of them touched: sums of differences do not drift")
  func drift() {
    let random = RandomStream(seed: 9)
    var network = FlowNetwork()
    let hub = network.addResource(capacity: 1e6)
    var paths: [FlowClassID] = []
    for number in 0..<30 {
      let card = network.addResource(capacity: 10 + Double(number) / 3)
      paths.append(network.flowClass(path: [PathStep(card), PathStep(hub)], weight: 1.1))
    }
    var draw: UInt64 = 0
    for _ in 0..<60 {
      draw += 2
      let path = paths[Int(random.integer(draw, below: 30))]
      _ = network.start(path, volume: 100 * random.uniform(draw + 1), payload: 0, at: .zero)
    }
    for _ in 0..<3000 {
      guard let instant = network.nextEvent() else { break }
      while network.popCompletion(at: instant) != nil {
        draw += 2
        let path = paths[Int(random.integer(draw, below: 30))]
        _ = network.start(path, volume: 100 * random.uniform(draw + 1), payload: 0, at: instant)
      }
      var sum = 0.0
      for path in paths { sum += network.rate(of: path) * Double(network.flowCount(of: path)) }
      #expect(abs(network.throughput(of: hub) - sum) < 1e-9 * sum)
      #expect(network.isSaturated(hub) == false)
    }
  }

  @Test("small flows keep their precision beside huge ones")
  func magnitudes() {
    var network = FlowNetwork()
    let hub = network.addResource(capacity: 1e18)
    for cap in [0.5, 0.25, 0.125] {
      let small = network.flowClass(path: [PathStep(hub)], cap: cap)
      _ = network.start(small, volume: 1e3, payload: 0, at: .zero)
    }
    let huge = network.flowClass(path: [PathStep(hub)], cap: 1e17)
    let flow = network.start(huge, volume: 1e18, payload: 1, at: .zero)
    // 10^17 + 0.875 is 10^17 as a Double; taking 10^17 away again must not leave 0.
    #expect(network.throughput(of: hub) == 1e17)
    network.cancel(flow, at: .seconds(1))
    #expect(network.throughput(of: hub) == 0.875)
  }

  @Test("light flows keep their share beside capped heavy ones")
  func weights() {
    var network = FlowNetwork()
    let cpu = network.addResource(capacity: 11)
    let heavy = network.flowClass(path: [PathStep(cpu)], weight: 1e14, cap: 1)
    let light = network.flowClass(path: [PathStep(cpu)], weight: 1e-3)
    let other = network.flowClass(path: [PathStep(cpu)], weight: 3e-3)
    for path in [heavy, light, other] { _ = network.start(path, volume: 1, payload: 0, at: .zero) }
    // The heavy one stops at its cap; 10 are left in the ratio 1 : 3.
    #expect(network.rate(of: heavy) == 1)
    #expect(abs(network.rate(of: light) - 2.5) < 1e-12)
    #expect(abs(network.rate(of: other) - 7.5) < 1e-12)
  }

  @Test("an empty bucket at its baseline earns nothing, whatever the sum of the shares rounds to")
  func baseline() {
    let random = RandomStream(seed: 21)
    for instance in 0..<50 as Range<UInt64> {
      var network = FlowNetwork()
      let disk = network.addBucket(
        TokenBucketLimits(burst: 100, baseline: 10, maximumCredits: 100, initialCredits: 0))
      for number in 0..<5 as Range<UInt64> {
        let weight = random.openUniform(instance * 8 + number)
        let path = network.flowClass(path: [PathStep(disk)], weight: weight)
        _ = network.start(path, volume: 1e6, payload: 0, at: .zero)
      }
      #expect(network.throughput(of: disk) == 10)
      #expect(network.bucket(of: disk, at: .seconds(1000))?.credits == 0)
    }
  }
}
