internal import GantryKernel
internal import GantryUnits

/// The build-farm model on the kernel: pipeline runs of four tasks on nodes that share storage.
///
/// Each task holds a slot while it starts up, reads, computes and writes; reads and writes are
/// flows through the node's network card and the shared storage. Time is the kernel's whole
/// nanoseconds: a rounding of less than 1 ns per step stays far below the 10^-9 of the results
/// that programs with floating-point time agree to, and ties are true ties.
public struct Farm: ~Copyable {
  /// What a slot does.
  private enum Stage: UInt8 { case starting, reading, computing, writing }

  private struct Slot {
    var run = 0
    var task = FarmTask.clone
    var stage = Stage.starting
    var node = 0
    var number = 0
  }

  private let parameters: FarmParameters
  private var inputs: FarmInputs
  private var now = Instant.zero
  private var queue: EventQueue
  private var network: StarNetwork
  private var readyAMD64 = ReadyQueue()
  private var readyARM64 = ReadyQueue()
  private let freeAMD64: SlotMap
  private let freeARM64: SlotMap
  private let slots: UnsafeMutablePointer<Slot>
  private let buildsLeft: UnsafeMutablePointer<UInt8>
  private let arrivals: UnsafeMutablePointer<Instant>
  private let completions: UnsafeMutablePointer<Instant>
  private let overhead: Span
  private var nextRun = 0
  private var arrivalSeconds = 0.0

  /// The number of events of the last run.
  public private(set) var events = 0

  /// Makes a farm and all the memory that it needs.
  ///
  /// - Precondition: The parameters have no problem.
  public init(_ parameters: FarmParameters) {
    precondition(parameters.problem == nil, parameters.problem ?? "")
    self.parameters = parameters
    inputs = FarmInputs(parameters)
    let slotCount = parameters.nodes * parameters.slotsPerNode
    queue = EventQueue(minimumCapacity: slotCount + 1)
    network = StarNetwork(
      hubCapacity: parameters.hubCapacity,
      nodeCapacities: Array(repeating: parameters.nodeCapacity, count: parameters.nodes),
      flowsPerNode: parameters.slotsPerNode)
    let half = parameters.nodes / 2
    freeAMD64 = SlotMap(firstNode: 0, nodeCount: half, slotsPerNode: parameters.slotsPerNode)
    freeARM64 = SlotMap(firstNode: half, nodeCount: half, slotsPerNode: parameters.slotsPerNode)
    slots = .allocate(capacity: slotCount)
    for index in 0..<slotCount {
      var slot = Slot()
      (slot.node, slot.number) = index.quotientAndRemainder(dividingBy: parameters.slotsPerNode)
      slots[index] = slot
    }
    buildsLeft = .allocate(capacity: parameters.runs)
    arrivals = .allocate(capacity: parameters.runs)
    completions = .allocate(capacity: parameters.runs)
    overhead = .seconds(parameters.overhead)
  }

  deinit {
    readyAMD64.deallocate()
    readyARM64.deallocate()
    freeAMD64.deallocate()
    freeARM64.deallocate()
    slots.deallocate()
    buildsLeft.deallocate()
    arrivals.deallocate()
    completions.deallocate()
  }

  /// Goes back to the start, with the inputs of a seed.
  public mutating func reset(seed: UInt64) {
    var changed = parameters
    changed.seed = seed
    inputs = FarmInputs(changed)
    now = .zero
    queue.reset()
    network.reset()
    readyAMD64.removeAll()
    readyARM64.removeAll()
    freeAMD64.freeAll()
    freeARM64.freeAll()
    nextRun = 0
    arrivalSeconds = 0
    events = 0
  }

  /// Plays all runs to their end.
  public mutating func run() {
    arrivalSeconds = inputs.gap(0)
    var arrival: Instant? = .seconds(arrivalSeconds)
    while true {
      let delay = queue.minTime
      let flow = network.nextEvent()
      if let at = arrival, !precedes(delay, at), !precedes(flow, at) {
        now = at
        arrival = arrive()
      } else if let at = delay, !precedes(flow, at) {
        now = at
        endDelay()
      } else if let at = flow {
        now = at
        endFlow()
      } else {
        break
      }
      events &+= 1
    }
  }

