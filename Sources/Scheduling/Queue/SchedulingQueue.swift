public import GantryUnits

/// The pods that wait to be scheduled: ready ones by priority and age, ones in back-off, and ones
/// that wait for something to change.
public struct SchedulingQueue: Sendable {
  /// A pod by a number of the caller's.
  ///
  /// Not a type parameter: a queue of another module's type would not be specialised.
  public struct Pod: Hashable, Sendable {
    /// The caller's number.
    public var number: Int

    /// Makes a pod from a number.
    public init(_ number: Int) { self.number = number }
  }

  /// Where a pod waits.
  public enum Place: Hashable, Sendable {
    case active
    case backoff
    case unschedulable
    /// It was popped and its outcome is not known yet.
    case inFlight
  }

  private struct Item: Sendable {
    var shape: PodShapeID
    var priority: Int
    /// When it came into the queue or failed last.
    var timestamp: Instant
    var attempts = 0
    var rejecters: FilterPluginSet = []
    var place = Place.active
    /// The cycle in which it was popped last.
    var cycle = 0
    /// Tells its entry in a heap from older ones.
    var ticket = 0
  }

  private struct Entry: Comparable, Sendable {
    /// The negated priority, or nothing where only time counts.
    var rank: Int
    var time: Instant
    var ticket: Int
    var pod: Pod

    static func < (a: Self, b: Self) -> Bool {
      (a.rank, a.time.nanoseconds, a.ticket) < (b.rank, b.time.nanoseconds, b.ticket)
    }

    static func == (a: Self, b: Self) -> Bool { a.ticket == b.ticket }
  }

  private var items: [Pod: Item] = [:]
  private var active = BinaryHeap<Entry>()
  private var backoff = BinaryHeap<Entry>()
  private var unschedulable = BinaryHeap<Entry>()
  private var tickets = 0
  private var cycle = 0
  private var lastMoveCycle: Int?

  /// Makes an empty queue.
  public init() {}

  /// The number of pods in the queue, those in flight included.
  public var count: Int { items.count }

  /// Where a pod waits; nil when it is not in the queue.
  public func place(of pod: Pod) -> Place? { items[pod]?.place }

  /// How often a pod was tried.
  public func attempts(of pod: Pod) -> Int { items[pod]?.attempts ?? 0 }

  /// Adds a new pod, ready at once.
  public mutating func add(_ pod: Pod, shape: PodShapeID, priority: Int, at now: Instant) {
    items[pod] = Item(shape: shape, priority: priority, timestamp: now)
    put(pod, .active)
  }

  /// Takes the pod whose turn it is; the caller reports its outcome by `remove` or `fail`.
  public mutating func pop() -> Pod? {
    while let entry = active.pop() {
      guard let place = items.index(forKey: entry.pod),
        items.values[place].ticket == entry.ticket
      else { continue }
      cycle += 1
      items.values[place].attempts += 1
      items.values[place].cycle = cycle
      items.values[place].place = .inFlight
      return entry.pod
    }
    return nil
  }

  /// Whether a pod is ready.
  public var hasReady: Bool {
    mutating get { Self.first(of: &active, in: .active, items: items) != nil }
  }

  /// Whether a pod waits for something to change.
  public var hasUnschedulable: Bool {
    mutating get { Self.first(of: &unschedulable, in: .unschedulable, items: items) != nil }
  }

  /// Takes a pod out: it was placed or deleted.
  public mutating func remove(_ pod: Pod) { items[pod] = nil }

  /// Puts a popped pod back that no node took.
  ///
  /// The filters that refused nodes decide what wakes it; after an error there are none, and then
  /// any event does.
  public mutating func fail(_ pod: Pod, rejecters: FilterPluginSet, at now: Instant) {
    guard let item = items[pod] else { return }
    items[pod]?.timestamp = now
    items[pod]?.rejecters = rejecters
    let didMove = lastMoveCycle.map { $0 >= item.cycle } ?? false
    put(pod, didMove ? .backoff : .unschedulable)
  }

  /// Wakes the pods whose refusals the event may turn.
  ///
  /// `concerns` tells whether the event concerns pods of a shape at all: for events of one node
  /// `ClusterState.passesPreCheck`, for a placed pod `ClusterState.awaits`.
  public mutating func move(
    on event: ClusterEvent, at now: Instant, where concerns: (PodShapeID) -> Bool = { _ in true }
  ) {
    lastMoveCycle = cycle
    guard hasUnschedulable else { return }
    let wakes = event.wakes
    let woken = items.filter { _, item in
      item.place == .unschedulable
        && (item.rejecters.isEmpty || !item.rejecters.isDisjoint(with: wakes))
        && concerns(item.shape)
    }
    for (pod, _) in woken.sorted(by: { $0.value.ticket < $1.value.ticket }) {
      wake(pod, at: now)
    }
  }

