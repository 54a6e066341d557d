internal import GantryUnits

extension FlowNetwork {
  /// Makes the solution just computed the present state.
  mutating func commit() {
    for index in 0..<touchedResources.count {
      let state = resources.base + Int(touchedResources.base[index])
      if state.pointee.isExpanded { state.pointee.outside = 0 }
    }
    for index in 0..<touchedClasses.count { commitClass(touchedClasses.base[index]) }
    for index in 0..<touchedResources.count { commitResource(touchedResources.base[index]) }
    for index in 0..<dirtyClasses.count {
      classes.base[Int(dirtyClasses.base[index])].isDirty = false
    }
    for index in 0..<dirtyResources.count {
      resources.base[Int(dirtyResources.base[index])].isDirty = false
    }
    dirtyClasses.removeAll()
    dirtyResources.removeAll()
  }

  private mutating func commitClass(_ index: UInt32) {
    let state = classes.base + Int(index)
    let count = state.pointee.marks.count
    let used = Double(count) * state.pointee.newRate
    let path = links.base + state.pointee.firstLink
    for offset in 0..<state.pointee.linkCount {
      resources.base[Int(path[offset].resource)].outside += path[offset].coefficient * used
    }
    state.pointee.solvedCount = count
    if state.pointee.newRate != state.pointee.rate || state.pointee.isDirty {
      state.pointee.work = state.pointee.work(at: clock)
      state.pointee.base = clock
      state.pointee.rate = state.pointee.newRate
      let end = count > 0 ? state.pointee.completion(of: state.pointee.marks.base[0].mark) : nil
      due.set(dueMember(ofClass: index), due: end)
    }
  }

  private mutating func commitResource(_ index: UInt32) {
    let state = resources.base + Int(index)
    if state.pointee.isSaturated {
      // Full by definition; the sum would differ in the last bits and refill a bucket by them.
      setThroughput(state.pointee.capacity, of: state)
    } else if state.pointee.isExpanded {
      setThroughput(state.pointee.outside, of: state)
    } else {
      changeThroughput(of: state)
    }
    if let bucket = state.pointee.bucket {
      let span = buckets.base[Int(bucket)].transition(throughput: state.pointee.throughput)
      var instant: Int64?
      if let span {
        let (end, overflow) = clock.addingReportingOverflow(span.nanoseconds)
        if !overflow { instant = end }
      }
      due.set(dueMember(ofResource: index), due: instant)
    }
  }

  private mutating func setThroughput(
    _ throughput: Double, of state: UnsafeMutablePointer<ResourceState>
  ) {
    state.pointee.throughput = throughput
    state.pointee.driftSteps = 0
    state.pointee.driftPeak = throughput
  }

  /// Takes over a throughput that was computed by differences; sums it afresh from time to time,
  /// and when little is left of much, so that the rounding errors of differences cannot grow.
  private mutating func changeThroughput(of state: UnsafeMutablePointer<ResourceState>) {
    let throughput = max(state.pointee.outside, 0)
    state.pointee.throughput = throughput
    state.pointee.driftSteps += 1
    state.pointee.driftPeak = max(state.pointee.driftPeak, throughput)
    guard
      state.pointee.driftSteps > state.pointee.active.count
        || throughput < state.pointee.driftPeak * 0x1p-20
    else { return }
    var sum = 0.0
    for position in 0..<state.pointee.active.count {
      let link = links.base[Int(state.pointee.active.base[position])]
      let crossing = classes.base + Int(link.flowClass)
      sum += link.coefficient * Double(crossing.pointee.solvedCount) * crossing.pointee.rate
    }
    setThroughput(sum, of: state)
  }
}