  @inline(__always)
  private func precedes(_ instant: Instant?, _ other: Instant) -> Bool {
    guard let instant else { return false }
    return instant < other
  }

  /// Lets the next run arrive, and gives the arrival of the one after it.
  private mutating func arrive() -> Instant? {
    let run = nextRun
    nextRun += 1
    arrivals[run] = now
    ready(run, .clone)
    guard nextRun < parameters.runs else { return nil }
    arrivalSeconds += inputs.gap(nextRun)
    return .seconds(arrivalSeconds)
  }

  private mutating func ready(_ run: Int, _ task: FarmTask) {
    if task.needsARM64 {
      readyARM64.append(run: run, task)
      serveARM64()
    } else {
      readyAMD64.append(run: run, task)
      serveAMD64()
    }
  }

  private mutating func serveAMD64() {
    while readyAMD64.count > 0, let slot = freeAMD64.take() {
      let (run, task) = readyAMD64.popFirst()
      occupy(slot, run, task)
    }
  }

  private mutating func serveARM64() {
    while readyARM64.count > 0, let slot = freeARM64.take() {
      let (run, task) = readyARM64.popFirst()
      occupy(slot, run, task)
    }
  }

  private mutating func occupy(_ slot: Int, _ run: Int, _ task: FarmTask) {
    slots[slot].run = run
    slots[slot].task = task
    slots[slot].stage = .starting
    queue.push(at: now + overhead, phase: .completion, payload: UInt32(truncatingIfNeeded: slot))
  }

  private mutating func endDelay() {
    guard let event = queue.popMin() else { return }
    let slot = slots + Int(event.payload)
    let volume: Double
    if slot.pointee.stage == .starting {
      slot.pointee.stage = .reading
      volume = inputs.reads(slot.pointee.run, slot.pointee.task)
    } else {
      slot.pointee.stage = .writing
      volume = inputs.writes(slot.pointee.run, slot.pointee.task)
    }
    network.start(node: slot.pointee.node, volume: volume, payload: event.payload, at: now)
  }

  private mutating func endFlow() {
    guard let index = network.popCompletion(at: now) else { return }
    let slot = slots + Int(index)
    if slot.pointee.stage == .reading {
      slot.pointee.stage = .computing
      let span = Span.seconds(inputs.computes(slot.pointee.run, slot.pointee.task))
      queue.push(at: now + span, phase: .completion, payload: index)
    } else {
      endTask(slot)
    }
  }

  private mutating func endTask(_ slot: UnsafeMutablePointer<Slot>) {
    let run = slot.pointee.run
    let task = slot.pointee.task
    if task.needsARM64 {
      freeARM64.free(node: slot.pointee.node, slot: slot.pointee.number)
      serveARM64()
    } else {
      freeAMD64.free(node: slot.pointee.node, slot: slot.pointee.number)
      serveAMD64()
    }
    switch task {
    case .clone:
      buildsLeft[run] = 2
      ready(run, .buildOnAMD64)
      ready(run, .buildOnARM64)
    case .buildOnAMD64, .buildOnARM64:
      buildsLeft[run] -= 1
      if buildsLeft[run] == 0 { ready(run, .push) }
    case .push:
      completions[run] = now
    }
  }
}

extension Farm {
  /// When the last run was complete, in seconds.
  public var makespan: Double { now.seconds }

  /// When each run was complete, in seconds.
  public var completionSeconds: [Double] { (0..<parameters.runs).map { completions[$0].seconds } }

  /// The mean and the longest time from arrival to completion, in seconds.
  public var responses: (mean: Double, maximum: Double) {
    var sum = 0.0
    var longest = 0.0
    for run in 0..<parameters.runs {
      let response = (completions[run] - arrivals[run]).seconds
      sum += response
      longest = max(longest, response)
    }
    return (sum / Double(parameters.runs), longest)
  }
}
