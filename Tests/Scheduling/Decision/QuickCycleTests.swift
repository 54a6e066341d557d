import GantryModel
import GantryScheduling
import Testing

@Suite("The fast path")
struct QuickCycleTests {
  @Test("decides as the plain rules do, over random clusters and histories", arguments: 0..<150)
  func equalToPlain(seed: Int) {
    var random = RandomCluster(seed: UInt64(seed))
    var state = ClusterState()
    let nodes = seed % 10 == 0 ? 130 : 1 + random.dice.below(15)
    for index in 0..<nodes { state.add(random.node(index)) }
    var configuration = SchedulerConfiguration()
    configuration.kubernetesMinor = [28, 30, 33][seed % 3]
    var quick = Scheduler(configuration: configuration)
    var plain = quick
    let shapes = (0..<8).map { _ in state.register(random.shape()) }
    var placed: [PlacedPodID] = []
    for step in 0..<60 {
      let shape = shapes[random.dice.below(shapes.count)]
      let ties = step % 2 == 0 ? TieBreaker.lowestName : .seeded(random.dice.draw())
      let fast = quick.schedule(shape, in: &state, ties: ties)
      let slow = plain.schedule(shape, in: &state, ties: ties, explain: true)
      #expect(fast.chosen == slow.chosen)
      #expect(fast.feasibleCount == slow.feasibleCount)
      #expect(fast.rejecters == slow.rejecters)
      #expect(fast.preemptionMightHelp == slow.preemptionMightHelp)
      #expect(quick.nextStartIndex == plain.nextStartIndex)
      if let node = slow.chosen { placed.append(state.place(shape, on: node)) }
      if random.dice.below(3) == 0, !placed.isEmpty {
        state.remove(placed.remove(at: random.dice.below(placed.count)))
      }
      if random.dice.below(10) == 0 { state.update(random.node(random.dice.below(nodes))) }
      if random.dice.below(15) == 0, let node = state.node(named: "n\(random.dice.below(nodes))") {
        let lost = state.remove(node)
        placed.removeAll(where: lost.contains)
        state.add(random.node(nodes + step))
      }
    }
  }
}
