/// Fluid flows that share resources by weighted max-min fairness with caps.
///
/// **Given.** Resources `r` with a capacity `C(r)` in units per second; classes `i` of `n(i)` flows
/// with a weight `w(i)`, an optional cap `u(i)` per flow, and coefficients `a(i,r) > 0` on the
/// resources of their path. The units are the caller's: bytes, operations, reference cores.
///
/// **Computed.** One rate `x(i)` for every flow of class `i`, such that
/// 1. for every resource, `Σ n(i)·a(i,r)·x(i) ≤ C(r)`;
/// 2. for every class with a cap, `x(i) ≤ u(i)`;
/// 3. no `x(i)` can be raised without lowering an `x(j)` with `x(j)/w(j) ≤ x(i)/w(i)`.
///
/// There is exactly one such solution. Progressive filling finds it: all levels `x/w` rise
/// together; when a resource is full or a cap is reached, the classes concerned stay at that level
/// and the others rise on. A class that stopped at a full resource has it as its *bottleneck*.
///
/// **Time.** A flow ends at the first whole nanosecond at which the integral of its rate has
/// reached its volume; a flow without volume ends when it starts. Changes at one instant are
/// collected, and rates are computed once, when they are asked for. Flows that end at the same
/// instant are reported in the order in which they started. A resource without capacity starves
/// its flows until capacity comes.
///
/// **Cost.** All flows of a class have done the same work since they met, so a class carries one
/// clock and a heap of finish marks. A change costs O(classes touched + log flows). Touched are the
/// classes that share a bottleneck with the change, before or after it, directly or through others;
/// a resource with room to spare separates those on it.
///
/// **Buckets.** A resource can be a ``TokenBucket``; it goes over from burst to baseline at the
/// exact instant at which the credits are used up, which is one of the network's events.
///
/// A typical loop: take the earlier of the event queue's and the network's next instant; at the
/// network's, call ``popCompletion(at:)`` until it gives nil, starting what follows as you go.
public struct FlowNetwork: ~Copyable {
  var resources = RawBuffer<ResourceState>(capacity: 64)
  var buckets = RawBuffer<TokenBucket>(capacity: 8)
  var classes = RawBuffer<ClassState>(capacity: 64)
  var links = RawBuffer<PathLink>(capacity: 128)
  var flows = RawBuffer<FlowState>(capacity: 64)
  var freeFlows = RawBuffer<UInt32>(capacity: 64)
  var finished = RawBuffer<UInt32>(capacity: 16)
  var nextFinished = 0
  var due = DueHeap()
  var interned: [FlowClassKey: UInt32] = [:]

  var dirtyClasses = RawBuffer<UInt32>(capacity: 16)
  var dirtyResources = RawBuffer<UInt32>(capacity: 16)
  var clock: Int64 = 0
  var sequence: UInt64 = 0

  // Scratch of one solution.
  var solution: UInt64 = 0
  var touchedClasses = RawBuffer<UInt32>(capacity: 64)
  var touchedResources = RawBuffer<UInt32>(capacity: 64)
  var toExpand = RawBuffer<UInt32>(capacity: 64)
  var levels = LevelHeap()

  /// Makes a network without resources.
  public init() {}

  deinit {
    for index in 0..<resources.count { resources.base[index].active.deallocate() }
    for index in 0..<classes.count { classes.base[index].marks.deallocate() }
    resources.deallocate()
    buckets.deallocate()
    classes.deallocate()
    links.deallocate()
    flows.deallocate()
    freeFlows.deallocate()
    finished.deallocate()
    dirtyClasses.deallocate()
    dirtyResources.deallocate()
    touchedClasses.deallocate()
    touchedResources.deallocate()
    toExpand.deallocate()
  }

  /// Forgets all flows and goes back to the start of time; resources, classes and memory stay.
  ///
  /// Capacities and credits are again those of the definition.
  public mutating func reset() {
    for index in 0..<resources.count {
      resources.base[index].reset()
      if let bucket = resources.base[index].bucket {
        let fresh = TokenBucket(buckets.base[Int(bucket)].limits)
        buckets.base[Int(bucket)] = fresh
        resources.base[index].capacity = fresh.capacity
      }
    }
    for index in 0..<classes.count { classes.base[index].reset() }
    forgetFlows()
  }

  /// Forgets everything, also resources and classes; only some memory stays.
  public mutating func removeAll() {
    for index in 0..<resources.count { resources.base[index].active.deallocate() }
    for index in 0..<classes.count { classes.base[index].marks.deallocate() }
    resources.removeAll()
    buckets.removeAll()
    classes.removeAll()
    links.removeAll()
    interned.removeAll(keepingCapacity: true)
    forgetFlows()
  }

  private mutating func forgetFlows() {
    freeFlows.removeAll()
    for index in 0..<flows.count {
      flows.base[index].stage = .free
      flows.base[index].generation &+= 1
    }
    for index in (0..<flows.count).reversed() { freeFlows.append(UInt32(index)) }
    finished.removeAll()
    nextFinished = 0
    due.removeAll()
    dirtyClasses.removeAll()
    dirtyResources.removeAll()
    clock = 0
    sequence = 0
    solution = 0
  }
}
