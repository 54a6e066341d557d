/// The candidates of progressive filling by the level at which they stop growing.
///
/// Levels of resources only rise while rates are fixed, so an entry is a lower bound that is
/// brought up to date when it reaches the top.
struct LevelHeap: ~Copyable {
  enum Candidate: BitwiseCopyable {
    /// A resource runs full.
    case resource(UInt32)
    /// A class reaches its cap.
    case cap(UInt32)
  }

  struct Entry: BitwiseCopyable {
    var level: Double
    var candidate: Candidate
  }

  private var heap = RawBuffer<Entry>(capacity: 64)

  deinit { heap.deallocate() }

  var top: Entry? { heap.count == 0 ? nil : heap.base[0] }

  mutating func removeAll() { heap.removeAll() }

  /// Adds an entry without keeping the order; call `heapify()` after the last.
  mutating func append(_ entry: Entry) { heap.append(entry) }

  mutating func heapify() {
    var index = heap.count / 2
    while index > 0 {
      index -= 1
      siftDown(heap.base[index], from: index)
    }
  }

  mutating func pop() {
    heap.count -= 1
    if heap.count > 0 { siftDown(heap.base[heap.count], from: 0) }
  }

  mutating func raiseTop(to level: Double) {
    var entry = heap.base[0]
    entry.level = level
    siftDown(entry, from: 0)
  }

  private mutating func siftDown(_ entry: Entry, from start: Int) {
    var hole = start
    while 2 * hole + 1 < heap.count {
      var child = 2 * hole + 1
      if child + 1 < heap.count, heap.base[child + 1].level < heap.base[child].level { child += 1 }
      if !(heap.base[child].level < entry.level) { break }
      heap.base[hole] = heap.base[child]
      hole = child
    }
    heap.base[hole] = entry
  }
}
