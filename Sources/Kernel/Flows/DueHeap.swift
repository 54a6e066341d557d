/// The classes and buckets of a network by the instant of their next event.
///
/// An indexed binary heap: each member is in it at most once and can be moved.
struct DueHeap: ~Copyable {
  struct Entry: BitwiseCopyable {
    var due: Int64
    var member: UInt32

    func precedes(_ other: Entry) -> Bool {
      due < other.due || (due == other.due && member < other.member)
    }
  }

  private var heap = RawBuffer<Entry>(capacity: 64)
  /// The place of each member plus one; 0 for a member that is not in the heap.
  private var places = RawBuffer<UInt32>(capacity: 64)

  deinit {
    heap.deallocate()
    places.deallocate()
  }

  var min: Entry? { heap.count == 0 ? nil : heap.base[0] }

  mutating func removeAll() {
    heap.removeAll()
    for index in 0..<places.count { places.base[index] = 0 }
  }

  mutating func makeRoom(forMember member: UInt32) {
    while places.count <= Int(member) { places.append(0) }
  }

  mutating func set(_ member: UInt32, due: Int64?) {
    let place = Int(places.base[Int(member)])
    guard let due else {
      if place > 0 { remove(at: place - 1) }
      return
    }
    let entry = Entry(due: due, member: member)
    if place == 0 {
      heap.append(entry)
      siftUp(entry, from: heap.count - 1)
    } else {
      let old = heap.base[place - 1].due
      if due < old { siftUp(entry, from: place - 1) }
      if due > old { siftDown(entry, from: place - 1) }
    }
  }

  private mutating func remove(at hole: Int) {
    places.base[Int(heap.base[hole].member)] = 0
    heap.count -= 1
    guard hole < heap.count else { return }
    let last = heap.base[heap.count]
    if hole > 0, last.precedes(heap.base[(hole - 1) / 2]) {
      siftUp(last, from: hole)
    } else {
      siftDown(last, from: hole)
    }
  }

  private mutating func place(_ entry: Entry, at index: Int) {
    heap.base[index] = entry
    places.base[Int(entry.member)] = UInt32(index + 1)
  }

  private mutating func siftUp(_ entry: Entry, from start: Int) {
    var hole = start
    while hole > 0 {
      let parent = (hole - 1) / 2
      if !entry.precedes(heap.base[parent]) { break }
      place(heap.base[parent], at: hole)
      hole = parent
    }
    place(entry, at: hole)
  }

  private mutating func siftDown(_ entry: Entry, from start: Int) {
    var hole = start
    while 2 * hole + 1 < heap.count {
      var child = 2 * hole + 1
      if child + 1 < heap.count, heap.base[child + 1].precedes(heap.base[child]) { child += 1 }
      if !heap.base[child].precedes(entry) { break }
      place(heap.base[child], at: hole)
      hole = child
    }
    place(entry, at: hole)
  }
}
