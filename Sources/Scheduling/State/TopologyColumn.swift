/// The value of one label on every node, as a small domain number.
struct TopologyColumn: Sendable {
  /// The number of all nodes that lack the label.
  static let noDomain: Int32 = 0

  let key: Int32
  /// The domain of each node slot; `noDomain` for nodes without the label.
  private(set) var domainOfNode: [Int32] = []
  private var numbers: [Int32: Int32] = [:]
  /// One more than the number of values ever seen; index 0 stands for nodes without the label.
  private(set) var domainCount = 1

  init(key: Int32) { self.key = key }

  mutating func set(_ node: Int, to value: Int32?) {
    while domainOfNode.count <= node { domainOfNode.append(Self.noDomain) }
    guard let value else {
      domainOfNode[node] = Self.noDomain
      return
    }
    if numbers[value] == nil {
      numbers[value] = Int32(domainCount)
      domainCount += 1
    }
    domainOfNode[node] = numbers[value] ?? Self.noDomain
  }
}

/// A count for each domain of a column; domains not counted yet are zero.
struct DomainCounts: Sendable {
  private(set) var counts: [Int32] = []
  /// The sum over all domains.
  private(set) var total: Int64 = 0

  mutating func add(_ amount: Int32, to domain: Int32) {
    guard domain != TopologyColumn.noDomain else { return }
    while counts.count <= Int(domain) { counts.append(0) }
    counts[Int(domain)] += amount
    total += Int64(amount)
  }

  subscript(_ domain: Int32) -> Int32 {
    Int(domain) < counts.count ? counts[Int(domain)] : 0
  }

  mutating func reset() {
    counts.removeAll(keepingCapacity: true)
    total = 0
  }
}
