public import GantryUnits

extension FlowNetwork {
  /// Starts a flow.
  ///
  /// - Parameters:
  ///   - flowClass: The class that gives path, weight and cap.
  ///   - volume: What to transfer, in units; finite and not negative.
  ///   - payload: The caller's value, given back at the end.
  ///   - instant: Not before the last instant the network has seen, nor after its next event.
  /// - Returns: The flow, to ask for it or to cancel it.
  /// - Complexity: O(log flows of the class); rates are computed when they are asked for.
  public mutating func start(
    _ flowClass: FlowClassID, volume: Double, payload: UInt32, at instant: Instant
  ) -> FlowID {
    precondition(volume >= 0 && volume.isFinite, "volume \(volume) is no volume")
    precondition(flowClass.index < classes.count, "unknown class \(flowClass)")
    move(to: instant)
    let state = classes.base + Int(flowClass.index)
    if state.pointee.marks.count == 0 { activate(flowClass.index) }
    let index = takeFlow()
    let flow = flows.base + Int(index)
    flow.pointee.mark = state.pointee.work(at: clock) + volume * 1e9
    flow.pointee.sequence = sequence
    flow.pointee.flowClass = flowClass.index
    flow.pointee.payload = payload
    flow.pointee.stage = .running
    sequence += 1
    insert(FinishMark(mark: flow.pointee.mark, flow: index), into: state)
    markDirty(classIndex: flowClass.index)
    return FlowID(index: index, generation: flow.pointee.generation)
  }

  /// Ends a flow early.
  ///
  /// - Returns: The volume not transferred, in units; 0 for a flow that has ended but was not yet
  ///   reported, which then never is.
  /// - Precondition: The flow has been neither reported nor cancelled.
  @discardableResult
  public mutating func cancel(_ flow: FlowID, at instant: Instant) -> Double {
    move(to: instant)
    precondition(isPending(flow), "flow \(flow) no longer exists")
    let state = flows.base + Int(flow.index)
    if state.pointee.stage == .finished {
      state.pointee.stage = .withdrawn
      return 0
    }
    let rest = state.pointee.mark - classes.base[Int(state.pointee.flowClass)].work(at: clock)
    detach(flow.index)
    state.pointee.stage = .free
    state.pointee.generation &+= 1
    freeFlows.append(flow.index)
    return max(rest, 0) / 1e9
  }

  /// Changes the capacity of a resource, in units per second.
  ///
  /// - Precondition: The resource is not a bucket; `capacity` is finite and not negative.
  public mutating func setCapacity(
    _ capacity: Double, of resource: ResourceID, at instant: Instant
  ) {
    precondition(capacity >= 0 && capacity.isFinite, "capacity \(capacity) is no capacity")
    move(to: instant)
    let state = resources.base + Int(resource.index)
    precondition(state.pointee.bucket == nil, "the capacity of a bucket is its own affair")
    guard capacity != state.pointee.capacity else { return }
    state.pointee.capacity = capacity
    markDirty(resourceIndex: resource.index)
  }

  /// Gives a bucket the credits it had at the start: it stands for something new from now on.
  ///
  /// - Precondition: The resource is a bucket, and no flow crosses it.
  public mutating func refill(_ resource: ResourceID, at instant: Instant) {
    move(to: instant)
    let state = resources.base + Int(resource.index)
    guard let bucket = state.pointee.bucket else {
      preconditionFailure("resource \(resource) is no bucket")
    }
    precondition(state.pointee.active.count == 0, "flows still cross resource \(resource)")
    settle(resource.index)
    let fresh = TokenBucket(buckets.base[Int(bucket)].limits)
    buckets.base[Int(bucket)] = fresh
    state.pointee.capacity = fresh.capacity
    due.set(dueMember(ofResource: resource.index), due: nil)
    markDirty(resourceIndex: resource.index)
  }

  /// The next instant at which a flow ends or a bucket changes over; nil when neither will.
  ///
  /// At a bucket's instant ``popCompletion(at:)`` gives nil, but must be called all the same.
  public mutating func nextEvent() -> Instant? {
    if nextFinished < finished.count { return Instant(nanoseconds: clock) }
    resolve()
    return due.min.map { Instant(nanoseconds: $0.due) }
  }

