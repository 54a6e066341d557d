import Foundation
import GantryModel
import Testing

@testable import GantryScheduling

@Suite("The fast path and what it remembers")
struct QuickCycleTests {
  /// More seeds than the everyday ones: `GANTRY_PROPERTY_SEEDS=500`.
  static let seeds =
    0..<(ProcessInfo.processInfo.environment["GANTRY_PROPERTY_SEEDS"].flatMap(Int.init) ?? 60)

  private func configuration(_ seed: Int) -> SchedulerConfiguration {
    var configuration = SchedulerConfiguration()
    configuration.kubernetesMinor = [28, 29, 30, 33][seed % 4]
    configuration.percentageOfNodesToScore = [nil, 100, 60][seed % 3]
    return configuration
  }

  @Test("decides as the plain rules do, over random clusters and histories", arguments: seeds)
  func equalToPlain(seed: Int) {
    var history = RandomHistory(seed: seed)
    var quick = Scheduler(configuration: configuration(seed))
    var plain = quick
    for _ in 0..<60 {
      let shape = history.anyShape()
      let claims = history.anyClaims()
      let ties = history.anyTies()
      let fast = quick.schedule(shape, claims: claims, in: &history.state, ties: ties)
      let slow = plain.schedule(
        shape, claims: claims, in: &history.state, ties: ties, explain: true)
      #expect(fast.chosen == slow.chosen)
      #expect(fast.feasibleCount == slow.feasibleCount)
      #expect(fast.rejecters == slow.rejecters)
      #expect(fast.preemptionMightHelp == slow.preemptionMightHelp)
      #expect(fast.fault == slow.fault)
      #expect(quick.nextStartIndex == plain.nextStartIndex)
      if let node = slow.chosen { history.place(shape, claims, on: node) }
      history.goOn()
    }
  }

  @Test("counts kept over a history are those of the cluster as it is", arguments: seeds)
  func equalToRebuilt(seed: Int) {
    var history = RandomHistory(seed: seed)
    var scheduler = Scheduler(configuration: configuration(seed))
    for step in 0..<60 {
      let shape = history.anyShape()
      let claims = history.anyClaims()
      let decision = scheduler.schedule(shape, claims: claims, in: &history.state)
      if let node = decision.chosen { history.place(shape, claims, on: node) }
      history.goOn()
      guard step % 20 == 19 else { continue }
      var fresh = history.state.rebuilt(namespaces: history.namespaces)
      for shape in history.shapes {
        let claims = history.anyClaims()
        var twin = scheduler
        let kept = scheduler.schedule(shape, claims: claims, in: &history.state, explain: true)
        let made = twin.schedule(shape, claims: claims, in: &fresh, explain: true)
        #expect(history.state.words(kept) == fresh.words(made))
        guard kept.chosen == nil else { continue }
        let first = scheduler.preempt(for: shape, claims: claims, in: &history.state)
        let second = scheduler.preempt(for: shape, claims: claims, in: &fresh)
        #expect(history.state.words(first) == fresh.words(second))
      }
    }
  }

  @Test("most pods of these clusters are decided by the fast path", arguments: [0, 2, 4, 6, 8, 10])
  func applies(seed: Int) {
    var history = RandomHistory(seed: seed)
    var applied = 0
    for _ in 0..<40 {
      let cycle = QuickCycle(
        history.anyShape(), [], in: &history.state, configuration: configuration(0), start: 0)
      if cycle != nil { applied += 1 }
    }
    #expect(applied == 40)
  }
}
