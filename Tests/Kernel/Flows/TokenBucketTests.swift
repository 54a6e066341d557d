import GantryKernel
import GantryUnits
import Testing

@Suite("token bucket")
struct TokenBucketTests {
  static let limits = TokenBucketLimits(
    burst: 100, baseline: 40, maximumCredits: 600, initialCredits: 300)

  @Test("credits run out after credits ÷ (throughput − baseline)")
  func depletion() {
    var bucket = TokenBucket(Self.limits)
    #expect(bucket.capacity == 100)
    // 300 ÷ (100 − 40) = 5 s.
    #expect(bucket.transition(throughput: 100) == .seconds(5))
    // At 47 per second: 300 ÷ 7 = 42.857142857142857… s, rounded up in the ninth digit.
    #expect(bucket.transition(throughput: 47) == Span(nanoseconds: 42_857_142_858))
    #expect(bucket.transition(throughput: 40) == nil)
    bucket.advance(by: .seconds(2), throughput: 100)
    #expect(bucket.credits == 180 && !bucket.isThrottled)
    bucket.advance(by: .seconds(3), throughput: 100)
    bucket.reachTransition(throughput: 100)
    #expect(bucket.credits == 0 && bucket.isThrottled && bucket.capacity == 40)
  }

  @Test("unused baseline refills, up to the maximum")
  func refill() {
    var bucket = TokenBucket(Self.limits)
    bucket.advance(by: .seconds(4), throughput: 15)
    // 300 + 4 · (40 − 15) = 400.
    #expect(bucket.credits == 400)
    bucket.advance(by: .seconds(1000), throughput: 0)
    #expect(bucket.credits == 600)
  }

  @Test("an empty bucket bursts again with its first credit")
  func resumption() {
    var bucket = TokenBucket(
      TokenBucketLimits(burst: 100, baseline: 40, maximumCredits: 600, initialCredits: 0))
    #expect(bucket.isThrottled)
    #expect(bucket.transition(throughput: 10) == nil)
    bucket.advance(by: Span(nanoseconds: 1), throughput: 40)
    #expect(bucket.isThrottled)
    bucket.advance(by: Span(nanoseconds: 1), throughput: 10)
    #expect(!bucket.isThrottled)
  }

  @Test("with a threshold it bursts again when that is reached")
  func threshold() {
    var bucket = TokenBucket(
      TokenBucketLimits(
        burst: 100, baseline: 40, maximumCredits: 600, initialCredits: 0, resumeCredits: 60))
    // 60 ÷ (40 − 10) = 2 s; after half of it 30 are missing, at 40 per second 0.75 s.
    #expect(bucket.transition(throughput: 10) == .seconds(2))
    bucket.advance(by: .seconds(1), throughput: 10)
    #expect(bucket.isThrottled && bucket.credits == 30)
    #expect(bucket.transition(throughput: 0) == .seconds(0.75))
    bucket.advance(by: .seconds(0.75), throughput: 0)
    bucket.reachTransition(throughput: 0)
    #expect(!bucket.isThrottled && bucket.credits == 60)
  }

  @Test("a network is throttled at the nanosecond of depletion and bursts after a pause")
  func inNetwork() {
    var network = FlowNetwork()
    let disk = network.addBucket(Self.limits)
    let reads = network.flowClass(path: [PathStep(disk)])
    _ = network.start(reads, volume: 700, payload: 1, at: .zero)
    // 5 s at 100 per second use up the credits; the 200 left take 5 s at 40 per second.
    #expect(network.nextEvent() == .seconds(5))
    #expect(network.popCompletion(at: .seconds(5)) == nil)
    #expect(network.capacity(of: disk) == 40)
    #expect(network.nextEvent() == .seconds(10))
    #expect(network.popCompletion(at: .seconds(10))?.payload == 1)
    #expect(network.nextEvent() == nil)
    // Idle for 3 s: 3 · 40 = 120 credits, enough for 120 ÷ 60 = 2 s of burst from 13 s on.
    #expect(network.bucket(of: disk, at: .seconds(13))?.credits == 120)
    _ = network.start(reads, volume: 280, payload: 2, at: .seconds(13))
    #expect(network.nextEvent() == .seconds(15))
    #expect(network.popCompletion(at: .seconds(15)) == nil)
    // 200 went in the burst, 80 are left at 40 per second: 17 s.
    #expect(network.nextEvent() == .seconds(17))
    #expect(network.popCompletion(at: .seconds(17))?.payload == 2)
    #expect(network.delivered(by: disk, at: .seconds(17)) == 980)
  }

  @Test("in a network a threshold is an event of its own")
  func thresholdInNetwork() {
    var network = FlowNetwork()
    let disk = network.addBucket(
      TokenBucketLimits(
        burst: 100, baseline: 40, maximumCredits: 600, initialCredits: 0, resumeCredits: 60))
    let slow = network.flowClass(path: [PathStep(disk)], cap: 10)
    let fast = network.flowClass(path: [PathStep(disk)])
    _ = network.start(slow, volume: 1000, payload: 1, at: .zero)
    // 30 credits a second come back: 60 at 2 s.
    #expect(network.nextEvent() == .seconds(2))
    #expect(network.popCompletion(at: .seconds(2)) == nil)
    _ = network.start(fast, volume: 90, payload: 2, at: .seconds(2))
    // 10 + 90 at once; 60 credits last 1 s, exactly until the fast flow is done.
    #expect(network.rate(of: fast) == 90)
    #expect(network.nextEvent() == .seconds(3))
    #expect(network.popCompletion(at: .seconds(3))?.payload == 2)
    #expect(network.capacity(of: disk) == 40)
  }

  @Test("a query at the instant of depletion does not undo it")
  func queried() {
    var network = FlowNetwork()
    let disk = network.addBucket(Self.limits)
    let reads = network.flowClass(path: [PathStep(disk)])
    _ = network.start(reads, volume: 10_000, payload: 1, at: .zero)
    #expect(network.nextEvent() == .seconds(5))
    #expect(network.bucket(of: disk, at: .seconds(5))?.credits == 0)
    _ = network.start(reads, volume: 10_000, payload: 2, at: .seconds(5))
    #expect(network.popCompletion(at: .seconds(5)) == nil)
    #expect(network.rate(of: reads) == 20)
  }

  @Test("limits must make sense")
  func limits() async {
    await #expect(processExitsWith: .failure) {
      _ = TokenBucketLimits(burst: 1, baseline: 2, maximumCredits: 1, initialCredits: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = TokenBucketLimits(burst: 2, baseline: 1, maximumCredits: 1, initialCredits: 2)
    }
  }
}
