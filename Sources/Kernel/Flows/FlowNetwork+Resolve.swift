internal import GantryUnits

extension FlowNetwork {
  /// Computes the rates after the changes of this instant, if there were any.
  mutating func resolve() {
    guard dirtyClasses.count + dirtyResources.count > 0 else { return }
    beginSolution()
    if solveAlone() { return commit() }
    // A resource with room to spare takes part only with the classes touched so far. If it turns
    // out to be full after all, the solution starts again with all its classes.
    while let full = fill() {
      expand(full)
      drainExpansions()
    }
    commit()
  }

  private mutating func beginSolution() {
    solution += 1
    touchedClasses.removeAll()
    touchedResources.removeAll()
    toExpand.removeAll()
    for index in 0..<dirtyResources.count {
      touch(dirtyResources.base[index])
      expand(dirtyResources.base[index])
    }
    for index in 0..<dirtyClasses.count { include(dirtyClasses.base[index]) }
    drainExpansions()
  }

  /// Brings `delivered` and the bucket of a resource up to the present.
  mutating func settle(_ index: UInt32) {
    let state = resources.base + Int(index)
    let elapsed = clock &- state.pointee.since
    guard elapsed > 0 else { return }
    state.pointee.since = clock
    state.pointee.delivered += state.pointee.throughput * Double(elapsed)
    if let bucket = state.pointee.bucket {
      buckets.base[Int(bucket)].advance(
        by: Span(nanoseconds: elapsed), throughput: state.pointee.throughput)
    }
  }

  private mutating func touch(_ index: UInt32) {
    let state = resources.base + Int(index)
    guard state.pointee.touched != solution else { return }
    state.pointee.touched = solution
    touchedResources.append(index)
    settle(index)
    state.pointee.isExpanded = false
    state.pointee.outside = state.pointee.throughput
    var isAffected = state.pointee.isSaturated
    if let bucket = state.pointee.bucket {
      let capacity = buckets.base[Int(bucket)].capacity
      isAffected = isAffected || capacity != state.pointee.capacity
      state.pointee.capacity = capacity
    }
    if isAffected { expand(index) }
  }

  private mutating func expand(_ index: UInt32) {
    let state = resources.base + Int(index)
    guard !state.pointee.isExpanded else { return }
    state.pointee.isExpanded = true
    toExpand.append(index)
  }

  private mutating func drainExpansions() {
    while toExpand.count > 0 {
      toExpand.count -= 1
      let active = resources.base[Int(toExpand.base[toExpand.count])].active
      for index in 0..<active.count {
        include(links.base[Int(active.base[index])].flowClass)
      }
    }
  }

  private mutating func include(_ index: UInt32) {
    let state = classes.base + Int(index)
    guard state.pointee.touched != solution else { return }
    state.pointee.touched = solution
    touchedClasses.append(index)
    let used = Double(state.pointee.solvedCount) * state.pointee.rate
    let path = links.base + state.pointee.firstLink
    for offset in 0..<state.pointee.linkCount {
      touch(path[offset].resource)
      resources.base[Int(path[offset].resource)].outside -= path[offset].coefficient * used
    }
  }

  /// Fixes the rate of the only touched class, if no other can gain or lose by it; whether it did.
  ///
  /// What progressive filling would do with one class: the level rises until its cap is reached or the
  /// first resource is full, which must have no other classes.
  private mutating func solveAlone() -> Bool {
    guard touchedClasses.count == 1, dirtyResources.count == 0 else { return false }
    let state = classes.base + Int(touchedClasses.base[0])
    let count = Double(state.pointee.marks.count)
    let demand = count * state.pointee.weight
    let path = links.base + state.pointee.firstLink
    var level = state.pointee.cap.map { $0 / state.pointee.weight } ?? .infinity
    var full: UnsafeMutablePointer<ResourceState>?
    for offset in 0..<state.pointee.linkCount {
      let resource = resources.base + Int(path[offset].resource)
      resource.pointee.isSaturated = false
      // A class that has flows is on the list itself.
      if resource.pointee.active.count == (count > 0 ? 1 : 0) { resource.pointee.isExpanded = true }
      guard count > 0 else { continue }
      let outside = resource.pointee.isExpanded ? 0 : max(resource.pointee.outside, 0)
      let present =
        max(resource.pointee.capacity - outside, 0) / (path[offset].coefficient * demand)
      if present < level {
        level = present
        full = resource
      }
    }
    state.pointee.newRate = 0
    guard count > 0 else { return true }
    if let full {
      guard full.pointee.isExpanded else { return false }
      full.pointee.isSaturated = true
    }
    let rate = state.pointee.weight * level
    state.pointee.newRate = state.pointee.cap.map { full == nil ? $0 : min($0, rate) } ?? rate
    return true
  }

