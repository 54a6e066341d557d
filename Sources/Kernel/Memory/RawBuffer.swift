/// Growable memory for plain values, without the uniqueness and exclusivity checks of an array.
///
/// A copy shares the memory; exactly one owner, a noncopyable type of this module, calls
/// `deallocate()`. Memory is kept when the buffer is emptied, so that the next replication
/// allocates nothing.
@frozen @usableFromInline
struct RawBuffer<Element: BitwiseCopyable>: BitwiseCopyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var count: Int
  @usableFromInline var capacity: Int

  @inlinable init(capacity: Int) {
    precondition(capacity > 0, "a buffer needs room, got \(capacity)")
    self.base = .allocate(capacity: capacity)
    self.count = 0
    self.capacity = capacity
  }

  @inlinable func deallocate() { base.deallocate() }

  @inlinable mutating func append(_ element: Element) {
    if count == capacity { grow() }
    base[count] = element
    count &+= 1
  }

  @inlinable mutating func removeAll() { count = 0 }

  @inline(never) @usableFromInline mutating func grow() {
    let wider = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    wider.update(from: base, count: count)
    base.deallocate()
    base = wider
    capacity *= 2
  }
}
