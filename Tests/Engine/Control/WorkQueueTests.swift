import GantryModel
import GantryUnits
import Testing

@testable import GantryEngine

@Suite("Work queue and client of a controller")
struct WorkQueueTests {
  @Test("items beyond the workers wait and are taken in the order in which they came")
  func order() {
    var queue = WorkQueue<Int>(workers: 2)
    let taken = (1...4).map { queue.add($0) }
    #expect(taken == [true, true, false, false])
    #expect(queue.idle == 0 && queue.count == 2)
    let next = (1...4).map { _ in queue.next() }
    #expect(next == [3, 4, nil, nil])
    #expect(queue.idle == 2)
    let again = queue.add(5)
    #expect(again)
    #expect(queue.idle == 1)
  }

  @Test("the order holds over thousands of items that come and go")
  func many() {
    var queue = WorkQueue<Int>(workers: 1)
    var waited = [queue.add(-1)]
    var taken: [Int] = []
    for item in 0..<5000 {
      waited.append(queue.add(item))
      if item % 3 == 0, let next = queue.next() { taken.append(next) }
    }
    while let next = queue.next() { taken.append(next) }
    #expect(waited.count { $0 } == 1)
    #expect(taken == Array(0..<5000))
    #expect(queue.idle == 1 && queue.count == 0)
  }

  @Test("a client sends a burst at once, then at its rate, and saves no more than a burst")
  func budget() {
    // 10 at once, 2 a second. 12 at 0: two too many, 1 s. 4 more: 3 s. At 3 s all are sent, at 20 s the
    // budget is full, not 34: 12 take 1 s again.
    var budget = RequestBudget(rate: 2, burst: 10)
    let waits = [
      budget.take(12, at: .zero), budget.take(4, at: .zero), budget.take(12, at: .s(20)),
    ]
    #expect(waits == [.seconds(1), .seconds(3), .seconds(1)])
    var unlimited = RequestBudget(rate: 0, burst: 0)
    let none = unlimited.take(1e9, at: .zero)
    #expect(none == .zero)
  }

  @Test("objects are dealt to the processes in like shares, always the same way")
  func shares() {
    var control = ControlTimings()
    control.controllerProcesses = 4
    let controllers = Controllers(control)
    var shares = [0, 0, 0, 0]
    for number in 0..<4000 {
      let name = "build-\(number)-compile"
      let process = controllers.process(of: name)
      #expect(process == controllers.process(of: name))
      shares[process] += 1
    }
    // Binomial with mean 1000 and deviation 27: five of them.
    #expect(shares.allSatisfy { (865...1135).contains($0) })
  }
}