  /// Fixes the rates of the touched classes by progressive filling.
  ///
  /// - Returns: A resource that is full but has classes that were not touched; nil when done.
  private mutating func fill() -> UInt32? {
    prepareFilling()
    var level = 0.0
    while let top = levels.top {
      switch top.candidate {
      case .cap(let index):
        levels.pop()
        let state = classes.base + Int(index)
        guard state.pointee.isOpen, let cap = state.pointee.cap else { continue }
        level = max(level, top.level)
        fix(index, rate: cap)
      case .resource(let index):
        let state = resources.base + Int(index)
        if state.pointee.open == 0 {
          levels.pop()
          continue
        }
        let present = max(level, presentLevel(of: index))
        if present > top.level {
          levels.raiseTop(to: present)
          continue
        }
        guard state.pointee.isExpanded else { return index }
        level = present
        levels.pop()
        saturate(index, level: level)
      }
    }
    return nil
  }

  private mutating func prepareFilling() {
    levels.removeAll()
    for index in 0..<touchedResources.count {
      let state = resources.base + Int(touchedResources.base[index])
      let outside = state.pointee.isExpanded ? 0 : max(state.pointee.outside, 0)
      state.pointee.left = state.pointee.capacity - outside
      state.pointee.load = 0
      state.pointee.open = 0
      state.pointee.isSaturated = false
    }
    for index in 0..<touchedClasses.count {
      let classIndex = touchedClasses.base[index]
      let state = classes.base + Int(classIndex)
      state.pointee.newRate = 0
      state.pointee.isOpen = state.pointee.marks.count > 0
      guard state.pointee.isOpen else { continue }
      let demand = Double(state.pointee.marks.count) * state.pointee.weight
      let path = links.base + state.pointee.firstLink
      for offset in 0..<state.pointee.linkCount {
        let resource = resources.base + Int(path[offset].resource)
        resource.pointee.load += path[offset].coefficient * demand
        resource.pointee.open += 1
      }
      if let cap = state.pointee.cap {
        levels.append(.init(level: cap / state.pointee.weight, candidate: .cap(classIndex)))
      }
    }
    for index in 0..<touchedResources.count {
      let resource = touchedResources.base[index]
      let state = resources.base + Int(resource)
      guard state.pointee.open > 0 else { continue }
      if !state.pointee.isExpanded, state.pointee.open == state.pointee.active.count {
        // All its classes take part already.
        state.pointee.isExpanded = true
        state.pointee.left = state.pointee.capacity
      }
      state.pointee.fullLoad = state.pointee.load
      let level = max(state.pointee.left, 0) / state.pointee.load
      levels.append(.init(level: level, candidate: .resource(resource)))
    }
    levels.heapify()
  }

  /// The level at which a resource runs full, given the rates fixed so far.
  private mutating func presentLevel(of index: UInt32) -> Double {
    let state = resources.base + Int(index)
    // Taking large loads away from a sum leaves their rounding errors behind; once the rest is
    // small beside what was taken, it is summed afresh.
    if state.pointee.load < state.pointee.fullLoad * 0x1p-20 {
      let active = state.pointee.active
      var load = 0.0
      for position in 0..<active.count {
        let link = links.base[Int(active.base[position])]
        let crossing = classes.base + Int(link.flowClass)
        guard crossing.pointee.touched == solution, crossing.pointee.isOpen else { continue }
        load += link.coefficient * Double(crossing.pointee.marks.count) * crossing.pointee.weight
      }
      state.pointee.load = load
      state.pointee.fullLoad = load
    }
    return max(state.pointee.left, 0) / state.pointee.load
  }

  private mutating func saturate(_ index: UInt32, level: Double) {
    let state = resources.base + Int(index)
    state.pointee.isSaturated = true
    let active = state.pointee.active
    for position in 0..<active.count {
      let classIndex = links.base[Int(active.base[position])].flowClass
      let crossing = classes.base + Int(classIndex)
      guard crossing.pointee.isOpen else { continue }
      let rate = crossing.pointee.weight * level
      fix(classIndex, rate: crossing.pointee.cap.map { min($0, rate) } ?? rate)
    }
  }

  private mutating func fix(_ index: UInt32, rate: Double) {
    let state = classes.base + Int(index)
    state.pointee.isOpen = false
    state.pointee.newRate = rate
    let count = Double(state.pointee.marks.count)
    let demand = count * state.pointee.weight
    let path = links.base + state.pointee.firstLink
    for offset in 0..<state.pointee.linkCount {
      let resource = resources.base + Int(path[offset].resource)
      resource.pointee.left -= path[offset].coefficient * count * rate
      resource.pointee.load -= path[offset].coefficient * demand
      resource.pointee.open -= 1
    }
  }
}
