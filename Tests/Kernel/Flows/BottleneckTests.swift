import GantryKernel
import GantryUnits
import Testing

@Suite("Bottlenecks")
struct BottleneckTests {
  @Test("the full resource with the lowest level holds a flow, its own cap comes first")
  func byHand() {
    // Wide offers 12, narrow 4. On both: two flows a; on wide only: b, and c with a cap of 1.
    // Narrow gives each a 2; wide has 12 - 4 = 8 left: c takes its 1, b the other 7.
    var network = FlowNetwork()
    let wide = network.addResource(capacity: 12)
    let narrow = network.addResource(capacity: 4)
    let both = network.flowClass(path: [PathStep(wide), PathStep(narrow)])
    let first = network.start(both, volume: 100, payload: 0, at: .zero)
    let second = network.start(both, volume: 100, payload: 1, at: .zero)
    let lone = network.start(
      network.flowClass(path: [PathStep(wide)]), volume: 100, payload: 2, at: .zero)
    let capped = network.start(
      network.flowClass(path: [PathStep(wide)], cap: 1), volume: 100, payload: 3, at: .zero)
    // The macro cannot take a network that must not be copied.
    let (one, two) = (network.bottleneck(of: first), network.bottleneck(of: second))
    let (three, four) = (network.bottleneck(of: lone), network.bottleneck(of: capped))
    let rates = [network.rate(of: lone), network.rate(of: capped)]
    #expect(rates == [7, 1])
    #expect(one?.resource == narrow)
    #expect(two?.flows == 2)
    #expect(three?.resource == wide)
    #expect(three?.flows == 4)
    #expect(four?.flows == nil)
  }

  @Test("a flow that has ended has none")
  func ended() {
    var network = FlowNetwork()
    let resource = network.addResource(capacity: 1)
    let flow = network.start(
      network.flowClass(path: [PathStep(resource)]), volume: 1, payload: 0, at: .zero)
    let running = network.bottleneck(of: flow)
    #expect(running?.resource == resource)
    let end = network.nextEvent()
    #expect(end == .seconds(1))
    let done = network.popCompletion(at: .seconds(1))
    #expect(done?.payload == 0)
    let after = network.bottleneck(of: flow)
    #expect(after?.flows == nil)
  }

  @Test("in random networks the bottleneck is full and nobody on it has a higher level")
  func random() {
    // Three resources, flows on one or two of them with weights and caps; the definition's words.
    for seed in UInt64(0)..<200 {
      let draws = RandomStream(seed: seed, replication: 0).stream(entity: 0, purpose: 0)
      var index: UInt64 = 0
      func draw(_ count: Int) -> Int {
        index += 1
        return Int(draws.uniform(index) * Double(count))
      }
      var network = FlowNetwork()
      let resources = (0..<3).map { _ in network.addResource(capacity: Double(1 + draw(20))) }
      var flows: [(flow: FlowID, path: [ResourceID], weight: Double, cap: Double?)] = []
      for payload in UInt32(0)..<8 {
        var path = [resources[draw(3)]]
        let other = resources[draw(3)]
        if other != path[0] { path.append(other) }
        let weight = Double(1 + draw(3))
        let cap = draw(2) == 0 ? Double(1 + draw(5)) : nil
        let flowClass = network.flowClass(
          path: path.map { PathStep($0) }, weight: weight, cap: cap)
        let flow = network.start(flowClass, volume: 1000, payload: payload, at: .zero)
        flows.append((flow, path, weight, cap))
      }
      for flow in flows {
        let rate = network.rate(of: flow.flow)
        guard let found = network.bottleneck(of: flow.flow) else {
          #expect(rate == flow.cap)
          continue
        }
        #expect(flow.path.contains(found.resource))
        let isFull = network.isSaturated(found.resource)
        #expect(isFull)
        let sharing = flows.filter { $0.path.contains(found.resource) }
        #expect(sharing.count == found.flows)
        var highest = 0.0
        for other in sharing { highest = max(highest, network.rate(of: other.flow) / other.weight) }
        #expect(rate / flow.weight >= highest * (1 - 1e-12))
      }
    }
  }
}