  /// Wakes a pod because it changed itself.
  public mutating func update(_ pod: Pod, at now: Instant) {
    if items[pod]?.place == .unschedulable { wake(pod, at: now) }
  }

  /// Wakes a pod at once, without back-off, when it is nominated and victims are gone.
  public mutating func activate(_ pod: Pod) {
    guard let place = items[pod]?.place, place != .inFlight, place != .active else { return }
    put(pod, .active)
  }

  /// Does what the periodic flushes due at `now` do: back-off every second, the unschedulable
  /// set every thirty.
  public mutating func flush(at now: Instant) {
    while let entry = Self.first(of: &backoff, in: .backoff, items: items), entry.time <= now {
      put(entry.pod, .active)
    }
    guard now.nanoseconds % QueueTiming.unschedulableTick.nanoseconds == 0 else { return }
    while let entry = Self.first(of: &unschedulable, in: .unschedulable, items: items),
      now - entry.time > QueueTiming.longestUnschedulable
    {
      lastMoveCycle = cycle
      wake(entry.pod, at: now)
    }
  }

  /// The next flush that moves a pod; nil when no pod waits for one.
  public mutating func nextFlush() -> Instant? {
    let ready = Self.first(of: &backoff, in: .backoff, items: items).map {
      QueueTiming.tick(atOrAfter: $0.time, every: QueueTiming.backoffTick)
    }
    let stale = Self.first(of: &unschedulable, in: .unschedulable, items: items).map {
      QueueTiming.tick(
        atOrAfter: $0.time + QueueTiming.longestUnschedulable + Span(nanoseconds: 1),
        every: QueueTiming.unschedulableTick)
    }
    guard let ready, let stale else { return ready ?? stale }
    return min(ready, stale)
  }

  private mutating func wake(_ pod: Pod, at now: Instant) {
    guard let item = items[pod] else { return }
    let isBackingOff = item.timestamp + QueueTiming.backoff(after: item.attempts) > now
    put(pod, isBackingOff ? .backoff : .active)
  }

  private mutating func put(_ pod: Pod, _ place: Place) {
    guard let position = items.index(forKey: pod) else { return }
    tickets += 1
    items.values[position].ticket = tickets
    items.values[position].place = place
    let item = items.values[position]
    var entry = Entry(rank: 0, time: item.timestamp, ticket: tickets, pod: pod)
    switch place {
    case .active:
      entry.rank = -item.priority
      active.push(entry)
    case .backoff:
      entry.time = item.timestamp + QueueTiming.backoff(after: item.attempts)
      backoff.push(entry)
    case .unschedulable: unschedulable.push(entry)
    case .inFlight: break
    }
  }

  /// The first entry of a heap that still holds.
  private static func first(
    of heap: inout BinaryHeap<Entry>, in place: Place, items: [Pod: Item]
  ) -> Entry? {
    while let entry = heap.least {
      if let item = items[entry.pod], item.ticket == entry.ticket, item.place == place {
        return entry
      }
      _ = heap.pop()
    }
    return nil
  }
}

/// The periods of the queue.
///
/// Source: Kubernetes 1.28, scheduling_queue defaults, read 2026-11-23.
public enum QueueTiming {
  /// The back-off after the first attempt.
  public static let initialBackoff = Span.seconds(1)
  /// The longest back-off.
  public static let longestBackoff = Span.seconds(10)
  /// How often pods whose back-off is over are made ready.
  public static let backoffTick = Span.seconds(1)
  /// How often pods that wait too long are looked for.
  public static let unschedulableTick = Span.seconds(30)
  /// After this a pod is tried again though nothing changed.
  public static let longestUnschedulable = Span.seconds(300)

  /// The back-off after some attempts: doubling from one second up to ten.
  public static func backoff(after attempts: Int) -> Span {
    var span = initialBackoff
    for _ in 1..<max(attempts, 1) where span < longestBackoff {
      span = min(span + span, longestBackoff)
    }
    return span
  }

  /// The first multiple of a period at or after a moment.
  static func tick(atOrAfter time: Instant, every period: Span) -> Instant {
    let ticks = (time.nanoseconds + period.nanoseconds - 1) / period.nanoseconds
    return Instant(nanoseconds: ticks * period.nanoseconds)
  }
}
