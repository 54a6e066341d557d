import GantryKernel
import GantryUnits
import Testing

/// A network under random use, shadowed by a plain account of every flow.
struct RandomNetwork: ~Copyable {
  struct Shadow {
    var id: FlowID
    var classNumber: Int
    var volume: Double
    var remaining: Double
  }

  struct Definition {
    var id: FlowClassID
    var path: [(resource: Int, coefficient: Double)]
    var weight: Double
    var cap: Double?
  }

  var network = FlowNetwork()
  var resources: [ResourceID] = []
  var buckets: [Int: TokenBucketLimits] = [:]
  var credits: [Int: Double] = [:]
  var definitions: [Definition] = []
  var flows: [UInt32: Shadow] = [:]
  var delivered: [Double] = []
  var now = Instant.zero
  var nextPayload: UInt32 = 0
  var completions = 0
  let random: RandomStream
  var draws: UInt64 = 0

  init(seed: UInt64, resourceCount: Int, classCount: Int, bucketShare: Double) {
    random = RandomStream(seed: seed)
    for index in 0..<resourceCount {
      if draw() < bucketShare {
        let baseline = whole(1...20)
        let limits = TokenBucketLimits(
          burst: baseline + whole(1...80), baseline: baseline, maximumCredits: 300,
          initialCredits: whole(0...300), resumeCredits: draw() < 0.3 ? 50 : 0)
        buckets[index] = limits
        credits[index] = limits.initialCredits
        resources.append(network.addBucket(limits))
      } else {
        resources.append(network.addResource(capacity: whole(0...100)))
      }
    }
    delivered = Array(repeating: 0, count: resourceCount)
    for _ in 0..<classCount { addClass() }
  }

  private mutating func addClass() {
    var path: [(resource: Int, coefficient: Double)] = []
    for resource in resources.indices where path.count < 4 && draw() < 2.5 / Double(resources.count)
    {
      path.append((resource, draw() < 0.7 ? 1 : whole(1...5) / 2))
    }
    if path.isEmpty { path.append((0, 1)) }
    let cap: Double? = draw() < 0.4 ? whole(0...15) : nil
    let weight = draw() < 0.5 ? 1 : whole(1...2000) / 3
    let steps = path.map { PathStep(resources[$0.resource], coefficient: $0.coefficient) }
    let id = network.flowClass(path: steps, weight: weight, cap: cap)
    definitions.append(Definition(id: id, path: path, weight: weight, cap: cap))
  }

