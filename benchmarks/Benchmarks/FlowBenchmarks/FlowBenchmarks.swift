internal import BenchmarkMachine
internal import GantryKernel
internal import GantryUnits

/// Starts and ends flows of many classes around one hub and prints the cost of each.
///
/// 20 nodes with a card of 150 units per second each and 10 classes per node that differ in weight
/// and cap; all cross the hub. `tight` has a hub that is always full, so that every change can
/// touch every class; `roomy` has a hub that never is, so that a change stays on its node.
@main
struct FlowBenchmarks {
  static func main() {
    let starts = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 500_000
    for (name, hub) in [("tight", 1000.0), ("roomy", 4000.0)] {
      var star = HubAndNodes(hubCapacity: hub, nodes: 20, classesPerNode: 10)
      let before = Machine.processorSeconds()
      star.play(starts: starts, flowsAtOnce: 100)
      let seconds = Machine.processorSeconds() - before
      let fields = [
        "\"hub\":\"\(name)\"", "\"starts_and_ends\":\(2 * starts)",
        "\"cpu_s\":\(seconds.fixed(3))",
        "\"ns_per_change\":\((seconds / Double(2 * starts) * 1e9).fixed(0))",
        "\"end\":\(star.now.seconds.fixed(6))",
      ]
      print("{\(fields.joined(separator: ","))}")
    }
  }
}

/// A network of nodes around a hub, with random flows.
struct HubAndNodes: ~Copyable {
  private var network = FlowNetwork()
  private var classes: [FlowClassID] = []
  private let random = RandomStream(seed: 1)
  private var draws: UInt64 = 0
  private(set) var now = Instant.zero

  init(hubCapacity: Double, nodes: Int, classesPerNode: Int) {
    let hub = network.addResource(capacity: hubCapacity)
    for _ in 0..<nodes {
      let card = network.addResource(capacity: 150)
      for number in 0..<classesPerNode {
        classes.append(
          network.flowClass(
            path: [PathStep(card), PathStep(hub)], weight: Double(1 + number % 3),
            cap: number % 2 == 0 ? nil : Double(10 + 10 * number)))
      }
    }
  }

  /// Keeps a number of flows running until so many have been started, then lets them end.
  mutating func play(starts: Int, flowsAtOnce: Int) {
    var left = starts
    for _ in 0..<min(flowsAtOnce, starts) {
      start()
      left -= 1
    }
    while let instant = network.nextEvent() {
      now = instant
      while network.popCompletion(at: instant) != nil {
        guard left > 0 else { continue }
        start()
        left -= 1
      }
    }
  }

  private mutating func start() {
    draws += 2
    let number = Int(random.integer(draws, below: UInt64(classes.count)))
    let volume = 50 + 400 * random.uniform(draws + 1)
    _ = network.start(classes[number], volume: volume, payload: 0, at: now)
  }
}
