import GantryKernel
import GantryUnits
import Testing

@Suite("event queue")
struct EventQueueTests {
  @Test("events come by instant, then phase, then insertion")
  func order() {
    var queue = EventQueue(minimumCapacity: 1)
    queue.push(at: .seconds(2), phase: .capacity, payload: 1)
    queue.push(at: .seconds(1), phase: .request, payload: 2)
    queue.push(at: .seconds(1), phase: .release, payload: 3)
    queue.push(at: .seconds(1), phase: .request, payload: 4)
    queue.push(at: .seconds(1), phase: .completion, kind: 9, payload: 5)
    #expect(queue.count == 5)
    #expect(queue.minTime == .seconds(1))
    #expect(queue.min?.phase == .completion && queue.min?.kind == 9)
    var payloads: [UInt32] = []
    while let event = queue.popMin() { payloads.append(event.payload) }
    #expect(payloads == [5, 3, 2, 4, 1])
    #expect(queue.popMin() == nil && queue.minTime == nil && queue.isEmpty)
  }

  @Test("what gives runs before what takes")
  func phases() {
    #expect(EventPhase.allCases.sorted() == EventPhase.allCases)
    #expect(EventPhase.capacity < .completion)
    #expect(EventPhase.release < .request)
    #expect(EventPhase.request < .observation)
  }

  @Test("a random mixture of pushes and pops equals a sorted list", arguments: 0..<20)
  func random(seed: Int) {
    let random = RandomStream(seed: UInt64(seed))
    var queue = EventQueue(minimumCapacity: 2)
    var list: [(time: Int64, phase: EventPhase, number: UInt32)] = []
    for number in 0..<2000 as Range<UInt32> {
      let index = UInt64(number) * 4
      if random.uniform(index) < 0.6 || list.isEmpty {
        let time = queue.now.nanoseconds + Int64(random.integer(index + 1, below: 50))
        let phase = EventPhase.allCases[
          Int(random.integer(index + 2, below: UInt64(EventPhase.allCases.count)))]
        queue.push(at: Instant(nanoseconds: time), phase: phase, payload: number)
        list.append((time, phase, number))
        list.sort { ($0.time, $0.phase, $0.number) < ($1.time, $1.phase, $1.number) }
      } else {
        let first = list.removeFirst()
        let event = queue.popMin()
        #expect(event?.payload == first.number)
        #expect(event?.instant.nanoseconds == first.time && event?.phase == first.phase)
        #expect(event?.sequence ?? 0 <= UInt64(number))
      }
      #expect(queue.count == list.count)
    }
  }

  @Test("replacing the next event is a pop and a push")
  func replacing() {
    var queue = EventQueue()
    for payload in 0..<10 as Range<UInt32> {
      queue.push(at: Instant(nanoseconds: Int64(payload)), phase: .arrival, payload: payload)
    }
    queue.replaceMin(at: Instant(nanoseconds: 4), phase: .arrival, payload: 100)
    #expect(queue.count == 10 && queue.pushed == 11)
    var payloads: [UInt32] = []
    while let event = queue.popMin() { payloads.append(event.payload) }
    // Pushed last, it comes after the 4 that was there.
    #expect(payloads == [1, 2, 3, 4, 100, 5, 6, 7, 8, 9])
  }

  @Test("a reset queue is empty and numbers anew")
  func reset() {
    var queue = EventQueue()
    queue.push(at: .seconds(1), phase: .arrival, payload: 1)
    #expect(queue.popMin() != nil && queue.now == .seconds(1))
    queue.reset()
    #expect(queue.isEmpty && queue.pushed == 0 && queue.now == .zero)
    queue.push(at: .seconds(1), phase: .arrival, payload: 2)
    #expect(queue.popMin()?.sequence == 0)
  }

  @Test("an event takes 24 bytes")
  func size() {
    #expect(MemoryLayout<Event>.stride == 24)
  }

  @Test("nothing can be added before the present")
  func past() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue()
      queue.push(at: .seconds(1), phase: .arrival, payload: 0)
      _ = queue.popMin()
      queue.push(at: .seconds(1), phase: .capacity, payload: 1)
      queue.push(at: Instant(nanoseconds: 999_999_999), phase: .arrival, payload: 2)
    }
  }

  @Test("there must be an event to replace")
  func empty() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue()
      queue.replaceMin(at: .zero, phase: .arrival, payload: 0)
    }
  }
}