  mutating func draw() -> Double {
    draws += 1
    return random.uniform(draws)
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Double {
    Double(range.lowerBound + Int(draw() * Double(range.count)))
  }

  /// The rates of all flows by the plain solver, by payload.
  mutating func referenceRates() -> [UInt32: Double] {
    let payloads = flows.keys.sorted()
    let problem = payloads.map { payload in
      let definition = definitions[flows[payload]?.classNumber ?? 0]
      return MaxMinReference.Flow(
        path: definition.path, weight: definition.weight, cap: definition.cap)
    }
    var capacities: [Double] = []
    for resource in resources { capacities.append(network.capacity(of: resource)) }
    let rates = MaxMinReference.rates(capacities: capacities, flows: problem)
    return Dictionary(uniqueKeysWithValues: zip(payloads, rates))
  }

  /// Lets the shadow account run to `instant` at the reference rates, then the network.
  mutating func advance(to instant: Instant) {
    let seconds = (instant - now).seconds
    var used = [Double](repeating: 0, count: resources.count)
    for (payload, rate) in referenceRates() {
      flows[payload]?.remaining -= rate * seconds
      for step in definitions[flows[payload]?.classNumber ?? 0].path {
        used[step.resource] += rate * step.coefficient
      }
    }
    for (index, limits) in buckets {
      let credit = (credits[index] ?? 0) + (limits.baseline - used[index]) * seconds
      #expect(credit > -1e-4, "bucket \(index) overdrawn: \(credit)")
      credits[index] = min(max(credit, 0), limits.maximumCredits)
    }
    for index in resources.indices { delivered[index] += used[index] * seconds }
    now = instant
    while let end = network.popCompletion(at: now) {
      completions += 1
      let shadow = flows.removeValue(forKey: end.payload)
      #expect(abs(shadow?.remaining ?? .infinity) < 1e-5, "flow \(end.payload) ended at \(now)")
    }
  }

  /// One random change: a start, a cancellation, a capacity, or just the next event.
  mutating func step() {
    let pause = Span.seconds(draw() * 2)
    let target = now + pause
    while let next = network.nextEvent(), next <= target { advance(to: next) }
    advance(to: target)
    let kind = draw()
    if kind < 0.6 {
      for _ in 0..<Int(whole(1...4)) { start() }
    } else if kind < 0.75, let payload = flows.keys.sorted().first, let flow = flows[payload] {
      let rest = network.cancel(flow.id, at: now)
      #expect(abs(rest - max(flow.remaining, 0)) < 1e-5)
      flows[payload] = nil
    } else if kind < 0.9 {
      let index = Int(draw() * Double(resources.count))
      if buckets[index] == nil {
        network.setCapacity(whole(0...100), of: resources[index], at: now)
      }
    }
  }

  private mutating func start() {
    let number = Int(draw() * Double(definitions.count))
    let volume = whole(0...60)
    let id = network.start(
      definitions[number].id, volume: volume, payload: nextPayload, at: now)
    flows[nextPayload] = Shadow(
      id: id, classNumber: number, volume: volume, remaining: volume)
    nextPayload += 1
  }

  /// Compares the present rates, throughputs, credits and account with the reference.
  mutating func check() {
    let rates = referenceRates()
    var used = [Double](repeating: 0, count: resources.count)
    for (payload, flow) in flows {
      let rate = network.rate(of: flow.id)
      let expected = rates[payload] ?? .nan
      #expect(abs(rate - expected) <= 1e-9 * max(expected, 1), "flow \(payload) at \(now)")
      for step in definitions[flow.classNumber].path {
        used[step.resource] += rate * step.coefficient
      }
    }
    checkCertificate()
    for (index, resource) in resources.enumerated() {
      let capacity = network.capacity(of: resource)
      #expect(used[index] <= capacity * (1 + 1e-12) + 1e-12)
      #expect(abs(network.throughput(of: resource) - used[index]) <= 1e-9 * max(capacity, 1))
      #expect(abs(network.delivered(by: resource, at: now) - delivered[index]) < 1e-3)
      guard let limits = buckets[index], let bucket = network.bucket(of: resource, at: now) else {
        continue
      }
      #expect(abs(bucket.credits - (credits[index] ?? .nan)) < 1e-3)
      #expect(capacity == limits.burst || capacity == limits.baseline)
      if bucket.credits > 1e-3, limits.resumeCredits == 0 { #expect(!bucket.isThrottled) }
    }
  }

  /// Every flow is at its cap, or at a full resource where nobody has a higher level.
  private mutating func checkCertificate() {
    var highest = [Double](repeating: 0, count: resources.count)
    for flow in flows.values {
      let definition = definitions[flow.classNumber]
      let level = network.rate(of: flow.id) / definition.weight
      for step in definition.path { highest[step.resource] = max(highest[step.resource], level) }
    }
    for flow in flows.values {
      let definition = definitions[flow.classNumber]
      let rate = network.rate(of: flow.id)
      var isHeld = rate == definition.cap
      for step in definition.path where network.isSaturated(resources[step.resource]) {
        let level = rate / definition.weight
        isHeld = isHeld || level >= highest[step.resource] * (1 - 1e-12)
      }
      #expect(isHeld, "a flow of class \(flow.classNumber) could have more at \(now)")
    }
  }
}