  /// Takes out the next flow that has ended at `instant`; nil when there is none left.
  ///
  /// Flows come in the order in which they started. New flows may be started between two calls;
  /// those without volume come up in the same round.
  public mutating func popCompletion(at instant: Instant) -> FlowCompletion? {
    move(to: instant)
    while true {
      while nextFinished < finished.count {
        let index = finished.base[nextFinished]
        nextFinished += 1
        let flow = flows.base + Int(index)
        let isWithdrawn = flow.pointee.stage == .withdrawn
        let id = FlowID(index: index, generation: flow.pointee.generation)
        flow.pointee.stage = .free
        flow.pointee.generation &+= 1
        freeFlows.append(index)
        if !isWithdrawn { return FlowCompletion(flow: id, payload: flow.pointee.payload) }
      }
      finished.removeAll()
      nextFinished = 0
      resolve()
      if !collectDue() { return nil }
    }
  }

  /// Handles everything that is due now; false when nothing was.
  private mutating func collectDue() -> Bool {
    var found = false
    while let entry = due.min, entry.due <= clock {
      found = true
      if entry.member & 1 == 0 {
        collectFinished(ofClass: entry.member / 2)
      } else {
        changeOver(entry.member / 2)
      }
    }
    sortFinished()
    return found
  }

  private mutating func collectFinished(ofClass index: UInt32) {
    let state = classes.base + Int(index)
    while state.pointee.marks.count > 0 {
      let first = state.pointee.marks.base[0]
      guard let end = state.pointee.completion(of: first.mark), end <= clock else { break }
      detach(first.flow)
      flows.base[Int(first.flow)].stage = .finished
      finished.append(first.flow)
    }
    // The rest is scheduled by the resolve step that the ended flows call for.
    due.set(dueMember(ofClass: index), due: nil)
  }

  private mutating func changeOver(_ index: UInt32) {
    settle(index)
    let state = resources.base + Int(index)
    if let bucket = state.pointee.bucket {
      buckets.base[Int(bucket)].reachTransition(throughput: state.pointee.throughput)
      state.pointee.capacity = buckets.base[Int(bucket)].capacity
    }
    due.set(dueMember(ofResource: index), due: nil)
    markDirty(resourceIndex: index)
  }

  /// Puts the ended flows into the order in which they started; there are few.
  private mutating func sortFinished() {
    guard finished.count > 1 else { return }
    let flows = flows
    var ended = UnsafeMutableBufferPointer(start: finished.base, count: finished.count)
    ended.sort { flows.base[Int($0)].sequence < flows.base[Int($1)].sequence }
  }

  /// Takes a flow out of its class, and takes back what the rounding up of its end let through.
  private mutating func detach(_ index: UInt32) {
    let flow = flows.base + Int(index)
    let classIndex = flow.pointee.flowClass
    let state = classes.base + Int(classIndex)
    let excess = state.pointee.work(at: clock) - flow.pointee.mark
    if excess > 0 {
      for link in 0..<state.pointee.linkCount {
        let entry = links.base[state.pointee.firstLink + link]
        resources.base[Int(entry.resource)].delivered -= entry.coefficient * excess
      }
    }
    remove(at: Int(flow.pointee.position), from: state)
    if state.pointee.marks.count == 0 { deactivate(classIndex) }
    markDirty(classIndex: classIndex)
  }

  private mutating func takeFlow() -> UInt32 {
    if freeFlows.count > 0 {
      freeFlows.count -= 1
      return freeFlows.base[freeFlows.count]
    }
    flows.append(FlowState())
    return UInt32(flows.count - 1)
  }

  /// Whether the flow has been neither reported nor cancelled.
  public func isPending(_ flow: FlowID) -> Bool {
    guard flow.index < flows.count else { return false }
    let state = flows.base[Int(flow.index)]
    return state.generation == flow.generation
      && (state.stage == .running || state.stage == .finished)
  }
}
