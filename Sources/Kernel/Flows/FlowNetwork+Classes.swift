internal import GantryUnits

extension FlowNetwork {
  /// Brings the clock to `instant`; what was changed before it is solved first.
  mutating func move(to instant: Instant) {
    let time = instant.nanoseconds
    guard time != clock else { return }
    precondition(time > clock, "time goes back from \(clock) to \(time) ns")
    resolve()
    if let next = due.min {
      precondition(time <= next.due, "the event at \(next.due) ns was passed over at \(time) ns")
    }
    precondition(nextFinished == finished.count, "ended flows were not taken at \(clock) ns")
    clock = time
  }

  mutating func markDirty(classIndex: UInt32) {
    let state = classes.base + Int(classIndex)
    guard !state.pointee.isDirty else { return }
    state.pointee.isDirty = true
    dirtyClasses.append(classIndex)
  }

  mutating func markDirty(resourceIndex: UInt32) {
    let state = resources.base + Int(resourceIndex)
    guard !state.pointee.isDirty else { return }
    state.pointee.isDirty = true
    dirtyResources.append(resourceIndex)
  }

  /// Puts a class that gets its first flow on the lists of its resources and restarts its clock.
  mutating func activate(_ index: UInt32) {
    let state = classes.base + Int(index)
    state.pointee.work = 0
    state.pointee.base = clock
    // `rate` and `solvedCount` stay those of the last solution until the next one.
    for offset in 0..<state.pointee.linkCount {
      let link = links.base + (state.pointee.firstLink + offset)
      let resource = resources.base + Int(link.pointee.resource)
      link.pointee.position = UInt32(resource.pointee.active.count)
      resource.pointee.active.append(UInt32(state.pointee.firstLink + offset))
    }
  }

  /// Takes a class that lost its last flow off the lists of its resources.
  mutating func deactivate(_ index: UInt32) {
    let state = classes.base + Int(index)
    for offset in 0..<state.pointee.linkCount {
      let link = links.base[state.pointee.firstLink + offset]
      let resource = resources.base + Int(link.resource)
      resource.pointee.active.count -= 1
      let last = resource.pointee.active.base[resource.pointee.active.count]
      resource.pointee.active.base[Int(link.position)] = last
      links.base[Int(last)].position = link.position
    }
  }

  mutating func insert(_ mark: FinishMark, into state: UnsafeMutablePointer<ClassState>) {
    state.pointee.marks.append(mark)
    siftUp(mark, from: state.pointee.marks.count - 1, in: state)
  }

  mutating func remove(at hole: Int, from state: UnsafeMutablePointer<ClassState>) {
    state.pointee.marks.count -= 1
    guard hole < state.pointee.marks.count else { return }
    let last = state.pointee.marks.base[state.pointee.marks.count]
    if hole > 0, precedes(last, state.pointee.marks.base[(hole - 1) / 2]) {
      siftUp(last, from: hole, in: state)
    } else {
      siftDown(last, from: hole, in: state)
    }
  }

  private func precedes(_ a: FinishMark, _ b: FinishMark) -> Bool {
    a.mark < b.mark
      || (a.mark == b.mark
        && flows.base[Int(a.flow)].sequence < flows.base[Int(b.flow)].sequence)
  }

  private mutating func place(
    _ mark: FinishMark, at index: Int, in base: UnsafeMutablePointer<FinishMark>
  ) {
    base[index] = mark
    flows.base[Int(mark.flow)].position = UInt32(index)
  }

  private mutating func siftUp(
    _ mark: FinishMark, from start: Int, in state: UnsafeMutablePointer<ClassState>
  ) {
    let base = state.pointee.marks.base
    var hole = start
    while hole > 0 {
      let parent = (hole - 1) / 2
      if !precedes(mark, base[parent]) { break }
      place(base[parent], at: hole, in: base)
      hole = parent
    }
    place(mark, at: hole, in: base)
  }

  private mutating func siftDown(
    _ mark: FinishMark, from start: Int, in state: UnsafeMutablePointer<ClassState>
  ) {
    let base = state.pointee.marks.base
    let count = state.pointee.marks.count
    var hole = start
    while 2 * hole + 1 < count {
      var child = 2 * hole + 1
      if child + 1 < count, precedes(base[child + 1], base[child]) { child += 1 }
      if !precedes(base[child], mark) { break }
      place(base[child], at: hole, in: base)
      hole = child
    }
    place(mark, at: hole, in: base)
  }
}
