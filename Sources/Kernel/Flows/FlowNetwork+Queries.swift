public import GantryUnits

extension FlowNetwork {
  /// The last instant the network has seen.
  public var now: Instant { Instant(nanoseconds: clock) }

  /// The number of flows that run.
  public var runningCount: Int { flows.count - freeFlows.count - (finished.count - nextFinished) }

  /// The number of flows of a class that run.
  public func flowCount(of flowClass: FlowClassID) -> Int {
    classes.base[Int(flowClass.index)].marks.count
  }

  /// The rate of a flow in units per second; 0 once it has ended.
  public mutating func rate(of flow: FlowID) -> Double {
    guard isPending(flow), flows.base[Int(flow.index)].stage == .running else { return 0 }
    return rate(of: FlowClassID(index: flows.base[Int(flow.index)].flowClass))
  }

  /// The rate of each flow of a class in units per second; 0 when it has none.
  public mutating func rate(of flowClass: FlowClassID) -> Double {
    resolve()
    return classes.base[Int(flowClass.index)].rate
  }

  /// What is left of a flow's volume, in units; 0 once it has ended.
  public mutating func remaining(of flow: FlowID, at instant: Instant) -> Double {
    move(to: instant)
    guard isPending(flow), flows.base[Int(flow.index)].stage == .running else { return 0 }
    let state = flows.base[Int(flow.index)]
    return max(state.mark - classes.base[Int(state.flowClass)].work(at: clock), 0) / 1e9
  }

  /// The capacity that a resource offers now, in units per second.
  public mutating func capacity(of resource: ResourceID) -> Double {
    resolve()
    return resources.base[Int(resource.index)].capacity
  }

  /// What all flows together take of a resource now, in units per second.
  public mutating func throughput(of resource: ResourceID) -> Double {
    resolve()
    return resources.base[Int(resource.index)].throughput
  }

  /// Whether a resource is the bottleneck of some class now.
  public mutating func isSaturated(_ resource: ResourceID) -> Bool {
    resolve()
    return resources.base[Int(resource.index)].isSaturated
  }

  /// What has flowed through a resource since the start, in units.
  ///
  /// This is the integral of the throughput, less what the rounding up of ends let through, so the
  /// ended flows count with exactly their volumes.
  public mutating func delivered(by resource: ResourceID, at instant: Instant) -> Double {
    move(to: instant)
    settle(resource.index)
    return resources.base[Int(resource.index)].delivered / 1e9
  }

  /// The state of a bucket; nil for a plain resource.
  public mutating func bucket(of resource: ResourceID, at instant: Instant) -> TokenBucket? {
    move(to: instant)
    settle(resource.index)
    return resources.base[Int(resource.index)].bucket.map { buckets.base[Int($0)] }
  }
}
