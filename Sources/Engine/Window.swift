/// Elements numbered in the order they were added, of which the oldest can be let go of.
///
/// Numbers stay what they are, so that events can carry them. Memory follows the elements held.
struct Window<Element> {
  private var held: [Element] = []
  /// The number of the first element in `held`.
  private var base = 0
  /// Elements at the front of `held` that have been let go of and are yet to be removed.
  private var gone = 0

  /// The number that the next element gets: all elements so far.
  var count: Int { base + held.count }

  /// The numbers of the elements that are still there.
  var indices: Range<Int> { base + gone..<base + held.count }

  /// The most elements that its memory has had room for.
  var capacity: Int { held.capacity }

  /// The elements that are still there, in order.
  var elements: ArraySlice<Element> { held[gone...] }

  subscript(number: Int) -> Element {
    _read { yield held[number - base] }
    _modify { yield &held[number - base] }
  }

  mutating func append(_ element: Element) { held.append(element) }

  /// Lets go of the oldest element.
  /// - Complexity: O(1) amortised.
  mutating func dropFirst() {
    gone += 1
    guard gone >= 64, gone * 2 >= held.count else { return }
    held.removeFirst(gone)
    base += gone
    gone = 0
  }

  mutating func removeAll() {
    held.removeAll(keepingCapacity: true)
    base = 0
    gone = 0
  }
}
