/// A resource as the solver holds it.
struct ResourceState: BitwiseCopyable {
  /// The capacity at the start, which a reset restores.
  let initialCapacity: Double
  /// The bucket's place among the buckets, nil for a plain capacity.
  let bucket: UInt32?
  /// The capacity now, in units per second.
  var capacity: Double
  /// What all flows together take now, in units per second.
  var throughput: Double = 0
  /// What has flowed until `since`, in billionths of a unit.
  var delivered: Double = 0
  /// The instant up to which `delivered` and the bucket are settled.
  var since: Int64 = 0
  /// The links of classes with flows that cross this resource, in no particular order.
  var active: RawBuffer<UInt32>
  /// Whether the last solution has this resource as the bottleneck of a class.
  var isSaturated = false
  /// Whether the capacity changed since the last solution.
  var isDirty = false
  /// Changes of `throughput` by differences since it was last summed afresh.
  var driftSteps = 0
  /// The largest `throughput` since then, which bounds the rounding errors of the differences.
  var driftPeak = 0.0

  // Scratch of one solution.
  /// The solution that last touched this resource.
  var touched: UInt64 = 0
  /// Whether all its classes take part in the solution, not only some.
  var isExpanded = false
  /// What classes that take no part in the solution take.
  var outside = 0.0
  /// Capacity left for the classes whose rate is still open.
  var left = 0.0
  /// Units per second taken per unit of level by the classes whose rate is still open.
  var load = 0.0
  /// `load` before any rate was fixed.
  var fullLoad = 0.0
  /// The number of classes whose rate is still open.
  var open = 0

  init(capacity: Double, bucket: UInt32?) {
    initialCapacity = capacity
    self.capacity = capacity
    self.bucket = bucket
    active = RawBuffer(capacity: 8)
  }

  mutating func reset() {
    capacity = initialCapacity
    throughput = 0
    delivered = 0
    since = 0
    active.removeAll()
    isSaturated = false
    isDirty = false
    driftSteps = 0
    driftPeak = 0
    touched = 0
  }
}

/// A class of flows as the solver holds it.
struct ClassState: BitwiseCopyable {
  let weight: Double
  let cap: Double?
  let firstLink: Int
  let linkCount: Int
  /// Work done per flow until `base` since the class last had no flow, in billionths of a unit.
  ///
  /// A rate in units per second times whole nanoseconds gives billionths of a unit without a
  /// conversion that could round.
  var work: Double = 0
  /// The instant for which `work` holds.
  var base: Int64 = 0
  /// The rate of each flow since `base`, in units per second.
  var rate: Double = 0
  /// The flows by finish mark, a heap.
  var marks: RawBuffer<FinishMark>
  /// The number of flows in the last solution.
  var solvedCount = 0
  /// Whether flows started or ended since the last solution.
  var isDirty = false

  // Scratch of one solution.
  var touched: UInt64 = 0
  var isOpen = false
  var newRate = 0.0

  init(weight: Double, cap: Double?, firstLink: Int, linkCount: Int) {
    self.weight = weight
    self.cap = cap
    self.firstLink = firstLink
    self.linkCount = linkCount
    marks = RawBuffer(capacity: 4)
  }

  mutating func reset() {
    work = 0
    base = 0
    rate = 0
    marks.removeAll()
    solvedCount = 0
    isDirty = false
    touched = 0
  }

  /// Work done per flow until `instant`, in billionths of a unit.
  func work(at instant: Int64) -> Double { work + rate * Double(instant &- base) }

  /// The instant at which a flow with `mark` ends, rounded up, if the rate stays; nil for never.
  func completion(of mark: Double) -> Int64? {
    let remaining = mark - work
    guard remaining > 0 else { return base }
    guard rate > 0, let wait = ceilingNanoseconds(remaining / rate) else { return nil }
    let (end, overflow) = base.addingReportingOverflow(wait)
    return overflow ? nil : end
  }
}

/// A resource on the path of a class, and the class's place in that resource's list.
struct PathLink: BitwiseCopyable {
  let coefficient: Double
  let resource: UInt32
  let flowClass: UInt32
  var position: UInt32 = 0
}

/// A flow as the network holds it.
struct FlowState: BitwiseCopyable {
  enum Stage: UInt8, BitwiseCopyable { case free, running, finished, withdrawn }

  /// The work of the class at which the flow ends, in billionths of a unit.
  var mark = 0.0
  var sequence: UInt64 = 0
  var flowClass: UInt32 = 0
  /// The place in the heap of the class.
  var position: UInt32 = 0
  var payload: UInt32 = 0
  var generation: UInt32 = 0
  var stage = Stage.free
}

/// An entry in the heap of a class: the work at which a flow ends.
struct FinishMark: BitwiseCopyable {
  var mark: Double
  var flow: UInt32
}
