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

  @Test("waits of 1, 2, 4, 8 and 10 s count from the failure and end at a whole second")
  func waits() {
    var queue = SchedulingQueue()
    queue.add("p", shape: shape, priority: 0, at: .zero)
    var now = 0.0
    // Failing 0.3 s after each start: the back-off ends 0.3 s past a second, the flush follows.
    for expected in [2.0, 5, 10, 19, 30, 41] {
      #expect(queue.pop() == "p")
      queue.fail("p", rejecters: FilterPluginSet(.nodeName), at: seconds(now + 0.3))
      queue.move(on: .nodeAdded, at: seconds(now + 0.4))
      #expect(queue.place(of: "p") == .backoff)
      #expect(queue.nextFlush() == seconds(expected))
      now = expected
      queue.flush(at: seconds(now))
    }
    #expect(queue.attempts(of: "p") == 6)
  }

  @Test("back-off ends in the order in which it is over, and then priority counts")
  func backoffOrder() {
    var queue = SchedulingQueue()
    queue.add("a", shape: shape, priority: 0, at: .zero)
    queue.add("b", shape: shape, priority: 9, at: .zero)
    for pod in ["b", "a"] as [SchedulingQueue.Pod] {
      #expect(queue.pop() == pod)
      queue.fail(pod, rejecters: FilterPluginSet(.nodeName), at: seconds(0.1))
    }
    queue.move(on: .nodeAdded, at: seconds(0.2))
    queue.add("fresh", shape: shape, priority: 0, at: seconds(0.05))
    queue.flush(at: seconds(1))
    #expect(queue.pop() == "fresh")
    queue.flush(at: seconds(2))
    #expect((0..<3).map { _ in queue.pop() } == ["b", "a", nil])
  }

  @Test("only a move since the pod was popped counts as one in its cycle")
  func moveInCycle() {
    var queue = SchedulingQueue()
    for pod in ["p", "q", "r"] as [SchedulingQueue.Pod] {
      queue.add(pod, shape: shape, priority: 0, at: .zero)
    }
    #expect(queue.pop() == "p")
    // Though it wakes nobody, and whatever it is, a move request is one.
    queue.move(on: .claimAdded, at: .zero) { _ in false }
    queue.fail("p", rejecters: FilterPluginSet(.nodeName), at: .zero)
    #expect(queue.place(of: "p") == .backoff)
    #expect(queue.pop() == "q")
    queue.fail("q", rejecters: FilterPluginSet(.nodeName), at: .zero)
    #expect(queue.place(of: "q") == .unschedulable)
    #expect(queue.pop() == "r")
    queue.fail("r", rejecters: FilterPluginSet(.nodeName), at: .zero)
    queue.move(on: .nodeAdded, at: seconds(3))
    #expect(queue.place(of: "q") == .active)
    #expect(queue.place(of: "r") == .active)
    #expect(queue.place(of: "p") == .backoff)
  }

  @Test("any of several refusing plugins wakes a pod; after a fault every event does")
  func severalRejecters() {
    var queue = SchedulingQueue()
    queue.add("both", shape: shape, priority: 0, at: .zero)
    queue.add("fault", shape: shape, priority: 0, at: .zero)
    _ = queue.pop()
    queue.fail(
      "both",
      rejecters: [FilterPluginSet(.nodeUnschedulable), FilterPluginSet(.volumeZone)], at: .zero)
    _ = queue.pop()
    queue.fail("fault", rejecters: [], at: .zero)
    queue.move(on: .podDeleted, at: seconds(20))
    #expect(queue.place(of: "both") == .unschedulable)
    #expect(queue.place(of: "fault") == .active)
    queue.move(on: .volumeUpdated, at: seconds(20))
    #expect(queue.place(of: "both") == .active)
  }

  @Test("a change of the waiting pod itself wakes it, after its back-off")
  func update() {
    var queue = SchedulingQueue()
    queue.add("p", shape: shape, priority: 0, at: .zero)
    _ = queue.pop()
    queue.fail("p", rejecters: FilterPluginSet(.nodeName), at: .zero)
    queue.update("p", at: seconds(0.5))
    #expect(queue.place(of: "p") == .backoff)
    queue.flush(at: seconds(1))
    _ = queue.pop()
    queue.fail("p", rejecters: FilterPluginSet(.nodeName), at: seconds(1))
    queue.update("p", at: seconds(3))
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
