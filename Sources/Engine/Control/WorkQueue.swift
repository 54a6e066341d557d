/// The work queue of a controller: items are taken in the order in which they came, each by a worker
/// that has nothing else to do until it is done.
///
/// As client-go's work queue, but that it does not know which items are alike.
struct WorkQueue<Item> {
  /// Workers that have nothing to do.
  private(set) var idle: Int
  private var waiting: [Item] = []
  private var head = 0

  /// Makes an empty queue with that many workers.
  init(workers: Int) {
    precondition(workers > 0, "a controller with \(workers) workers never does anything")
    idle = workers
  }

  /// Items that wait for a worker.
  var count: Int { waiting.count - head }

  /// Gives an item to an idle worker, or puts it behind those that wait; whether a worker has it.
  mutating func add(_ item: Item) -> Bool {
    if idle > 0 {
      idle -= 1
      return true
    }
    waiting.append(item)
    return false
  }

  /// A worker is done: the item that it takes next, or nil when it becomes idle.
  /// - Complexity: O(1) amortised.
  mutating func next() -> Item? {
    guard head < waiting.count else {
      idle += 1
      return nil
    }
    let item = waiting[head]
    head += 1
    if head == waiting.count || head > 1024 {
      waiting.removeFirst(head)
      head = 0
    }
    return item
  }
}
