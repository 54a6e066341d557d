/// The free build slots of one architecture's nodes.
struct SlotMap {
  private let firstNode: Int
  private let nodeCount: Int
  private let slotsPerNode: Int
  /// One bit for each node that has a free slot.
  private let nodes: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  /// Per node, one bit for each free slot.
  private let slots: UnsafeMutablePointer<UInt64>

  init(firstNode: Int, nodeCount: Int, slotsPerNode: Int) {
    self.firstNode = firstNode
    self.nodeCount = nodeCount
    self.slotsPerNode = slotsPerNode
    wordCount = (nodeCount + 63) / 64
    nodes = .allocate(capacity: wordCount)
    slots = .allocate(capacity: nodeCount)
    freeAll()
  }

  func deallocate() {
    nodes.deallocate()
    slots.deallocate()
  }

  func freeAll() {
    for word in 0..<wordCount {
      let rest = nodeCount - 64 * word
      nodes[word] = rest >= 64 ? .max : (1 << UInt64(rest)) - 1
    }
    for node in 0..<nodeCount { slots[node] = .max >> UInt64(64 - slotsPerNode) }
  }

  /// Takes the first free slot of the lowest-numbered node that has one.
  func take() -> Int? {
    var word = 0
    while word < wordCount {
      let bits = nodes[word]
      if bits != 0 {
        let node = 64 &* word &+ bits.trailingZeroBitCount
        let free = slots[node]
        let rest = free & (free &- 1)
        slots[node] = rest
        if rest == 0 { nodes[word] = bits & (bits &- 1) }
        return (firstNode &+ node) &* slotsPerNode &+ free.trailingZeroBitCount
      }
      word &+= 1
    }
    return nil
  }

  /// Gives a slot back.
  func free(node: Int, slot: Int) {
    let own = node &- firstNode
    slots[own] |= 1 &<< UInt64(slot)
    nodes[own &>> 6] |= 1 &<< UInt64(own & 63)
  }
}
