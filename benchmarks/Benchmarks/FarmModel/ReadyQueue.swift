/// Tasks that wait for a slot, first come first served: a ring of run and task in one word.
struct ReadyQueue {
  private var base = UnsafeMutablePointer<UInt32>.allocate(capacity: 1024)
  private var mask = 1023
  private var head = 0
  private(set) var count = 0

  func deallocate() { base.deallocate() }

  mutating func removeAll() {
    head = 0
    count = 0
  }

  mutating func append(run: Int, _ task: FarmTask) {
    if count > mask { grow() }
    base[(head &+ count) & mask] = UInt32(truncatingIfNeeded: run) &<< 2 | UInt32(task.rawValue)
    count &+= 1
  }

  mutating func popFirst() -> (run: Int, task: FarmTask) {
    let word = base[head]
    head = (head &+ 1) & mask
    count &-= 1
    guard let task = FarmTask(rawValue: UInt8(truncatingIfNeeded: word & 3)) else {
      preconditionFailure("two bits hold four tasks")
    }
    return (Int(word &>> 2), task)
  }

  private mutating func grow() {
    let wider = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * (mask + 1))
    for index in 0..<count { wider[index] = base[(head + index) & mask] }
    base.deallocate()
    base = wider
    mask = 2 * mask + 1
    head = 0
  }
}
