import GantryScheduling
import GantryUnits
import Testing

@Suite("The scheduling queue")
struct SchedulingQueueTests {
  private let shape = PodShapeID(index: 0)

  private func seconds(_ value: Double) -> Instant { .seconds(value) }

  @Test("pops by priority, then by age, then by arrival")
  func order() {
    var queue = SchedulingQueue()
    queue.add("late", shape: shape, priority: 0, at: seconds(2))
    queue.add("early", shape: shape, priority: 0, at: seconds(1))
    queue.add("twin", shape: shape, priority: 0, at: seconds(1))
    queue.add("high", shape: shape, priority: 5, at: seconds(3))
    #expect((0..<5).map { _ in queue.pop() } == ["high", "early", "twin", "late", nil])
  }

  @Test("back-off doubles from one second to ten", arguments: zip(1...7, [1, 2, 4, 8, 10, 10, 10]))
  func backoff(attempts: Int, expected: Int) {
    #expect(QueueTiming.backoff(after: attempts) == .seconds(Double(expected)))
  }

  @Test("an event that concerns the refusal wakes the pod, after its back-off")
  func wake() {
    var queue = SchedulingQueue()
    queue.add("p", shape: shape, priority: 0, at: .zero)
    #expect(queue.pop() == "p")
    queue.fail("p", rejecters: FilterPluginSet(.nodeResourcesFit), at: seconds(0.2))
    #expect(queue.place(of: "p") == .unschedulable)
    queue.move(on: .claimAdded, at: seconds(0.3))
    #expect(queue.place(of: "p") == .unschedulable)
    queue.move(on: .podDeleted, at: seconds(0.4))
    #expect(queue.place(of: "p") == .backoff)
    // The back-off ends at 1.2 s; the flush of second 2 is the first to see it.
    #expect(queue.nextFlush() == seconds(2))
    queue.flush(at: seconds(1))
    let isReady = queue.hasReady
    #expect(!isReady)
    queue.flush(at: seconds(2))
    #expect(queue.pop() == "p")
    #expect(queue.attempts(of: "p") == 2)
  }

  @Test("an event during the cycle sends a failed pod to back-off")
  func eventInFlight() {
    var queue = SchedulingQueue()
    queue.add("p", shape: shape, priority: 0, at: .zero)
    _ = queue.pop()
    queue.move(on: .nodeAdded, at: .zero)
    queue.fail("p", rejecters: FilterPluginSet(.nodeName), at: .zero)
    #expect(queue.place(of: "p") == .backoff)
  }

  @Test("a node event that does not pass the pre-check wakes nobody")
  func preCheck() {
    var queue = SchedulingQueue()
    queue.add("p", shape: shape, priority: 0, at: .zero)
    _ = queue.pop()
    queue.fail("p", rejecters: FilterPluginSet(.nodeAffinity), at: .zero)
    queue.move(on: .nodeAdded, at: seconds(5)) { _ in false }
    #expect(queue.place(of: "p") == .unschedulable)
    queue.move(on: .nodeAdded, at: seconds(5)) { _ in true }
    #expect(queue.place(of: "p") == .active)
  }

  @Test("after five minutes a pod is tried again though nothing changed")
  func stale() {
    var queue = SchedulingQueue()
    queue.add("p", shape: shape, priority: 0, at: .zero)
    _ = queue.pop()
    queue.fail("p", rejecters: FilterPluginSet(.nodeAffinity), at: .zero)
    // Exactly 300 s is not yet more than five minutes, so the next look is at 330 s.
    #expect(queue.nextFlush() == seconds(330))
    queue.flush(at: seconds(300))
    #expect(queue.place(of: "p") == .unschedulable)
    queue.flush(at: seconds(330))
    #expect(queue.place(of: "p") == .active)
  }

  @Test("a removed pod never comes back")
  func removal() {
    var queue = SchedulingQueue()
    queue.add("p", shape: shape, priority: 0, at: .zero)
    queue.remove("p")
    #expect(queue.pop() == nil)
    #expect(queue.count == 0)
    #expect(queue.nextFlush() == nil)
  }
}

extension SchedulingQueue.Pod: ExpressibleByStringLiteral {
  /// A pod by a short name.
  init(stringLiteral name: String) {
    self.init(name.utf8.reduce(0) { $0 << 8 | Int($1) })
  }
}
